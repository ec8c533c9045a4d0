// @ts-check
// A curve as a row of the list: a swatch that shows or hides it, its name, a menu.

import { create } from "../controls/dom.js";
import { Menu } from "./menu.js";

/** @typedef {import("../live/payloads.js").CurvesPayload} CurvesPayload */
/** @typedef {import("../live/payloads.js").CurveEntry} CurveEntry */

/**
 * The list that the row is in.
 *
 * @typedef {object} List
 * @property {import("../live/outbox.js").Say} say
 * @property {(uid: string, by: number) => void} moved a row goes so many places further
 * @property {(row: Element, other: Element) => void} over one that is held is over another
 * @property {(uid: string) => void} dropped it stays where it is
 * @property {() => void} back it returns to where it was
 */

const SWATCH = "http://www.w3.org/2000/svg";
/** Pixels that a row is dragged before it counts as dragged. */
const GRABBED = 6;
/** @type {("pointerup" | "pointercancel")[]} */
const ENDS = ["pointerup", "pointercancel"];

export class CurveRow {
    // The number of its last message: until that is taken the server's label is an old one.
    sent = 0;
    typing = false;

    /**
     * @param {string} uid
     * @param {List} list
     */
    constructor(uid, list) {
        this.uid = uid;
        this.list = list;
        this.root = document.createElement("div");
        this.root.className = "lrviz-curve";
        this.swatch = create("button", { type: "button", className: "lrviz-swatch" }, this.root);
        this.choose = create("button", { type: "button", className: "lrviz-choose" }, this.root);
        this.label = create("input", { type: "text", maxLength: 60, hidden: true }, this.root);
        this.label.autocomplete = "off";
        this.menu = new Menu(this.root, (act) => this.act(act));
        this.swatch.onclick = () => list.say("toggle", uid);
        this.choose.onclick = () => list.say("select", uid);
        this.label.oninput = () => {
            this.typing = true;
        };
        this.label.onblur = () => {
            this.typing = false;
        };
        this.label.onchange = () => {
            this.typing = false;
            this.sent = list.say("label", uid, this.label.value);
        };
        this.root.onpointerdown = (event) => this.grab(event);
        this.root.onkeydown = (event) => this.press(event);
    }

    /** @param {string} act */
    act(act) {
        const by = { earlier: -1, later: 1 }[act];
        if (by) this.list.moved(this.uid, by);
        else if (act === "rename") this.label.select();
        else {
            const [name, value] = act.split(" ");
            this.list.say(name, this.uid, value);
        }
    }

    /** @param {KeyboardEvent} event */
    press(event) {
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!by || !event.altKey) return;
        event.preventDefault();
        this.list.moved(this.uid, by);
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
            if (over && over !== this.root) this.list.over(this.root, over);
        };
        const up = (/** @type {PointerEvent} */ { type }) => {
            removeEventListener("pointermove", move);
            for (const name of ENDS) removeEventListener(name, up);
            if (this.root.dataset.held === undefined) return;
            delete this.root.dataset.held;
            if (type === "pointercancel") {
                this.list.back();
                return;
            }
            // The click that ends a drag chooses nothing.
            const swallow = (/** @type {Event} */ click) => click.stopPropagation();
            addEventListener("click", swallow, { capture: true });
            setTimeout(() => removeEventListener("click", swallow, { capture: true }));
            this.list.dropped(this.uid);
        };
        addEventListener("pointermove", move);
        for (const name of ENDS) addEventListener(name, up);
    }

    /**
     * @param {CurveEntry} entry
     * @param {CurvesPayload} all
     * @param {number} taken
     */
    update(entry, { texts, full, curves, colors }, taken) {
        this.root.toggleAttribute("data-chosen", entry.chosen);
        this.root.toggleAttribute("data-hidden", !entry.shown);
        draw(this.swatch, entry);
        const word = entry.shown ? texts.hide : texts.show;
        this.swatch.ariaLabel = this.swatch.title = `${word}: ${entry.name}`;
        this.swatch.ariaPressed = String(entry.shown);
        this.choose.textContent = entry.name;
        this.choose.title = entry.name;
        this.choose.ariaPressed = String(entry.chosen);
        this.choose.toggleAttribute("data-wrong", entry.wrong);
        this.choose.hidden = entry.chosen;
        this.label.hidden = !entry.chosen;
        this.label.placeholder = entry.label ? entry.kind : entry.name;
        this.label.ariaLabel = texts.name;
        if (!this.typing && taken >= this.sent) this.label.value = entry.label;
        const place = curves.indexOf(entry);
        const offered = [
            ["rename", entry.chosen],
            ["duplicate", !full],
            ["earlier", place > 0],
            ["later", place < curves.length - 1],
            ["remove", curves.length > 1],
        ];
        const entries = offered
            .filter(([, offer]) => offer)
            .map(([act]) => ({ act: String(act), text: texts[String(act)] }));
        const swatches = colors.map((css, place) => ({
            act: `color ${place}`,
            text: `${texts.color} ${place + 1}`,
            css,
            on: css === entry.css,
        }));
        this.menu.update(`${texts.more}: ${entry.name}`, "more_vert", [...entries, ...swatches]);
    }
}

/**
 * A piece of the curve's line.
 *
 * @param {HTMLElement} place
 * @param {CurveEntry} entry
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
