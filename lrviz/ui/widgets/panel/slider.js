// @ts-check
// A slider whose curve follows while it moves; the server hears of it once, on release.

import { further } from "../live/sweep.js";
import { concise } from "../words/numbers.js";

/** @typedef {import("../live/preview.js").Preview} Preview */

// Keys have no release: the value is sent when they have been still for so long.
const STILL = 300;
// A finger so near to the thumb's middle holds it, and one that moves less has tapped, in pixels.
const GRIP = 24;
const TAP = 10;
// How wide the thumb is (row.css), in rem.
const THUMB = 1.1;

/**
 * Where the values that sliders move are kept until the server has taken them.
 *
 * @typedef {object} Values
 * @property {(path: string, text: string) => void} move a slider has moved its field to this
 * @property {(path: string, text: string, number: number) => void} sent as message `number`
 */

/**
 * What a slider moves.
 *
 * @typedef {object} Target
 * @property {Values} values
 * @property {Preview | null} curve the preview of the curve that follows; null: none does
 */

/**
 * Who has the slider.
 *
 * @typedef {object} Owner
 * @property {string} path of the field
 * @property {string} title the name of the field
 * @property {string} unit of its value
 * @property {Target} target
 * @property {(text: string) => void} show writes a stop's text beside the slider
 * @property {(text: string) => number} say sends it to the server; returns the message's number
 */

/**
 * A finger on the track beside the thumb: it may tap, or scroll the page, but drags nothing.
 *
 * @typedef {object} Finger
 * @property {number} x where it was put down
 * @property {number} y
 * @property {number | null} meant the stop at which the browser would have put the thumb
 */

export class Slider {
    pointer = false;
    dirty = false;
    still = 0;
    /** @type {string[]} */
    stops = [];
    // The stop where it was put.
    at = 0;
    /** @type {Finger | null} */
    finger = null;

    /**
     * @param {HTMLInputElement} input
     * @param {Owner} owner
     */
    constructor(input, owner) {
        this.input = input;
        this.owner = owner;
        for (const name of ["pointerenter", "focus", "touchstart"]) {
            input.addEventListener(name, () => this.curve?.want(owner.path));
        }
        input.addEventListener("pointerdown", (event) => this.touch(event));
        input.addEventListener("input", () => this.moved());
        input.addEventListener("change", () => this.pointer && this.send());
        input.addEventListener("pointerup", (event) => this.tap(event));
        for (const name of ["pointerup", "pointercancel", "blur"]) {
            input.addEventListener(name, () => this.release());
        }
        this.curve?.join(owner.path, this);
    }

    get curve() {
        return this.owner.target.curve;
    }

    /** The name of its field. */
    get title() {
        return this.owner.title;
    }

    /** Whether a hand, or a sweep, has moved it and that has not been sent. */
    get busy() {
        return this.pointer || this.dirty;
    }

    /**
     * @param {string} stops their texts
     * @param {number} at the stop where it stands
     */
    update(stops, at) {
        this.stops = stops.split(" ");
        this.input.max = String(this.stops.length - 1);
        this.place(at);
        this.curve?.join(this.owner.path, this);
    }

    /** @param {PointerEvent} event */
    touch({ pointerType, clientX: x, clientY: y }) {
        const beside = pointerType === "touch" && Math.abs(x - this.middle) > GRIP;
        this.finger = beside ? { x, y, meant: null } : null;
        this.pointer = !beside;
        this.catchUp();
    }

    /** Where the middle of the thumb is in the window, in pixels. */
    get middle() {
        const { left, width } = this.input.getBoundingClientRect();
        const thumb = THUMB * parseFloat(getComputedStyle(document.documentElement).fontSize);
        const share = this.at / Math.max(1, this.stops.length - 1);
        return left + thumb / 2 + share * (width - thumb);
    }

    /** The hand may be quicker than the fan, and where the curve cannot be before it comes. */
    async catchUp() {
        await this.curve?.want(this.owner.path);
        if (this.dirty) this.put(this.at);
    }

    /**
     * A tap moves the thumb. Some browsers do that themselves, after it: then nothing was meant yet.
     *
     * @param {PointerEvent} event
     */
    tap({ clientX, clientY }) {
        if (!this.finger) return;
        const { x, y, meant } = this.finger;
        this.finger = null;
        if (meant !== null && Math.hypot(clientX - x, clientY - y) < TAP) this.go(meant);
    }

    release() {
        this.finger = null;
        this.pointer = false;
        this.send();
    }

    /** The text of the stop where it stands. */
    get text() {
        return this.stops[this.at];
    }

    /** The same, as it is read. */
    get read() {
        return concise(this.text);
    }

    /** @param {number} index */
    place(index) {
        this.at = index;
        this.input.value = String(index);
        const share = index / Math.max(1, this.stops.length - 1);
        this.input.style.setProperty("--at", String(share));
        const { unit } = this.owner;
        this.input.setAttribute("aria-valuetext", `${this.read} ${unit}`.trim());
    }

    /** The browser has moved the thumb. */
    moved() {
        const index = Number(this.input.value);
        if (this.finger) {
            this.finger.meant = index;
            this.place(this.at);
            return;
        }
        this.go(index);
        clearTimeout(this.still);
        if (!this.pointer) this.still = setTimeout(() => this.send(), STILL);
    }

    /**
     * Moves it to a stop, as a hand does; it is sent by {@link send}.
     *
     * @param {number} index
     */
    go(index) {
        this.curve?.grab();
        this.dirty = true;
        this.put(index);
    }

    /**
     * Moves it to the stop of that text, as a hand in the chart does.
     *
     * @param {string} text
     */
    drag(text) {
        const index = this.stops.indexOf(text);
        if (index >= 0 && index !== this.at) this.go(index);
    }

    /**
     * A key's press on it, from elsewhere.
     *
     * @param {number} by stops
     */
    press(by) {
        this.input.value = String(this.at + by);
        this.moved();
    }

    /**
     * Moves it one stop further, without sending it.
     *
     * @param {number} direction
     */
    sweep(direction) {
        const all = this.possible();
        const [at, turned] = further(all.indexOf(this.at), direction, all.length);
        this.curve?.hold();
        this.dirty = true;
        this.put(all[at]);
        return turned;
    }

    /** The stops where the curve can be: those of its fan, once it is there. */
    possible() {
        const fan = this.curve?.stops(this.owner.path);
        const all = [...this.stops.keys()];
        const possible = fan ? all.filter((at) => fan.has(this.stops[at])) : all;
        return possible.length ? possible : all;
    }

    /**
     * Shows a stop, or the nearest one that can be, here, in the chart, and in the field beside it.
     *
     * @param {number} index
     */
    put(index) {
        this.place(nearest(this.possible(), index));
        this.owner.show(this.text);
        this.owner.target.values.move(this.owner.path, this.text);
    }

    send() {
        clearTimeout(this.still);
        if (!this.dirty) return;
        this.dirty = false;
        const { path, target } = this.owner;
        this.curve?.letGo();
        target.values.sent(path, this.text, this.owner.say(this.text));
    }

    destroy() {
        clearTimeout(this.still);
        this.curve?.part(this.owner.path, this);
    }
}

/**
 * The number among `all` that is nearest to `wanted`.
 *
 * @param {number[]} all
 * @param {number} wanted
 */
export function nearest(all, wanted) {
    const away = (/** @type {number} */ each) => Math.abs(each - wanted);
    return all.reduce((best, each) => (away(each) < away(best) ? each : best), all[0]);
}
