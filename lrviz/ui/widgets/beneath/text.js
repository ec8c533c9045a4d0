// @ts-check
// The text of a lens beside its picture: for those who read it, and who have it read.

import { create } from "../controls/dom.js";
import { unescapeHtml } from "../words/html.js";

/** @typedef {import("./lines.js").Line} Line */

/**
 * A part of the text.
 *
 * @typedef {object} Part
 * @property {string} text
 * @property {Line["style"]} [style] of the line whose name it is
 * @property {boolean} [strong] whether it is emphasised
 */

/** How a line's dashes look beside its name. */
const DASHES = /** @type {Record<string, string>} */ ({ solid: "solid", dot: "dotted" });

/**
 * The name of a line, with its style.
 *
 * @param {Line} line
 * @returns {Part}
 */
export function nameOf({ name, style }) {
    return { text: unescapeHtml(name), style };
}

/**
 * Writes a text, where it is not there already.
 *
 * @param {HTMLElement} place
 * @param {Part[]} parts
 * @param {string[]} sentences behind them
 */
export function writeText(place, parts, sentences) {
    const written = JSON.stringify([parts, sentences]);
    if (place.dataset.written === written) return;
    place.dataset.written = written;
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

/** @param {HTMLElement} place */
export function clearText(place) {
    place.replaceChildren();
    place.title = "";
    delete place.dataset.written;
}
