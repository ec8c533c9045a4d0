// @ts-check
// The lens of losses: what a published law says of the drawn curves.

import { create } from "../controls/dom.js";
import { forecast } from "./law.js";
import { Plot, rangeOf, roomy } from "./plot.js";
import { best, said } from "./told.js";

/** @typedef {import("./payloads.js").LensPayload} LensPayload */
/** @typedef {import("./lines.js").Line} Line */
/** @typedef {import("./lens.js").Stage} Stage */

/** The y axis shows what comes after this share of the run: before it all fall alike. */
const EARLY = 0.25;
/** However broad the words are. */
const EARLIEST = 0.2;
/** Pixels above and below the words in the picture's upper right. */
const GAP = 8;

export class LossLens {
    /** @type {WeakMap<ArrayLike<number>, { law: string, y: Float64Array }>} */
    known = new WeakMap();
    /** The share of the height that is left to the words. */
    free = 0;
    /** The share of the run before which lines may leave the picture. */
    early = EARLY;

    /**
     * @param {HTMLElement} root
     * @param {HTMLElement} told
     */
    constructor(root, told) {
        this.plot = new Plot(root);
        this.told = told;
        this.nothing = create("p", { className: "lrviz-lens-nothing", hidden: true }, root);
    }

    /**
     * @param {LensPayload} payload
     * @param {Line[]} lines
     * @param {Stage} stage
     */
    draw(payload, lines, stage) {
        const shown = lines.filter(({ uid }) => payload.levels[uid] !== "never");
        const forecasts = shown.map((line) => this.of(payload, line));
        this.nothing.hidden = forecasts.length > 0;
        this.nothing.textContent = [...payload.why, payload.texts.nothing].join(" ");
        const tested = (/** @type {Line} */ { uid }) => payload.levels[uid] === "tested";
        const scores = forecasts.map((line) => {
            return { line, value: line.y.at(-1) ?? NaN, tested: tested(line) };
        });
        const errors = payload.law ?? { end: NaN, gap: NaN };
        said(this.told, best(scores, errors, payload.texts), scores.length ? payload.why : []);
        // While a slider moves the page is not laid out anew to ask for a size.
        if (!stage.moving) this.measure();
        this.plot.draw(
            {
                lines: forecasts,
                title: payload.texts.axis,
                scale: "linear",
                range: this.range(forecasts),
                marks: bands(forecasts.filter(tested), errors.end),
                xaxis: stage.xaxis,
                frame: stage.frame,
                above: stage.above,
            },
            stage.moving,
        );
        this.plot.graph.style.visibility = forecasts.length ? "" : "hidden";
    }

    /** Where the words stand, in the upper right: no line is to run beneath them. */
    measure() {
        const { offsetHeight: height, offsetLeft: left } = this.told;
        const inside = this.plot.inside();
        this.free = height ? (height + GAP) / inside.height : 0;
        const begins = height ? (left - inside.left) / inside.width : EARLY;
        this.early = Math.min(EARLY, Math.max(begins, EARLIEST));
    }

    /** @param {(Line & { y: Float64Array })[]} lines */
    range(lines) {
        const late = lines.flatMap(({ x, y }) => {
            const from = this.early * x[x.length - 1];
            return Array.from(y).filter((_, at) => x[at] >= from);
        });
        return roomy(rangeOf(late) ?? [0, 1], this.free);
    }

    /**
     * @param {LensPayload} payload
     * @param {Line} line
     * @returns {Line & { y: Float64Array }}
     */
    of({ law, perTick, levels }, line) {
        const name = JSON.stringify([law, perTick]);
        let known = this.known.get(line.y);
        if (known?.law !== name && law) {
            const steps = Float64Array.from(line.x, (each) => each * perTick);
            known = { law: name, y: forecast(steps, line.y, law) };
            this.known.set(line.y, known);
        }
        // What is outside of the law's setting is not drawn as if it were known.
        const dash = levels[line.uid] === "near" ? "dot" : line.style.dash;
        return { ...line, y: known?.y ?? new Float64Array(), style: { ...line.style, dash } };
    }

    /** @param {number | null} at on the x axis */
    place(at) {
        this.plot.place(at);
    }

    destroy() {
        this.plot.destroy();
        this.nothing.remove();
    }
}

/**
 * How far off such an end was forecast, at each line's end.
 *
 * @param {(Line & { y: Float64Array })[]} lines
 * @param {number} error as a share of the loss
 * @returns {import("../live/payloads.js").Trace[]}
 */
function bands(lines, error) {
    return lines.map(({ uid, x, y, style }) => {
        const end = y.at(-1) ?? NaN;
        return {
            type: "scatter",
            mode: "markers",
            uid: `band-${uid}`,
            hoverinfo: "skip",
            x: [x[x.length - 1]],
            y: [end],
            marker: { color: style.color, size: 5 },
            error_y: { type: "data", array: [error * end], color: style.color, thickness: 1.5 },
        };
    });
}
