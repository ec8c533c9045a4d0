import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./served.js";

const { Zoom } = await load("widgets/chart/zoom.js");

const layout = (unit = "step") => ({
    xaxis: { range: [0, 100], uirevision: unit },
    yaxis: { range: [-5, 0], uirevision: "log", type: "log", dtick: 1 },
});

function drawn(zoom, made = layout(), fixed = false) {
    zoom.apply(made, fixed);
    return made;
}

test("a zoom holds while its axis counts the same thing", () => {
    const zoom = new Zoom();
    const shown = drawn(zoom);
    zoom.take({ "xaxis.range[0]": 10 }, { xaxis: { range: [10, 20] }, yaxis: shown.yaxis });
    assert.deepEqual(drawn(zoom).xaxis.range, [10, 20]);
    assert.deepEqual(drawn(zoom, layout("epoch")).xaxis.range, [0, 100]);
    assert.equal(zoom.has("x"), false);
});

test("all of the run is asked for under another revision", () => {
    const zoom = new Zoom();
    const before = drawn(zoom).xaxis.uirevision;
    zoom.take({ "xaxis.range": [1, 2] }, { xaxis: { range: [1, 2] } });
    zoom.reset();
    const { range, uirevision } = drawn(zoom).xaxis;
    assert.deepEqual(range, [0, 100]);
    assert.notEqual(uirevision, before);
});

test("within a decade of a log axis there are ticks", () => {
    const zoom = new Zoom();
    assert.equal(drawn(zoom).yaxis.dtick, 1);
    zoom.take({ "yaxis.range[0]": -2 }, { yaxis: { range: [-2, -1] } });
    assert.equal(drawn(zoom).yaxis.dtick, undefined);
});

test("what Plotly is given is not the figure's own array", () => {
    const zoom = new Zoom();
    const made = layout();
    const { range } = made.xaxis;
    drawn(zoom, made);
    assert.notEqual(made.xaxis.range, range);
    assert.deepEqual(made.xaxis.range, range);
});
