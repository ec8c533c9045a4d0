import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { load } from "./served.js";

const { forecast } = await load("../lenses/loss/law.js");
const golden = JSON.parse(await readFile(new URL("golden.json", import.meta.url), "utf-8"));
const { law } = golden.forecasts[0];

for (const { name, steps, rates, losses } of golden.forecasts) {
    test(`${name}: the law over the drawn line is lrviz.forecast's`, () => {
        const found = forecast(steps, rates, law);
        let held = 0;
        losses.forEach((loss, at) => {
            if (loss === null) return;
            assert.ok(
                Math.abs(found[at] / loss - 1) <= 5e-4,
                `${steps[at]}: ${found[at]} for ${loss}`,
            );
            held += 1;
        });
        assert.ok(held > 100);
    });
}

test("before any rate there is no finite loss, and from what is no rate on none at all", () => {
    const found = forecast([0, 1, 2, 3, 4], [0, 1e-4, 1e-4, NaN, 1e-4], law);
    assert.equal(found[0], Infinity);
    assert.ok(Number.isFinite(found[1]) && Number.isFinite(found[2]));
    assert.ok(Number.isNaN(found[3]) && Number.isNaN(found[4]));
    assert.ok(forecast([0, 1], [-1, 1], law).every(Number.isNaN));
    assert.ok(forecast([0, 9], [0, 0], law).every((each) => each === Infinity));
});

test("a run that learns no more stays where it is", () => {
    const found = forecast([0, 5000, 5000, 5001, 9000], [3e-4, 3e-4, 0, 0, 0], law);
    assert.equal(found[4], found[3]);
    assert.ok(Math.abs(found[4] / found[1] - 1) < 1e-3);
});

test("a fall is worth more than none, and a higher rate learns more", () => {
    const flat = forecast([0, 24000], [3e-4, 3e-4], law).at(-1);
    const low = forecast([0, 24000], [1e-4, 1e-4], law).at(-1);
    const falls = forecast([0, 20000, 24000], [3e-4, 3e-4, 3e-6], law).at(-1);
    assert.ok(falls < flat && flat < low);
});
