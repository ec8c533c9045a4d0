// @ts-check
// How a chart looks: its size, the page's theme, and its toolbar.

import { download } from "./plotly.js";
import { HOVER } from "../live/names.js";

/** @typedef {import("./plotly.js").Graph} Graph */

/** The font of a saved picture, which cannot carry the page's own along. */
const PLAIN = "Arial, Helvetica, sans-serif";
/** Narrower than this, a chart is on a phone. */
const NARROW = 500;
/** Share of a chart's width that names take at most; the list of curves has them, too. */
const MOST_NAMES = 0.3;

/**
 * The size that the page gives to the chart.
 *
 * @param {Graph} graph
 */
export function sizeOf(graph) {
    // A hidden chart has no size; it gets its own when it is shown.
    return { width: graph.clientWidth || 700, height: graph.clientHeight || 400 };
}

/**
 * Acts, in the next frame, when the page gives another size to the chart.
 *
 * @param {Graph} graph
 * @param {() => void} act
 */
export function whenResized(graph, act) {
    let size = JSON.stringify(sizeOf(graph));
    const observer = new ResizeObserver(() => {
        const now = JSON.stringify(sizeOf(graph));
        if (now === size || !graph.clientWidth) return;
        size = now;
        requestAnimationFrame(act);
    });
    observer.observe(graph);
    return observer;
}

/**
 * A colour, or the font, of the page's theme.
 *
 * @param {Graph} graph
 */
export function themeOf(graph) {
    const style = getComputedStyle(graph);
    return (/** @type {string} */ name) => style.getPropertyValue(`--st-${name}`).trim();
}

/**
 * A layout in the colours of the page.
 *
 * @param {Record<string, any>} layout
 * @param {Graph} graph
 * @returns {Record<string, any>}
 */
export function themed(layout, graph) {
    if (layout.margin?.r > MOST_NAMES * graph.clientWidth) return themed(nameless(layout), graph);
    const color = themeOf(graph);
    const text = color("text-color");
    const background = color("background-color");
    const axis = {
        gridcolor: color("border-color-light") || color("border-color"),
        linecolor: color("border-color"),
        zerolinecolor: color("border-color"),
        automargin: true,
        ticks: "outside",
        tickcolor: color("border-color"),
    };
    const size = sizeOfType(layout, graph);
    return {
        ...layout,
        font: { family: color("font"), color: text, size },
        paper_bgcolor: background,
        plot_bgcolor: background,
        hoverlabel: {
            bgcolor: color("secondary-background-color"),
            bordercolor: color("border-color"),
            font: { color: text, size: layout.hoverlabel?.font?.size ?? 13 },
            namelength: -1,
        },
        modebar: {
            bgcolor: "rgba(0,0,0,0)",
            color: color("gray-text-color"),
            activecolor: color("primary-color"),
        },
        margin: around(layout, graph),
        legend: {
            orientation: "h",
            yref: "container",
            y: 0,
            yanchor: "bottom",
            x: 0,
            xanchor: "left",
            itemdoubleclick: false,
        },
        dragmode: matchMedia("(pointer: coarse)").matches ? false : "zoom",
        xaxis: { ...axis, ...layout.xaxis },
        yaxis: { ...axis, ...layout.yaxis },
        ...others(layout, axis),
    };
}

/**
 * How large letters are, in pixels: what is meant for a projector is smaller on a phone.
 *
 * @param {Record<string, any>} layout
 * @param {Graph} graph
 */
function sizeOfType({ font }, graph) {
    return graph.clientWidth < NARROW ? Math.min(font?.size ?? 12, 14) : (font?.size ?? 14);
}

/**
 * A presented figure without the names at the lines' ends, and in the usual type.
 *
 * @param {Record<string, any>} layout
 */
function nameless(layout) {
    const beside = (/** @type {{ xref?: string, x?: unknown }} */ { xref, x }) =>
        xref === "paper" && x === 1;
    const annotations = layout.annotations ?? [];
    return {
        ...layout,
        margin: {},
        font: {},
        annotations: annotations.filter((/** @type {any} */ each) => !beside(each)),
    };
}

/**
 * The margins: as wide as usual numbers are, so that other ones do not move the plot; above it is
 * room for the switches, on a phone sometimes in two rows.
 *
 * @param {Record<string, any>} layout
 * @param {Graph} graph
 */
function around(layout, graph) {
    const left = graph.clientWidth < NARROW ? 56 : 72;
    const top = Math.max(34, (switchesOf(graph)[0]?.offsetHeight ?? 0) + 8);
    return { l: left, r: layout.margin?.r ?? 20, t: crowded(graph) ? 62 : top, b: 8 };
}

/** @param {Graph} graph */
function crowded(graph) {
    return graph.clientWidth < NARROW && switchesOf(graph).length > 2;
}

/**
 * The switches in the chart's corners.
 *
 * @param {Graph} graph
 */
function switchesOf({ parentElement }) {
    /** @type {NodeListOf<HTMLElement> | undefined} */
    const all = parentElement?.querySelectorAll(".lrviz-switches > *");
    return [...(all ?? [])];
}

/**
 * The y axes beside the first one.
 *
 * @param {Record<string, any>} layout
 * @param {object} axis
 */
function others(layout, axis) {
    const names = Object.keys(layout).filter((name) => /^yaxis\d+$/.test(name));
    return Object.fromEntries(names.map((name) => [name, { ...axis, ...layout[name] }]));
}

const icon = (/** @type {string} */ path) => ({ width: 24, height: 24, path });
const SVG_ICON = icon("M19 9h-4V3H9v6H5l7 7 7-7zM5 18v2h14v-2H5z");
const PNG_ICON = icon(
    "M21 19V5a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2zM8.5 13.5l2.5 3 3.5-4.5 4.5 6H5l3.5-4.5z",
);
const RESET_ICON = icon("M12 3 2 12h3v8h6v-6h2v6h6v-8h3z");

/**
 * A figure as a picture that stands by itself: with the names of its lines.
 *
 * @param {import("../live/payloads.js").Figure} figure
 */
export function alone({ data, layout }) {
    return {
        data: data.filter(({ uid }) => !uid?.startsWith(HOVER)),
        layout: { ...layout, showlegend: true, font: { ...layout.font, family: PLAIN } },
    };
}

/**
 * Plotly's configuration, with our toolbar.
 *
 * @param {Graph} graph
 * @param {{ labels: string, filename: string }} data its texts in JSON, and the name of pictures
 * @param {(() => void) | null} reset shows all of the run; null: the chart is not zoomed
 * @param {() => import("../live/payloads.js").Figure} drawn what is saved
 */
export function configOf(graph, data, reset, drawn) {
    const labels = JSON.parse(data.labels);
    const save = (/** @type {string} */ format) => {
        const wanted = { format, filename: data.filename, scale: 2, ...sizeOf(graph) };
        download(alone(drawn()), wanted);
    };
    const button = (
        /** @type {string} */ name,
        /** @type {object} */ picture,
        /** @type {() => void} */ click,
    ) => ({ name, title: labels[name], icon: picture, click });
    const zoom = reset
        ? [["zoom2d", "pan2d", "zoomIn2d", "zoomOut2d"], [button("reset", RESET_ICON, reset)]]
        : [];
    return {
        displaylogo: false,
        // Plotly's tips would lie over undo; the toolbar has the way back from a zoom.
        showTips: false,
        displayModeBar: crowded(graph) ? false : "hover",
        doubleClick: false,
        scrollZoom: false,
        locale: "page",
        locales: {
            page: {
                dictionary: {
                    Zoom: labels.zoom,
                    Pan: labels.pan,
                    "Zoom in": labels.in,
                    "Zoom out": labels.out,
                },
            },
        },
        modeBarButtons: [
            [
                button("png", PNG_ICON, () => save("png")),
                button("svg", SVG_ICON, () => save("svg")),
            ],
            ...zoom,
        ],
    };
}
