import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { load } from "./served.js";

const { counted, normals, PARTICLES, valueAt, walk } = await load("../lenses/path/particles.js");
const { linesOf, ratesOf } = await load("widgets/beneath/lines.js");
const golden = JSON.parse(await readFile(new URL("golden.json", import.meta.url), "utf-8"));

const BOWL = { bowl: [1, 0, 4, 0], wells: [], lowest: 0 };
const still = { noise: 0, momentum: 0, x: -2, y: 1, draws: new Float64Array(1e6) };
const near = (one, other, share = 1e-12) =>
    assert.ok(Math.abs(one - other) <= share * Math.max(Math.abs(other), 1e-9), `${one} ${other}`);

test("without noise a quadratic is gone down exactly", () => {
    const rates = [0.1, 0.3, 0.05, 0, 0.2];
    const { x, y, mean } = walk(BOWL, rates, still);
    let [wantedX, wantedY] = [-2, 1];
    rates.forEach((rate, at) => {
        near(mean[at], wantedX ** 2 / 2 + 2 * wantedY ** 2);
        wantedX *= 1 - rate;
        wantedY *= 1 - 4 * rate;
        for (let each = 0; each < PARTICLES; each += 1) {
            near(x[(at + 1) * PARTICLES + each], wantedX);
            near(y[(at + 1) * PARTICLES + each], wantedY);
        }
    });
});

test("momentum is Keras's: velocity = momentum * velocity - rate * gradient", () => {
    const { x } = walk(BOWL, [0.1, 0.1, 0.1], { ...still, momentum: 0.9 });
    let [place, speed] = [-2, 0];
    for (let at = 1; at <= 3; at += 1) {
        speed = 0.9 * speed - 0.1 * place;
        place += speed;
        near(x[at * PARTICLES], place);
    }
});

test("with noise it comes to rest at rate sigma^2 / (2 c - rate c^2)", () => {
    const [rate, sigma, moves] = [0.1, 0.7, 3000];
    const draws = normals(3, 2 * PARTICLES * moves);
    const motion = { ...still, noise: sigma, x: 0, y: 0, draws };
    const { x, y } = walk(BOWL, new Float64Array(moves).fill(rate), motion);
    const spread = (places) => {
        const late = places.subarray(500 * PARTICLES);
        return late.reduce((sum, each) => sum + each * each, 0) / late.length;
    };
    near(spread(x), (rate * sigma ** 2) / (2 - rate), 0.03);
    near(spread(y), (rate * sigma ** 2) / (8 - rate * 16), 0.03);
});

test("the noise is nearly normal, and the same seed gives the same", () => {
    golden.normals.forEach((each, at) => near(normals(golden.seed, 8)[at], each));
    const many = normals(1, 50_000);
    const mean = many.reduce((sum, each) => sum + each, 0) / many.length;
    const variance = many.reduce((sum, each) => sum + each * each, 0) / many.length;
    const fourth = many.reduce((sum, each) => sum + each ** 4, 0) / many.length;
    assert.ok(Math.abs(mean) < 0.02 && Math.abs(variance - 1) < 0.03);
    assert.ok(Math.abs(fourth - 2.9) < 0.15);
    assert.deepEqual(normals(5, 100), normals(5, 100));
    assert.notDeepEqual(normals(5, 100), normals(6, 100));
    assert.ok(normals(0, 10).some((each) => each !== 0));
});

for (const { name, ground, start, value, mean, x, y } of golden.walks) {
    test(`${name}: as NumPy moves the particles`, () => {
        near(valueAt(ground, 0.3, -0.4), value);
        const draws = normals(golden.seed, 2 * PARTICLES * golden.rates.length);
        const found = walk(ground, golden.rates, {
            noise: golden.noise,
            momentum: golden.momentum,
            x: start[0],
            y: start[1],
            draws,
        });
        mean.forEach((each, at) => near(found.mean[at], each, 1e-6));
        x.forEach((each, at) => near(found.x.at(at - PARTICLES), each, 1e-6));
        y.forEach((each, at) => near(found.y.at(at - PARTICLES), each, 1e-6));
    });
}

test("what flies away is held, and what is no rate moves nothing", () => {
    const { x, mean } = walk(BOWL, new Float64Array(400).fill(5), still);
    assert.equal(Math.abs(x.at(-1)), 1000);
    assert.ok(Number.isFinite(mean.at(-1)));
    assert.equal(walk(BOWL, [NaN], still).x.at(-1), -2);
});

test("those that are between two places are counted", () => {
    const walked = walk(BOWL, [0.5], still);
    assert.equal(counted(walked, [-1.5, 0]), PARTICLES);
    assert.equal(counted(walked, [0, 5]), 0);
});

test("a line's rates are read between its points, and after a jump", () => {
    const line = { x: [0, 2, 2, 4], y: [1, 0, 5, 5] };
    assert.deepEqual([...ratesOf(line, 5, 1)], [1, 0.5, 5, 5, 5]);
    // Every second step, on an axis that counts ten steps each.
    assert.deepEqual([...ratesOf({ x: [0, 0.4], y: [0, 4] }, 3, 0.2)], [0, 2, 4]);
});

test("the shown curves are looked at, the held one as it is drawn", () => {
    const data = [
        { uid: "other-unit", visible: true },
        { uid: "0", visible: true, name: "a", x: [0, 1], y: [1, 1] },
        { uid: "1", visible: "legendonly", name: "b", x: [0], y: [0] },
        { uid: "2", visible: true, name: "c", x: [0, 1], y: [2, 2] },
        { uid: "hover-2", visible: true, x: [], y: [] },
    ];
    const stop = { x: [0, 1], y: [3, 3] };
    const lines = linesOf({ data, layout: {} }, "2", stop);
    assert.deepEqual(
        lines.map(({ uid, y }) => [uid, y[0]]),
        [
            ["0", 1],
            ["2", 3],
        ],
    );
    assert.equal(linesOf({ data, layout: {} }, "2", null)[1].y[0], 2);
});

test("a line whose rate nobody knows is not looked at, one with a gap is", () => {
    const data = [
        { uid: "0", visible: true, name: "unknown", x: [0, 1], y: [NaN, NaN] },
        { uid: "1", visible: true, name: "gap", x: [0, 1, 2], y: [NaN, 1, NaN] },
    ];
    const lines = linesOf({ data, layout: {} }, "1", null);
    assert.deepEqual(
        lines.map(({ uid }) => uid),
        ["1"],
    );
});
