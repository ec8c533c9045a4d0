// @ts-check
// The lens of losses: what a published law forecasts for the drawn curves.

import { create } from "../../ui/widgets/controls/dom.js";
import { Plot, rangeOf, roomy } from "../../ui/widgets/beneath/plot.js";
import { writeText } from "../../ui/widgets/beneath/text.js";
import { forecast } from "./law.js";
import { ranked } from "./ranking.js";

/** @typedef {import("./payload.js").LossPayload} LossPayload */
/** @typedef {import("../../ui/widgets/beneath/lines.js").Line} Line */
/** @typedef {import("../../ui/widgets/beneath/view.js").Host} Host */
/** @typedef {import("../../ui/widgets/beneath/view.js").Stage} Stage */
/** @typedef {Line & { y: Float64Array }} Forecast */

/** The y axis shows what comes after this share of the run: before it all fall alike. */
const EARLY = 0.25;
/** However broad the text is. */
const EARLIEST = 0.2;
/** Pixels above and below the text in the picture's upper right. */
const GAP = 8;

class LossView {
    aligned = true;
    tall = false;
    /** @type {WeakMap<ArrayLike<number>, { of: string, y: Float64Array }>} */
    cache = new WeakMap();
    /** The share of the height that is left to the text. */
    free = 0;
    /** The share of the run before which lines may leave the picture. */
    early = EARLY;

    /** @param {Host} host */
    constructor({ body, text }) {
        this.plot = new Plot(body);
        this.text = text;
        this.nothing = create("p", { className: "lrviz-loss-nothing", hidden: true }, body);
    }

    /**
     * @param {LossPayload} payload
     * @param {Line[]} lines
     * @param {Stage} stage
     */
    draw(payload, lines, stage) {
        const { law, levels, texts } = payload;
        const within = lines.filter(({ uid }) => levels[uid] !== "never");
        const forecasts = within.map((line) => this.of(payload, line, stage.perTick));
        this.nothing.hidden = forecasts.length > 0;
        this.nothing.textContent = [...stage.remarks, texts.nothing].join(" ");
        const scores = forecasts.map((line) => {
            return { line, loss: line.y.at(-1) ?? NaN, tested: levels[line.uid] === "tested" };
        });
        writeText(this.text, ranked(scores, law, texts), scores.length ? stage.remarks : []);
        // While a slider moves the page is not laid out anew to ask for a size.
        if (!stage.moving) this.measure();
        const range = this.range(forecasts);
        const tested = forecasts.filter(({ uid }) => levels[uid] === "tested");
        const marks = bands(tested, law.end);
        const title = texts.axis;
        this.plot.draw({ lines: forecasts, title, scale: "linear", range, marks }, stage);
        this.plot.graph.style.visibility = forecasts.length ? "" : "hidden";
    }

    /** Where the text stands, in the upper right: no line is to run beneath it. */
    measure() {
        const { offsetHeight: height, offsetLeft: left } = this.text;
        const inside = this.plot.inside();
        this.free = height ? (height + GAP) / inside.height : 0;
        const begins = height ? (left - inside.left) / inside.width : EARLY;
        this.early = Math.min(EARLY, Math.max(begins, EARLIEST));
    }

    /** @param {Forecast[]} lines */
    range(lines) {
        const late = lines.flatMap(({ x, y }) => {
            const from = this.early * x[x.length - 1];
            return Array.from(y).filter((_, at) => x[at] >= from);
        });
        return roomy(rangeOf(late) ?? [0, 1], this.free);
    }

    /**
     * @param {LossPayload} payload
     * @param {Line} line
     * @param {number} perTick
     * @returns {Forecast}
     */
    of({ law, levels }, line, perTick) {
        const of = JSON.stringify([law, perTick]);
        let cached = this.cache.get(line.y);
        if (cached?.of !== of) {
            const steps = Float64Array.from(line.x, (each) => each * perTick);
            cached = { of, y: forecast(steps, line.y, law) };
            this.cache.set(line.y, cached);
        }
        // Outside of the law's setting a line is dotted: it is not as sure.
        const dash = levels[line.uid] === "near" ? "dot" : line.style.dash;
        return { ...line, y: cached.y, style: { ...line.style, dash } };
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

/** @param {Host} host */
export function open(host) {
    return new LossView(host);
}

/**
 * How far off such an end was forecast, at each line's end.
 *
 * @param {Forecast[]} lines
 * @param {number} error as a share of the loss
 * @returns {import("../../ui/widgets/live/payloads.js").Trace[]}
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
