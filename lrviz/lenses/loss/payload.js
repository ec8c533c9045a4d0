// @ts-check
// What Python sends to the lens of losses (`__init__.py`), as types: tests/app/test_payloads.py
// holds both together.

/**
 * @typedef {object} LossPayload
 * @property {LawPayload} law of the losses
 * @property {Record<string, string>} levels by curve: tested, near or never, as the law has it
 * @property {Record<string, string>} texts by name
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
