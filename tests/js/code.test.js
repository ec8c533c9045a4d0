import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./served.js";

const { partsOf } = await load("../lenses/code/code.js");

test("the parts of some source are all of it, and each is of one kind", () => {
    const source =
        'import math  # "for" it\n\nrate = f(1e-3, 50, x1, "a # b")\n\n"""two\nlines"""\n';
    const parts = partsOf(source);
    assert.equal(parts.map(({ text }) => text).join(""), source);
    const texts = (wanted) => parts.filter(({ kind }) => kind === wanted).map(({ text }) => text);
    assert.deepEqual(texts("comment"), ['# "for" it']);
    assert.deepEqual(texts("keyword"), ["import"]);
    assert.deepEqual(texts("number"), ["1e-3", "50"]);
    assert.deepEqual(texts("string"), ['"a # b"', '"""two\nlines"""']);
    assert.deepEqual(partsOf(""), []);
});
