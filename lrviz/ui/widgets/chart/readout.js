// @ts-check
// The figures beneath the chart.

import { create } from "../controls/dom.js";

/** @typedef {import("../live/payloads.js").LivePayload} LivePayload */

/**
 * @param {HTMLElement} place
 * @param {LivePayload} data
 * @param {string[]} numbers of the curve as it is drawn now
 * @param {{ name: string, readout: string[] } | null} pinned
 * @param {boolean} problem whether the curve cannot follow its sliders
 */
export function showReadout(place, data, numbers, pinned, problem) {
    const shown = JSON.stringify([numbers, data.readout, data.name, pinned?.readout, problem]);
    if (place.dataset.shown === shown) return;
    place.dataset.shown = shown;
    place.replaceChildren();
    const line = (/** @type {string} */ name, /** @type {string[]} */ texts) => {
        create("strong", { textContent: name }, place);
        data.readout.forEach(([label], index) => {
            if (texts[index] === undefined) return;
            place.append(`${index ? " · " : " "}${label} `);
            create("b", { textContent: texts[index] }, place);
        });
    };
    line(data.name, numbers);
    if (pinned) {
        create("br", {}, place);
        line(`${pinned.name} (${data.texts.pinned})`, pinned.readout);
    }
    if (problem) {
        create("br", {}, place);
        create("em", { textContent: data.texts.failed }, place);
    }
}
