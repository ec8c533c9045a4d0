import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./served.js";

const { unpack, values } = await load("widgets/live/fan.js");

const HEAD = {
    stops: ["0.1", "0.2"],
    lines: [0, 1],
    marks: [[50], []],
    range: [[0, 1], null],
    handles: [
        [5, null],
        [6, 1],
    ],
    readout: [["a"], ["b"]],
    sizes: [3, 2],
    perTick: 10,
    mark: { line: { color: "#000", width: 1 } },
    arrays: [
        ["u2", 5],
        ["f4", 5],
        ["i1", 0],
    ],
};

const padded = (bytes) => Buffer.concat([bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8)]);

function packed(head, arrays) {
    const text = padded(Buffer.from(JSON.stringify(head).padEnd(1000)));
    const length = Buffer.alloc(8);
    length.writeUInt32LE(text.length);
    const parts = arrays.map((each) => padded(Buffer.from(each.buffer)));
    const all = Buffer.concat([length, text, ...parts]);
    return all.buffer.slice(all.byteOffset, all.byteOffset + all.length);
}

test("a fan is taken apart: each stop has its own points", () => {
    const x = Uint16Array.from([0, 10, 20, 0, 30]);
    const y = Float32Array.from([1, 2, 3, 4, 5]);
    const { texts, stops } = unpack(packed(HEAD, [x, y, new Int8Array(0)]));
    assert.deepEqual(texts, ["0.1", "0.2"]);
    const [first, second] = texts.map((text) => stops.get(text));
    // What travels are differences of steps; ten of them are one tick.
    assert.deepEqual([...first.x], [0, 1, 3]);
    assert.deepEqual([...first.y], [1, 2, 3]);
    assert.deepEqual([...second.x], [0, 3]);
    assert.deepEqual([...second.y], [4, 5]);
    assert.deepEqual([first.marks, first.range, first.readout], [[50], [0, 1], ["a"]]);
    assert.deepEqual(
        [first.handles, second.handles],
        [
            [5, null],
            [6, 1],
        ],
    );
    assert.equal(first.dots, null);
});

test("dots come with the points that they belong to", () => {
    const head = { ...HEAD, arrays: [...HEAD.arrays.slice(0, 2), ["i1", 5]] };
    const dots = Int8Array.from([7, 0, 7, 7, 0]);
    const { stops } = unpack(packed(head, [new Uint16Array(5), new Float32Array(5), dots]));
    assert.deepEqual([...stops.get("0.1").dots], [7, 0, 7]);
    assert.deepEqual([...stops.get("0.2").dots], [7, 0]);
});

test("an array of a figure is read in any form, and once", () => {
    const bdata = Buffer.from(Float32Array.from([1.5, NaN]).buffer).toString("base64");
    const array = { dtype: "f4", bdata };
    assert.deepEqual([...values(array)], [1.5, NaN]);
    assert.equal(values(array), values(array));
    assert.deepEqual(values([1, 2]), [1, 2]);
    assert.deepEqual(values(undefined), []);
});
