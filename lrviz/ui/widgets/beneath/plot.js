// @ts-check
// A lens's own chart: lines over the steps of the chart above it. While a slider moves, only lines
// move; what reaches out of the picture widens it.

import { create } from "../controls/dom.js";
import { sizeOf, themed, themeOf } from "../drawing/look.js";
import { axesOf, moveLine } from "../drawing/axes.js";
import * as plotly from "../drawing/plotly.js";

/** @typedef {import("./lines.js").Line} Line */

/** How much of the height is left free above and below the lines. */
const ROOM = 0.06;
/** And how much of it more, where a held slider moves a line out of the picture. */
const WIDER = 0.15;
/** Pixels around a plot, about. */
const [LEFT, RIGHT, BELOW] = [90, 20, 40];
/** How much of the height a text may take at the most. */
const MOST_FREE = 0.5;

/**
 * What is drawn.
 *
 * @typedef {object} Drawing
 * @property {Line[]} lines
 * @property {string} title of the y axis
 * @property {"linear" | "log"} scale of it
 * @property {[number, number]} range of it; of a log axis, as its exponents
 * @property {import("../live/payloads.js").Trace[]} marks beside the lines, that do not move with
 *     them
 */
/** @typedef {import("./view.js").Stage} Stage */

export class Plot {
    drawings = 0;
    /** What the last whole drawing was of. */
    before = "";
    /** @type {[number, number] | null} */
    range = null;
    /** @type {ArrayLike<number>[]} */
    drawn = [];
    moved = false;
    /** Where the x axis begins at the least, in pixels. */
    left = 0;
    /** Its size, and the page's ink: they stay as long as a slider moves. */
    look = { width: 0, height: 0, color: "" };

    /** @param {HTMLElement} root */
    constructor(root) {
        /** @type {plotly.Graph} */
        this.graph = /** @type {any} */ (create("div", { className: "lrviz-lens-chart" }, root));
        this.cursor = create("div", { className: "lrviz-lens-cursor", hidden: true }, root);
    }

    /**
     * @param {Drawing} drawing
     * @param {Stage} stage
     */
    draw(drawing, stage) {
        const { lines } = drawing;
        const { above, moving } = stage;
        const range = moving && this.range ? widened(this.range, drawing.range) : drawing.range;
        this.range = range;
        this.fit(above, moving);
        const around = this.around(drawing, stage, range);
        const same = around === this.before && moving === this.moved;
        const drawn = lines.map(({ y }) => y);
        const others = lines.filter(({ y }) => !this.drawn.includes(y));
        if (same && !others.length) return;
        this.drawn = drawn;
        this.moved = moving;
        this.graph.toggleAttribute("data-live", moving);
        if (moving && around === this.before && this.move(others)) return;
        this.before = around;
        plotly.draw(
            this.graph,
            () => this.drawing(drawing, stage, range),
            () => this.align(above),
        );
    }

    /**
     * @param {import("./view.js").Above} above
     * @param {boolean} moving
     */
    fit({ width, left }, moving) {
        const { graph } = this;
        if (!moving) this.look = { ...sizeOf(graph), color: themeOf(graph)("text-color") };
        this.left = width === this.look.width ? left : 0;
    }

    /**
     * All but the lines; the same text, the same drawing.
     *
     * @param {Drawing} drawing
     * @param {Stage} stage
     * @param {[number, number]} range
     */
    around({ lines, scale }, { xaxis }, range) {
        const names = lines.map(({ uid, name, style }) => [uid, name, style.dash]);
        return JSON.stringify([names, range, scale, xaxis.range, this.look, this.left]);
    }

    /** @param {import("./view.js").Above} above */
    align({ wider }) {
        const own = axesOf(this.graph)?.x.start ?? 0;
        if (this.left && own > this.left) wider(own);
    }

    /** @param {Line[]} lines */
    move(lines) {
        // A drawing that is on its way would undo it.
        if (plotly.busy(this.graph)) return false;
        return lines.every((line) => moveLine(this.graph, line.uid, line));
    }

    /**
     * @param {Drawing} drawing
     * @param {Stage} stage
     * @param {[number, number]} range
     */
    drawing({ lines, title, scale, marks }, { xaxis, frame }, range) {
        const layout = themed(
            {
                ...frame,
                template: {},
                hovermode: "x unified",
                showlegend: false,
                datarevision: (this.drawings += 1),
                // Its unit is switched, and its title stands, above.
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
        const l = Math.max(layout.margin.l, this.left);
        layout.margin = { ...layout.margin, l, t: 6, b: 4 };
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
        return { data: [...traces, ...marks], layout, config };
    }

    /** Where its plot is, in pixels; before it is drawn, where it will be, about. */
    inside() {
        const axes = axesOf(this.graph);
        if (axes) return { left: axes.x.start, width: axes.x.length, height: axes.y.length };
        const { clientWidth, clientHeight } = this.graph;
        return { left: LEFT, width: clientWidth - LEFT - RIGHT, height: clientHeight - BELOW };
    }

    /** @param {number | null} at where on the x axis the cursor is; null: nowhere */
    place(at) {
        const axes = axesOf(this.graph);
        this.cursor.hidden = at === null || !axes;
        if (at === null || !axes) return;
        this.cursor.style.left = `${this.graph.offsetLeft + axes.x.start + axes.x.pixel(at)}px`;
        this.cursor.style.top = `${this.graph.offsetTop + axes.y.start}px`;
        this.cursor.style.height = `${axes.y.length}px`;
    }

    destroy() {
        plotly.purge(this.graph);
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
 * A range with so much of its height free at the top.
 *
 * @param {[number, number]} range
 * @param {number} free a share
 * @returns {[number, number]}
 */
export function roomy([low, high], free) {
    const share = Math.min(free, MOST_FREE);
    return [low, high + ((high - low) * share) / (1 - share)];
}

/**
 * A range that holds another one too: where it does not already, with so much room that the next
 * ones will fit as well. Another range is a whole drawing.
 *
 * @param {[number, number]} range
 * @param {[number, number]} wanted
 * @returns {[number, number]}
 */
export function widened([low, high], wanted) {
    const room = WIDER * (Math.max(high, wanted[1]) - Math.min(low, wanted[0]));
    return [wanted[0] < low ? wanted[0] - room : low, wanted[1] > high ? wanted[1] + room : high];
}
