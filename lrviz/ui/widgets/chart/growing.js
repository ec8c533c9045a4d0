// @ts-check
// Charts that grow while a run trains. All charts of one run share one request to the server.

import { addressOf } from "../live/address.js";

/** @typedef {import("../live/payloads.js").GrownPayload} GrownPayload */

/** @typedef {{ charts: Set<Growing>, version: string }} Run */

// How often the server is asked, in milliseconds, and the shortest pause after drawing.
const PERIOD = 140;
const PAUSE = 30;
const LOST = 2000;

/** @type {Map<string, Run>} */
const runs = new Map();
/** A chart that grows. */
export class Growing {
    address = "";

    /**
     * @param {string} key its name among the figures of its run
     * @param {HTMLElement} graph
     * @param {(figure: string) => void} grow draws a newer figure than the page has sent
     */
    constructor(key, graph, grow) {
        this.key = key;
        this.graph = graph;
        this.grow = grow;
    }

    /** @param {string} address where newer figures come from; empty: there are no more */
    from(address) {
        if (this.address === address) return;
        runs.get(this.address)?.charts.delete(this);
        this.address = address;
        if (!address) return;
        let run = runs.get(address);
        if (!run) {
            run = { charts: new Set(), version: "" };
            runs.set(address, run);
            poll(address, run);
        }
        run.charts.add(this);
    }
}

/**
 * @param {string} address
 * @param {Run} run
 */
async function poll(address, run) {
    let polled = performance.now();
    for (;;) {
        await pause(Math.max(PAUSE, polled + PERIOD - performance.now()));
        polled = performance.now();
        if (!run.charts.size) break;
        if (document.hidden) continue;
        try {
            const version = encodeURIComponent(run.version);
            const answer = await fetch(addressOf(`${address}&known=${version}`));
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
 * Draws the newer figures of the charts in sight; the others are drawn when they are scrolled to,
 * or when the run is over.
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
