import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./served.js";

const { alone } = await load("widgets/drawing/look.js");

test("a saved picture has its lines' names, in type that it need not carry along", () => {
    const data = [{ uid: "hover-2" }, { uid: "2", name: "a" }, { name: "b" }];
    const layout = { showlegend: false, font: { size: 14, family: "Source Sans" } };
    const picture = alone({ data, layout });
    assert.deepEqual(picture.data, data.slice(1));
    assert.equal(picture.layout.showlegend, true);
    assert.equal(picture.layout.font.size, 14);
    assert.match(picture.layout.font.family, /^Arial/);
    assert.equal(layout.showlegend, false);
});
