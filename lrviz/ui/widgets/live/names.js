// @ts-check
// Names that both sides know; tests/test_payloads.py holds them to those of lrviz.figures.

/** What stands before the uid of the trace that answers to the pointer, a rate for each step. */
export const HOVER = "hover-";

/** The uids of what the browser draws by itself. */
export const CURSOR = "cursor";
export const PASSED = "passed-";
export const PINNED = "pinned";
