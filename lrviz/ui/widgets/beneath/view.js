// @ts-check
// A view of a kind of lens: what it is given, and what it does. The module of a kind exports
// `open`, from a Host to a View.

/** @typedef {import("./lines.js").Line} Line */

/**
 * The chart above, for one that is to stand beneath it: both x axes begin at the same place.
 *
 * @typedef {object} Above
 * @property {number} width of it, in pixels
 * @property {number} left where its x axis begins
 * @property {(left: number) => void} wider asks for one that begins so far to the right
 */

/**
 * What is drawn above, at this moment, and how.
 *
 * @typedef {object} Stage
 * @property {string} selected the uid of the curve that sliders move
 * @property {boolean} moving whether a slider is held
 * @property {number} steps of the run
 * @property {number} perTick steps on the x axis
 * @property {string[]} remarks sentences on what is drawn
 * @property {boolean} selectable whether the settings can be changed
 * @property {Record<string, any>} xaxis as it is drawn
 * @property {{ font?: object, margin?: object }} frame its type, and the room around it
 * @property {Above} above where its x axis is
 * @property {(name: string) => number} setting the value of a field of the lens
 */

/**
 * What a view is built in.
 *
 * @typedef {object} Host
 * @property {HTMLElement} body where it draws
 * @property {HTMLElement} text where it writes, beside what is chosen
 * @property {(values: Record<string, number>, done: boolean) => void} set changes settings; they
 *     are sent when it is `done`
 */

/**
 * A view of a kind of lens, as the `open` of its module returns it.
 *
 * @typedef {object} View
 * @property {boolean} aligned whether its x axis stands for the chart's, too
 * @property {boolean} tall whether it has two pictures, one above the other where there is room
 * @property {(payload: any, lines: Line[], stage: Stage) => void} draw
 * @property {(at: number | null) => void} place the cursor is there on the x axis; null: nowhere
 * @property {() => void} destroy
 */

export {};
