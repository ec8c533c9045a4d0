// @ts-check
// Plotly's library: what draws, saves and removes a graph, and tells what is done in it by hand.

import { onDoubleClick } from "./double_click.js";
import { Turns } from "./turns.js";

/** @typedef {import("../live/payloads.js").Trace} Trace */

/**
 * Plotly's own axis.
 *
 * @typedef {object} PlotlyAxis
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
 *     _fullLayout?: { xaxis: PlotlyAxis, yaxis: PlotlyAxis, width: number }, _fullData?: Trace[],
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
