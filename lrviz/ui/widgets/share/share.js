// @ts-check
// Copies the page's address, which always holds what is seen, and shows it.

import { component, made, part } from "../live/component.js";
import { standBy } from "../controls/popover.js";

/** @typedef {import("../live/payloads.js").SharePayload} SharePayload */
/** @typedef {import("../live/component.js").Component<SharePayload>} Turn */

class Share {
    /** @param {Turn} turn */
    constructor({ parentElement }) {
        const root = part(parentElement, ".lrviz-share");
        this.button = made("button", { type: "button" }, root);
        const icon = made("span", { className: "lrviz-icon", textContent: "share" }, this.button);
        icon.setAttribute("aria-hidden", "true");
        this.word = made("span", {}, this.button);
        this.shown = made(
            "div",
            { className: "lrviz-popover lrviz-shared", popover: "auto" },
            root,
        );
        this.label = made("label", {}, this.shown);
        this.text = made("span", {}, this.label);
        this.field = made("input", { type: "text", readOnly: true }, this.label);
        this.copied = made("p", { role: "status" }, this.shown);
        this.button.onclick = () => this.share();
    }

    /** @param {Turn} turn */
    update({ data }) {
        this.told = JSON.parse(data.texts);
        this.word.textContent = this.button.title = this.told.share;
        this.text.textContent = this.told.link;
    }

    async share() {
        this.field.value = location.href;
        this.copied.textContent = "";
        this.shown.togglePopover();
        standBy(this.shown, this.button, "right");
        this.field.select();
        if (await copied(this.field)) this.copied.textContent = this.told.copied;
    }

    destroy() {}
}

/**
 * Copies what is selected; without https, which a class hardly has, the old way.
 *
 * @param {HTMLInputElement} field
 */
async function copied(field) {
    try {
        await navigator.clipboard.writeText(field.value);
        return true;
    } catch {
        return document.execCommand("copy");
    }
}

export const mount = component((/** @type {Turn} */ turn) => new Share(turn));
