import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./served.js";

const { previewOf } = await load("widgets/live/preview.js");

const HEAD = {
    stops: ["0.1"],
    lines: [0],
    marks: [[]],
    range: [[0, 1]],
    handles: [[]],
    readout: [[]],
    sizes: [1],
    perTick: 1,
    mark: { line: { color: "#000", width: 1 } },
    arrays: [
        ["u2", 1],
        ["f4", 1],
        ["i1", 0],
    ],
};

/** The server's answer with these stops. */
function packed(head) {
    const text = new TextEncoder().encode(JSON.stringify(head));
    const length = Math.ceil(text.length / 8) * 8;
    const buffer = new ArrayBuffer(8 + length + 16);
    new DataView(buffer).setUint32(0, length, true);
    new Uint8Array(buffer, 8, length).fill(32).set(text);
    return buffer;
}

/** A preview before a server that answers so, and what it has drawn. */
function shown(key, answer) {
    const drawn = [];
    globalThis.location = { origin: "http://127.0.0.1", pathname: "/" };
    globalThis.requestAnimationFrame = (act) => setTimeout(act);
    globalThis.fetch = async () => answer;
    const preview = previewOf(key);
    const screen = { redraw: () => drawn.push(preview.stop()), place: () => {}, pause: () => {} };
    const values = { alpha: "0.1" };
    preview.attach(screen, {
        id: 0,
        name: "a",
        taken: 0,
        fan: "lrviz-fan?",
        values,
        between: [],
    });
    return { preview, drawn };
}

const GOOD = { ok: true, arrayBuffer: async () => packed(HEAD) };
const later = () => new Promise((resolve) => setTimeout(resolve, 5));

test("a slider that is only pointed at draws nothing", async () => {
    const { preview, drawn } = shown("pointed", GOOD);
    const fan = await preview.want("alpha");
    await later();
    assert.deepEqual([...fan.stops.keys()], ["0.1"]);
    assert.equal(drawn.length, 0);
});

test("one that was moved before its fan was there is drawn when it comes", async () => {
    const { preview, drawn } = shown("moved", GOOD);
    preview.move("alpha", "0.1");
    await preview.want("alpha");
    await later();
    assert.deepEqual(drawn.at(-1)?.readout, []);
});

test("that a curve cannot follow is said, and that it can again", async () => {
    const { preview, drawn } = shown("failed", { ok: false, status: 503 });
    await preview.want("alpha");
    await later();
    assert.equal(preview.problem, true);
    assert.equal(drawn.length, 1);
    globalThis.fetch = async () => GOOD;
    await preview.want("alpha");
    await later();
    assert.equal(preview.problem, false);
    assert.equal(drawn.length, 2);
});
