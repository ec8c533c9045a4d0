// @ts-check
// The panel: the curves, and a line for each field that can be set. It knows nothing of schedules.

import { create, part } from "../controls/dom.js";
import { component } from "../live/component.js";
import { LENS } from "../live/names.js";
import { Outbox } from "../live/outbox.js";
import { previewOf } from "../live/preview.js";
import { Curves } from "./curves.js";
import { Row } from "./row.js";

/** @typedef {import("../live/payloads.js").PanelPayload} PanelPayload */
/** @typedef {import("../live/payloads.js").RowPayload} RowPayload */
/** @typedef {import("../live/component.js").Component<PanelPayload>} Turn */

class Panel {
    /** @type {Map<string, Row>} */
    rows = new Map();
    /** @type {Curves | null} */
    curves = null;
    focused = "";
    /** @type {Turn["setStateValue"]} */
    post = () => {};

    /** @param {Turn} turn */
    constructor({ parentElement, data }) {
        this.root = part(parentElement, ".lrviz-panel");
        this.preview = previewOf(data.chart);
        this.outbox = new Outbox((text) => this.post("said", text));
        this.preview.connect((act, ...texts) => this.outbox.say(act, ...texts));
        this.list = create("div", { className: "lrviz-curves", hidden: true }, this.root);
        this.parts = create("div", { className: "lrviz-phases", hidden: true }, this.root);
        this.lines = create("div", { className: "lrviz-rows" }, this.root);
        this.last = create("div", { className: "lrviz-applied", hidden: true }, this.root);
        this.focused = data.focus;
    }

    /** @param {Turn} turn */
    update({ data, setStateValue }) {
        this.post = setStateValue;
        this.outbox.taken(data.taken);
        this.place(JSON.parse(data.rows), data.taken);
        if (data.curves) {
            this.curves ??= new Curves(this.list, this.parts, this.last, (act, ...texts) =>
                this.outbox.say(act, ...texts),
            );
            this.curves.update(JSON.parse(data.curves), data.taken);
        }
        this.focus(data.focus);
    }

    /**
     * @param {RowPayload[]} payloads
     * @param {number} taken
     */
    place(payloads, taken) {
        const wanted = new Set(payloads.map((each) => each.id));
        for (const [id, row] of this.rows) {
            if (wanted.has(id)) continue;
            row.destroy();
            this.rows.delete(id);
        }
        payloads.forEach((each, index) => {
            let row = this.rows.get(each.id);
            if (!row) {
                row = new Row(each.id, this.target(each.id), (act, ...texts) =>
                    this.outbox.say(act, ...texts),
                );
                this.rows.set(each.id, row);
            }
            // One that is in its place already keeps the focus that it has.
            const there = this.lines.children[index];
            if (there !== row.root) this.lines.insertBefore(row.root, there ?? null);
            row.update(each, taken);
        });
    }

    /**
     * What the slider of a field moves: a setting of the lens moves no curve.
     *
     * @param {string} id of its row
     */
    target(id) {
        const { preview } = this;
        return id.startsWith(LENS)
            ? { values: preview.settings, curve: null }
            : { values: preview, curve: preview };
    }

    /** @param {string} wanted a count and the field that is to have the focus; it comes once */
    focus(wanted) {
        if (wanted === this.focused) return;
        this.focused = wanted;
        this.rows.get(wanted.slice(wanted.indexOf(" ") + 1))?.focus();
    }

    destroy() {
        this.outbox.destroy();
        for (const row of this.rows.values()) row.destroy();
    }
}

export const mount = component((/** @type {Turn} */ turn) => new Panel(turn));
