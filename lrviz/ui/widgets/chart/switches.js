// @ts-check
// The switches in a chart's corners: what its axes count, and how.

import { made } from "../component.js";

/** @typedef {import("../payloads.js").SwitchPayload} SwitchPayload */

let groups = 0;

export class Switches {
    told = "";

    /**
     * @param {HTMLElement} figure
     * @param {(name: string, value: string) => void} choose
     */
    constructor(figure, choose) {
        this.choose = choose;
        this.place = made("div", { className: "lrviz-switches" }, figure);
        /** @type {Map<string, HTMLElement>} */
        this.groups = new Map();
    }

    /** @param {string} text JSON of the switches */
    update(text) {
        if (text === this.told) return;
        this.told = text;
        for (const each of /** @type {SwitchPayload[]} */ (JSON.parse(text))) {
            const group = this.groups.get(each.name) ?? this.build(each);
            group.ariaLabel = each.label;
            group.title = each.label;
            group.dataset.label = each.label;
            each.options.forEach(([value, title], index) => {
                const label = group.children[index];
                const input = /** @type {HTMLInputElement} */ (label.firstElementChild);
                input.checked = value === each.value;
                const span = /** @type {HTMLElement} */ (label.lastElementChild);
                span.textContent = title;
            });
        }
    }

    /** @param {SwitchPayload} told */
    build({ name, options }) {
        const group = made("span", { className: "lrviz-switch" }, this.place);
        group.dataset.name = name;
        group.setAttribute("role", "radiogroup");
        const own = `lrviz-switch-${(groups += 1)}`;
        for (const [value] of options) {
            const label = made("label", {}, group);
            const input = made("input", { type: "radio", name: own, value }, label);
            input.onchange = () => this.choose(name, value);
            made("span", {}, label);
        }
        this.groups.set(name, group);
        return group;
    }
}
