import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./served.js";

const { Turns } = await load("widgets/drawing/turns.js");
const { Unseen, further } = await load("widgets/live/sweep.js");

/** Changes that last until they are let go, and how many of them are going on. */
function changes() {
    const seen = { now: 0, most: 0, made: [] };
    const make = (name) => async () => {
        seen.now += 1;
        seen.most = Math.max(seen.most, seen.now);
        seen.made.push(name);
        await new Promise((resolve) => setTimeout(resolve, 1));
        seen.now -= 1;
    };
    return { seen, make };
}

test("a change begins at once where there is none, and ends before the next begins", async () => {
    const turns = new Turns();
    const { seen, make } = changes();
    const all = ["a", "b", "c"].map((each) => turns.take(make(each)));
    assert.deepEqual(seen.made, ["a"]);
    assert.equal(turns.busy, true);
    await Promise.all(all);
    assert.deepEqual(seen, { now: 0, most: 1, made: ["a", "b", "c"] });
    assert.equal(turns.busy, false);
});

test("of a hundred drawings asked for at once the first and the last are drawn", async () => {
    const turns = new Turns();
    const { seen, make } = changes();
    await Promise.all(Array.from({ length: 100 }, (_, at) => turns.draw(make(at))));
    assert.deepEqual(seen, { now: 0, most: 1, made: [0, 99] });
});

test("what a change asks for comes after it; one that fails holds nothing up", async () => {
    const turns = new Turns();
    const { seen, make } = changes();
    let inner;
    const outer = turns.draw(async () => {
        inner = turns.draw(make("inner"));
        assert.deepEqual(seen.made, []);
        throw new Error("no");
    });
    await assert.rejects(outer, /no/);
    await inner;
    assert.deepEqual(seen.made, ["inner"]);
});

test("a graph that is gone is not drawn any more", async () => {
    const turns = new Turns();
    const { seen, make } = changes();
    const first = turns.draw(make("first"));
    const second = turns.draw(make("second"));
    turns.close();
    await Promise.all([first, second]);
    assert.deepEqual(seen.made, ["first"]);
});

test("a sweep turns at the ends, and stays where there is one stop", () => {
    assert.deepEqual(further(0, 1, 3), [1, 1]);
    assert.deepEqual(further(2, 1, 3), [1, -1]);
    assert.deepEqual(further(0, -1, 3), [1, 1]);
    assert.deepEqual(further(0, 1, 1), [0, -1]);
});

/** A preview with these stops of one field. */
function preview(texts) {
    const said = [];
    const made = {
        active: null,
        held: false,
        textOf: () => made.active?.text ?? texts[0],
        stops: () => (texts.length ? new Map(texts.map((each) => [each, {}])) : null),
        want: () => said.push("want"),
        hold: () => (made.held = true),
        letGo: () => (made.held = false),
        move: (name, text) => (made.active = { name, text }),
        set: (name, text) => said.push([name, text]),
    };
    return { made, said };
}

test("a field that the panel does not show is swept, and sent once", () => {
    const { made, said } = preview(["1", "2", "3"]);
    const slider = new Unseen(made, "boundaries.0");
    slider.send();
    assert.deepEqual(said, []);
    assert.equal(slider.sweep(1), 1);
    assert.equal(slider.sweep(1), 1);
    assert.equal(slider.text, "3");
    assert.equal(slider.sweep(1), -1);
    slider.send();
    slider.send();
    assert.deepEqual(said, [["boundaries.0", "2"]]);
});

test("one whose stops are on their way waits for them", () => {
    const { made, said } = preview([]);
    assert.equal(new Unseen(made, "a").sweep(-1), -1);
    assert.deepEqual(said, ["want"]);
    assert.equal(made.active, null);
});
