// @ts-check
// What a key means in the projector view: those of a keyboard, and those that a clicker sends.

/** @typedef {"next" | "back" | "reveal" | "leave"} Press what the server does */
/** @typedef {Press | "play" | "plain" | "black" | "help" | "nothing"} Meaning */
/** @typedef {"text" | "arrows" | ""} Focus what the focused element has keys for */

/** @type {Record<string, Meaning>} */
const MEANINGS = {
    n: "next",
    PageDown: "next",
    ArrowRight: "next",
    PageUp: "back",
    ArrowLeft: "back",
    r: "reveal",
    p: "play",
    d: "plain",
    b: "black",
    ".": "black",
    "?": "help",
    Escape: "leave",
    // A clicker's button that begins a show: here it would load the page again.
    F5: "nothing",
};
/** Keys that do nothing in a line of text. */
const BESIDE_TEXT = ["PageDown", "PageUp", "F5"];
/** Keys that other elements use first: a slider its arrows, a menu its Escape. */
export const SHARED = ["ArrowLeft", "ArrowRight", "Escape"];

const TEXT = "input, textarea, [contenteditable]";
const NO_TEXT = "input:is([type=radio], [type=checkbox], [type=range], [type=button])";
const ARROWS = `input:is([type=radio], [type=range]), select, [role=slider], [role=radio],
    [role=tab], [role=menu], [role=listbox]`;

/**
 * What the focused element has keys for.
 *
 * @param {EventTarget | null} target
 * @returns {Focus}
 */
export function focusOf(target) {
    if (!(target instanceof Element)) return "";
    if (target.closest(ARROWS)) return "arrows";
    return target.closest(TEXT) && !target.matches(NO_TEXT) ? "text" : "";
}

/**
 * @param {Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "repeat">} event
 * @param {Focus} focus
 * @returns {Meaning | null} null: it is not the view's
 */
export function meaning(event, focus) {
    const name = nameOf(event);
    if (event.ctrlKey || event.metaKey || event.altKey || isTheFields(name, focus)) return null;
    const meant = MEANINGS[name] ?? null;
    // A key that is held down is one press.
    return meant && event.repeat ? "nothing" : meant;
}

/**
 * @param {string} name of a key
 * @param {Focus} focus
 */
function isTheFields(name, focus) {
    if (focus === "text") return !BESIDE_TEXT.includes(name);
    return focus === "arrows" && name.startsWith("Arrow");
}

/**
 * A key by its Latin letter, also on a keyboard that writes Hangul.
 *
 * @param {Pick<KeyboardEvent, "key" | "code">} event
 */
function nameOf({ key, code }) {
    const latin = key.length > 1 ? key !== "Process" : key <= "~";
    const name = latin || !code.startsWith("Key") ? key : code.slice("Key".length);
    return name.length === 1 ? name.toLowerCase() : name;
}
