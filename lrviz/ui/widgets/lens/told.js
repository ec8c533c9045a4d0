// @ts-check
// What a lens says in words, beside its picture: for those who read it, and who have it read.

import { create } from "../controls/dom.js";
import { unescapeHtml } from "../words/html.js";

/**
 * @typedef {object} Score
 * @property {import("./lines.js").Line} line
 * @property {number} value
 * @property {string} [more]
 * @property {boolean} [tested] whether the law was tested on such a curve
 */
/** @typedef {{ text: string, style?: { color: string, dash?: string }, strong?: boolean }} Part */

/** How a line's dashes look beside its name. */
const DASHES = /** @type {Record<string, string>} */ ({ solid: "solid", dot: "dotted" });

/**
 * The best of several losses at the run's end, and whether the law can tell it from the next.
 *
 * @param {Score[]} scores
 * @param {{ end: number, gap: number }} errors of an end, as a share of it; of a difference of two
 * @param {Record<string, string>} texts
 * @returns {Part[]}
 */
export function best(scores, errors, texts) {
    const finite = scores.filter(({ value }) => Number.isFinite(value));
    const sorted = [...finite].sort((one, other) => one.value - other.value);
    const [first, ...others] = sorted;
    if (!first) return [];
    const value = first.value.toFixed(4);
    const band = (errors.end * first.value).toFixed(4);
    const named = (/** @type {Score} */ { line: { name, style } }) => ({
        text: unescapeHtml(name),
        style,
    });
    const parts = [
        named(first),
        { text: first.tested ? `${value} ± ${band}` : value, strong: true },
        ...others.flatMap((each) => [
            named(each),
            { text: `+ ${(each.value - first.value).toFixed(4)}`, strong: true },
        ]),
    ];
    if (!others.length) return parts;
    const gap = others[0].value - first.value;
    const text = verdict(first, others[0], errors.gap, texts)
        .replace("{gap}", gap.toFixed(4))
        .replace("{error}", errors.gap.toFixed(4));
    return [...parts, { text }];
}

/**
 * Whether the law can tell two ends apart.
 *
 * @param {Score} first
 * @param {Score} second
 * @param {number} error of their difference
 * @param {Record<string, string>} texts
 */
function verdict(first, second, error, texts) {
    if (!first.tested || !second.tested) return texts.untested;
    return second.value - first.value > error ? texts.best : texts.tied;
}

/**
 * The mean losses at the run's end, the lowest first.
 *
 * @param {Score[]} scores
 * @returns {Part[]}
 */
export function ranked(scores) {
    const sorted = [...scores].sort((one, other) => one.value - other.value);
    return sorted.flatMap(({ line: { name, style }, value, more }) => [
        { text: unescapeHtml(name), style },
        { text: Number(value.toPrecision(3)).toString(), strong: true },
        ...(more ? [{ text: `(${more})` }] : []),
    ]);
}

/**
 * Writes it, where it is not there already.
 *
 * @param {HTMLElement} place
 * @param {Part[]} parts
 * @param {string[]} sentences behind them
 */
export function said(place, parts, sentences) {
    const told = JSON.stringify([parts, sentences]);
    if (place.dataset.told === told) return;
    place.dataset.told = told;
    place.replaceChildren();
    for (const { text, style, strong } of parts) {
        if (style) {
            const swatch = create("i", {}, place);
            const dashes = DASHES[style.dash ?? "solid"] ?? "dashed";
            swatch.style.borderTop = `3px ${dashes} ${style.color}`;
        }
        const className = style ? "lrviz-lens-name" : "";
        create(strong ? "b" : "span", { textContent: text, className }, place);
        place.append(" ");
    }
    for (const textContent of sentences) {
        create("small", { textContent }, place);
        place.append(" ");
    }
    place.title = place.textContent ?? "";
}
