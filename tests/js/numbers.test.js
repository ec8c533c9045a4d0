import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { load } from "./served.js";

const { bounded, concise, keyed, nudged, pointed, readable } = await load(
    "widgets/words/numbers.js",
);

const STEPS = { low: 0, high: 750, step: 5, whole: true };
const RATES = { low: 0, high: 0.12, step: 0.001, whole: false };

test("a pointer puts it on numbers that people count in", () => {
    assert.equal(pointed(301.4, STEPS), 301);
    assert.equal(pointed(0.0512345, RATES), 0.0512);
    // 3 times 0.0002 is not 0.0006 in binary.
    assert.equal(pointed(0.00061, RATES), 0.0006);
});

const golden = JSON.parse(await readFile(new URL("golden.json", import.meta.url), "utf-8"));
/** The plot on a phone that is 320 pixels wide (a browser journey measures it). */
const PLOT = { x: 195, y: 140 };

for (const { id, axis, right, tolerance, ...bounds } of golden.questions) {
    test(`a thumb on a phone hits each place that it can mark, and the answer of ${id}`, () => {
        const length = PLOT[axis];
        const places = new Set();
        for (let pixel = 0; pixel <= length; pixel += 1) {
            places.add(pointed((bounds.high * pixel) / length, bounds, length));
        }
        const rising = [...places].sort((one, other) => one - other);
        const apart = rising.slice(1).map((place, index) => place - rising[index]);
        // The last place is the axis' end, wherever that is.
        for (const each of apart.slice(0, -1)) assert.ok((each * length) / bounds.high >= 7.999);
        const off = (place) => Math.abs(place - right);
        let answer = rising.reduce((one, other) => (off(other) < off(one) ? other : one));
        let presses = 0;
        while (off(answer) > tolerance && presses < 9) {
            answer = nudged(answer, answer < right ? 1 : -1, bounds);
            presses += 1;
        }
        assert.ok(presses <= 5, `${presses} presses on the arrow`);
    });
}

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

test("an arrow beside it moves it by one, or by a step of the keys", () => {
    assert.equal(nudged(301, 1, STEPS), 302);
    assert.equal(nudged(0, -1, STEPS), 0);
    assert.equal(nudged(0.0512, 1, RATES), 0.052);
});

test("it is read as people read numbers", () => {
    assert.equal(readable(12345, true), "12,345");
    assert.equal(readable(0.051234, false), "0.0512");
});

test("the digits that tell a number apart", () => {
    const read = {
        "2.9999999999999997e-06": "3e-06",
        0.30000000000000004: "0.3",
        2.0000000000000004: "2.0",
        "-0.024999999999999998,0.1": "-0.025,0.1",
        "1.2345678901234567e-10": "1.23456789012e-10",
    };
    for (const [text, short] of Object.entries(read)) assert.equal(concise(text), short);
    for (const text of [
        "3e-06",
        "0.1",
        "12345678901234567",
        "10 %",
        "a * 0.30000000000000004",
        "",
    ]) {
        assert.equal(concise(text), text);
    }
});
