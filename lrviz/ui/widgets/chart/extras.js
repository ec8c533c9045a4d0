// @ts-check
// What a lesson lays over a chart: a marker, and a player.

import { Cursor } from "./cursor.js";
import { Marker } from "./marker.js";

/** @typedef {import("../payloads.js").ExtrasPayload} ExtrasPayload */

/** @type {ExtrasPayload} */
const NOTHING = { marker: null, play: null };

export class Extras {
    told = NOTHING;
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
        return this.told.marker !== null;
    }

    /** @param {string} text JSON of an ExtrasPayload; empty: nothing is laid over it */
    take(text) {
        this.told = text ? JSON.parse(text) : NOTHING;
    }

    /**
     * Lays it over a chart that is drawn.
     *
     * @param {import("./internals.js").Graph} graph
     * @param {(value: number) => void} answer
     */
    show(graph, answer) {
        const { marker, play } = this.told;
        if (marker) this.marker ??= new Marker(graph, answer);
        if (play) this.cursor ??= new Cursor(graph, this.moved);
        this.marker?.update(marker);
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
