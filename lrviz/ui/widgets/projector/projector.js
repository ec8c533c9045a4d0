// @ts-check
// The projector view: large type, nothing but the lesson or the curves, and keys. Texts come from the server.

import { PLAY } from "../chart/cursor.js";
import { component, made, part } from "../component.js";

/** @typedef {import("../payloads.js").ProjectorPayload} ProjectorPayload */
/** @typedef {import("../payloads.js").ProjectorTexts} ProjectorTexts */
/** @typedef {import("../component.js").Component<ProjectorPayload>} Turn */

const TYPING = "input:not([type=radio]), textarea, [contenteditable]";

class Projector {
    /** @param {Turn} turn */
    constructor({ parentElement, setTriggerValue }) {
        document.documentElement.dataset.lrvizProjector = "";
        this.root = parentElement;
        this.say = setTriggerValue;
        /** @type {HTMLDialogElement} */
        this.dialog = part(parentElement, "dialog");
        const press = (/** @type {string} */ what) => () => this.say("press", what);
        const help = () => (this.dialog.open ? this.dialog.close() : this.dialog.showModal());
        /** @type {Record<string, () => void>} */
        this.acts = {
            n: press("next"),
            PageDown: press("next"),
            b: press("back"),
            PageUp: press("back"),
            r: press("reveal"),
            p: play,
            d: () => document.documentElement.toggleAttribute("data-lrviz-plain"),
            "?": help,
            Escape: press("leave"),
        };
        part(parentElement, ".lrviz-help").onclick = help;
        part(this.dialog, "button").onclick = () => this.dialog.close();
        this.listener = (/** @type {KeyboardEvent} */ event) => this.press(event);
        document.addEventListener("keydown", this.listener);
    }

    /** @param {Turn} turn */
    update({ data, setTriggerValue }) {
        this.say = setTriggerValue;
        /** @type {ProjectorTexts} */
        const { title, close, keys } = JSON.parse(data.texts);
        part(this.dialog, "h2").textContent = title;
        this.dialog.setAttribute("aria-label", title);
        part(this.root, ".lrviz-help").setAttribute("aria-label", title);
        part(this.dialog, "button").textContent = close;
        const list = part(this.dialog, "dl");
        list.replaceChildren();
        for (const [key, meaning] of keys) {
            made("kbd", { textContent: key }, made("dt", {}, list));
            made("dd", { textContent: meaning }, list);
        }
    }

    /** @param {KeyboardEvent} event */
    press(event) {
        if (isTyped(event) || event.defaultPrevented) return;
        // In the dialog Escape closes it, and nothing else happens.
        if (this.dialog.open && event.key !== "?") return;
        const act = this.acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
        if (!act) return;
        event.preventDefault();
        act();
    }

    destroy() {
        document.removeEventListener("keydown", this.listener);
        delete document.documentElement.dataset.lrvizProjector;
        delete document.documentElement.dataset.lrvizPlain;
    }
}

/**
 * Whether a key goes into a field, or is a shortcut of the browser's.
 *
 * @param {KeyboardEvent} event
 */
function isTyped(event) {
    const chord = event.ctrlKey || event.metaKey || event.altKey;
    return chord || (event.target instanceof Element && event.target.closest(TYPING) !== null);
}

/** The free try has the player of live charts; a question has one of its own. */
function play() {
    /** @type {HTMLElement | null} */
    const button = document.querySelector(".lrviz-player:not([hidden]) button");
    button?.click();
    document.dispatchEvent(new Event(PLAY));
}

export const mount = component((/** @type {Turn} */ turn) => new Projector(turn));
