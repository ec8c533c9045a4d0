// @ts-check
// The curves as rows: a swatch that shows or hides, the name, a menu; and how the chosen one is
// applied.

import { made } from "../component.js";
import { Menu } from "./menu.js";

/** @typedef {import("../payloads.js").CurvesPayload} CurvesPayload */
/** @typedef {import("../payloads.js").CurveEntry} CurveEntry */
/** @typedef {(act: string, ...texts: string[]) => number} Say */

const SWATCH = "http://www.w3.org/2000/svg";
/** Pixels that a row is dragged before it counts as dragged. */
const GRABBED = 6;

class CurveRow {
    said = 0;
    typing = false;
    /** @type {CurveEntry | null} */
    told = null;

    /**
     * @param {string} uid
     * @param {Curves} owner
     */
    constructor(uid, owner) {
        this.uid = uid;
        this.owner = owner;
        this.root = document.createElement("div");
        this.root.className = "lrviz-curve";
        this.swatch = made("button", { type: "button", className: "lrviz-swatch" }, this.root);
        this.choose = made("button", { type: "button", className: "lrviz-choose" }, this.root);
        this.label = made("input", { type: "text", maxLength: 60, hidden: true }, this.root);
        this.label.autocomplete = "off";
        this.menu = new Menu(this.root, (act) => this.act(act));
        this.swatch.onclick = () => owner.say("toggle", uid);
        this.choose.onclick = () => owner.say("select", uid);
        this.label.oninput = () => {
            this.typing = true;
        };
        this.label.onblur = () => {
            this.typing = false;
        };
        this.label.onchange = () => {
            this.typing = false;
            this.said = owner.say("label", uid, this.label.value);
        };
        this.root.onpointerdown = (event) => this.grab(event);
        this.root.onkeydown = (event) => this.press(event);
    }

    /** @param {string} act */
    act(act) {
        const by = { earlier: -1, later: 1 }[act];
        if (by) this.owner.moved(this.uid, by);
        else if (act === "rename") this.label.select();
        else this.owner.say(act, this.uid);
    }

    /** @param {KeyboardEvent} event */
    press(event) {
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!by || !event.altKey) return;
        event.preventDefault();
        this.owner.moved(this.uid, by);
    }

    /**
     * A row that is dragged over another takes its place.
     *
     * @param {PointerEvent} event
     */
    grab(event) {
        const on = /** @type {HTMLElement} */ (event.target);
        if (event.button || event.pointerType === "touch" || on.closest(".lrviz-menu, input")) {
            return;
        }
        const from = event.clientY;
        const move = (/** @type {PointerEvent} */ { clientX, clientY }) => {
            if (Math.abs(clientY - from) < GRABBED) return;
            this.root.dataset.held = "";
            const over = document.elementFromPoint(clientX, clientY)?.closest(".lrviz-curve");
            if (over && over !== this.root) this.owner.over(this.root, over);
        };
        const up = () => {
            removeEventListener("pointermove", move);
            if (this.root.dataset.held === undefined) return;
            delete this.root.dataset.held;
            // The click that ends a drag chooses nothing.
            const swallow = (/** @type {Event} */ click) => click.stopPropagation();
            addEventListener("click", swallow, { capture: true });
            setTimeout(() => removeEventListener("click", swallow, { capture: true }));
            this.owner.dropped(this.uid);
        };
        addEventListener("pointermove", move);
        addEventListener("pointerup", up, { once: true });
    }

    /**
     * @param {CurveEntry} told
     * @param {CurvesPayload} all
     * @param {number} taken
     */
    update(told, { texts, full, curves }, taken) {
        this.told = told;
        this.root.toggleAttribute("data-chosen", told.chosen);
        this.root.toggleAttribute("data-hidden", !told.shown);
        draw(this.swatch, told);
        const word = told.shown ? texts.hide : texts.show;
        this.swatch.ariaLabel = this.swatch.title = `${word}: ${told.name}`;
        this.swatch.ariaPressed = String(told.shown);
        this.choose.textContent = told.name;
        this.choose.title = told.name;
        this.choose.ariaPressed = String(told.chosen);
        this.choose.toggleAttribute("data-wrong", told.wrong);
        this.choose.hidden = told.chosen;
        this.label.hidden = !told.chosen;
        this.label.placeholder = told.kind;
        this.label.ariaLabel = texts.name;
        if (!this.typing && taken >= this.said) this.label.value = told.label;
        const place = curves.indexOf(told);
        const offered = [
            ["rename", told.chosen],
            ["duplicate", !full],
            ["earlier", place > 0],
            ["later", place < curves.length - 1],
            ["remove", curves.length > 1],
        ];
        const entries = offered
            .filter(([, offer]) => offer)
            .map(([act]) => ({ act: String(act), text: texts[String(act)] }));
        this.menu.update(`${texts.more}: ${told.name}`, "more_vert", entries);
    }
}

/**
 * A piece of the curve's line.
 *
 * @param {HTMLElement} place
 * @param {CurveEntry} told
 */
function draw(place, { css, dash }) {
    const looks = css + dash;
    if (place.dataset.looks === looks) return;
    place.dataset.looks = looks;
    const picture = document.createElementNS(SWATCH, "svg");
    picture.setAttribute("viewBox", "0 0 28 12");
    const line = document.createElementNS(SWATCH, "path");
    line.setAttribute("d", "M0,6H28");
    line.setAttribute("style", `stroke:${css};stroke-width:4;stroke-dasharray:${dash}`);
    picture.append(line);
    place.replaceChildren(picture);
}

export class Curves {
    /** @type {Map<string, CurveRow>} */
    rows = new Map();
    chosen = "";

    /**
     * @param {HTMLElement} root
     * @param {HTMLElement} last where the chosen curve's application stands
     * @param {Say} say
     */
    constructor(root, last, say) {
        this.root = root;
        this.last = last;
        this.say = say;
        this.head = made("div", { className: "lrviz-head" }, root);
        this.title = made("strong", {}, this.head);
        this.undo = this.tool("undo", "undo");
        this.redo = this.tool("redo", "redo");
        this.adding = new Menu(this.head, (kind) => say("add", kind));
        this.list = made("div", { className: "lrviz-list" }, root);
        this.applied = made("span", {}, last);
        this.per = made("span", { className: "lrviz-per" }, last);
        this.per.setAttribute("role", "radiogroup");
        this.convert = made("button", { type: "button", className: "lrviz-convert" }, last);
        this.convert.onclick = () => say("convert");
        root.hidden = last.hidden = false;
    }

    /**
     * @param {string} act
     * @param {string} icon
     */
    tool(act, icon) {
        const onclick = () => this.say(act);
        const button = made("button", { type: "button", onclick }, this.head);
        made("span", { className: "lrviz-icon", textContent: icon }, button);
        return button;
    }

    /**
     * @param {CurvesPayload} told
     * @param {number} taken
     */
    update(told, taken) {
        const { curves, texts } = told;
        this.title.textContent = texts.curves;
        this.undo.title = this.undo.ariaLabel = texts.undo;
        this.redo.title = this.redo.ariaLabel = texts.redo;
        this.undo.disabled = !told.undo;
        this.redo.disabled = !told.redo;
        const kinds = told.kinds.map((kind) => ({ act: kind, text: kind }));
        this.adding.update(texts.add, "add", kinds);
        this.adding.button.disabled = told.full;
        this.place(told, taken);
        this.root.ariaLabel = texts.curves;
        this.root.setAttribute("role", "group");
        this.application(told);
        this.seek(curves.find((each) => each.chosen)?.uid ?? "");
    }

    /**
     * @param {CurvesPayload} told
     * @param {number} taken
     */
    place(told, taken) {
        const wanted = told.curves.map((each) => each.uid);
        for (const [uid, row] of this.rows) {
            if (wanted.includes(uid)) continue;
            row.root.remove();
            this.rows.delete(uid);
        }
        told.curves.forEach((each, index) => {
            const row = this.rows.get(each.uid) ?? new CurveRow(each.uid, this);
            this.rows.set(each.uid, row);
            const there = this.list.children[index];
            if (there !== row.root) this.list.insertBefore(row.root, there ?? null);
            row.update(each, told, taken);
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

    /** @param {CurvesPayload} told */
    application({ per, pers, texts, help, convert }) {
        this.convert.hidden = convert === "";
        this.convert.textContent = convert;
        this.applied.textContent = texts.applied;
        this.applied.title = help;
        this.per.ariaLabel = texts.applied;
        if (this.per.childElementCount !== pers.length) {
            this.per.replaceChildren();
            for (const [value] of pers) {
                const label = made("label", {}, this.per);
                const input = made("input", { type: "radio", name: "lrviz-per", value }, label);
                input.onchange = () => this.say("per", value);
                made("span", {}, label);
            }
        }
        pers.forEach(([value, text], index) => {
            const label = this.per.children[index];
            const [input, span] = /** @type {[HTMLInputElement, HTMLElement]} */ (
                /** @type {unknown} */ ([...label.children])
            );
            input.checked = value === per;
            span.textContent = text;
        });
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

    /** @param {string} uid */
    dropped(uid) {
        this.moved(uid, 0);
    }
}
