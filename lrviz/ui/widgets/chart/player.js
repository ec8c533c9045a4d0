// @ts-check
// Plays beneath a chart: training time along the curves, and one parameter through its range; pins
// a curve to compare with; and saves a sweep.

import { Clock } from "../live/clock.js";
import { values } from "../live/fan.js";
import { HOVER } from "../live/names.js";
import { Unseen } from "../live/sweep.js";
import { buildButtons, label } from "./buttons.js";
import { dotsAt, passedBy, pinnedLine } from "./overlay.js";
import { save } from "./record.js";
import { RunPlayer } from "./run_player.js";
import { showSwept, showWhere } from "./where.js";

/** @typedef {import("../live/payloads.js").LivePayload} LivePayload */
/** @typedef {import("../live/payloads.js").Trace} Trace */
/** @typedef {import("../live/fan.js").Stop} Stop */
/** @typedef {import("../live/preview.js").Preview} Preview */

// Seconds, at speed 1.
const RUN = 10;
const SWEEP = 5;
// How many passed curves stay behind.
const TRACES = 12;

/**
 * The chart that is played.
 *
 * @typedef {object} Played
 * @property {() => Trace[]} traces the server's
 * @property {() => Trace | Stop | undefined} selected the selected curve as it is drawn now
 * @property {() => import("../live/payloads.js").Figure} picture as it is drawn now, with nothing
 *     beneath it
 * @property {() => string} plotly where plotly.js is
 * @property {() => string} ink the colour of the page's text
 * @property {() => void} redraw
 */

export class Player {
    direction = 1;
    labelled = "";
    sweeping = new Clock();
    /** @type {Stop[]} */
    passed = [];
    /** @type {import("./overlay.js").Pinned | null} */
    pinned = null;

    /**
     * @param {HTMLElement} root of its buttons
     * @param {Played} chart
     * @param {Preview} preview
     * @param {LivePayload} data
     */
    constructor(root, chart, preview, data) {
        this.chart = chart;
        this.preview = preview;
        this.data = data;
        this.run = new RunPlayer({
            rates: () => this.lines,
            speed: (points) => (this.speed * points) / RUN,
            moved: () => this.refresh(),
        });
        this.buttons = buildButtons(root, {
            play: () => this.playRun(),
            scrub: (share) => this.scrubTo(share),
            next: () => this.nextRestart(),
            choose: () => this.choose(),
            sweep: () => this.playSweep(),
            step: () => this.stepSweep(),
            onion: () => this.forget(),
            pin: () => this.pin(),
            record: () => this.record(),
        });
    }

    get speed() {
        return Number(this.buttons.speed.value);
    }

    get chosen() {
        return this.buttons.choice.value;
    }

    /**
     * Takes what the server sends of the curve.
     *
     * @param {LivePayload} data
     */
    update(data) {
        this.data = data;
        this.label();
        this.showWhere();
    }

    label() {
        const running = this.run.running;
        const sweeping = this.sweeping.running;
        const pinned = this.pinned !== null;
        this.labelled = [running, sweeping, pinned].join();
        label(this.buttons, this.data, { running, sweeping, pinned });
    }

    choose() {
        this.stop();
        this.forget();
        this.preview.want(this.chosen);
    }

    // --- training time -------------------------------------------------------------------------

    get lines() {
        return this.chart.traces().filter((each) => each.uid?.startsWith(HOVER));
    }

    get perTick() {
        return this.data.unit === "step" ? 1 : this.data.perEpoch;
    }

    playRun() {
        // The same button stops a sweep.
        if (this.sweeping.running) this.stopSweep();
        else this.run.toggle();
    }

    /** @param {number} share of the run */
    scrubTo(share) {
        this.stopSweep();
        this.run.go(share);
    }

    nextRestart() {
        this.stopSweep();
        const stride = Math.round((this.lines[0]?.dx ?? 1) * this.perTick);
        this.run.next(this.data.restarts, stride);
    }

    /** The point at which the run is played; null: nowhere, or a slider moves. */
    get at() {
        return this.preview.active ? null : this.run.at;
    }

    /** The same, on the x axis. */
    get place() {
        return this.at === null ? null : (this.lines[0]?.dx ?? 1) * Math.floor(this.at);
    }

    showWhere() {
        const { where, scrub } = this.buttons;
        const line = this.lines[0];
        where.replaceChildren();
        scrub.disabled = !line;
        const { active } = this.preview;
        if (active && !this.preview.slider(active.name)) showSwept(where, active);
        if (this.at === null || !line) return;
        const at = Math.min(Math.floor(this.at), values(line.y).length - 1);
        const text = showWhere(where, this.data, this.chart.traces(), this.lines, at);
        if (document.activeElement !== scrub) scrub.value = String(1000 * this.run.share);
        scrub.setAttribute("aria-valuetext", text);
    }

    // --- one parameter through its range -------------------------------------------------------

    async playSweep() {
        if (this.sweeping.running) {
            this.stop();
            return;
        }
        this.stop();
        const fan = await this.preview.want(this.chosen);
        if (!fan) return;
        let due = 0;
        this.sweeping.start((seconds) => {
            due += (seconds * this.speed * fan.texts.length) / SWEEP;
            // A sweep that has ended has drawn its last stop.
            for (; due >= 1 && this.sweeping.running; due -= 1) this.further();
            if (this.sweeping.running) this.refresh();
        });
        this.refresh();
    }

    async stepSweep() {
        this.stop();
        const fan = await this.preview.want(this.chosen);
        if (!fan) return;
        this.further();
        this.settle();
    }

    /** What moves the chosen field; null: the curve no longer has it. */
    get mover() {
        const { preview, chosen } = this;
        if (!(chosen in this.data.values)) return null;
        return preview.slider(chosen) ?? new Unseen(preview, chosen);
    }

    further() {
        const slider = this.mover;
        if (!slider) {
            this.stop();
            return;
        }
        const passed = this.preview.stops(this.chosen)?.get(slider.text);
        if (this.buttons.onion.checked && passed) {
            this.passed = [...this.passed.slice(1 - TRACES), passed];
        }
        this.direction = slider.sweep(this.direction);
    }

    forget() {
        this.passed = [];
        this.refresh();
    }

    /** Sends the stop that is drawn. */
    settle() {
        this.mover?.send();
    }

    stopSweep() {
        if (!this.sweeping.running) return;
        this.sweeping.stop();
        this.settle();
        this.refresh();
    }

    stop() {
        this.run.stop();
        this.stopSweep();
    }

    /** Shows a change of what plays or is pinned. */
    refresh() {
        const state = [this.run.running, this.sweeping.running, this.pinned !== null].join();
        if (state !== this.labelled) this.label();
        this.showWhere();
        this.chart.redraw();
    }

    // --- compare and save ----------------------------------------------------------------------

    pin() {
        const drawn = this.chart.selected();
        if (this.pinned || !drawn) this.pinned = null;
        else {
            const steps = Float64Array.from(values(drawn.x), (each) => each * this.perTick);
            const readout =
                this.preview.stop()?.readout ?? this.data.readout.map(([, text]) => text);
            this.pinned = { steps, y: values(drawn.y), name: this.data.name, readout };
        }
        this.refresh();
    }

    /** @returns {Trace[]} what is drawn behind the curves: those passed, and the pinned one */
    behind() {
        const color = this.chart.ink();
        const { texts } = this.data;
        const pinned = this.pinned && pinnedLine(this.pinned, this.perTick, texts.pinned, color);
        return [...passedBy(this.passed, TRACES, color), ...(pinned ? [pinned] : [])];
    }

    /** @returns {Trace[]} what is drawn over them */
    over() {
        if (this.at === null) return [];
        return [dotsAt(this.lines, this.at, this.chart.ink())];
    }

    /** The same text, the same drawing of what is beside the selected curve. */
    state() {
        return [this.at, this.passed.length, this.pinned !== null].join();
    }

    async record() {
        this.stop();
        const fan = await this.preview.want(this.chosen);
        if (!fan) return;
        const { chart, chosen, preview, data } = this;
        await save(chart.plotly(), chart.picture(), fan, preview.uid, chosen, data.texts);
    }
}
