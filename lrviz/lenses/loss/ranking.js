// @ts-check
// Which of several forecasts is best, as lrviz.forecast.ranking has it: tests/js/golden.json holds
// both to one table.

import { nameOf } from "../../ui/widgets/beneath/text.js";

/** @typedef {import("../../ui/widgets/beneath/text.js").Part} Part */

/**
 * A loss at the run's end.
 *
 * @typedef {object} Score
 * @property {import("../../ui/widgets/beneath/lines.js").Line} line
 * @property {number} loss
 * @property {boolean} tested whether the law was tested on such a curve
 */

/**
 * The order of several losses, the lowest first; what is not finite does not count.
 *
 * @param {number[]} losses
 * @param {number} error the differences of two are off by up to this
 * @returns {{ order: number[], gap: number, conclusive: boolean }} the places of the losses; how much
 *     lower the first is than the second; whether the law can tell them apart
 */
export function rank(losses, error) {
    const order = [...losses.keys()]
        .filter((at) => Number.isFinite(losses[at]))
        .sort((one, other) => losses[one] - losses[other]);
    const gap = order.length > 1 ? losses[order[1]] - losses[order[0]] : NaN;
    return { order, gap, conclusive: gap > error };
}

/**
 * The losses at the run's end in words, the lowest first, and whether the law can rank them.
 *
 * @param {Score[]} scores
 * @param {{ end: number, gap: number }} errors of an end, as a share of it; of a difference of two
 * @param {Record<string, string>} texts
 * @returns {Part[]}
 */
export function ranked(scores, errors, texts) {
    const losses = scores.map(({ loss }) => loss);
    const { order, gap, conclusive } = rank(losses, errors.gap);
    const [first, second, ...others] = order.map((at) => scores[at]);
    if (!first) return [];
    const end = first.loss.toFixed(4);
    const band = (errors.end * first.loss).toFixed(4);
    /** @type {Part[]} */
    const parts = [
        nameOf(first.line),
        { text: first.tested ? `${end} ± ${band}` : end, strong: true },
    ];
    if (!second) return parts;
    for (const { line, loss } of [second, ...others]) {
        parts.push(nameOf(line), { text: `+ ${(loss - first.loss).toFixed(4)}`, strong: true });
    }
    const verdict = conclusive ? texts.best : texts.tied;
    const text = (first.tested && second.tested ? verdict : texts.untested)
        .replace("{gap}", gap.toFixed(4))
        .replace("{error}", errors.gap.toFixed(4));
    return [...parts, { text }];
}
