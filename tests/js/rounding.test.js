import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./served.js";

const { bounded, keyed, pointed, told } = await load("widgets/chart/rounding.js");

const STEPS = { low: 0, high: 750, step: 5, whole: true };
const RATES = { low: 0, high: 0.12, step: 0.001, whole: false };

test("a pointer puts it on numbers that people count in", () => {
    assert.equal(pointed(301.4, STEPS), 301);
    assert.equal(pointed(0.0512345, RATES), 0.0512);
    // 3 times 0.0002 is not 0.0006 in binary.
    assert.equal(pointed(0.00061, RATES), 0.0006);
});

test("it stays inside its bounds", () => {
    assert.equal(pointed(-3, STEPS), 0);
    assert.equal(pointed(1e9, STEPS), 750);
    assert.equal(bounded(NaN, RATES), NaN);
});

test("keys move it by whole steps of their own, wherever the pointer left it", () => {
    assert.equal(keyed({ key: "ArrowRight" }, 301, STEPS), 305);
    assert.equal(keyed({ key: "ArrowDown" }, 301, STEPS), 295);
    assert.equal(keyed({ key: "ArrowRight", shiftKey: true }, 301, STEPS), 350);
    // A clicker's keys never change an answer.
    for (const key of ["PageUp", "PageDown", ".", "b", "F5", "Escape"]) {
        assert.equal(keyed({ key }, 301, STEPS), undefined);
    }
    assert.equal(keyed({ key: "Home" }, 301, STEPS), 0);
    assert.equal(keyed({ key: "End" }, 301, STEPS), 750);
    assert.equal(keyed({ key: "ArrowUp" }, 0.0512, RATES), 0.052);
    assert.equal(keyed({ key: "a" }, 301, STEPS), undefined);
});

test("it is read as people read numbers", () => {
    assert.equal(told(12345, true), "12,345");
    assert.equal(told(0.051234, false), "0.0512");
});
