// @ts-check
// All that we know of Plotly's insides, which no version of it promises.

import { onDoubleClick } from "./double_click.js";
import { HOVER } from "../live/names.js";
import { Turns } from "./turns.js";

/** @typedef {import("../live/payloads.js").Trace} Trace */

/**
 * An axis as it is drawn.
 *
 * @typedef {object} Axis
 * @property {number} _offset where it begins, in pixels
 * @property {number} _length how long it is, in pixels
 * @property {string} type
 * @property {[number, number]} range
 * @property {(value: number, clip?: boolean) => number} c2p from a value to pixels
 * @property {(value: number) => number} d2p the same, of what is in the data
 * @property {(pixel: number) => number} p2d and back
 */

/**
 * The element that Plotly draws into.
 *
 * @typedef {HTMLElement & {
 *     _fullLayout?: { xaxis: Axis, yaxis: Axis, width: number }, _fullData?: Trace[],
 *     layout: Record<string, any>,
 *     on: (name: string, act: (event: any) => unknown) => void,
 * }} Graph
 */

/**
 * Plotly's library, as far as we use it.
 *
 * @typedef {object} Library
 * @property {(graph: Graph, data: Trace[], layout: object, config: object) => Promise<void>} react
 * @property {(graph: Graph, changes: object) => Promise<void>} relayout
 * @property {(graph: Graph) => void} purge
 * @property {(figure: object, wanted: object) => Promise<void>} downloadImage
 */

/**
 * What a drawing is of.
 *
 * @typedef {{ data: Trace[], layout: object, config: object }} Drawing
 */

/** @returns {Library} */
function library() {
    return /** @type {any} */ (window).Plotly;
}

/** @type {WeakMap<Graph, Turns>} */
const turns = new WeakMap();

/** @param {Graph} graph */
function turnsOf(graph) {
    let own = turns.get(graph);
    if (!own) turns.set(graph, (own = new Turns()));
    return own;
}

/**
 * Whether a graph is being drawn, or is to be.
 *
 * @param {Graph} graph
 */
export function busy(graph) {
    return turnsOf(graph).busy;
}

/**
 * Draws a graph as soon as it is not being drawn; `make` is called only then.
 *
 * @param {Graph} graph
 * @param {() => Drawing} make
 * @param {() => void} [done] once it is drawn
 */
export function draw(graph, make, done) {
    return turnsOf(graph).draw(async () => {
        const { data, layout, config } = make();
        await library().react(graph, data, layout, config);
        done?.();
    });
}

/**
 * Changes the layout of a graph as soon as it is not being drawn.
 *
 * @param {Graph} graph
 * @param {() => object} make
 */
export function relayout(graph, make) {
    return turnsOf(graph).take(() => library().relayout(graph, make()));
}

/**
 * Saves a figure as a picture.
 *
 * @param {import("../live/payloads.js").Figure} figure
 * @param {object} wanted
 */
export function download(figure, wanted) {
    return library().downloadImage(figure, wanted);
}

/**
 * Removes a graph.
 *
 * @param {Graph} graph
 */
export function purge(graph) {
    turnsOf(graph).close();
    library()?.purge(graph);
}

/** @type {Promise<void> | undefined} */
let loading;

/**
 * Loads plotly.js once; after a failure the next call tries again.
 *
 * @param {string} url
 */
export function load(url) {
    loading ??= new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = url;
        script.onload = () => resolve();
        script.onerror = () => {
            loading = undefined;
            reject(new Error(url));
        };
        document.head.append(script);
    });
    return loading;
}

/**
 * Listens to what is done in the chart by hand.
 *
 * @param {Graph} graph
 * @param {object} acts
 * @param {() => void} acts.home all of the run is asked for
 * @param {() => void} acts.painted the axes may be elsewhere
 * @param {(change: Record<string, unknown>) => void} acts.moved the axes were moved
 * @param {(x: number | null) => void} acts.hovered where the pointer is on the x axis
 */
export function hear(graph, { home, painted, moved, hovered }) {
    graph.on("plotly_legenddoubleclick", () => false);
    onDoubleClick(graph, ".nsewdrag", home);
    graph.on("plotly_afterplot", painted);
    graph.on("plotly_relayouting", painted);
    graph.on("plotly_relayout", moved);
    graph.on("plotly_hover", ({ xvals }) => hovered(xvals?.[0] ?? null));
    graph.on("plotly_unhover", () => hovered(null));
}

/**
 * The axes, once they are drawn.
 *
 * @param {Graph} graph
 */
export function axesOf(graph) {
    const { xaxis: x, yaxis: y } = graph._fullLayout ?? {};
    return x?._length && y?._length && typeof x.c2p === "function" ? { x, y } : null;
}

/**
 * The place of a line from the top of the plot to its bottom, as CSS has it.
 *
 * @param {{ x: Axis, y: Axis }} axes
 * @param {number} value on the x axis
 */
export function uprightAt({ x, y }, value) {
    return {
        left: `${x._offset + x.d2p(value)}px`,
        top: `${y._offset}px`,
        height: `${y._length}px`,
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
    const axes = axesOf(graph);
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
    const axes = axesOf(graph);
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
