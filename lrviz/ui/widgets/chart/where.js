// @ts-check
// Writes where the run is played, with the rate of each curve there; and the value that is swept,
// where the panel shows no slider of it.

import { create } from "../controls/dom.js";
import { values } from "../live/fan.js";
import { HOVER } from "../live/names.js";
import { unescapeHtml } from "../words/html.js";

/** @typedef {import("../live/payloads.js").LivePayload} LivePayload */
/** @typedef {import("../live/payloads.js").Trace} Trace */

/**
 * @param {HTMLElement} place
 * @param {{ name: string, text: string }} swept
 */
export function showSwept(place, { name, text }) {
    create("b", { textContent: `${name} ${text}` }, place);
}

/**
 * @param {HTMLElement} place
 * @param {LivePayload} data
 * @param {Trace[]} all the server's
 * @param {Trace[]} lines of them, those with a rate for every step
 * @param {number} at the point of these
 * @returns {string} the place in words
 */
export function showWhere(place, { texts, unit, perEpoch }, all, lines, at) {
    const perTick = unit === "step" ? 1 : perEpoch;
    const step = Math.round((lines[0].dx ?? 1) * at * perTick);
    const epoch = Math.floor(step / perEpoch);
    const textContent = texts.at.replace("{step}", `${step}`).replace("{epoch}", `${epoch}`);
    create("b", { textContent }, place);
    for (const line of lines) {
        const uid = line.uid?.slice(HOVER.length);
        const own = all.find((other) => other.uid === uid);
        const cycle = line.customdata && values(line.customdata)[at];
        const parts = [String(Number(Number(values(line.y)[at]).toPrecision(4)))];
        if (Number.isFinite(cycle)) parts.push(texts.cycle.replace("{number}", String(cycle)));
        const item = create("span", {}, place);
        create("i", {}, item).style.background = line.line?.color;
        item.append(`${unescapeHtml(own?.name ?? "")} ${parts.join(", ")}`);
    }
    return textContent;
}
