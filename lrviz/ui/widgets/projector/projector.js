// @ts-check
// The projector view: large type, nothing but the lesson or the curves, and keys.

import { create, part } from "../controls/dom.js";
import { component } from "../live/component.js";
import { PLAY } from "../live/names.js";
import { Outbox } from "../live/outbox.js";
import { SHARED, focusOf, meaning } from "./keys.js";

/** @typedef {import("../live/payloads.js").ProjectorPayload} ProjectorPayload */
/** @typedef {import("../live/payloads.js").ProjectorTexts} ProjectorTexts */
/** @typedef {import("../live/component.js").Component<ProjectorPayload>} Turn */
/** @typedef {import("./keys.js").Meaning} Meaning */

/** What closes at Escape by itself. */
const OPEN = ":popover-open, [data-testid=stPopoverBody]";

class Projector {
    /** @type {Turn["setStateValue"]} */
    post = () => {};

    /** @param {Turn} turn */
    constructor({ parentElement }) {
        document.documentElement.dataset.lrvizProjector = "";
        this.root = parentElement;
        // Each press counts, however quickly the next one comes.
        this.outbox = new Outbox((text) => this.post("said", text));
        /** @type {HTMLDialogElement} */
        this.dialog = part(parentElement, "dialog:not(.lrviz-black)");
        /** @type {HTMLDialogElement} */
        this.black = part(parentElement, ".lrviz-black");
        /** @type {Partial<Record<Meaning, () => void>>} */
        this.acts = {
            play,
            plain: () => document.documentElement.toggleAttribute("data-lrviz-plain"),
            black: () => this.black.showModal(),
            help: () => (this.dialog.open ? this.dialog.close() : this.dialog.showModal()),
            nothing: () => {},
        };
        part(parentElement, ".lrviz-help").onclick = () => this.acts.help?.();
        part(this.dialog, "button").onclick = () => this.dialog.close();
        this.black.onclick = () => this.black.close();
        // Before whatever has the focus: a clicker's key must not move a slider.
        this.first = (/** @type {KeyboardEvent} */ event) => this.press(event);
        this.last = (/** @type {KeyboardEvent} */ event) => this.shared(event);
        document.addEventListener("keydown", this.first, true);
        document.addEventListener("keydown", this.last);
    }

    /** @param {Turn} turn */
    update({ data, setStateValue }) {
        this.post = setStateValue;
        this.outbox.taken(data.taken);
        /** @type {ProjectorTexts} */
        const { title, close, black, keys } = JSON.parse(data.texts);
        part(this.dialog, "h2").textContent = title;
        this.dialog.setAttribute("aria-label", title);
        this.black.setAttribute("aria-label", black);
        part(this.root, ".lrviz-help").setAttribute("aria-label", title);
        part(this.dialog, "button").textContent = close;
        const list = part(this.dialog, "dl");
        list.replaceChildren();
        for (const [key, meaning] of keys) {
            create("kbd", { textContent: key }, create("dt", {}, list));
            create("dd", { textContent: meaning }, list);
        }
    }

    /**
     * A key that is this view's alone, wherever the focus is.
     *
     * @param {KeyboardEvent} event
     */
    press(event) {
        const meant = this.meaning(event);
        if (!this.black.open && (!meant || SHARED.includes(event.key))) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        // Any key lights the page again, and does nothing else.
        if (this.black.open) this.black.close();
        else if (meant) this.act(meant);
    }

    /**
     * A key that the focused element may have used already.
     *
     * @param {KeyboardEvent} event
     */
    shared(event) {
        const meant = this.meaning(event);
        if (!meant || event.defaultPrevented || !SHARED.includes(event.key)) return;
        if (meant === "leave" && document.querySelector(OPEN)) return;
        event.preventDefault();
        this.act(meant);
    }

    /**
     * @param {KeyboardEvent} event
     * @returns {Meaning | null}
     */
    meaning(event) {
        const meant = this.root.isConnected ? meaning(event, focusOf(event.target)) : null;
        // In the dialog Escape closes it, and nothing else happens.
        return this.dialog.open && meant !== "help" ? null : meant;
    }

    /** @param {Meaning} meant */
    act(meant) {
        const here = this.acts[meant];
        if (here) here();
        else this.outbox.say(meant);
    }

    destroy() {
        this.outbox.destroy();
        document.removeEventListener("keydown", this.first, true);
        document.removeEventListener("keydown", this.last);
        delete document.documentElement.dataset.lrvizProjector;
        delete document.documentElement.dataset.lrvizPlain;
    }
}

/** The free try has the player of live charts; a question has one of its own. */
function play() {
    /** @type {HTMLElement | null} */
    const button = document.querySelector(".lrviz-player:not([hidden]) button");
    button?.click();
    document.dispatchEvent(new Event(PLAY));
}

export const mount = component((/** @type {Turn} */ turn) => new Projector(turn));
