// @ts-check
// Plays the run: a place that moves along the curves in training time.

import { Clock } from "../live/clock.js";
import { values } from "../live/fan.js";

/** @typedef {import("../live/payloads.js").Trace} Trace */

/**
 * @typedef {object} Playing
 * @property {() => Trace[]} rates the traces with a rate for every step: from x 0 on, `dx` apart
 * @property {(points: number) => number} speed how many of a line's points pass in a second
 * @property {() => void} moved shows where it is now
 */

export class RunPlayer {
    clock = new Clock();

    /** @param {Playing} playing */
    constructor(playing) {
        this.playing = playing;
        /** @type {number | null} the point where it is; null: it has not begun */
        this.at = null;
    }

    get running() {
        return this.clock.running;
    }

    /** The number of points of the longest line. */
    get points() {
        return Math.max(0, ...this.playing.rates().map((trace) => values(trace.y).length));
    }

    /** How much of the run has passed. */
    get share() {
        return (this.at ?? 0) / Math.max(1, this.points - 1);
    }

    /** @param {number} share of the run to go to */
    go(share) {
        this.clock.stop();
        if (!this.points) return;
        this.at = share * (this.points - 1);
        this.playing.moved();
    }

    toggle() {
        if (this.running) {
            this.stop();
            return;
        }
        if (!this.points) return;
        if (this.at === null || this.at >= this.points - 1) this.at = 0;
        this.clock.start((seconds) => this.pass(seconds));
        this.playing.moved();
    }

    /** @param {number} seconds */
    pass(seconds) {
        const { points } = this;
        this.at = Math.min(points - 1, (this.at ?? 0) + seconds * this.playing.speed(points));
        if (this.at >= points - 1) this.clock.stop();
        this.playing.moved();
    }

    stop() {
        if (!this.running) return;
        this.clock.stop();
        this.playing.moved();
    }

    forget() {
        this.clock.stop();
        this.at = null;
    }

    /**
     * Goes to the next of these steps, or to the first after the last.
     *
     * @param {number[]} restarts
     * @param {number} stride the steps from one point to the next
     */
    next(restarts, stride) {
        this.clock.stop();
        if (!this.points || !restarts.length) return;
        this.at = Math.min(nextPoint(restarts, stride, this.at), this.points - 1);
        this.playing.moved();
    }
}

/**
 * The point of the next restart after `at`.
 *
 * @param {number[]} restarts
 * @param {number} stride
 * @param {number | null} at
 */
export function nextPoint(restarts, stride, at) {
    const point = (/** @type {number} */ step) => Math.ceil(step / stride);
    const now = at === null ? -1 : Math.floor(at);
    return point(restarts.find((step) => point(step) > now) ?? restarts[0]);
}
