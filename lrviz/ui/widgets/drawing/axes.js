// @ts-check
// What Plotly has drawn: the axes, lines and marks of a graph. All that we know of its insides, which
// no version of it promises, is here.

import { HOVER } from "../live/names.js";

/** @typedef {import("./plotly.js").Graph} Graph */
/** @typedef {import("./plotly.js").PlotlyAxis} PlotlyAxis */

/**
 * An axis as it is drawn. Pixels count from its beginning; on a log axis no value up to 0 has any.
 *
 * @typedef {object} Axis
 * @property {number} start where it begins in the graph, in pixels
 * @property {number} length in pixels
 * @property {[number, number]} range
 * @property {(value: number) => number} pixel at which a value is
 * @property {(pixel: number) => number} value at a pixel
 */

/** @typedef {{ x: Axis, y: Axis }} Axes */

/** @param {Graph} graph */
function plotlyAxes(graph) {
    const { xaxis: x, yaxis: y } = graph._fullLayout ?? {};
    return x?._length && y?._length && typeof x.c2p === "function" ? { x, y } : null;
}

/**
 * The axes; null: they are not drawn yet.
 *
 * @param {Graph} graph
 * @returns {Axes | null}
 */
export function axesOf(graph) {
    const axes = plotlyAxes(graph);
    return axes && { x: axisOf(axes.x), y: axisOf(axes.y) };
}

/**
 * @param {PlotlyAxis} axis
 * @returns {Axis}
 */
function axisOf(axis) {
    return {
        start: axis._offset,
        length: axis._length,
        range: axis.range,
        pixel: (value) => axis.d2p(value),
        value: (pixel) => axis.p2d(pixel),
    };
}

/**
 * The width of the whole drawing, in pixels; 0: there is none yet.
 *
 * @param {Graph} graph
 */
export function widthOf(graph) {
    return graph._fullLayout?.width ?? 0;
}

/**
 * The place of a line from the top of the plot to its bottom, as CSS has it.
 *
 * @param {Axes} axes
 * @param {number} value on the x axis
 */
export function uprightAt({ x, y }, value) {
    return {
        left: `${x.start + x.pixel(value)}px`,
        top: `${y.start}px`,
        height: `${y.length}px`,
    };
}

/**
 * The traces with a rate for every step, of the curves that are shown now.
 *
 * @param {Graph} graph
 */
export function shownRates(graph) {
    return (graph._fullData ?? []).filter(
        (trace) => trace.uid?.startsWith(HOVER) && trace.visible === true,
    );
}

/**
 * Moves the drawn line of a trace, and nothing else: a fiftieth of a whole drawing's work.
 *
 * @param {Graph} graph
 * @param {string} uid
 * @param {{ x: ArrayLike<number>, y: ArrayLike<number> }} points
 */
export function moveLine(graph, uid, points) {
    const line = graph.querySelector(`.scatterlayer .trace${uid} path.js-line`);
    const axes = plotlyAxes(graph);
    if (!line || !axes) return false;
    const log = axes.y.type === "log";
    let path = "";
    let pen = "M";
    for (let at = 0; at < points.x.length; at += 1) {
        const y = axes.y.c2p(points.y[at], log);
        if (Number.isFinite(y)) {
            path += `${pen}${axes.x.c2p(points.x[at]).toFixed(2)},${y.toFixed(2)}`;
            pen = "L";
        } else pen = "M";
    }
    line.setAttribute("d", path || "M0,0");
    return true;
}

/**
 * Marks places on the x axis by one path of ours instead of Plotly's shapes.
 *
 * @param {Graph} graph
 * @param {number[]} marks
 * @param {{ color: string, width: number }} line
 */
export function markRestarts(graph, marks, { color, width }) {
    const grid = graph.querySelector(".gridlayer");
    const axes = plotlyAxes(graph);
    if (!grid || !axes) return false;
    let path = grid.querySelector(".lrviz-marks");
    if (!path) {
        path = document.createElementNS("http://www.w3.org/2000/svg", "path");
        path.setAttribute("class", "lrviz-marks");
        grid.append(path);
    }
    const { x, y } = axes;
    path.setAttribute("transform", `translate(${x._offset},${y._offset})`);
    path.setAttribute(
        "style",
        `stroke:${color};stroke-width:${width};stroke-dasharray:2,2;opacity:.7;fill:none`,
    );
    const ticks = marks.map((at) => `M${x.c2p(at).toFixed(2)},0V${y._length}`);
    path.setAttribute("d", ticks.join("") || "M0,0");
    graph.dataset.live = "true";
    return true;
}

/**
 * Marks the restarts of the stop that is drawn; without one, Plotly's shapes mark them.
 *
 * @param {Graph} graph
 * @param {import("../live/fan.js").Stop | null} stop
 */
export function markStop(graph, stop) {
    if (stop) {
        markRestarts(graph, stop.marks, stop.mark.line);
        return;
    }
    graph.querySelector(".lrviz-marks")?.remove();
    delete graph.dataset.live;
}
