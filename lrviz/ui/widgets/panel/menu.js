// @ts-check
// A button that opens a list of things to do.

import { create } from "../controls/dom.js";
import { standBy } from "../controls/popover.js";

/**
 * Something to do: a line with its text, or one of several colours in a row.
 *
 * @typedef {object} Entry
 * @property {string} act
 * @property {string} text
 * @property {string} [aliases]
 * @property {string} [css] the colour
 * @property {boolean} [on] whether it is the one that is chosen
 */

/** The keys that choose among the entries, and how far each goes from the one that has the focus. */
const FAR = 1000;
/** @type {Record<string, number>} */
const KEYS = { ArrowDown: 1, ArrowUp: -1, Home: -FAR, End: FAR };

export class Menu {
    /** @type {Entry[]} */
    entries = [];

    /**
     * @param {HTMLElement} parent
     * @param {(act: string) => void} choose
     */
    constructor(parent, choose) {
        this.choose = choose;
        this.root = create("span", { className: "lrviz-menu" }, parent);
        this.button = create("button", { type: "button", ariaExpanded: "false" }, this.root);
        this.button.setAttribute("aria-haspopup", "menu");
        this.list = create(
            "div",
            { className: "lrviz-popover lrviz-menu-list", popover: "auto" },
            this.root,
        );
        this.list.setAttribute("role", "menu");
        this.button.onclick = () => this.toggle();
        this.button.onkeydown = (event) => {
            if (event.key !== "ArrowDown") return;
            event.preventDefault();
            this.open();
        };
        this.list.onkeydown = (event) => this.press(event);
        this.list.addEventListener("toggle", () => {
            this.button.ariaExpanded = String(this.shown);
        });
        // Pressing the button closes it, and must not open it again.
        this.button.onpointerdown = () => {
            this.was = this.shown;
        };
    }

    was = false;
    /** @type {HTMLInputElement | null} */
    query = null;
    none = "";

    /**
     * The entries can be searched from now on: by their texts, and by their aliases.
     *
     * @param {string} hint
     * @param {string} none what is shown where nothing matches
     */
    search(hint, none) {
        this.none = none;
        if (!this.query) {
            const query = create("input", { type: "search", autocomplete: "off" }, this.list);
            query.oninput = () => this.sift();
            query.onkeydown = (event) => {
                if (event.key !== "Enter" || event.isComposing) return;
                event.preventDefault();
                this.all[0]?.click();
            };
            this.empty = create("p", { className: "lrviz-none", hidden: true }, this.list);
            this.query = query;
            this.list.prepend(query, this.empty);
        }
        this.query.placeholder = this.query.ariaLabel = hint;
    }

    /** @type {HTMLElement | null} */
    empty = null;

    /** The entries that are in sight. */
    get all() {
        const all = /** @type {NodeListOf<HTMLElement>} */ (this.list.querySelectorAll("button"));
        return [...all].filter((each) => !each.hidden);
    }

    /** Shows the entries that match, each with the alias by which it does. */
    sift() {
        const wanted = plain(this.query?.value ?? "");
        const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (
            this.list.querySelectorAll("button")
        );
        buttons.forEach((button, place) => {
            const { text, aliases = "" } = this.entries[place];
            const alias = aliases.split(" ").find((each) => wanted && plain(each).includes(wanted));
            button.hidden = !plain(text).includes(wanted) && !plain(aliases).includes(wanted);
            const by = plain(text).includes(wanted) ? "" : (alias ?? "");
            button.replaceChildren(text);
            if (by) create("small", { textContent: by }, button);
        });
        if (!this.empty) return;
        this.empty.textContent = this.none;
        this.empty.hidden = this.all.length > 0;
    }

    get shown() {
        return this.list.matches(":popover-open");
    }

    /**
     * @param {string} name
     * @param {string} icon
     * @param {Entry[]} entries
     */
    update(name, icon, entries) {
        if (this.button.dataset.says !== name) {
            this.button.dataset.says = name;
            this.button.title = this.button.ariaLabel = this.list.ariaLabel = name;
            this.button.replaceChildren();
            create("span", { className: "lrviz-icon", textContent: icon }, this.button);
        }
        if (JSON.stringify(entries) === JSON.stringify(this.entries)) return;
        this.entries = entries;
        for (const each of this.list.querySelectorAll("button")) each.remove();
        for (const entry of entries) {
            const button = create("button", { type: "button" }, this.list);
            fill(button, entry);
            button.onclick = () => {
                this.close();
                this.choose(entry.act);
            };
        }
    }

    toggle() {
        if (this.was || this.shown) this.close();
        else this.open();
        this.was = false;
    }

    open() {
        this.list.showPopover();
        this.list.style.maxHeight = "";
        standBy(this.list, this.button, "left");
        if (!this.query) this.go(0);
        else {
            this.query.value = "";
            this.sift();
            this.query.focus();
        }
    }

    close() {
        if (this.shown) this.list.hidePopover();
        this.button.focus();
    }

    /** @param {number} place */
    go(place) {
        const { all } = this;
        all[(place + all.length) % all.length]?.focus();
    }

    /** @param {KeyboardEvent} event */
    press(event) {
        const by = KEYS[event.key];
        const { all } = this;
        const typing = document.activeElement === this.query;
        if (by === undefined || !all.length || (typing && event.key !== "ArrowDown")) return;
        event.preventDefault();
        const at = all.findIndex((each) => each === document.activeElement) + by;
        this.go(Math.abs(by) === FAR ? (by < 0 ? 0 : all.length - 1) : at);
    }

    /** @param {boolean} disabled */
    disable(disabled) {
        this.button.disabled = disabled;
    }

    /** @param {boolean} hidden */
    hide(hidden) {
        this.root.hidden = hidden;
    }
}

/**
 * What adds a schedule of this kind.
 *
 * @param {[kind: string, aliases: string]} option
 * @returns {Entry}
 */
export function entryOf([kind, aliases]) {
    return { act: kind, text: kind, aliases };
}

/**
 * @param {HTMLButtonElement} button
 * @param {Entry} entry
 */
function fill(button, { text, css, on }) {
    button.setAttribute("role", css ? "menuitemradio" : "menuitem");
    if (!css) {
        button.textContent = text;
        return;
    }
    button.className = "lrviz-color";
    button.title = button.ariaLabel = text;
    button.ariaChecked = String(on);
    create("i", {}, button).style.background = css;
}

/**
 * A text as it is compared: without capitals, blanks and signs.
 *
 * @param {string} text
 */
export function plain(text) {
    return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}
