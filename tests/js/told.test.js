import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./served.js";

const { best, ranked } = await load("widgets/lens/told.js");
const { rangeOf, roomy } = await load("widgets/lens/plot.js");
const { Settings } = await load("widgets/live/settings.js");

const TEXTS = {
    best: "best by {gap}",
    tied: "{gap} ± {error}: a draw",
    untested: "{gap}, who knows",
};
const ERRORS = { end: 0.001, gap: 0.02 };
const score = (name, value, tested = true) => {
    return { line: { name, style: { color: "red" } }, value, tested };
};
const texts = (parts) => parts.map(({ text }) => text);

test("the best of the forecasts is named, and by how much it is", () => {
    const found = texts(best([score("b", 3.1), score("a &amp; c", 3)], ERRORS, TEXTS));
    assert.deepEqual(found, ["a & c", "3.0000 ± 0.0030", "b", "+ 0.1000", "best by 0.1000"]);
});

test("what is within the error of a difference is a draw, however small that of an end is", () => {
    const found = texts(best([score("a", 3), score("b", 3.019)], ERRORS, TEXTS));
    assert.equal(found.at(-1), "0.0190 ± 0.0200: a draw");
});

test("of what the law was never tested on no error is told", () => {
    const second = texts(best([score("a", 3), score("b", 4, false)], ERRORS, TEXTS));
    assert.deepEqual(second, ["a", "3.0000 ± 0.0030", "b", "+ 1.0000", "1.0000, who knows"]);
    const first = texts(best([score("a", 3, false), score("b", 4)], ERRORS, TEXTS));
    assert.deepEqual(first.slice(0, 2), ["a", "3.0000"]);
    assert.equal(first.at(-1), "1.0000, who knows");
});

test("one alone, or none that is finite, is compared with nothing", () => {
    assert.equal(best([score("a", 3), score("b", NaN)], ERRORS, TEXTS).length, 2);
    assert.deepEqual(best([score("a", NaN)], ERRORS, TEXTS), []);
});

test("the mean losses are told from the lowest on", () => {
    const found = texts(ranked([score("a", 0.2), { ...score("b", 0.01234), more: "3/64" }]));
    assert.deepEqual(found, ["b", "0.0123", "(3/64)", "a", "0.2"]);
});

test("a range holds what is finite, with some room", () => {
    const [low, high] = rangeOf([1, NaN, 3, Infinity]);
    assert.ok(low < 1 && low > 0.8 && high > 3 && high < 3.2);
    assert.equal(rangeOf([NaN]), null);
    const flat = rangeOf([2, 2]);
    assert.ok(flat[0] < 2 && flat[1] > 2);
});

test("a setting is the hand's until Python has taken it", () => {
    let changes = 0;
    const settings = new Settings(() => (changes += 1));
    assert.equal(settings.value("noise", 1), 1);
    settings.move("noise", "2");
    settings.settle({ panel: 99, chart: 99 });
    assert.equal(settings.value("noise", 1), 2);
    settings.sent("noise", "2", 100);
    settings.settle({ panel: 99, chart: 200 });
    assert.equal(settings.value("noise", 1), 2);
    settings.settle({ panel: 100, chart: 0 });
    assert.equal(settings.value("noise", 1), 1);
    assert.equal(changes, 1);
});

test("words have room above the lines, half of the height at the most", () => {
    assert.deepEqual(roomy([2, 5], 0.25), [2, 6]);
    assert.deepEqual(roomy([2, 5], 0), [2, 5]);
    assert.deepEqual(roomy([2, 5], 3), [2, 8]);
});
