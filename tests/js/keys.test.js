import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./served.js";

const { meaning } = await load("widgets/projector/keys.js");

const press = (key, focus = "", more = {}) => meaning({ key, code: "", ...more }, focus);

test("a clicker's keys mean the same wherever the focus is", () => {
    for (const focus of ["", "arrows", "text"]) {
        assert.equal(press("PageDown", focus), "next");
        assert.equal(press("PageUp", focus), "back");
        assert.equal(press("F5", focus), "nothing");
    }
    for (const focus of ["", "arrows"]) {
        assert.equal(press(".", focus), "black");
        assert.equal(press("b", focus), "black");
        assert.equal(press("B", focus), "black");
        assert.equal(press("Escape", focus), "leave");
    }
});

test("letters are a text field's own, and nobody else's", () => {
    for (const [key, meant] of Object.entries({ n: "next", R: "reveal", p: "play", "?": "help" })) {
        assert.equal(press(key), meant);
        assert.equal(press(key, "arrows"), meant);
        assert.equal(press(key, "text"), null);
    }
    for (const key of [".", "b", "Escape"]) assert.equal(press(key, "text"), null);
});

test("arrows are next and back, but where the focus has arrows of its own", () => {
    assert.equal(press("ArrowRight"), "next");
    assert.equal(press("ArrowLeft"), "back");
    for (const focus of ["arrows", "text"]) assert.equal(press("ArrowRight", focus), null);
    assert.equal(press("ArrowUp"), null);
});

test("a key that is held down is one press, and a shortcut is the browser's", () => {
    assert.equal(press("n", "", { repeat: true }), "nothing");
    assert.equal(press("x", "", { repeat: true }), null);
    for (const chord of ["ctrlKey", "metaKey", "altKey"]) {
        assert.equal(press("r", "", { [chord]: true }), null);
        assert.equal(press("ArrowLeft", "", { [chord]: true }), null);
    }
});

test("a keyboard that writes Hangul has the same keys", () => {
    assert.equal(press("ㅜ", "", { code: "KeyN" }), "next");
    assert.equal(press("Process", "", { code: "KeyR" }), "reveal");
    // Where the letters lie elsewhere, the letter counts.
    assert.equal(press("b", "", { code: "KeyN" }), "black");
    assert.equal(press("PageUp", "", { code: "PageUp" }), "back");
});
