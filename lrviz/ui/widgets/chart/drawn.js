// @ts-check
// The figure that a chart draws: the server's, in the page's colours.

import { themed } from "../drawing/look.js";

/** @typedef {import("../live/payloads.js").Figure} Figure */
/** @typedef {import("../live/payloads.js").Trace} Trace */
/** @typedef {import("../live/fan.js").Stop} Stop */

/**
 * The server's figure, or a stop of a fan in the place of one of its curves.
 *
 * @param {Figure} figure
 * @param {import("../drawing/plotly.js").Graph} graph it is drawn in
 * @param {string} uid of the curve that the stop is of
 * @param {Stop | null} stop
 * @param {boolean} held whether the axes stay as they are
 * @returns {Figure}
 */
export function figureAt(figure, graph, uid, stop, held) {
    const layout = themed(figure.layout, graph);
    if (!stop) return { data: figure.data, layout };
    layout.shapes = [];
    // What a hand holds in the chart must not run away from it.
    const range = held ? graph.layout.yaxis.range : stop.range;
    if (range) layout.yaxis.range = range;
    return { data: tracesAt(figure.data, uid, stop), layout };
}

/**
 * The traces of a figure where one of them is at a stop.
 *
 * @param {Trace[]} traces
 * @param {string} uid of that one
 * @param {Stop} stop
 */
function tracesAt(traces, uid, { x, y, dots }) {
    // Nobody reads the other curves' values while a slider moves.
    const lines = traces.filter((trace) => trace.showlegend !== false);
    return lines.map((trace) => {
        if (trace.uid !== uid) return trace;
        const marker = dots ? { ...trace.marker, size: dots } : trace.marker;
        return { ...trace, x, y, ...(marker && { marker }) };
    });
}
