// @ts-check
// Time that runs from frame to frame, and can be stopped.

/** The longest that a frame may last, in seconds: a page that was hidden does not leap. */
const LONGEST = 0.2;

/**
 * Where frames come from: the browser, or a test.
 *
 * @typedef {object} Frames
 * @property {(act: (now: number) => void) => number} request
 * @property {(frame: number) => void} cancel
 */

/** @type {Frames} */
const BROWSER = {
    request: (act) => requestAnimationFrame(act),
    cancel: (frame) => cancelAnimationFrame(frame),
};

export class Clock {
    running = false;

    /** @param {Frames} frames */
    constructor(frames = BROWSER) {
        this.frames = frames;
        this.frame = 0;
    }

    /**
     * Calls `tick` at every frame, with the seconds since the one before.
     *
     * @param {(seconds: number) => void} tick
     */
    start(tick) {
        this.stop();
        this.running = true;
        /** @type {number | undefined} */
        let before;
        const frame = (/** @type {number} */ now) => {
            const seconds = Math.min((now - (before ?? now)) / 1000, LONGEST);
            before = now;
            // Requested before the tick: a tick that stops the clock cancels this frame.
            this.frame = this.frames.request(frame);
            tick(seconds);
        };
        this.frame = this.frames.request(frame);
    }

    stop() {
        this.running = false;
        this.frames.cancel(this.frame);
    }
}
