import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./served.js";

const { nearestStop, rateAt, spotOf } = await load("widgets/chart/handles.js");

const axis = (length, low, high, down = false) => ({
    start: 10,
    length,
    pixel: (value) => {
        const share = (value - low) / (high - low);
        return length * (down ? 1 - share : share);
    },
});
const AXES = { x: axis(100, 0, 50), y: axis(200, 0, 1, true) };
// It falls to 0.2 at 20, jumps to 1, and falls again.
const LINE = { x: [0, 20, 20, 40], y: [1, 0.2, 1, 0.5] };

test("a line's height is read between its points, and after a jump", () => {
    assert.equal(rateAt(LINE, 10), 0.6);
    assert.equal(rateAt(LINE, 20), 1);
    assert.equal(rateAt(LINE, 30), 0.75);
    assert.equal(rateAt(LINE, 99), 0.5);
});

test("a rate's handle is on the line, a length's low in the plot; outside there is none", () => {
    assert.deepEqual(spotOf(AXES, "y", LINE, 10), [30, 90]);
    assert.deepEqual(spotOf(AXES, "x", LINE, 20), [50, 170]);
    assert.equal(spotOf(AXES, "x", LINE, 60), null);
});

test("one that a hand is at stays at the edge, wherever its place is", () => {
    assert.deepEqual(spotOf(AXES, "x", LINE, 1e5, true), [110, 170]);
    assert.deepEqual(spotOf(AXES, "y", { x: [0, 50], y: [9, 9] }, 10, true), [30, 10]);
    assert.deepEqual(spotOf(AXES, "y", { x: [0, 50], y: [-Infinity, -9] }, 0, true), [10, 210]);
    assert.equal(spotOf(AXES, "y", { x: [0, 50], y: [NaN, NaN] }, 10, true), null);
    assert.equal(spotOf(AXES, "x", LINE, NaN, true), null);
});

test("the stop is the one at which the handle is nearest to the pointer", () => {
    const stop = (at, top) => ({ x: [0, 50], y: [top, top], handles: [at] });
    const stops = new Map([
        ["5", stop(5, 0.1)],
        ["10", stop(10, 0.5)],
        ["none", stop(null, 0.9)],
        ["30", stop(30, 0.8)],
    ]);
    assert.equal(nearestStop(stops, "x", 0, AXES, 22), "10");
    assert.equal(nearestStop(stops, "x", 0, AXES, 1000), "30");
    assert.equal(nearestStop(stops, "y", 0, AXES, 175), "5");
    assert.equal(nearestStop(new Map([["none", stop(null, 1)]]), "x", 0, AXES, 1), undefined);
});
