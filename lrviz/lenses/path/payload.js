// @ts-check
// What Python sends to the lens of paths (`__init__.py`), as types: tests/app/test_payloads.py
// holds both together.

/**
 * @typedef {object} PathPayload
 * @property {number} moves of the particles, at the most
 * @property {Ground} ground that they are on
 * @property {Record<string, string>} texts by name
 */

/**
 * A landscape (`landscapes.py`).
 *
 * @typedef {object} Ground
 * @property {number[]} bowl
 * @property {number[][]} wells
 * @property {number} lowest
 * @property {number[]} region
 * @property {number[]} counted
 * @property {string} counts
 */

export {};
