// @ts-check
// A figure of the page: a chart, and the lens beneath it.

import { Chart } from "./chart/chart.js";
import { Lens } from "./lens/lens.js";
import { component } from "./live/component.js";

/** @typedef {import("./live/payloads.js").ChartPayload} ChartPayload */
/** @typedef {import("./live/component.js").Component<ChartPayload>} Turn */

export const mount = component(
    (/** @type {Turn} */ turn) => new Chart(turn, (upper) => new Lens(upper)),
);
