// @ts-check
// A marker over the chart that is dragged to an answer. It knows the axes that are drawn, nothing
// of schedules or lessons.

import { Nudge } from "../controls/nudge.js";
import { axesOf, uprightAt } from "../drawing/axes.js";
import { bounded, keyed, nudged, pointed, readable } from "../words/numbers.js";

/** @typedef {import("../live/payloads.js").MarkerPayload} MarkerPayload */
/** @typedef {import("../drawing/plotly.js").Graph} Graph */
/** @typedef {import("../drawing/axes.js").Axes} Axes */

// Keys have no release: the answer is sent when they have been still for so long.
const STILL = 250;
/** Near the right edge the words stand on the left of the line. */
const FLIPPED = 0.7;

export class Marker {
    held = false;
    value = 0;
    /** The number of its last message: until that is taken the server's value is an old one. */
    sent = 0;
    grabbed = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    timer;
    /** @type {HTMLElement | null} */
    bar = null;
    /** @type {Nudge | null} */
    nudge = null;
    /** @type {MarkerPayload | null} */
    asked = null;

    /**
     * @param {Graph} graph
     * @param {(id: string, value: string) => number} say gives the message's number
     */
    constructor(graph, say) {
        this.graph = graph;
        this.say = say;
        graph.addEventListener("pointerdown", (event) => this.grab(event), true);
    }

    /**
     * @param {MarkerPayload | null} wanted
     * @param {number} taken the last number that Python has taken
     */
    update(wanted, taken) {
        this.graph.dataset.asks = wanted?.axis ?? "";
        if (!wanted) return this.end();
        if (this.asked?.id !== wanted.id) this.begin();
        if (this.settled(taken)) this.value = bounded(wanted.value, wanted);
        this.asked = wanted;
        this.bar ??= this.build();
        this.nudge ??= this.arrows();
        describe(this.bar, wanted);
        this.nudge.update(wanted.label, wanted.arrows);
        this.place();
    }

    /** There is no question any more. */
    end() {
        this.bar?.remove();
        this.nudge?.remove();
        this.bar = this.nudge = this.asked = null;
    }

    /**
     * The reader's hand wins: the server's value counts when it has taken all that was done here.
     *
     * @param {number} taken
     */
    settled(taken) {
        return taken >= this.sent && !this.timer && !this.held;
    }

    /** Forgets what was done for the question before. */
    begin() {
        clearTimeout(this.timer);
        this.timer = undefined;
        this.sent = 0;
        this.held = false;
        this.bar?.removeAttribute("data-moved");
    }

    build() {
        const bar = document.createElement("div");
        bar.className = "lrviz-marker";
        bar.tabIndex = 0;
        bar.setAttribute("role", "slider");
        bar.innerHTML = "<span></span><output aria-hidden='true'></output>";
        bar.addEventListener("pointermove", (event) => this.held && this.drag(event));
        bar.addEventListener("pointerup", (event) => {
            if (!this.held) return;
            this.drag(event);
            this.release();
        });
        // A finger that scrolls the page instead has moved nothing.
        bar.addEventListener("pointercancel", () => this.held && this.release());
        bar.addEventListener("keydown", (event) => this.press(event));
        bar.addEventListener("blur", () => this.timer && this.send());
        this.graph.append(bar);
        return bar;
    }

    /** Two buttons beneath the chart that move it by one. */
    arrows() {
        return new Nudge(this.graph.parentElement ?? this.graph, (way) => {
            if (!this.asked) return;
            this.move(nudged(this.value, way, this.asked));
            this.send();
        });
    }

    /**
     * The whole plot is the marker's: a click or a drag anywhere in it moves the marker there.
     *
     * @param {PointerEvent} event
     */
    grab(event) {
        const { bar } = this;
        if (!this.asked || !bar || event.button || !event.isPrimary) return;
        const onBar = bar.contains(/** @type {Node} */ (event.target));
        if (!onBar && !this.inside(event)) return;
        event.preventDefault();
        event.stopPropagation();
        bar.focus({ preventScroll: true });
        bar.setPointerCapture(event.pointerId);
        this.held = true;
        this.grabbed = this.value;
        if (!onBar && event.pointerType === "mouse") this.drag(event);
    }

    release() {
        this.held = false;
        if (this.value !== this.grabbed) this.send();
    }

    /** @param {PointerEvent} event */
    inside(event) {
        const axes = axesOf(this.graph);
        if (!axes) return false;
        const [left, top] = this.within(event, axes);
        return left >= 0 && left <= axes.x.length && top >= 0 && top <= axes.y.length;
    }

    /**
     * Where the pointer is, in pixels from the axes' beginning.
     *
     * @param {PointerEvent} event
     * @param {Axes} axes
     */
    within(event, { x, y }) {
        const box = this.graph.getBoundingClientRect();
        return [event.clientX - box.left - x.start, event.clientY - box.top - y.start];
    }

    /** @param {PointerEvent} event */
    drag(event) {
        const axes = axesOf(this.graph);
        if (!axes || !this.asked) return;
        const [left, top] = this.within(event, axes);
        const { axis } = this.asked;
        const value = axis === "x" ? axes.x.value(left) : axes.y.value(top);
        const thumb = event.pointerType === "touch";
        this.move(pointed(value, this.asked, thumb ? axes[axis].length : Infinity));
    }

    /** @param {KeyboardEvent} event */
    press(event) {
        if (!this.asked || event.ctrlKey || event.metaKey || event.altKey) return;
        const value = keyed(event, this.value, this.asked);
        if (value === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        this.move(value);
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.send(), STILL);
    }

    send() {
        clearTimeout(this.timer);
        this.timer = undefined;
        if (this.asked) this.sent = this.say(this.asked.id, String(this.value));
    }

    /** @param {number} value */
    move(value) {
        this.value = value;
        this.bar?.setAttribute("data-moved", "");
        this.place();
    }

    place() {
        const { bar, asked, value } = this;
        const axes = axesOf(this.graph);
        if (!bar || !asked || !axes) return;
        const across = asked.axis === "x";
        const words = asked.text.replace("{value}", readable(value, asked.whole));
        const output = bar.querySelector("output");
        if (output) output.textContent = words;
        bar.setAttribute("aria-valuenow", String(value));
        bar.setAttribute("aria-valuetext", words);
        (across ? standAt : lieAt)(bar, axes, value);
    }
}

/**
 * @param {HTMLElement} bar
 * @param {MarkerPayload} asked
 */
function describe(bar, { axis, label, low, high }) {
    bar.dataset.axis = axis;
    bar.setAttribute("aria-label", label);
    bar.setAttribute("aria-orientation", axis === "x" ? "horizontal" : "vertical");
    bar.setAttribute("aria-valuemin", String(low));
    bar.setAttribute("aria-valuemax", String(high));
}

/**
 * A line from top to bottom.
 *
 * @param {HTMLElement} bar
 * @param {Axes} axes
 * @param {number} value
 */
function standAt(bar, { x, y }, value) {
    Object.assign(bar.style, uprightAt({ x, y }, value), { width: "" });
    bar.toggleAttribute("data-flipped", x.pixel(value) > x.length * FLIPPED);
}

/**
 * A line from left to right.
 *
 * @param {HTMLElement} bar
 * @param {Axes} axes
 * @param {number} value
 */
function lieAt(bar, { x, y }, value) {
    const top = `${y.start + y.pixel(value)}px`;
    Object.assign(bar.style, { left: `${x.start}px`, top, width: `${x.length}px`, height: "" });
    bar.removeAttribute("data-flipped");
}
