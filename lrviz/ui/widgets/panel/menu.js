// @ts-check
// A button that opens a list of things to do.

import { made } from "../component.js";
import { standBy } from "../popover.js";

/** @typedef {{ act: string, text: string }} Entry */

export class Menu {
    /** @type {Entry[]} */
    entries = [];

    /**
     * @param {HTMLElement} parent
     * @param {(act: string) => void} choose
     */
    constructor(parent, choose) {
        this.choose = choose;
        this.root = made("span", { className: "lrviz-menu" }, parent);
        this.button = made("button", { type: "button", ariaExpanded: "false" }, this.root);
        this.button.setAttribute("aria-haspopup", "menu");
        this.list = made("div", { className: "lrviz-menu-list", popover: "auto" }, this.root);
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
            made("span", { className: "lrviz-icon", textContent: icon }, this.button);
        }
        if (JSON.stringify(entries) === JSON.stringify(this.entries)) return;
        this.entries = entries;
        this.list.replaceChildren();
        for (const { act, text } of entries) {
            const entry = made("button", { type: "button", textContent: text }, this.list);
            entry.setAttribute("role", "menuitem");
            entry.onclick = () => {
                this.close();
                this.choose(act);
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
        standBy(this.list, this.button, "left");
        this.go(0);
    }

    close() {
        if (this.shown) this.list.hidePopover();
        this.button.focus();
    }

    /** @param {number} place */
    go(place) {
        const all = /** @type {NodeListOf<HTMLElement>} */ (this.list.querySelectorAll("button"));
        all[(place + all.length) % all.length]?.focus();
    }

    /** @param {KeyboardEvent} event */
    press(event) {
        const all = [...this.list.querySelectorAll("button")];
        const at = all.findIndex((each) => each === document.activeElement);
        /** @type {Record<string, number>} */
        const places = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
        const place = places[event.key];
        if (place === undefined) return;
        event.preventDefault();
        this.go(place);
    }

    destroy() {
        this.root.remove();
    }
}
