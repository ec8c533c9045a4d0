// @ts-check
// Copies and shows the page's address, which holds all that is seen.

import { copySelected } from "../controls/clipboard.js";
import { create, part } from "../controls/dom.js";
import { standBy } from "../controls/popover.js";
import { component } from "../live/component.js";

/** @typedef {import("../live/payloads.js").SharePayload} SharePayload */
/** @typedef {import("../live/component.js").Component<SharePayload>} Turn */

class Share {
    /** @param {Turn} turn */
    constructor({ parentElement }) {
        const root = part(parentElement, ".lrviz-share");
        this.button = create("button", { type: "button" }, root);
        const icon = create("span", { className: "lrviz-icon", textContent: "share" }, this.button);
        icon.setAttribute("aria-hidden", "true");
        this.word = create("span", {}, this.button);
        this.shown = create(
            "div",
            { className: "lrviz-popover lrviz-shared", popover: "auto" },
            root,
        );
        this.label = create("label", {}, this.shown);
        this.text = create("span", {}, this.label);
        this.field = create("input", { type: "text", readOnly: true }, this.label);
        this.copied = create("p", { role: "status" }, this.shown);
        this.button.onclick = () => this.share();
    }

    /** @param {Turn} turn */
    update({ data }) {
        this.texts = JSON.parse(data.texts);
        this.word.textContent = this.button.title = this.texts.share;
        this.text.textContent = this.texts.link;
    }

    async share() {
        this.field.value = location.href;
        this.copied.textContent = "";
        this.shown.togglePopover();
        standBy(this.shown, this.button, "right");
        this.field.select();
        if (await copySelected(this.field.value)) this.copied.textContent = this.texts.copied;
    }

    destroy() {}
}

export const mount = component((/** @type {Turn} */ turn) => new Share(turn));
