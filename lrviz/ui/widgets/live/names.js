// @ts-check
// Names that several modules know. Those that Python knows as well are held to its own by
// tests/app/test_payloads.py.

/** What stands before the uid of the trace that answers to the pointer, a rate for each step. */
export const HOVER = "hover-";

/** The uids of what the browser draws by itself. */
export const CURSOR = "cursor";
export const PASSED = "passed-";
export const PINNED = "pinned";

/** The event by which the run is played or paused, whoever asks for it. */
export const PLAY = "lrviz-play";

/** What stands before the id of a row of the panel that sets the lens. */
export const LENS = "lens/";
