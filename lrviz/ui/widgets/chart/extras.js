// @ts-check
// What a lesson lays over a chart: a marker, and a player.

import { Cursor } from "./cursor.js";
import { Marker } from "./marker.js";

/** @typedef {import("../live/payloads.js").ExtrasPayload} ExtrasPayload */

/** @type {ExtrasPayload} */
const NOTHING = { marker: null, play: null };

export class Extras {
    payload = NOTHING;
    taken = 0;
    /** @type {Marker | null} */
    marker = null;
    /** @type {Cursor | null} */
    cursor = null;

    /** @param {() => void} moved the cursor is elsewhere */
    constructor(moved) {
        this.moved = moved;
    }

    /** Where on the x axis the cursor is; null: nowhere. */
    get at() {
        return this.cursor?.at ?? null;
    }

    /** Whether a question is answered in this chart: a drag then moves the marker. */
    get asks() {
        return this.payload.marker !== null;
    }

    /**
     * @param {string} text JSON of an ExtrasPayload; empty: nothing is laid over it
     * @param {number} taken the last number that Python has taken
     */
    take(text, taken) {
        this.payload = text ? JSON.parse(text) : NOTHING;
        this.taken = taken;
    }

    /**
     * Lays it over a chart that is drawn.
     *
     * @param {import("../drawing/plotly.js").Graph} graph
     * @param {import("../live/outbox.js").Outbox} outbox
     */
    show(graph, outbox) {
        const { marker, play } = this.payload;
        if (marker) this.marker ??= new Marker(graph, (id, value) => outbox.say("set", id, value));
        if (play) this.cursor ??= new Cursor(graph, this.moved);
        this.marker?.update(marker, this.taken);
        this.cursor?.update(play);
    }

    /** The axes may be elsewhere. */
    place() {
        this.marker?.place();
        this.cursor?.show();
    }

    destroy() {
        this.cursor?.destroy();
    }
}
