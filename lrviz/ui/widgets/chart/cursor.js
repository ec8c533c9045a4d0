// @ts-check
// A lesson's player: a button, and a line across the chart with the rates at its place.

import { create } from "../controls/dom.js";
import { axesOf, shownRates, uprightAt } from "../drawing/axes.js";
import { values } from "../live/fan.js";
import { PLAY } from "../live/names.js";
import { readable } from "../words/numbers.js";
import { RunPlayer } from "./run_player.js";

/** @typedef {import("../live/payloads.js").PlayPayload} PlayPayload */
/** @typedef {import("../drawing/plotly.js").Graph} Graph */

/** Seconds for the width of the chart. */
const SECONDS = 8;
const FLIPPED = 0.6;

export class Cursor {
    /** @type {HTMLButtonElement | null} */
    button = null;
    /** @type {HTMLElement | null} */
    line = null;
    /** @type {PlayPayload | null} */
    texts = null;

    /**
     * @param {Graph} graph
     * @param {() => void} moved
     */
    constructor(graph, moved) {
        this.graph = graph;
        this.run = new RunPlayer({
            rates: () => shownRates(graph),
            speed: () => this.width() / SECONDS,
            moved: () => {
                this.show();
                moved();
            },
        });
        this.toggle = () => this.texts && this.run.toggle();
        document.addEventListener(PLAY, this.toggle);
    }

    /** Where on the x axis it is; null: nowhere. */
    get at() {
        const { at } = this.run;
        return at === null ? null : at * (shownRates(this.graph)[0]?.dx ?? 1);
    }

    /** How many points fit into the width of the chart. */
    width() {
        const [low, high] = axesOf(this.graph)?.x.range ?? [0, 1];
        return (high - low) / (shownRates(this.graph)[0]?.dx ?? 1);
    }

    /** @param {PlayPayload | null} texts */
    update(texts) {
        this.texts = texts;
        if (!texts) {
            this.run.forget();
            this.line?.remove();
            this.button?.remove();
            this.line = this.button = null;
            return;
        }
        const figure = this.graph.parentElement;
        if (!this.button && figure) {
            const onclick = () => document.dispatchEvent(new Event(PLAY));
            this.button = create(
                "button",
                { type: "button", className: "lrviz-play", onclick },
                figure,
            );
        }
        this.show();
    }

    show() {
        const { button, texts, run } = this;
        if (!button || !texts) return;
        button.textContent = run.running ? `⏸ ${texts.pause}` : `▶ ${texts.play}`;
        if (run.at !== null) this.place(run.at, texts);
    }

    /**
     * @param {number} at
     * @param {PlayPayload} texts
     */
    place(at, texts) {
        const axes = axesOf(this.graph);
        const rates = shownRates(this.graph);
        if (!axes || !rates.length) return;
        const { x } = axes;
        this.line ??= this.build();
        const time = at * (rates[0].dx ?? 1);
        Object.assign(this.line.style, uprightAt(axes, time));
        const step = texts.step.replace("{value}", Math.floor(time).toLocaleString("en"));
        const numbers = rates.map((trace) => {
            const all = values(trace.y);
            const rate = all[Math.min(Math.floor(at), all.length - 1)];
            return Number.isFinite(rate) ? readable(rate, false) : "NaN";
        });
        const output = this.line.querySelector("output");
        if (output) output.textContent = [step, ...numbers].join(" · ");
        this.line.toggleAttribute("data-flipped", x.pixel(time) > x.length * FLIPPED);
    }

    build() {
        const line = create("div", { className: "lrviz-cursor" }, this.graph);
        create("output", {}, line);
        return line;
    }

    destroy() {
        this.run.forget();
        document.removeEventListener(PLAY, this.toggle);
    }
}
