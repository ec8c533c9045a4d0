// @ts-check
// A slider whose curve follows while it moves; the server hears of it once, on release.

import { further } from "../chart/unseen.js";

/** @typedef {ReturnType<typeof import("../chart/preview.js").previewOf>
 *     | import("../chart/settings.js").Settings} Preview */

// Keys have no release: the value is sent when they have been still for so long.
const STILL = 300;

/**
 * Who has the slider.
 *
 * @typedef {object} Owner
 * @property {string} path of the field
 * @property {string} title what the field is called
 * @property {string} unit of its value
 * @property {Preview} preview that it moves
 * @property {(text: string) => void} show writes a stop's text beside the slider
 * @property {(text: string) => number} say tells the server; returns the message's number
 */

export class Slider {
    pointer = false;
    dirty = false;
    still = 0;
    /** @type {string[]} */
    stops = [];

    /**
     * @param {HTMLInputElement} input
     * @param {Owner} owner
     */
    constructor(input, owner) {
        this.input = input;
        this.owner = owner;
        const { preview } = owner;
        const on = (/** @type {string} */ name, /** @type {() => void} */ act) =>
            input.addEventListener(name, act);
        for (const name of ["pointerenter", "focus", "touchstart"]) {
            on(name, () => preview.want(owner.path));
        }
        on("pointerdown", () => {
            this.pointer = true;
            preview.want(owner.path);
        });
        on("input", () => this.moved());
        on("change", () => this.pointer && this.send());
        for (const name of ["pointerup", "pointercancel", "blur"]) {
            on(name, () => {
                this.pointer = false;
                this.send();
            });
        }
        preview.join(owner.path, this);
    }

    /** What its field is called. */
    get title() {
        return this.owner.title;
    }

    /** Whether a hand, or a sweep, has moved it and the server has not been told. */
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
        this.owner.preview.join(this.owner.path, this);
    }

    get at() {
        return Number(this.input.value);
    }

    get text() {
        return this.stops[this.at];
    }

    /** @param {number} index */
    place(index) {
        this.input.value = String(index);
        const share = index / Math.max(1, this.stops.length - 1);
        this.input.style.setProperty("--at", String(share));
        const { unit } = this.owner;
        this.input.setAttribute("aria-valuetext", `${this.text} ${unit}`.trim());
    }

    moved() {
        this.owner.preview.grab();
        this.dirty = true;
        this.put(this.at);
        clearTimeout(this.still);
        if (!this.pointer) this.still = setTimeout(() => this.send(), STILL);
    }

    /**
     * Moves it to the stop of that text, as a hand in the chart does; it is sent by {@link send}.
     *
     * @param {string} text
     */
    drag(text) {
        const index = this.stops.indexOf(text);
        if (index < 0 || index === this.at) return;
        this.owner.preview.grab();
        this.dirty = true;
        this.put(index);
    }

    /**
     * A key's press on it, from elsewhere.
     *
     * @param {number} by stops
     */
    press(by) {
        this.put(Math.min(Math.max(this.at + by, 0), this.stops.length - 1));
        this.moved();
    }

    /**
     * Moves it one stop further, without sending it.
     *
     * @param {number} direction
     */
    sweep(direction) {
        const [at, turned] = further(this.at, direction, this.stops.length);
        this.owner.preview.hold();
        this.dirty = true;
        this.put(at);
        return turned;
    }

    /**
     * Shows a stop, here, in the chart, and in the exact field beside it.
     *
     * @param {number} index
     */
    put(index) {
        this.place(index);
        this.owner.show(this.text);
        this.owner.preview.move(this.owner.path, this.text);
    }

    send() {
        clearTimeout(this.still);
        if (!this.dirty) return;
        this.dirty = false;
        const { preview, path } = this.owner;
        preview.letGo();
        preview.sent(path, this.text, this.owner.say(this.text));
    }

    destroy() {
        clearTimeout(this.still);
        this.owner.preview.part(this.owner.path, this);
    }
}
