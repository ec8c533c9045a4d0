// @ts-check
// What the browser lays over or behind the server's curves: dots, passed curves, a pinned one.

import { values } from "../live/fan.js";
import { CURSOR, PASSED, PINNED } from "../live/names.js";
import { escapeHtml } from "../words/html.js";

/** @typedef {import("../live/payloads.js").Trace} Trace */

/**
 * @typedef {object} Pinned
 * @property {Float64Array} steps
 * @property {ArrayLike<number>} y
 * @property {string} name
 * @property {string[]} readout
 */

/**
 * A dot on each curve at the point where the run is played.
 *
 * @param {Trace[]} lines
 * @param {number} at
 * @param {string} outline
 * @returns {Trace}
 */
export function dotsAt(lines, at, outline) {
    const point = Math.floor(at);
    return {
        type: "scatter",
        mode: "markers",
        uid: CURSOR,
        showlegend: false,
        hoverinfo: "skip",
        x: lines.map((line) => (line.dx ?? 1) * point),
        y: lines.map((line) => values(line.y)[point]),
        marker: {
            size: 12,
            color: lines.map((line) => line.line?.color),
            line: { width: 2, color: outline },
        },
    };
}

const QUIET = { type: "scatter", mode: "lines", hoverinfo: "skip" };

/**
 * The curves that a sweep has passed, the oldest the faintest.
 *
 * @param {{ x: ArrayLike<number>, y: ArrayLike<number> }[]} stops
 * @param {number} most
 * @param {string} color
 * @returns {Trace[]}
 */
export function passedBy(stops, most, color) {
    return stops.map((stop, index) => ({
        ...QUIET,
        uid: `${PASSED}${index}`,
        showlegend: false,
        opacity: 0.12 + (0.25 * index) / most,
        x: stop.x,
        y: stop.y,
        line: { color, width: 1, simplify: false },
    }));
}

/**
 * The curve that others are compared with.
 *
 * @param {Pinned} pinned
 * @param {number} perTick
 * @param {string} word
 * @param {string} color
 * @returns {Trace}
 */
export function pinnedLine(pinned, perTick, word, color) {
    return {
        ...QUIET,
        uid: PINNED,
        name: `${escapeHtml(pinned.name)} (${word})`,
        opacity: 0.75,
        x: pinned.steps.map((each) => each / perTick),
        y: pinned.y,
        line: { color, width: 2, dash: "dot", simplify: false },
    };
}
