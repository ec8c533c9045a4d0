import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./served.js";

const { Outbox } = await load("widgets/live/outbox.js");

function boxed() {
    const posts = [];
    const time = { at: 1000, due: null };
    const clock = {
        now: () => time.at,
        later: (act, after) => {
            time.due = { act, at: time.at + after };
            return 1;
        },
        never: () => {
            time.due = null;
        },
    };
    const pass = (by) => {
        const end = time.at + by;
        while (time.due && time.due.at <= end) {
            const { act, at } = time.due;
            time.at = at;
            time.due = null;
            act();
        }
        time.at = end;
    };
    const box = new Outbox((text) => posts.push(JSON.parse(text)[1]), clock);
    return { box, posts, pass };
}

test("the first change goes at once, and those that follow within a tenth of a second together", () => {
    const { box, posts, pass } = boxed();
    const first = box.say("set", "a", "1");
    assert.deepEqual(posts, [[[first, "set", "a", "1"]]]);
    box.taken(first);
    const second = box.say("set", "a", "2");
    const third = box.say("set", "b", "3");
    assert.equal(posts.length, 1);
    pass(100);
    assert.deepEqual(posts.at(-1), [
        [second, "set", "a", "2"],
        [third, "set", "b", "3"],
    ]);
});

test("who sets the same again means the newest; between other acts the order counts", () => {
    const { box, posts, pass } = boxed();
    box.taken(box.say("select", "1"));
    box.say("set", "a", "1");
    const set = box.say("set", "a", "2");
    const undo = box.say("undo");
    const again = box.say("set", "a", "3");
    pass(100);
    assert.deepEqual(posts.at(-1), [
        [set, "set", "a", "2"],
        [undo, "undo"],
        [again, "set", "a", "3"],
    ]);
});

test("what is not taken is said again, and what is taken is not", () => {
    const { box, posts, pass } = boxed();
    const number = box.say("toggle", "2");
    pass(3000);
    assert.deepEqual(posts, [[[number, "toggle", "2"]], [[number, "toggle", "2"]]]);
    box.taken(number);
    pass(60_000);
    assert.equal(posts.length, 2);
    assert.ok(box.say("undo") > number);
});

test("numbers rise, also where another page has counted further", () => {
    const { box } = boxed();
    box.taken(5000);
    assert.ok(box.say("undo") > 5000);
});
