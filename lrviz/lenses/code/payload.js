// @ts-check
// What Python sends to the lens of code (`__init__.py`), as a type: tests/app/test_payloads.py
// holds both together.

/**
 * @typedef {object} CodePayload
 * @property {string} code of the selected curve
 * @property {Record<string, string>} texts by name
 */

export {};
