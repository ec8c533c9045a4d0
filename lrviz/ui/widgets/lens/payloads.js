// @ts-check
// What Python sends to a lens, as types: tests/app/test_payloads.py holds both together.

/**
 * What is shown beneath a chart (`view/lens.py`).
 *
 * @typedef {object} LensPayload
 * @property {string} kind the name of its folder
 * @property {string} label of the kinds
 * @property {[string, string][]} kinds that can be chosen, and their titles; none: it stays
 * @property {LensChoice | null} choice the menu above it
 * @property {LensButton | null} button above it
 * @property {number} steps of the run
 * @property {number} perTick steps on the x axis
 * @property {Record<string, number>} settings that the panel shows, by their field
 * @property {string[]} remarks sentences on what is drawn
 * @property {object | null} view what the kind's module draws (its `payload.js`); null: nothing
 */

/**
 * @typedef {object} LensChoice
 * @property {string} name of what is chosen
 * @property {string} label
 * @property {string} help
 * @property {[string, string][]} options values and their titles
 * @property {string} value
 */

/**
 * @typedef {object} LensButton
 * @property {string} label
 * @property {string} help
 */

export {};
