import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./served.js";

const { Slider, nearest } = await load("widgets/panel/slider.js");

globalThis.document = { documentElement: {} };
globalThis.getComputedStyle = () => ({ fontSize: "10px" });

/** A range input 111 px wide, with a thumb of 11: at 10 its middle is 5.5 + 10 of 100 px. */
class Range extends EventTarget {
    style = { setProperty() {} };
    value = "0";
    setAttribute() {}
    getBoundingClientRect() {
        return { left: 0, width: 111 };
    }
}

const STOPS = Array.from({ length: 101 }, (_, each) => `${each}`);

/** The preview of a curve that can be only at these stops; null: nobody knows. */
function previewAt(stops) {
    const preview = { stops: () => stops && new Map(stops.map((each) => [each, {}])) };
    for (const each of ["join", "grab", "hold", "letGo", "move", "sent"]) preview[each] = () => {};
    preview.want = async () => null;
    return preview;
}

/** A slider at 10 of a curve with these stops; all that it has shown and sent. */
function built(stops) {
    const preview = previewAt(stops);
    return builtFor({ values: preview, curve: preview });
}

/** A slider at 10 that moves this. */
function builtFor(target) {
    const input = new Range();
    const done = { shown: [], sent: [] };
    const slider = new Slider(input, {
        path: "boundaries.0",
        title: "",
        unit: "",
        target,
        show: (text) => done.shown.push(text),
        say: (text) => done.sent.push(text),
    });
    slider.update(STOPS.join(" "), 10);
    return { input, slider, done };
}

/** A pointer's event, as the browser has it. */
function point(input, name, x, y = 0, pointerType = "touch") {
    input.dispatchEvent(
        Object.assign(new Event(name), { pointerType, clientX: x, clientY: y, isPrimary: true }),
    );
}

/** The browser moves the thumb. */
function thumb(input, value) {
    input.value = String(value);
    input.dispatchEvent(new Event("input"));
}

test("the nearest of some numbers", () => {
    assert.equal(nearest([1, 5, 9], 6), 5);
    assert.equal(nearest([1, 5, 9], 90), 9);
});

test("a slider stays where the curve can be", () => {
    const { input, slider, done } = built(STOPS.slice(0, 40));
    point(input, "pointerdown", 15, 0, "mouse");
    thumb(input, 25);
    thumb(input, 90);
    assert.equal(input.value, "39");
    point(input, "pointerup", 90, 0, "mouse");
    assert.deepEqual(done, { shown: ["25", "39"], sent: ["39"] });
    assert.equal(slider.sweep(1), -1);
    assert.equal(slider.text, "38");
});

test("a finger that moves from the track away changes nothing", () => {
    const { input, slider, done } = built(null);
    point(input, "pointerdown", 80);
    thumb(input, 75);
    assert.equal(input.value, "10");
    thumb(input, 95);
    point(input, "pointerup", 100);
    point(input, "pointerdown", 80);
    thumb(input, 75);
    point(input, "pointercancel", 80, 60);
    assert.equal(slider.text, "10");
    assert.deepEqual(done, { shown: [], sent: [] });
});

test("a tap on the track moves the thumb, whenever the browser does", () => {
    const first = built(null);
    point(first.input, "pointerdown", 80);
    thumb(first.input, 75);
    point(first.input, "pointerup", 83);
    assert.deepEqual(first.done.sent, ["75"]);
    const later = built(null);
    point(later.input, "pointerdown", 80);
    point(later.input, "pointerup", 80);
    thumb(later.input, 75);
    later.slider.send();
    assert.deepEqual(later.done.sent, ["75"]);
});

test("a finger on the thumb drags it", () => {
    const { input, done } = built(null);
    point(input, "pointerdown", 30);
    thumb(input, 60);
    point(input, "pointerup", 66);
    assert.deepEqual(done, { shown: ["60"], sent: ["60"] });
});

test("a slider that no curve follows keeps and sends its values alone", () => {
    const kept = [];
    const values = {
        move: (path, text) => kept.push([path, text]),
        sent: (path, text, number) => kept.push([path, text, number]),
    };
    const { input, slider, done } = builtFor({ values, curve: null });
    point(input, "pointerdown", 15, 0, "mouse");
    thumb(input, 90);
    point(input, "pointerup", 90, 0, "mouse");
    slider.destroy();
    assert.deepEqual(done, { shown: ["90"], sent: ["90"] });
    assert.deepEqual(kept, [
        ["boundaries.0", "90"],
        ["boundaries.0", "90", 1],
    ]);
});
