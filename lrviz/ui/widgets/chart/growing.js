// @ts-check
// Charts that grow while a run trains. All charts of one run share one question to the server.

import { addressOf } from "../live/address.js";

/** @typedef {import("../live/payloads.js").GrownPayload} GrownPayload */

/**
 * A chart that grows.
 *
 * @typedef {object} Growing
 * @property {string} key its name among the figures of its run
 * @property {HTMLElement} graph
 * @property {(figure: string) => void} grow draws a newer figure than the page has sent
 */

/** @typedef {{ charts: Set<Growing>, version: string }} Run */

// How often the server is asked, in milliseconds, and the shortest pause after drawing.
const PERIOD = 140;
const PAUSE = 30;
const LOST = 2000;

/** @type {Map<string, Run>} */
const runs = new Map();
/** @type {WeakMap<Growing, string>} */
const addresses = new WeakMap();

/**
 * Has `chart` drawn anew with what comes from `address`; an empty address: no more.
 *
 * @param {Growing} chart
 * @param {string} address
 */
export function growFrom(chart, address) {
    const before = addresses.get(chart) ?? "";
    if (before === address) return;
    runs.get(before)?.charts.delete(chart);
    addresses.set(chart, address);
    if (!address) return;
    let run = runs.get(address);
    if (!run) {
        run = { charts: new Set(), version: "" };
        runs.set(address, run);
        ask(address, run);
    }
    run.charts.add(chart);
}

/**
 * @param {string} address
 * @param {Run} run
 */
async function ask(address, run) {
    let asked = performance.now();
    for (;;) {
        await pause(Math.max(PAUSE, asked + PERIOD - performance.now()));
        asked = performance.now();
        if (!run.charts.size) break;
        if (document.hidden) continue;
        try {
            const known = encodeURIComponent(run.version);
            const answer = await fetch(addressOf(`${address}&known=${known}`));
            if (answer.status === 404) break;
            if (answer.status === 200) spread(run, await answer.json());
        } catch {
            // The server is out of reach: the page says so itself.
            await pause(LOST);
        }
    }
    runs.delete(address);
}

/**
 * What is scrolled away is drawn when it comes back, and by the page when the run is over.
 *
 * @param {Run} run
 * @param {GrownPayload} news
 */
function spread(run, { version, figures }) {
    run.version = version;
    for (const chart of run.charts) {
        const figure = figures?.[chart.key];
        if (figure && inSight(chart.graph)) chart.grow(figure);
    }
}

/** @param {HTMLElement} graph */
function inSight(graph) {
    const { top, bottom } = graph.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight;
}

/** @param {number} time */
function pause(time) {
    return new Promise((resolve) => setTimeout(resolve, time));
}
