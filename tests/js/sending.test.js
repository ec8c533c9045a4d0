import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./served.js";

const { keptIn, shownOn } = await load("learn/sending/sending.js");

const storage = (text) => ({ getItem: (name) => (name === "lrviz-answer-ABCDEF" ? text : null) });

test("what a browser has kept is an answer, or nothing", () => {
    const kept = { question: "restart-0", answer: 300, late: false };
    assert.deepEqual(keptIn(storage(JSON.stringify(kept)), "ABCDEF"), kept);
    assert.equal(keptIn(storage(JSON.stringify(kept)), "GHJKMN"), null);
    for (const text of [null, "", "{", "7", '{"question":1,"answer":1}', '{"question":"q"}'])
        assert.equal(keptIn(storage(text), "ABCDEF"), null);
});

/** A page in which `found` is what each selector that contains a word finds. */
const page = (found) => {
    const all = (selector) => Object.entries(found).find(([word]) => selector.includes(word))?.[1];
    return {
        querySelector: (selector) => all(selector)?.[0] ?? null,
        querySelectorAll: (selector) => all(selector) ?? [],
    };
};

test("the answer is what the controls show: a marker that was moved, a text, a choice", () => {
    const asked = { question: "restart-0", field: "" };
    const marker = { getAttribute: () => "300" };
    assert.equal(shownOn(page({ "marker[data-moved]": [marker] }), asked), 300);
    const options = [{ checked: false }, { checked: true }];
    assert.equal(shownOn(page({ "choice-restart-0": options }), asked), 1);
    assert.equal(shownOn(page({}), asked), null);
    const field = { question: "restart-1", field: "t_mul" };
    for (const [typed, answer] of [
        [" 2.5 ", 2.5],
        ["", null],
        ["nothing", null],
        ["1e999", null],
    ])
        assert.equal(shownOn(page({ t_mul: [{ value: typed }] }), field), answer);
});
