// @ts-check
// The curves as rows, and how the chosen one is applied.

import { create } from "../controls/dom.js";
import { Radios } from "../controls/radios.js";
import { CurveRow } from "./curve_row.js";
import { Menu, entryOf } from "./menu.js";
import { Phases } from "./phases.js";

/** @typedef {import("../live/payloads.js").CurvesPayload} CurvesPayload */
/** @typedef {import("../live/outbox.js").Say} Say */

/**
 * On a phone formula and cycles are folded away (bench.css): shows them, or folds them again.
 *
 * @param {HTMLElement} button
 */
function unfolded(button) {
    const shown = document.documentElement.toggleAttribute("data-lrviz-details");
    button.ariaExpanded = String(shown);
}

export class Curves {
    /** @type {Map<string, CurveRow>} */
    rows = new Map();
    chosen = "";
    /** @type {string[]} the uids as the server has them */
    order = [];

    /**
     * @param {HTMLElement} root
     * @param {HTMLElement} parts where the chosen curve's phases stand
     * @param {HTMLElement} last where its application stands
     * @param {Say} say
     */
    constructor(root, parts, last, say) {
        this.root = root;
        this.last = last;
        this.say = say;
        this.head = create("div", { className: "lrviz-head" }, root);
        this.title = create("strong", {}, this.head);
        this.undo = this.tool("undo", "undo");
        this.redo = this.tool("redo", "redo");
        this.adding = new Menu(this.head, (kind) => say("add", kind));
        this.list = create("div", { className: "lrviz-list" }, root);
        this.applied = create("span", {}, last);
        const per = create("span", { className: "lrviz-per" }, last);
        this.per = new Radios(per, (value) => say("per", value));
        this.convert = create("button", { type: "button", className: "lrviz-convert" }, last);
        this.convert.onclick = () => say("convert");
        this.unfold = create("button", { type: "button", className: "lrviz-unfold" }, last);
        this.unfold.onclick = () => unfolded(this.unfold);
        this.phases = new Phases(parts, say);
        root.hidden = last.hidden = false;
    }

    /**
     * @param {string} act
     * @param {string} icon
     */
    tool(act, icon) {
        const onclick = () => this.say(act);
        const button = create("button", { type: "button", onclick }, this.head);
        create("span", { className: "lrviz-icon", textContent: icon }, button);
        return button;
    }

    /**
     * @param {CurvesPayload} payload
     * @param {number} taken
     */
    update(payload, taken) {
        const { curves, texts } = payload;
        this.title.textContent = texts.curves;
        this.unfold.textContent = texts.details;
        this.undo.title = this.undo.ariaLabel = texts.undo;
        this.redo.title = this.redo.ariaLabel = texts.redo;
        this.undo.disabled = !payload.undo;
        this.redo.disabled = !payload.redo;
        const kinds = payload.kinds.map(entryOf);
        this.adding.search(texts.search, texts.none);
        this.adding.update(texts.add, "add", kinds);
        this.adding.disable(payload.full);
        this.place(payload, taken);
        this.phases.update(payload);
        this.root.ariaLabel = texts.curves;
        this.root.setAttribute("role", "group");
        this.application(payload);
        this.seek(curves.find((each) => each.chosen)?.uid ?? "");
    }

    /**
     * @param {CurvesPayload} payload
     * @param {number} taken
     */
    place(payload, taken) {
        const wanted = payload.curves.map((each) => each.uid);
        this.order = wanted;
        for (const [uid, row] of this.rows) {
            if (wanted.includes(uid)) continue;
            row.root.remove();
            this.rows.delete(uid);
        }
        payload.curves.forEach((each, index) => {
            const row = this.rows.get(each.uid) ?? new CurveRow(each.uid, this);
            this.rows.set(each.uid, row);
            const there = this.list.children[index];
            if (there !== row.root) this.list.insertBefore(row.root, there ?? null);
            row.update(each, payload, taken);
        });
    }

    /**
     * Where the curves are chips in a row: the chosen one is in sight.
     *
     * @param {string} uid
     */
    seek(uid) {
        const chip = this.rows.get(uid)?.root;
        if (!chip || uid === this.chosen) return;
        this.chosen = uid;
        const { offsetLeft: left, offsetWidth: width } = chip;
        this.list.scrollLeft = left - this.list.offsetLeft - (this.list.clientWidth - width) / 2;
    }

    /** @param {CurvesPayload} payload */
    application({ per, pers, texts, help, convert }) {
        this.convert.hidden = convert === "";
        this.convert.textContent = convert;
        this.applied.textContent = texts.applied;
        this.applied.title = help;
        this.per.update(texts.applied, pers, per);
    }

    /**
     * @param {string} uid
     * @param {number} by
     */
    moved(uid, by) {
        const row = this.rows.get(uid)?.root;
        if (!row) return;
        const place = [...this.list.children].indexOf(row) + by;
        this.say("place", uid, String(place));
    }

    /**
     * @param {Element} row that is held
     * @param {Element} other that it is over
     */
    over(row, other) {
        const all = [...this.list.children];
        const after = all.indexOf(row) < all.indexOf(other);
        this.list.insertBefore(row, after ? other.nextSibling : other);
    }

    /** Nothing was moved: the rows stand where they stood. */
    back() {
        const rows = this.order.map((uid) => this.rows.get(uid)?.root);
        this.list.append(...rows.filter((each) => each !== undefined));
    }

    /** @param {string} uid */
    dropped(uid) {
        this.moved(uid, 0);
    }
}
