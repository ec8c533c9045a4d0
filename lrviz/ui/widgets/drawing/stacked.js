// @ts-check
// Two charts, one beneath the other, over the same steps: what each asks of the other.

/**
 * The chart above, as the one beneath it knows it.
 *
 * @typedef {object} Upper
 * @property {HTMLElement} root of both
 * @property {import("./plotly.js").Graph} graph
 * @property {import("../live/preview.js").Preview} preview
 * @property {import("../live/outbox.js").Outbox} outbox
 * @property {() => import("../live/payloads.js").Figure} figure the server's
 * @property {() => number | null} at where on the x axis the run is played; null: nowhere
 * @property {() => Promise<void>} draw draws it anew
 */

/**
 * The chart beneath, as the one above knows it.
 *
 * @typedef {object} Lower
 * @property {(payload: string, taken: import("../live/settings.js").Taken) => Promise<void>} take
 *     what the server sends, as JSON; empty: there is nothing beneath
 * @property {(layout: Record<string, any>) => void} fit leaves out of the upper layout what is
 *     shown beneath
 * @property {() => void} draw
 * @property {() => void} request has it drawn in the next frame
 * @property {() => void} place the cursor may be elsewhere
 * @property {(x: number | null) => void} hover where on the x axis the pointer is
 * @property {() => void} close
 */

export {};
