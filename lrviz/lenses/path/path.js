// @ts-check
// The lens of paths: particles on a landscape, driven by the drawn curves, and their mean loss.

import { ratesOf } from "../../ui/widgets/beneath/lines.js";
import { Plot, rangeOf } from "../../ui/widgets/beneath/plot.js";
import { nameOf, writeText } from "../../ui/widgets/beneath/text.js";
import { counted, normals, PARTICLES, walk } from "./particles.js";
import { Picture } from "./picture.js";

/** @typedef {import("./payload.js").PathPayload} PathPayload */
/** @typedef {import("./payload.js").Ground} Ground */
/** @typedef {import("../../ui/widgets/beneath/lines.js").Line} Line */
/** @typedef {import("../../ui/widgets/beneath/view.js").Host} Host */
/** @typedef {import("../../ui/widgets/beneath/view.js").Stage} Stage */
/** @typedef {import("./particles.js").Walk} Walk */

/** What is lower, or higher, than this is beyond the picture. */
const [LOWEST, HIGHEST] = [1e-4, 1e4];

class PathView {
    aligned = true;
    tall = true;
    /** @type {WeakMap<ArrayLike<number>, { of: string, walk: Walk }>} */
    cache = new WeakMap();
    noise = { of: "", draws: new Float64Array() };
    /** @type {import("./picture.js").Drawn[]} */
    walks = [];
    moves = 0;
    apart = 1;

    /** @param {Host} host */
    constructor({ body, text, set }) {
        this.picture = new Picture(body, (x, y, done) => set({ start_x: x, start_y: y }, done));
        this.plot = new Plot(body);
        this.text = text;
    }

    /**
     * @param {PathPayload} payload
     * @param {Line[]} lines
     * @param {Stage} stage
     */
    draw(payload, lines, stage) {
        const { ground } = payload;
        this.moves = Math.min(stage.steps, payload.moves);
        this.apart = stage.steps / this.moves / stage.perTick;
        const motion = this.motion(stage);
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
        const title = payload.texts.axis;
        const range = exponents(means);
        this.plot.draw({ lines: means, title, scale: "log", range, marks: [] }, stage);
        const scores = walked.map((each) => this.score(ground, each));
        writeText(this.text, ranked(scores), stage.remarks);
        const label = `${payload.texts.picture} ${this.text.textContent}`;
        if (!stage.moving) this.picture.draw(ground, label, stage.selectable);
        this.picture.placeRing(motion);
    }

    /** @param {Stage} stage */
    motion({ setting }) {
        const seed = setting("seed");
        const of = `${seed} ${this.moves}`;
        if (this.noise.of !== of) {
            this.noise = { of, draws: normals(seed, 2 * PARTICLES * this.moves) };
        }
        return {
            noise: setting("noise"),
            momentum: setting("momentum"),
            gain: setting("gain"),
            x: setting("start_x"),
            y: setting("start_y"),
            seed,
            draws: this.noise.draws,
        };
    }

    /**
     * @param {Ground} ground
     * @param {Line} line
     * @param {ReturnType<PathView["motion"]>} motion
     */
    of(ground, line, motion) {
        const { noise, momentum, gain, x, y, seed } = motion;
        const settings = [noise, momentum, gain, x, y, seed];
        const of = JSON.stringify([ground, settings, this.moves, this.apart]);
        let cached = this.cache.get(line.y);
        if (cached?.of !== of) {
            const rates = ratesOf(line, this.moves, this.apart).map((each) => each * gain);
            cached = { of, walk: walk(ground, rates, motion) };
            this.cache.set(line.y, cached);
        }
        return cached.walk;
    }

    /**
     * @param {Ground} ground
     * @param {{ line: Line, walk: Walk }} walked
     */
    score({ counted: between, counts }, { line, walk }) {
        const count = between.length ? String(counted(walk, between)) : "";
        const more = count && counts.replace("{count}", count).replace("{all}", `${PARTICLES}`);
        return { line, loss: walk.mean[this.moves], more };
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

/** @param {Host} host */
export function open(host) {
    return new PathView(host);
}

/**
 * The mean losses at the run's end in words, the lowest first.
 *
 * @param {{ line: Line, loss: number, more: string }[]} scores
 * @returns {import("../../ui/widgets/beneath/text.js").Part[]}
 */
export function ranked(scores) {
    const sorted = [...scores].sort((one, other) => one.loss - other.loss);
    return sorted.flatMap(({ line, loss, more }) => [
        nameOf(line),
        { text: Number(loss.toPrecision(3)).toString(), strong: true },
        ...(more ? [{ text: `(${more})` }] : []),
    ]);
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
