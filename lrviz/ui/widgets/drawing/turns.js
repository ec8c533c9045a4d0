// @ts-check
// One change of a graph after another.
//
// Two of Plotly's drawings of one graph at once never end: each undoes the other's margins, and
// both count down the same limit of redraws. The page freezes, and its memory grows without end.

/** @typedef {() => Promise<unknown>} Change */

export class Turns {
    closed = false;
    /** @type {Promise<void> | null} ends with the last of the changes; null: nothing is going on */
    last = null;
    /** @type {Change} */
    newest = () => Promise.resolve();
    /** @type {Promise<void> | null} the drawing that has not begun */
    waiting = null;

    get busy() {
        return this.last !== null;
    }

    /**
     * Makes a change when those before it are done: at once, if there are none.
     *
     * @param {Change} change
     * @returns {Promise<void>} ends with the change
     */
    take(change) {
        const before = this.last;
        /** @type {() => void} */
        let end = () => {};
        const last = new Promise((/** @type {(value: void) => void} */ resolve) => (end = resolve));
        this.last = last;
        const turn = async () => {
            try {
                if (!this.closed) await change();
            } finally {
                if (this.last === last) this.last = null;
                end();
            }
        };
        return before ? before.then(turn) : turn();
    }

    /**
     * Draws when the changes before are done; of the drawings that wait the newest is enough.
     *
     * @param {Change} change
     */
    draw(change) {
        if (!this.busy) return this.take(change);
        this.newest = change;
        this.waiting ??= this.take(() => {
            this.waiting = null;
            return this.newest();
        });
        return this.waiting;
    }

    /** Changes that have not begun are dropped. */
    close() {
        this.closed = true;
    }
}
