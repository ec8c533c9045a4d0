// @ts-check
// The figure that a chart draws: the server's, with what the browser knows better.

import { tracesAt } from "../live/fan.js";
import { sizeOf, themed } from "../drawing/look.js";

/** @typedef {import("../live/payloads.js").Figure} Figure */

/**
 * @typedef {object} Chart
 * @property {import("../drawing/plotly.js").Graph} graph
 * @property {Figure} figure the server's
 * @property {ReturnType<typeof import("../live/preview.js").previewOf>} preview
 * @property {import("./player.js").Player | null} player
 * @property {import("./handles.js").Handles} handles
 * @property {import("./zoom.js").Zoom} zoom
 * @property {import("./extras.js").Extras} extras
 * @property {import("../lens/lens.js").Lens} lens
 */

/**
 * The server's figure, or a stop of a fan in its place.
 *
 * @param {Chart} chart
 * @param {boolean} alone whether nothing else stands beneath it
 * @returns {Figure}
 */
export function drawnIn(chart, alone) {
    const { figure, graph, player } = chart;
    const stop = chart.preview.stop();
    const layout = themed(figure.layout, graph);
    let traces = figure.data;
    if (stop) {
        traces = tracesAt(traces, String(chart.preview.data?.color), stop);
        layout.shapes = [];
        // What a hand holds in the chart must not run away from it.
        const range = chart.handles.held ? graph.layout.yaxis.range : stop.range;
        if (range) layout.yaxis.range = range;
    }
    chart.zoom.apply(layout, chart.extras.asks);
    if (chart.extras.asks) layout.dragmode = false;
    if (!alone) chart.lens.fit(layout);
    Object.assign(layout, sizeOf(graph));
    if (player) traces = [...player.behind(), ...traces, ...player.over()];
    return { data: traces, layout };
}
