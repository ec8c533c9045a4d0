// @ts-check
// The lens of paths: particles on a landscape, driven by the drawn curves, and their mean loss.

import { counted, normals, PARTICLES, walk } from "./path.js";
import { ratesOf } from "./lines.js";
import { Picture } from "./picture.js";
import { Plot, rangeOf } from "./plot.js";
import { ranked, said } from "./told.js";

/** @typedef {import("./payloads.js").LensPayload} LensPayload */
/** @typedef {import("./lines.js").Line} Line */
/** @typedef {import("./lens.js").Stage} Stage */
/** @typedef {import("./path.js").Walk} Walk */

/** What is lower, or higher, than this is beyond the picture. */
const [LOWEST, HIGHEST] = [1e-4, 1e4];

export class PathLens {
    /** @type {WeakMap<ArrayLike<number>, { of: string, walk: Walk }>} */
    known = new WeakMap();
    noise = { of: "", given: new Float64Array() };
    /** @type {import("./picture.js").Drawn[]} */
    walks = [];
    moves = 0;
    apart = 1;

    /**
     * @param {HTMLElement} root
     * @param {HTMLElement} told
     * @param {(x: number, y: number, done: boolean) => void} begin moves the start
     */
    constructor(root, told, begin) {
        this.picture = new Picture(root, begin);
        this.plot = new Plot(root);
        this.told = told;
    }

    /**
     * @param {LensPayload} payload
     * @param {Line[]} lines
     * @param {Stage} stage
     */
    draw(payload, lines, stage) {
        const { ground, steps, perTick } = payload;
        if (!ground) return;
        this.moves = Math.min(steps, payload.moves);
        this.apart = steps / this.moves / perTick;
        const motion = this.motion(payload, stage);
        const walked = lines.map((line) => ({ line, walk: this.of(ground, line, motion) }));
        this.walks = walked
            .map((each) => ({
                walk: each.walk,
                color: each.line.style.color,
                selected: each.line.uid === stage.selected,
            }))
            .sort((one, other) => Number(one.selected) - Number(other.selected));
        const x = Float64Array.from({ length: this.moves + 1 }, (_, at) => at * this.apart);
        // They tremble: a thick line would hide it.
        const means = walked.map(({ line, walk: { mean } }) => {
            return { ...line, x, y: mean, style: { ...line.style, width: 1.5 } };
        });
        this.plot.draw(
            {
                lines: means,
                title: payload.texts.axis,
                scale: "log",
                range: exponents(means),
                marks: [],
                xaxis: stage.xaxis,
                frame: stage.frame,
                above: stage.above,
            },
            stage.moving,
        );
        this.say(payload, walked);
        const words = `${payload.texts.picture} ${this.told.textContent}`;
        if (!stage.moving) this.picture.draw(ground, words, payload.kinds.length > 0);
        this.picture.placeRing(motion);
    }

    /**
     * @param {LensPayload} payload
     * @param {Stage} stage
     */
    motion({ settings }, { setting }) {
        const now = (/** @type {string} */ name) => setting(name, settings[name]);
        const seed = now("seed");
        const of = `${seed} ${this.moves}`;
        if (this.noise.of !== of) {
            this.noise = { of, given: normals(seed, 2 * PARTICLES * this.moves) };
        }
        return {
            noise: now("noise"),
            momentum: now("momentum"),
            gain: now("gain"),
            x: now("start_x"),
            y: now("start_y"),
            seed,
            given: this.noise.given,
        };
    }

    /**
     * @param {import("./payloads.js").Ground} ground
     * @param {Line} line
     * @param {ReturnType<PathLens["motion"]>} motion
     */
    of(ground, line, motion) {
        const { noise, momentum, gain, x, y, seed } = motion;
        const set = [noise, momentum, gain, x, y, seed];
        const of = JSON.stringify([ground, set, this.moves, this.apart]);
        let known = this.known.get(line.y);
        if (known?.of !== of) {
            const rates = ratesOf(line, this.moves, this.apart).map((each) => each * motion.gain);
            known = { of, walk: walk(ground, rates, motion) };
            this.known.set(line.y, known);
        }
        return known.walk;
    }

    /**
     * @param {LensPayload} payload
     * @param {{ line: Line, walk: Walk }[]} walked
     */
    say({ ground, why }, walked) {
        const scores = walked.map(({ line, walk }) => ({
            line,
            value: walk.mean[this.moves],
            more: ground?.counted.length
                ? ground.counts
                      .replace("{count}", String(counted(walk, ground.counted)))
                      .replace("{all}", String(PARTICLES))
                : "",
        }));
        said(this.told, ranked(scores), why);
    }

    /** @param {number | null} at on the x axis; null: nowhere, and all of the path is shown */
    place(at) {
        this.plot.place(at);
        const move = at === null ? this.moves : Math.round(at / this.apart);
        this.picture.paint(this.walks, Math.min(Math.max(move, 0), this.moves));
    }

    destroy() {
        this.plot.destroy();
        this.picture.destroy();
    }
}

/**
 * The range of a log axis over some lines.
 *
 * @param {Line[]} lines
 * @returns {[number, number]}
 */
function exponents(lines) {
    const logs = lines.map(({ y }) => {
        let [low, high] = [HIGHEST, LOWEST];
        for (let at = 0; at < y.length; at += 1) {
            low = Math.min(low, y[at]);
            high = Math.max(high, y[at]);
        }
        return [Math.max(low, LOWEST), Math.min(high, HIGHEST)].map(Math.log10);
    });
    return rangeOf(logs.flat()) ?? [0, 1];
}
