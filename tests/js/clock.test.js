import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./served.js";

const { Clock } = await load("widgets/live/clock.js");
const { RunPlayer, nextPoint } = await load("widgets/chart/run_player.js");

function frames() {
    let waiting = null;
    return {
        request: (act) => ((waiting = act), 1),
        cancel: () => (waiting = null),
        at: (now) => {
            const act = waiting;
            waiting = null;
            act?.(now);
        },
    };
}

test("time passes from frame to frame, and a hidden page does not leap", () => {
    const source = frames();
    const clock = new Clock(source);
    const passed = [];
    clock.start((seconds) => passed.push(seconds));
    for (const now of [1000, 1016, 61_016]) source.at(now);
    assert.deepEqual(passed, [0, 0.016, 0.2]);
});

test("what is stopped stays stopped, by its own tick too", () => {
    const source = frames();
    const clock = new Clock(source);
    let ticks = 0;
    clock.start(() => {
        ticks += 1;
        clock.stop();
    });
    for (const now of [0, 16, 32]) source.at(now);
    assert.equal(ticks, 1);
    assert.equal(clock.running, false);
});

function player(points = 101) {
    const source = frames();
    const run = new RunPlayer({
        rates: () => [{ y: new Float32Array(points), dx: 1 }],
        speed: () => 100,
        moved: () => {},
    });
    run.clock = new Clock(source);
    return { run, source };
}

test("a run is played to its end, and then from its beginning", () => {
    const { run, source } = player();
    run.toggle();
    for (let now = 0; now <= 2000; now += 100) source.at(now);
    assert.equal(run.at, 100);
    assert.equal(run.running, false);
    run.toggle();
    assert.equal(run.at, 0);
    assert.equal(run.running, true);
    run.toggle();
    assert.equal(run.running, false);
});

test("a run without a line is not played", () => {
    const { run } = player(0);
    run.toggle();
    assert.equal(run.running, false);
    assert.equal(run.at, null);
});

test("from one restart to the next, and round", () => {
    const restarts = [50, 150, 350];
    assert.equal(nextPoint(restarts, 1, null), 50);
    assert.equal(nextPoint(restarts, 1, 50), 150);
    assert.equal(nextPoint(restarts, 1, 400), 50);
    // Every third step is a point: a restart is at the first that is not before it.
    assert.equal(nextPoint(restarts, 3, null), 17);
    assert.equal(nextPoint(restarts, 3, 17.5), 50);
});
