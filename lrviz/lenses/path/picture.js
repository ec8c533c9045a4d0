// @ts-check
// The picture of a landscape: its contours, the paths over it, and a ring where they begin.

import { create } from "../../ui/widgets/controls/dom.js";
import { sizeOf, themed } from "../../ui/widgets/drawing/look.js";
import { axesOf } from "../../ui/widgets/drawing/axes.js";
import * as plotly from "../../ui/widgets/drawing/plotly.js";
import { PARTICLES, valueAt } from "./particles.js";

/** @typedef {import("./payload.js").Ground} Ground */
/** @typedef {import("./particles.js").Walk} Walk */

/** Places along each axis at which the landscape is worked out. */
const GRID = 81;
/** Contours are even in the logarithm of the loss, of which so much counts as nothing. */
const NOTHING = 0.02;
const LEVELS = 14;

/**
 * @typedef {object} Drawn
 * @property {Walk} walk
 * @property {string} color
 * @property {boolean} selected
 */

/** @typedef {{ x: (value: number) => number, y: (value: number) => number }} Place */

export class Picture {
    before = "";
    /** What the canvas behind shows. */
    around = "";
    /** @type {Walk[]} */
    others = [];
    size = { width: 0, height: 0 };

    /**
     * @param {HTMLElement} root
     * @param {(x: number, y: number, done: boolean) => void} begin moves the start
     */
    constructor(root, begin) {
        this.root = create("div", { className: "lrviz-landscape" }, root);
        /** @type {plotly.Graph} */
        this.graph = /** @type {any} */ (create("div", { className: "lrviz-contours" }, this.root));
        this.behind = create("canvas", {}, this.root);
        this.canvas = create("canvas", {}, this.root);
        this.ring = create("span", { className: "lrviz-start" }, this.root);
        this.begin = begin;
        this.root.setAttribute("role", "img");
        this.drag();
    }

    drag() {
        const { ring } = this;
        /** @type {[number, number] | null} where it was dragged to */
        let last = null;
        const moved = (/** @type {PointerEvent} */ event, /** @type {boolean} */ done) => {
            const axes = axesOf(this.graph);
            if (!axes || !ring.hasPointerCapture(event.pointerId)) return;
            const { left, top } = this.graph.getBoundingClientRect();
            const within = (
                /** @type {import("../../ui/widgets/drawing/axes.js").Axis} */ axis,
                /** @type {number} */ pixel,
            ) => {
                const value = axis.value(Math.min(Math.max(pixel - axis.start, 0), axis.length));
                return Number(value.toFixed(2));
            };
            last = [within(axes.x, event.clientX - left), within(axes.y, event.clientY - top)];
            this.begin(...last, done);
        };
        ring.onpointerdown = (event) => {
            event.preventDefault();
            last = null;
            ring.setPointerCapture(event.pointerId);
        };
        ring.onpointermove = (event) => moved(event, false);
        ring.onpointerup = (event) => moved(event, true);
        // The browser has taken the pointer away: it knows no place any more.
        ring.onpointercancel = () => last && this.begin(...last, true);
    }

    /**
     * @param {Ground} ground
     * @param {string} label the picture in words
     * @param {boolean} free whether the start can be dragged
     */
    draw(ground, label, free) {
        this.root.ariaLabel = label;
        this.ring.hidden = !free;
        this.size = sizeOf(this.graph);
        const style = getComputedStyle(this.graph);
        const look = ["text-color", "background-color"].map((each) =>
            style.getPropertyValue(`--st-${each}`),
        );
        const around = JSON.stringify([ground, this.size, look]);
        if (around !== this.before) {
            this.before = around;
            plotly.draw(this.graph, () => this.contours(ground, look[0].trim()));
        }
    }

    /**
     * @param {Ground} ground
     * @param {string} ink
     */
    contours(ground, ink) {
        const [left, right, low, high] = ground.region;
        const along = Array.from(
            { length: GRID },
            (_, at) => left + ((right - left) * at) / (GRID - 1),
        );
        const across = Array.from(
            { length: GRID },
            (_, at) => low + ((high - low) * at) / (GRID - 1),
        );
        const z = across.map((y) =>
            along.map((x) => Math.log10(Math.max(valueAt(ground, x, y), 0) + NOTHING)),
        );
        const layout = themed(
            {
                template: {},
                showlegend: false,
                xaxis: { range: [left, right], visible: false, fixedrange: true },
                yaxis: { range: [low, high], visible: false, fixedrange: true },
            },
            this.graph,
        );
        Object.assign(layout, sizeOf(this.graph), { dragmode: false });
        layout.margin = { l: 0, r: 0, t: 0, b: 0 };
        const contour = {
            type: "contour",
            x: along,
            y: across,
            z,
            hoverinfo: "skip",
            showscale: false,
            ncontours: LEVELS,
            contours: { coloring: "fill" },
            line: { width: 0.6, color: ink },
            colorscale: shades(ink, layout.plot_bgcolor),
        };
        const config = { displayModeBar: false, staticPlot: true };
        return { data: [/** @type {any} */ (contour)], layout, config };
    }

    /** @param {{ x: number, y: number }} start */
    placeRing({ x, y }) {
        const axes = axesOf(this.graph);
        if (!axes) return;
        this.ring.style.left = `${axes.x.start + axes.x.pixel(x)}px`;
        this.ring.style.top = `${axes.y.start + axes.y.pixel(y)}px`;
    }

    /**
     * The paths up to a move, and the cloud there.
     *
     * @param {Drawn[]} walks the selected one last
     * @param {number} upto
     */
    paint(walks, upto) {
        const axes = axesOf(this.graph);
        if (!axes) return;
        const others = walks.filter(({ selected }) => !selected);
        const place = { x: linear(axes.x), y: linear(axes.y) };
        // While a slider moves, the others stay as they are.
        const same = others.every(({ walk }, at) => walk === this.others[at]);
        const around = `${upto} ${others.length} ${this.before}`;
        if (!same || around !== this.around) {
            this.others = others.map(({ walk }) => walk);
            this.around = around;
            this.fill(this.behind, others, upto, place);
        }
        const selected = walks.filter((each) => each.selected);
        this.fill(this.canvas, selected, upto, place);
    }

    /**
     * @param {HTMLCanvasElement} canvas
     * @param {Drawn[]} walks
     * @param {number} upto
     * @param {Place} place
     */
    fill(canvas, walks, upto, place) {
        const pen = canvas.getContext("2d");
        if (!pen) return;
        const dense = window.devicePixelRatio || 1;
        const [width, height] = [this.size.width * dense, this.size.height * dense];
        if (canvas.width !== Math.floor(width) || canvas.height !== Math.floor(height)) {
            canvas.width = width;
            canvas.height = height;
        }
        pen.setTransform(dense, 0, 0, dense, 0, 0);
        pen.clearRect(0, 0, canvas.width, canvas.height);
        for (const each of walks) paintOne(pen, each, upto, place);
    }

    destroy() {
        plotly.purge(this.graph);
        this.root.remove();
    }
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Drawn} drawn
 * @param {number} upto
 * @param {Place} place
 */
function paintOne(pen, { walk, color, selected }, upto, place) {
    pen.strokeStyle = pen.fillStyle = color;
    pen.globalAlpha = selected ? 0.55 : 0.3;
    pen.lineWidth = selected ? 1.6 : 1;
    pen.beginPath();
    // The path of one of them; where all of them are is the cloud.
    for (let move = 0; move <= upto; move += 1) {
        pen.lineTo(place.x(walk.x[move * PARTICLES]), place.y(walk.y[move * PARTICLES]));
    }
    pen.stroke();
    pen.globalAlpha = selected ? 1 : 0.7;
    const size = selected ? 4 : 3;
    for (let at = upto * PARTICLES; at < (upto + 1) * PARTICLES; at += 1) {
        pen.fillRect(place.x(walk.x[at]) - size / 2, place.y(walk.y[at]) - size / 2, size, size);
    }
}

/**
 * From a value to a pixel, without asking Plotly for each.
 *
 * @param {import("../../ui/widgets/drawing/axes.js").Axis} axis
 */
function linear(axis) {
    const zero = axis.pixel(0);
    const unit = axis.pixel(1) - zero;
    return (/** @type {number} */ value) => axis.start + zero + unit * value;
}

/**
 * From the page's ground to a quarter of its ink.
 *
 * @param {string} ink as #rrggbb
 * @param {string} ground
 * @returns {any} Plotly's colour scale
 */
function shades(ink, ground) {
    const parts = (/** @type {string} */ color) =>
        [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) || 0);
    const [from, to] = [parts(ground), parts(ink)];
    const mixed = (/** @type {number} */ share) =>
        `rgb(${from.map((each, at) => Math.round(each + share * (to[at] - each))).join(",")})`;
    return [
        [0, mixed(0)],
        [1, mixed(0.24)],
    ];
}
