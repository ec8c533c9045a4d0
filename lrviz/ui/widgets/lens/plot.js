// @ts-check
// A lens's own chart: lines over the steps of the chart above it. While a slider moves, only lines
// move; what reaches out of the picture widens it.

import * as plotly from "../chart/internals.js";
import { sizeOf, themed, themeOf } from "../chart/look.js";
import { made } from "../component.js";

/** @typedef {import("./lines.js").Line} Line */

/** How much of the height is left free above and below the lines. */
const ROOM = 0.06;

/**
 * What is drawn.
 *
 * @typedef {object} Drawing
 * @property {Line[]} lines
 * @property {string} title of the y axis
 * @property {"linear" | "log"} scale of it
 * @property {[number, number]} range of it; of a log axis, as its exponents
 * @property {import("../payloads.js").Trace[]} marks beside the lines, that do not move with them
 * @property {Record<string, any>} xaxis of the chart above
 */

export class Plot {
    drawings = 0;
    /** What the last whole drawing was of. */
    before = "";
    /** @type {[number, number] | null} */
    range = null;
    /** @type {ArrayLike<number>[]} */
    drawn = [];
    moved = false;

    /** @param {HTMLElement} root */
    constructor(root) {
        /** @type {plotly.Graph} */
        this.graph = /** @type {any} */ (made("div", { className: "lrviz-lens-chart" }, root));
        this.cursor = made("div", { className: "lrviz-lens-cursor", hidden: true }, root);
    }

    /**
     * @param {Drawing} drawing
     * @param {boolean} moving whether a slider is held
     */
    draw(drawing, moving) {
        const { lines, scale } = drawing;
        let { range } = drawing;
        if (moving && this.range) range = together(this.range, range);
        this.range = range;
        const { width, height } = sizeOf(this.graph);
        const names = lines.map(({ uid, name, style }) => [uid, name, style.dash]);
        const color = themeOf(this.graph)("text-color");
        const { range: reach } = drawing.xaxis;
        const around = JSON.stringify([names, range, scale, reach, width, height, color]);
        const same = around === this.before && moving === this.moved;
        const drawn = lines.map(({ y }) => y);
        if (same && drawn.every((y, at) => y === this.drawn[at])) return;
        this.drawn = drawn;
        this.moved = moving;
        this.graph.toggleAttribute("data-live", moving);
        if (moving && around === this.before && this.move(lines)) return;
        this.before = around;
        this.react(drawing, range);
    }

    /** @param {Line[]} lines */
    move(lines) {
        return lines.every((line) => plotly.moveLine(this.graph, line.uid, line));
    }

    /**
     * @param {Drawing} drawing
     * @param {[number, number]} range
     */
    react({ lines, title, scale, marks, xaxis }, range) {
        const layout = themed(
            {
                template: {},
                hovermode: "x unified",
                showlegend: false,
                datarevision: (this.drawings += 1),
                // What it counts is switched, and said, above.
                xaxis: { ...xaxis, title: undefined, fixedrange: true },
                yaxis: {
                    title: { text: title, standoff: 4, font: { size: 12 } },
                    type: scale,
                    range: [...range],
                    fixedrange: true,
                    nticks: 4,
                    tickformat: ".4~g",
                    exponentformat: "power",
                },
            },
            this.graph,
        );
        layout.margin = { ...layout.margin, t: 6, b: 4 };
        layout.dragmode = false;
        const traces = lines.map(({ uid, name, x, y, style }) => ({
            type: "scatter",
            mode: "lines",
            uid,
            name,
            x,
            y,
            line: { ...style, simplify: false },
            hovertemplate: `${name}  <b>%{y:.5~g}</b><extra></extra>`,
        }));
        const config = { displayModeBar: false, doubleClick: false, scrollZoom: false };
        Object.assign(layout, sizeOf(this.graph));
        plotly.library().react(this.graph, [...traces, ...marks], layout, config);
    }

    /** @param {number | null} at where on the x axis the cursor is; null: nowhere */
    place(at) {
        const axes = plotly.axesOf(this.graph);
        this.cursor.hidden = at === null || !axes;
        if (at === null || !axes) return;
        this.cursor.style.left = `${this.graph.offsetLeft + axes.x._offset + axes.x.d2p(at)}px`;
        this.cursor.style.top = `${this.graph.offsetTop + axes.y._offset}px`;
        this.cursor.style.height = `${axes.y._length}px`;
    }

    destroy() {
        plotly.library()?.purge(this.graph);
        this.graph.remove();
        this.cursor.remove();
    }
}

/**
 * A range that holds what is to be seen, with some room; null: there is nothing.
 *
 * @param {number[]} numbers
 * @returns {[number, number] | null}
 */
export function rangeOf(numbers) {
    const finite = numbers.filter(Number.isFinite);
    if (!finite.length) return null;
    const [low, high] = [Math.min(...finite), Math.max(...finite)];
    const room = ROOM * (high - low) || Math.abs(high) * ROOM || ROOM;
    return [low - room, high + room];
}

/**
 * @param {[number, number]} one
 * @param {[number, number]} other
 * @returns {[number, number]}
 */
function together(one, other) {
    return [Math.min(one[0], other[0]), Math.max(one[1], other[1])];
}
