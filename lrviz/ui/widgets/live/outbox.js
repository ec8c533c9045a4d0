// @ts-check
// The messages of a component to the server: none is lost, and none is done twice.

// A change that follows another so closely goes with it, in milliseconds.
const MERGED = 100;
// How long the server is given to take a message, and how often it is posted once more.
const PATIENCE = 3000;
const TRIES = 20;

/** What sets a field: to what was typed, or to a slider's stop. */
const SETS = ["set", "slide"];

/** @typedef {[number: number, act: string, ...texts: string[]]} Message */

/** @typedef {Outbox["say"]} Say */

/**
 * Time, as the browser or a test has it.
 *
 * @typedef {object} Time
 * @property {() => number} now
 * @property {(act: () => void, after: number) => number} later
 * @property {(timer: number) => void} never
 */

/** @type {Time} */
const BROWSER = {
    now: () => Date.now(),
    later: (act, after) => setTimeout(act, after),
    never: (timer) => clearTimeout(timer),
};

/**
 * Everything that the server has not yet taken is posted together, each with a number; Python takes
 * a number once (`session.py`). What is posted while the line is down is posted again.
 */
export class Outbox {
    /** @type {Message[]} */
    waiting = [];
    number = 0;
    posts = 0;
    posted = -Infinity;
    timer = 0;

    /**
     * @param {(text: string) => void} post
     * @param {Time} time
     */
    constructor(post, time = BROWSER) {
        this.post = post;
        this.time = time;
    }

    /**
     * Sends a message.
     *
     * @param {string} act its name
     * @param {...string} texts
     * @returns {number} of the message
     */
    say(act, ...texts) {
        this.number = Math.max(this.time.now(), this.number + 1);
        // Of two values of one field in a row the newest counts; else the order of messages counts.
        const last = this.waiting.at(-1);
        const sets = last && SETS.includes(act) && SETS.includes(last[1]);
        if (sets && last[2] === texts[0]) this.waiting.pop();
        this.waiting.push([this.number, act, ...texts]);
        this.flush(Math.max(0, this.posted + MERGED - this.time.now()), TRIES);
        return this.number;
    }

    /** @param {number} number up to which the server has taken everything */
    taken(number) {
        this.waiting = this.waiting.filter(([each]) => each > number);
        this.number = Math.max(this.number, number);
        if (!this.waiting.length) this.time.never(this.timer);
    }

    /**
     * @param {number} after
     * @param {number} tries
     */
    flush(after, tries) {
        this.time.never(this.timer);
        const act = () => {
            this.posted = this.time.now();
            this.post(JSON.stringify([(this.posts += 1), this.waiting]));
            if (tries) this.flush(PATIENCE, tries - 1);
        };
        if (after > 0) this.timer = this.time.later(act, after);
        else act();
    }

    destroy() {
        this.time.never(this.timer);
    }
}
