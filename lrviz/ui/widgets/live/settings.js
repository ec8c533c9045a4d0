// @ts-check
// The settings of the lens while a hand moves them: the server's values count once it has taken
// what was sent.

/**
 * @typedef {object} Held
 * @property {string} text
 * @property {number} number of the message that sends it; 0: it has not been sent
 * @property {"panel" | "chart"} by whose message that is
 */

/** @typedef {Record<Held["by"], number>} Taken the last number that Python has taken of each */

export class Settings {
    /** @type {Map<string, Held>} */
    held = new Map();

    /** @param {() => void} changed draws the lens anew */
    constructor(changed) {
        this.changed = changed;
    }

    /** Whether one of them is not the server's. */
    get moving() {
        return this.held.size > 0;
    }

    /**
     * The value of a field now.
     *
     * @param {string} path
     * @param {number} value that the server has
     */
    value(path, value) {
        const held = this.held.get(path);
        return held ? Number(held.text) : value;
    }

    /**
     * The server's values count again where it has taken what was sent.
     *
     * @param {Taken} taken
     */
    settle(taken) {
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
