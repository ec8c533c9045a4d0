// @ts-check
// Scrolls to the top when something else is to be read: Streamlit keeps the place to which the page
// was scrolled.

import { component } from "../live/component.js";

/** @typedef {import("../live/payloads.js").TopPayload} TopPayload */
/** @typedef {import("../live/component.js").Component<TopPayload>} Turn */

class Top {
    place = "";

    /** @param {Turn} turn */
    update({ data }) {
        if (data.place === this.place) return;
        this.place = data.place;
        document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
    }

    destroy() {}
}

export const mount = component(() => new Top());
