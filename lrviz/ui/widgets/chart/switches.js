// @ts-check
// The switches in a chart's corners: what its axes count, and how.

import { create } from "../controls/dom.js";
import { Radios } from "../controls/radios.js";

/** @typedef {import("../live/payloads.js").SwitchPayload} SwitchPayload */

export class Switches {
    text = "";

    /** @type {Map<string, { group: HTMLElement, radios: Radios }>} */
    built = new Map();

    /**
     * @param {HTMLElement} figure
     * @param {(name: string, value: string) => void} choose
     */
    constructor(figure, choose) {
        this.choose = choose;
        this.place = create("div", { className: "lrviz-switches" }, figure);
    }

    /** @param {string} text JSON of the switches */
    update(text) {
        if (text === this.text) return;
        this.text = text;
        for (const each of /** @type {SwitchPayload[]} */ (JSON.parse(text))) {
            const { group, radios } = this.built.get(each.name) ?? this.build(each.name);
            radios.update(each.label, each.options, each.value);
            group.title = each.label;
            group.dataset.label = each.label;
        }
    }

    /** @param {string} name */
    build(name) {
        const group = create("span", { className: "lrviz-switch" }, this.place);
        group.dataset.name = name;
        const radios = new Radios(group, (value) => this.choose(name, value));
        const built = { group, radios };
        this.built.set(name, built);
        return built;
    }
}
