// @ts-check
// A few choices side by side, of which one is chosen.

import { create } from "./dom.js";

let groups = 0;

export class Radios {
    /** @type {HTMLInputElement[]} */
    inputs = [];

    /**
     * @param {HTMLElement} group
     * @param {(value: string) => void} choose
     */
    constructor(group, choose) {
        this.group = group;
        this.choose = choose;
        this.name = `lrviz-radios-${(groups += 1)}`;
        group.setAttribute("role", "radiogroup");
    }

    /**
     * @param {string} label of the group
     * @param {[value: string, title: string][]} options always the same values
     * @param {string} chosen
     */
    update(label, options, chosen) {
        this.group.ariaLabel = label;
        if (!this.inputs.length) this.inputs = options.map(([value]) => this.build(value));
        options.forEach(([value, title], index) => {
            this.inputs[index].checked = value === chosen;
            /** @type {HTMLElement} */ (this.inputs[index].nextElementSibling).textContent = title;
        });
    }

    /** @param {string} value */
    build(value) {
        const label = create("label", {}, this.group);
        const input = create("input", { type: "radio", name: this.name, value }, label);
        input.onchange = () => this.choose(value);
        create("span", {}, label);
        return input;
    }
}
