// @ts-check
// A slider whose curve follows while it moves; the server hears of it once, on release.

import { component, part } from "../component.js";
import { previewOf } from "./preview.js";

/** @typedef {import("../payloads.js").SliderPayload} SliderPayload */
/** @typedef {import("../component.js").Component<SliderPayload>} Turn */

// Keys have no release: the value is sent when they have been still for so long.
const STILL = 300;
// How long the server is given to take a value, and how often it is sent once more.
const PATIENCE = 3000;
const TRIES = 20;

class Slider {
    pointer = false;
    dirty = false;
    number = 0;
    name = "";
    unit = "";
    /** @type {string[]} */
    stops = [];
    still = 0;
    again = 0;
    /** @type {Turn["setStateValue"]} */
    say = () => {};

    /** @param {Turn} turn */
    constructor({ parentElement, data }) {
        this.root = parentElement;
        this.preview = previewOf(data.chart);
        /** @type {HTMLInputElement} */
        this.input = part(parentElement, "input");
        const on = (/** @type {string} */ name, /** @type {() => void} */ act) =>
            this.input.addEventListener(name, act);
        for (const name of ["pointerenter", "focus", "touchstart"]) {
            on(name, () => this.preview.want(this.name));
        }
        on("pointerdown", () => {
            this.pointer = true;
            this.preview.want(this.name);
        });
        on("input", () => this.moved());
        on("change", () => this.pointer && this.send());
        for (const name of ["pointerup", "pointercancel", "blur"]) {
            on(name, () => {
                this.pointer = false;
                this.send();
            });
        }
    }

    /** @param {Turn} turn */
    update({ data, setStateValue }) {
        this.say = setStateValue;
        this.name = data.name;
        this.unit = data.unit;
        this.stops = data.stops.split(" ");
        this.preview.join(this.name, this);
        this.input.setAttribute("aria-label", data.name);
        part(this.root, ".lrviz-slider").dataset.ready = "";
        this.input.max = String(this.stops.length - 1);
        if (data.taken >= this.number) clearTimeout(this.again);
        if (!this.pointer && !this.dirty && data.taken >= this.number) this.place(data.at);
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
        this.input.setAttribute("aria-valuetext", `${this.text} ${this.unit}`.trim());
    }

    moved() {
        clearTimeout(this.again);
        this.preview.grab();
        this.dirty = true;
        this.put(this.at);
        clearTimeout(this.still);
        if (!this.pointer) this.still = setTimeout(() => this.send(), STILL);
    }

    /**
     * Moves it one stop further, without sending it.
     *
     * @param {number} direction
     */
    sweep(direction) {
        const next = this.at + direction;
        const turned = next < 0 || next >= this.stops.length ? -direction : direction;
        this.preview.hold();
        this.dirty = true;
        this.put(this.at + turned);
        return turned;
    }

    /**
     * Shows a stop, here, in the chart, and in the exact field beside it.
     *
     * @param {number} index
     */
    put(index) {
        this.place(index);
        const field = this.field();
        if (field) field.value = this.text;
        this.preview.move(this.name, this.text);
    }

    field() {
        const rows = this.root.closest("[class*=st-key-fields-]");
        /** @type {NodeListOf<HTMLInputElement> | undefined} */
        const all = rows?.querySelectorAll("input[type=text]");
        // One that is being replaced is still there, but not shown.
        return [...(all ?? [])].find((each) => each.ariaLabel === this.name && each.offsetParent);
    }

    send() {
        clearTimeout(this.still);
        if (!this.dirty) return;
        this.dirty = false;
        this.preview.letGo();
        this.post(this.text, TRIES);
    }

    /**
     * What is said while the line is down is lost: it is said again until the server has taken it.
     *
     * @param {string} text
     * @param {number} tries
     */
    post(text, tries) {
        clearTimeout(this.again);
        this.number = Math.max(Date.now(), this.number + 1);
        this.preview.sent(this.name, text, this.number);
        this.say("stop", `${this.number}~${text}`);
        if (tries) this.again = setTimeout(() => this.post(text, tries - 1), PATIENCE);
    }

    destroy() {
        clearTimeout(this.still);
        clearTimeout(this.again);
        this.preview.part(this.name, this);
    }
}

export const mount = component((/** @type {Turn} */ turn) => new Slider(turn));
