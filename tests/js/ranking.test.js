import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { load } from "./served.js";

const { rank, ranked } = await load("../lenses/loss/ranking.js");
const golden = JSON.parse(await readFile(new URL("golden.json", import.meta.url), "utf-8"));

for (const { losses, error, best, second, gap, conclusive } of golden.rankings) {
    test(`of ${JSON.stringify(losses)} the best is lrviz.forecast's, error ${error}`, () => {
        const names = Object.keys(losses);
        // JSON has no NaN: null stands for it.
        const values = Object.values(losses).map((loss) => loss ?? NaN);
        const found = rank(values, error ?? NaN);
        if (best === null) {
            assert.ok(found.order.length < 2 && Number.isNaN(found.gap) && !found.conclusive);
            return;
        }
        const [first, next] = found.order.map((at) => names[at]);
        assert.deepEqual(
            [first, next, found.gap, found.conclusive],
            [best, second, gap, conclusive],
        );
    });
}

const TEXTS = {
    best: "best by {gap}",
    tied: "{gap} ± {error}: a draw",
    untested: "{gap}, who knows",
};
const ERRORS = { end: 0.001, gap: 0.02 };
const score = (name, loss, tested = true) => {
    return { line: { name, style: { color: "red" } }, loss, tested };
};
const texts = (parts) => parts.map(({ text }) => text);

test("the best of the forecasts is named, and by how much it is", () => {
    const found = texts(ranked([score("b", 3.1), score("a &amp; c", 3)], ERRORS, TEXTS));
    assert.deepEqual(found, ["a & c", "3.0000 ± 0.0030", "b", "+ 0.1000", "best by 0.1000"]);
});

test("what is within the error of a difference is a draw, however small that of an end is", () => {
    const found = texts(ranked([score("a", 3), score("b", 3.019)], ERRORS, TEXTS));
    assert.equal(found.at(-1), "0.0190 ± 0.0200: a draw");
});

test("of what the law was never tested on no error is written", () => {
    const second = texts(ranked([score("a", 3), score("b", 4, false)], ERRORS, TEXTS));
    assert.deepEqual(second, ["a", "3.0000 ± 0.0030", "b", "+ 1.0000", "1.0000, who knows"]);
    const first = texts(ranked([score("a", 3, false), score("b", 4)], ERRORS, TEXTS));
    assert.deepEqual(first.slice(0, 2), ["a", "3.0000"]);
    assert.equal(first.at(-1), "1.0000, who knows");
});

test("one alone, or none that is finite, is compared with nothing", () => {
    assert.equal(ranked([score("a", 3), score("b", NaN)], ERRORS, TEXTS).length, 2);
    assert.deepEqual(ranked([score("a", NaN)], ERRORS, TEXTS), []);
});
