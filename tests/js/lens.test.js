import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./served.js";

const { ranked } = await load("../lenses/path/path.js");
const { rangeOf, roomy } = await load("widgets/beneath/plot.js");
const { Settings } = await load("widgets/live/settings.js");

const score = (name, loss, more = "") => {
    return { line: { name, style: { color: "red" } }, loss, more };
};

test("the mean losses are written from the lowest on", () => {
    const texts = ranked([score("a", 0.2), score("b", 0.01234, "3/64")]).map(({ text }) => text);
    assert.deepEqual(texts, ["b", "0.0123", "(3/64)", "a", "0.2"]);
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
