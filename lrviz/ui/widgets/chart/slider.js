// A slider whose curve follows while it moves; the server hears of it once, on release.

import { liveOf } from "./live.js";

const sliders = new WeakMap();
// Keys have no release: the value is sent when they have been still for so long.
const STILL = 300;
// How long the server is given to take a value, and how often it is sent once more.
const PATIENCE = 3000;
const TRIES = 20;

export function render({ parentElement, data, setStateValue }) {
    let slider = sliders.get(parentElement);
    if (!slider) {
        slider = new Slider(parentElement, liveOf(data.chart));
        sliders.set(parentElement, slider);
    }
    const turn = (slider.turn = (slider.turn ?? 0) + 1);
    slider.take(data, setStateValue);
    return () => {
        // As for the chart: an earlier turn's end is no reason to go.
        setTimeout(() => {
            if (slider.turn !== turn && parentElement.isConnected) return;
            slider.destroy();
            sliders.delete(parentElement);
        });
    };
}

class Slider {
    pointer = false;
    dirty = false;
    number = 0;

    constructor(parent, live) {
        this.parent = parent;
        this.live = live;
        this.input = parent.querySelector("input");
        const on = (name, act) => this.input.addEventListener(name, act);
        for (const name of ["pointerenter", "focus", "touchstart"]) {
            on(name, () => this.live.want(this.name));
        }
        on("pointerdown", () => {
            this.pointer = true;
            this.live.want(this.name);
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

    take(data, send) {
        this.sendState = send;
        this.name = data.name;
        this.unit = data.unit;
        this.stops = data.stops.split(" ");
        this.live.sliders.set(this.name, this);
        this.input.setAttribute("aria-label", data.name);
        this.input.parentElement.dataset.ready = "";
        this.input.max = this.stops.length - 1;
        if (data.taken >= this.number) clearTimeout(this.again);
        if (!this.pointer && !this.dirty && data.taken >= this.number) this.place(data.at);
    }

    get text() {
        return this.stops[Number(this.input.value)];
    }

    place(index) {
        this.input.value = index;
        this.input.style.setProperty("--at", index / Math.max(1, this.stops.length - 1));
        this.input.setAttribute("aria-valuetext", `${this.text} ${this.unit}`.trim());
    }

    moved() {
        clearTimeout(this.again);
        this.dirty = true;
        this.live.held = true;
        this.live.player?.stop();
        this.live.view?.float(true);
        this.follow(Number(this.input.value));
        clearTimeout(this.still);
        if (!this.pointer) this.still = setTimeout(() => this.send(), STILL);
    }

    // Shows a stop, here, in the chart, and in the exact field beside it.
    follow(index) {
        this.place(index);
        const field = this.field();
        if (field) field.value = this.text;
        this.live.move(this.name, this.text);
    }

    field() {
        const rows = this.parent.closest("[class*=st-key-fields-]");
        const all = [...(rows?.querySelectorAll("input[type=text]") ?? [])];
        // One that is being replaced is still there, but not shown.
        return all.find((each) => each.ariaLabel === this.name && each.offsetParent);
    }

    send() {
        clearTimeout(this.still);
        if (!this.dirty) return;
        this.dirty = false;
        this.live.held = false;
        this.live.view?.float(false);
        this.post(this.text, TRIES);
    }

    // What is said while the line is down is lost: it is said again until the server has taken it.
    post(text, tries) {
        clearTimeout(this.again);
        this.number = Math.max(Date.now(), this.number + 1);
        this.live.sent(this.name, text, this.number);
        this.sendState("stop", `${this.number}~${text}`);
        if (tries) this.again = setTimeout(() => this.post(text, tries - 1), PATIENCE);
    }

    destroy() {
        clearTimeout(this.still);
        clearTimeout(this.again);
        if (this.live.sliders.get(this.name) === this) this.live.sliders.delete(this.name);
    }
}
