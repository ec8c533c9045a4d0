// @ts-check
// Handles: the places of the selected curve's parameters in its chart, where they can be dragged.
// They move the parameter's slider, and use its fan; they know nothing of schedules.

import { create } from "../controls/dom.js";
import { axesOf } from "../drawing/axes.js";
import { values } from "../live/fan.js";

/** @typedef {import("../drawing/plotly.js").Graph} Graph */
/** @typedef {import("../drawing/axes.js").Axis} Axis */
/** @typedef {import("../drawing/axes.js").Axes} Axes */
/** @typedef {import("../live/fan.js").Stop} Stop */
/** @typedef {import("../live/payloads.js").Trace} Trace */
/** @typedef {import("../live/preview.js").Preview} Preview */

/** @type {Record<string, number>} */
const KEYS = {
    ArrowRight: 1,
    ArrowUp: 1,
    ArrowLeft: -1,
    ArrowDown: -1,
    PageUp: 10,
    PageDown: -10,
    Home: -1000,
    End: 1000,
};
/** How far down the plot the handle of a length is: below those of the rates. */
const LOW = 0.8;
/** Share of the x axis from which on a handle's label is on its left. */
const FLIPPED = 0.6;

class Handle {
    held = false;
    /**
     * Where the pointer is in the window, along the axis; null: no hand has moved it.
     *
     * @type {number | null}
     */
    pointer = null;

    /**
     * @param {string} name
     * @param {"x" | "y"} axis
     * @param {number} index among the handles
     * @param {Handles} all
     */
    constructor(name, axis, index, all) {
        this.name = name;
        this.axis = axis;
        this.index = index;
        this.all = all;
        this.root = create("div", { className: "lrviz-handle", tabIndex: 0 }, all.graph);
        this.root.dataset.axis = axis;
        this.root.setAttribute("role", "slider");
        this.root.ariaOrientation = axis === "x" ? "horizontal" : "vertical";
        this.word = create("output", {}, this.root);
        this.word.setAttribute("aria-hidden", "true");
        for (const each of ["pointerenter", "focus", "pointerdown"]) {
            this.root.addEventListener(each, () => all.preview.want(name));
        }
        this.root.addEventListener("pointerdown", (event) => this.grab(event));
        this.root.addEventListener("pointermove", (event) => this.held && this.drag(event));
        for (const each of ["pointerup", "pointercancel"]) {
            this.root.addEventListener(each, () => this.release());
        }
        this.root.addEventListener("keydown", (event) => this.press(event));
        this.root.addEventListener("blur", () => this.all.again());
    }

    /** Whether it is held or has the focus: then it is shown even outside of the plot. */
    get kept() {
        return this.held || document.activeElement === this.root;
    }

    get slider() {
        return this.all.preview.slider(this.name);
    }

    /** @param {PointerEvent} event */
    grab(event) {
        if (event.button || !event.isPrimary) return;
        event.preventDefault();
        event.stopPropagation();
        this.root.focus({ preventScroll: true });
        this.root.setPointerCapture(event.pointerId);
        this.held = true;
        this.pointer = null;
        this.catchUp();
    }

    /** Follows a hand that was there, and perhaps gone, before the fan was. */
    async catchUp() {
        await this.all.preview.want(this.name);
        this.follow();
        if (!this.held) this.slider?.send();
    }

    /** @param {PointerEvent} event */
    drag(event) {
        this.pointer = this.axis === "x" ? event.clientX : event.clientY;
        this.follow();
    }

    follow() {
        const axes = axesOf(this.all.graph);
        const stops = this.all.preview.stops(this.name);
        if (!axes || !stops || this.pointer === null) return;
        const box = this.all.graph.getBoundingClientRect();
        const begin = (this.axis === "x" ? box.left : box.top) + axes[this.axis].start;
        const nearest = nearestStop(stops, this.axis, this.index, axes, this.pointer - begin);
        if (nearest !== undefined) this.slider?.drag(nearest);
    }

    release() {
        if (!this.held) return;
        this.held = false;
        this.slider?.send();
        if (this.all.preview.stops(this.name)) this.pointer = null;
    }

    /** @param {KeyboardEvent} event */
    press(event) {
        const by = KEYS[event.key];
        if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        event.stopPropagation();
        this.pointer = null;
        this.slider?.press(by);
    }

    /**
     * @param {Axes} axes
     * @param {{ x: ArrayLike<number>, y: ArrayLike<number> }} line
     * @param {number | null | undefined} at its place on the x axis
     * @param {string} label with {name} in it
     */
    place(axes, line, at, label) {
        const { slider } = this;
        const placed = at !== null && at !== undefined;
        const spot = placed ? spotOf(axes, this.axis, line, at, this.kept) : null;
        this.root.hidden = !slider || !(spot || this.kept);
        if (!slider || this.root.hidden) return;
        if (spot) this.move(spot, axes.x);
        this.root.ariaLabel = label.replace("{name}", slider.title);
        this.root.ariaValueText = slider.read;
        this.root.ariaValueNow = slider.text;
        this.word.textContent = `${slider.title} ${slider.read}`;
    }

    /**
     * @param {number[]} spot
     * @param {Axis} x
     */
    move([left, top], x) {
        this.root.style.transform = `translate(${left}px, ${top}px)`;
        this.root.toggleAttribute("data-flipped", left > x.start + x.length * FLIPPED);
    }
}

/**
 * Where a handle is, in pixels of the chart; null: nowhere, or outside of the plot.
 *
 * @param {Axes} axes
 * @param {"x" | "y"} axis
 * @param {{ x: ArrayLike<number>, y: ArrayLike<number> }} line
 * @param {number} at
 * @param {boolean} [kept] whether it is put at the edge where it is outside
 */
export function spotOf({ x, y }, axis, line, at, kept = false) {
    const left = x.pixel(at);
    // A zero is below every log axis: there it has no pixel.
    const top = axis === "x" ? y.length * LOW : (y.pixel(rateAt(line, at)) ?? Infinity);
    const spot = [within(left, x.length), within(top, y.length)];
    const away = Math.max(Math.abs(spot[0] - left), Math.abs(spot[1] - top));
    if (Number.isNaN(left) || Number.isNaN(top)) return null;
    return away > 1 && !kept ? null : [x.start + spot[0], y.start + spot[1]];
}

/**
 * @param {number} pixel
 * @param {number} length of the axis
 */
function within(pixel, length) {
    return Math.min(Math.max(pixel, 0), length);
}

/**
 * The value of a line at a place on its x axis: at a jump the later one; between points, linear.
 *
 * @param {{ x: ArrayLike<number>, y: ArrayLike<number> }} line
 * @param {number} at
 */
export function rateAt({ x, y }, at) {
    let low = 0;
    let high = x.length - 1;
    while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (x[middle] <= at) low = middle;
        else high = middle - 1;
    }
    if (low === x.length - 1 || x[low] >= at) return y[low];
    const share = (at - x[low]) / (x[low + 1] - x[low]);
    return y[low] + share * (y[low + 1] - y[low]);
}

/**
 * The stop at which a handle is nearest to the pointer; undefined: it is nowhere.
 *
 * @param {Map<string, Stop>} stops
 * @param {"x" | "y"} axis
 * @param {number} index of the handle
 * @param {Axes} axes
 * @param {number} pointer in pixels from the axis' beginning
 */
export function nearestStop(stops, axis, index, axes, pointer) {
    let nearest;
    let least = Infinity;
    for (const [text, stop] of stops) {
        const at = stop.handles[index];
        if (at === null || at === undefined) continue;
        const place = axis === "x" ? axes.x.pixel(at) : axes.y.pixel(rateAt(stop, at));
        const away = Math.abs(place - pointer);
        if (away < least) [nearest, least] = [text, away];
    }
    return nearest;
}

export class Handles {
    /** @type {Handle[]} */
    handles = [];
    built = "";
    /** @type {Trace | Stop | null} that they are on */
    line = null;

    /** Whether a hand holds one: the axes then stay as they are. */
    get held() {
        return this.handles.some((each) => each.held);
    }

    /**
     * @param {Graph} graph
     * @param {Preview} preview
     */
    constructor(graph, preview) {
        this.graph = graph;
        this.preview = preview;
    }

    /**
     * Moves the handles to their places on the line that is drawn now.
     *
     * @param {Trace | Stop} line
     */
    place(line) {
        this.line = line;
        const { data } = this.preview;
        const axes = axesOf(this.graph);
        if (!data || !axes) return;
        this.build(data);
        const drawn = { x: values(line.x), y: values(line.y) };
        const stop = this.preview.stop();
        for (const each of this.handles) {
            const at = stop ? stop.handles[each.index] : data.handles[each.index][2];
            each.place(axes, drawn, at, data.texts.handle);
        }
    }

    /** A handle has lost the focus. */
    again() {
        if (this.line) this.place(this.line);
    }

    /** @param {import("../live/payloads.js").LivePayload} data */
    build({ handles, id }) {
        const wanted = JSON.stringify([id, handles.map(([name, axis]) => [name, axis])]);
        if (wanted === this.built) return;
        this.built = wanted;
        for (const each of this.handles) each.root.remove();
        this.handles = handles.map(([name, axis], index) => new Handle(name, axis, index, this));
    }
}
