import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./served.js";

const { onDoubleClick } = await load("widgets/drawing/double_click.js");

class Element extends EventTarget {
    closest(part) {
        return part === ".plot" ? this : null;
    }
}
globalThis.Element = Element;

/** A chart that counts its double clicks, and a hand. */
function chart() {
    const root = new Element();
    root.ownerDocument = new EventTarget();
    const seen = { count: 0 };
    onDoubleClick(root, ".plot", () => (seen.count += 1));
    const tell = (target, name, timeStamp, x, button = 0) => {
        const event = new Event(name);
        const told = { timeStamp, clientX: x, clientY: 0, button, isPrimary: true };
        for (const [key, value] of Object.entries(told)) {
            Object.defineProperty(event, key, { value });
        }
        target.dispatchEvent(event);
    };
    return {
        seen,
        down: (at, x = 0, button = 0) => tell(root, "pointerdown", at, x, button),
        up: (at, x = 0) => tell(root.ownerDocument, "pointerup", at, x),
    };
}

const later = () => new Promise((resolve) => setTimeout(resolve, 5));

/** How many double clicks these presses are: when, where they begin and end, and the button. */
async function clicked(...presses) {
    const { seen, down, up } = chart();
    for (const [at, from = 0, to = from, button = 0] of presses) {
        down(at, from, button);
        up(at + 10, to);
    }
    await later();
    return seen.count;
}

test("two presses are a double click by when they were made", async () => {
    assert.equal(await clicked([0], [100]), 1);
    assert.equal(await clicked([0], [600]), 0);
    assert.equal(await clicked([0], [600], [700]), 1);
});

test("three are one, and four are two", async () => {
    assert.equal(await clicked([0], [100], [200]), 1);
    assert.equal(await clicked([0], [100], [200], [300]), 2);
});

test("a drag, another place or another button are none", async () => {
    assert.equal(await clicked([0], [100, 0, 60]), 0);
    assert.equal(await clicked([0, 0], [100, 40]), 0);
    assert.equal(await clicked([0, 0, 0, 2], [100, 0, 0, 2]), 0);
});
