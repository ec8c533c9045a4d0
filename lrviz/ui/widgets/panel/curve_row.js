// @ts-check
// A curve as a row of the list: a swatch that shows or hides it, its name, a menu.

import { create } from "../controls/dom.js";
import { Menu } from "./menu.js";

/** @typedef {import("../live/payloads.js").CurvesPayload} CurvesPayload */
/** @typedef {import("../live/payloads.js").CurveEntry} CurveEntry */
/** @typedef {import("./curves.js").Curves} Curves */

const SWATCH = "http://www.w3.org/2000/svg";
/** Pixels that a row is dragged before it counts as dragged. */
const GRABBED = 6;
/** @type {("pointerup" | "pointercancel")[]} */
const ENDS = ["pointerup", "pointercancel"];

export class CurveRow {
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
        this.swatch = create("button", { type: "button", className: "lrviz-swatch" }, this.root);
        this.choose = create("button", { type: "button", className: "lrviz-choose" }, this.root);
        this.label = create("input", { type: "text", maxLength: 60, hidden: true }, this.root);
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
        const up = (/** @type {PointerEvent} */ { type }) => {
            removeEventListener("pointermove", move);
            for (const name of ENDS) removeEventListener(name, up);
            if (this.root.dataset.held === undefined) return;
            delete this.root.dataset.held;
            if (type === "pointercancel") {
                this.owner.back();
                return;
            }
            // The click that ends a drag chooses nothing.
            const swallow = (/** @type {Event} */ click) => click.stopPropagation();
            addEventListener("click", swallow, { capture: true });
            setTimeout(() => removeEventListener("click", swallow, { capture: true }));
            this.owner.dropped(this.uid);
        };
        addEventListener("pointermove", move);
        for (const name of ENDS) addEventListener(name, up);
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
        this.label.placeholder = told.label ? told.kind : told.name;
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
