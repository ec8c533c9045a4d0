// @ts-check
// What is set of the lens, as a hand holds it: the server's word counts once it has taken it.

/**
 * @typedef {object} Held
 * @property {string} text
 * @property {number} number of the message that told the server; 0: it has not been told
 * @property {"panel" | "chart"} by whose message that is
 */

const nothing = () => {};

export class Settings {
    // What else a slider asks of its preview is no matter here: nothing comes from the server.
    /** @type {(path: string) => void} */
    want = nothing;
    grab = nothing;
    hold = nothing;
    letGo = nothing;
    /** @type {(path: string) => Map<string, unknown> | null} */
    stops = () => null;
    /** @type {(path: string, slider: object) => void} */
    join = nothing;
    /** @type {(path: string, slider: object) => void} */
    part = nothing;
    /** @type {Map<string, Held>} */
    held = new Map();

    /** @param {() => void} changed shows it */
    constructor(changed) {
        this.changed = changed;
    }

    /**
     * What holds of a field now.
     *
     * @param {string} path
     * @param {number} told by the server
     */
    value(path, told) {
        const held = this.held.get(path);
        return held ? Number(held.text) : told;
    }

    /** @param {{ panel: number, chart: number }} taken the last numbers that Python has taken */
    told(taken) {
        for (const [path, { number, by }] of this.held) {
            if (number && number <= taken[by]) this.held.delete(path);
        }
    }

    /**
     * @param {string} path
     * @param {string} text
     */
    move(path, text) {
        this.held.set(path, { text, number: 0, by: "panel" });
        this.changed();
    }

    /**
     * @param {string} path
     * @param {string} text
     * @param {number} number
     * @param {Held["by"]} by
     */
    sent(path, text, number, by = "panel") {
        this.held.set(path, { text, number, by });
    }
}
