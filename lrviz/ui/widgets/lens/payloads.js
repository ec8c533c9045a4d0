// @ts-check
// What Python sends to a lens, as types: tests/test_payloads.py holds both together.

/**
 * What a chart's lens shows beneath it (`lens.py`).
 *
 * @typedef {object} LensPayload
 * @property {string} kind cycles, path or loss
 * @property {string} label of the kinds
 * @property {[string, string][]} kinds that can be chosen, and their titles; none: it stays
 * @property {LensChoice | null} choice what else is chosen above it
 * @property {number} steps of the run
 * @property {number} perTick steps on the x axis
 * @property {number} moves of the particles, at the most
 * @property {Ground | null} ground of the paths
 * @property {Record<string, number>} settings by their field
 * @property {LawPayload | null} law of the losses
 * @property {Record<string, string>} levels by curve: tested, near or never, as the law has it
 * @property {string[]} why sentences on that
 * @property {Record<string, string>} texts by name
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
 * A landscape (`figures/landscapes.py`).
 *
 * @typedef {object} Ground
 * @property {number[]} bowl
 * @property {number[][]} wells
 * @property {number} lowest
 * @property {number[]} region
 * @property {number[]} counted
 * @property {string} counts
 */

/**
 * A law's constants and errors (`forecast/multi_power.py`).
 *
 * @typedef {object} LawPayload
 * @property {number} L0
 * @property {number} A
 * @property {number} alpha
 * @property {number} B
 * @property {number} C
 * @property {number} beta
 * @property {number} gamma
 * @property {number} end how far off an end is, as a share of the loss
 * @property {number} gap how far off a difference of two ends is
 */

export {};
