// @ts-check
// Two buttons that move a value by one: a finger cannot hit every value.

import { create } from "./dom.js";

export class Nudge {
    /**
     * @param {HTMLElement} parent
     * @param {(way: 1 | -1) => void} move
     */
    constructor(parent, move) {
        this.root = create("span", { className: "lrviz-nudge" }, parent);
        this.root.setAttribute("role", "group");
        this.less = this.button("chevron_left", () => move(-1));
        this.more = this.button("chevron_right", () => move(1));
    }

    /**
     * @param {string} icon
     * @param {() => void} onclick
     */
    button(icon, onclick) {
        const button = create("button", { type: "button", onclick }, this.root);
        const shown = create("span", { className: "lrviz-icon", textContent: icon }, button);
        shown.setAttribute("aria-hidden", "true");
        return button;
    }

    remove() {
        this.root.remove();
    }

    /**
     * @param {string} name of what is moved
     * @param {string[]} words what the two buttons do
     */
    update(name, [less, more]) {
        this.root.ariaLabel = name;
        this.less.title = this.less.ariaLabel = `${name}: ${less}`;
        this.more.title = this.more.ariaLabel = `${name}: ${more}`;
    }
}
