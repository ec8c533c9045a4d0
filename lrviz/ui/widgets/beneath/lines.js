// @ts-check
// The drawn lines, as a lens looks at them: whatever the chart shows now, step by step.

import { values } from "../live/fan.js";

/** @typedef {import("../live/payloads.js").Figure} Figure */
/** @typedef {import("../live/fan.js").Stop} Stop */

/**
 * A drawn line.
 *
 * @typedef {object} Line
 * @property {string} uid
 * @property {string} name in HTML, as Plotly takes it
 * @property {ArrayLike<number>} x on the chart's axis
 * @property {ArrayLike<number>} y
 * @property {{ color: string, dash?: string, width?: number }} style
 */

/**
 * The shown lines of a figure, the selected one as it is drawn now. What has no rate anywhere, as
 * only training can tell it, is left out.
 *
 * @param {Figure} figure the server's
 * @param {string} selected the uid of the curve that a slider moves
 * @param {Stop | null} stop what is drawn instead of it
 * @returns {Line[]}
 */
export function linesOf(figure, selected, stop) {
    return figure.data
        .filter(({ uid, visible }) => /^\d+$/.test(uid ?? "") && visible === true)
        .map((trace) => {
            const drawn = stop && trace.uid === selected ? stop : trace;
            return {
                uid: trace.uid ?? "",
                name: trace.name ?? "",
                x: values(drawn.x),
                y: values(drawn.y),
                style: /** @type {Line["style"]} */ (trace.line),
            };
        })
        .filter(({ y }) => Array.prototype.some.call(y, Number.isFinite));
}

/**
 * The rate of a line at evenly spaced steps from 0 on; NaN where it has none.
 *
 * @param {Line} line
 * @param {number} count of steps
 * @param {number} apart on the line's axis
 */
export function ratesOf({ x, y }, count, apart) {
    const rates = new Float64Array(count);
    let after = 1;
    for (let at = 0; at < count; at += 1) {
        const place = at * apart;
        // Of two points at one place the second counts: the rate has jumped.
        while (after < x.length && x[after] <= place * (1 + 1e-9)) after += 1;
        const before = after - 1;
        if (after >= x.length) rates[at] = y[before];
        else {
            const share = (place - x[before]) / (x[after] - x[before]);
            rates[at] = y[before] + share * (y[after] - y[before]);
        }
    }
    return rates;
}
