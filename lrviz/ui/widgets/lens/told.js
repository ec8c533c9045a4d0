// @ts-check
// What a lens says in words, beside its picture: for those who read it, and who have it read.

import { decoded } from "../chart/overlay.js";
import { made } from "../component.js";

/** @typedef {{ line: import("./lines.js").Line, value: number, more?: string }} Score */
/** @typedef {{ text: string, style?: { color: string, dash?: string }, strong?: boolean }} Part */

/** How a line's dashes look beside its name. */
const DASHES = /** @type {Record<string, string>} */ ({ solid: "solid", dot: "dotted" });

/**
 * The best of several losses at the run's end, and whether the law can tell it from the next.
 *
 * @param {Score[]} scores
 * @param {number} error of the law, as a share of the loss
 * @param {Record<string, string>} texts
 * @returns {Part[]}
 */
export function best(scores, error, texts) {
    const finite = scores.filter(({ value }) => Number.isFinite(value));
    const sorted = [...finite].sort((one, other) => one.value - other.value);
    const [first, ...others] = sorted;
    if (!first) return [];
    const band = error * first.value;
    const named = (/** @type {Score} */ { line: { name, style } }) => ({
        text: decoded(name),
        style,
    });
    const parts = [
        named(first),
        { text: `${first.value.toFixed(4)} ± ${band.toFixed(4)}`, strong: true },
        ...others.flatMap((each) => [
            named(each),
            { text: `+ ${(each.value - first.value).toFixed(4)}`, strong: true },
        ]),
    ];
    if (!others.length) return parts;
    const gap = others[0].value - first.value;
    const text = gap > band ? texts.best : texts.tied;
    return [...parts, { text: text.replace("{gap}", gap.toFixed(4)) }];
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
        { text: decoded(name), style },
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
            const swatch = made("i", {}, place);
            const dashes = DASHES[style.dash ?? "solid"] ?? "dashed";
            swatch.style.borderTop = `3px ${dashes} ${style.color}`;
        }
        const className = style ? "lrviz-lens-name" : "";
        made(strong ? "b" : "span", { textContent: text, className }, place);
        place.append(" ");
    }
    for (const textContent of sentences) {
        made("small", { textContent }, place);
        place.append(" ");
    }
    place.title = place.textContent ?? "";
}
