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
    assert.equal(keyed("ArrowRight", 301, STEPS), 305);
    assert.equal(keyed("ArrowDown", 301, STEPS), 295);
    assert.equal(keyed("PageUp", 301, STEPS), 351);
    assert.equal(keyed("Home", 301, STEPS), 0);
    assert.equal(keyed("End", 301, STEPS), 750);
    assert.equal(keyed("ArrowUp", 0.0512, RATES), 0.052);
    assert.equal(keyed("a", 301, STEPS), undefined);
});

test("it is read as people read numbers", () => {
    assert.equal(told(12345, true), "12,345");
    assert.equal(told(0.051234, false), "0.0512");
});
