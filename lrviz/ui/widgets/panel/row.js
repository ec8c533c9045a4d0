// @ts-check
// One line of the panel: a field's name with its unit, its slider, its exact value.

import { create } from "../controls/dom.js";
import { Nudge } from "../controls/nudge.js";
import { concise } from "../words/numbers.js";
import { Slider } from "./slider.js";

/** @typedef {import("../live/payloads.js").RowPayload} RowPayload */
/** @typedef {import("../live/outbox.js").Say} Say */
/** @typedef {import("./slider.js").Target} Target */

let rows = 0;
/** Every clicker sends them: they must not move an answer. */
const CLICKERS = ["PageUp", "PageDown"];

export class Row {
    path = "";
    title = "";
    unit = "";
    // The number of its last message: until that is taken the server's value is an old one.
    sent = 0;
    typing = false;
    /** @type {Slider | null} */
    slider = null;
    /** @type {Nudge | null} */
    nudge = null;
    /** @type {RowPayload | null} */
    payload = null;

    /**
     * @param {string} id
     * @param {Target} target what its slider moves
     * @param {Say} say
     */
    constructor(id, target, say) {
        this.id = id;
        this.target = target;
        this.say = say;
        const name = `lrviz-row-${(rows += 1)}`;
        this.root = document.createElement("div");
        this.root.className = "lrviz-row";
        this.group = create("h4", { hidden: true }, this.root);
        const label = create("span", { className: "lrviz-label" }, this.root);
        this.check = create("input", { type: "checkbox", hidden: true }, label);
        this.name = create("button", { type: "button", className: "lrviz-name" }, label);
        this.range = create(
            "input",
            { type: "range", min: "0", step: "1", hidden: true },
            this.root,
        );
        this.exact = create("input", { type: "text", autocomplete: "off" }, this.root);
        this.pick = create("select", { hidden: true }, this.root);
        this.lock = create("button", { type: "button", className: "lrviz-lock lrviz-icon" }, label);
        this.lock.onclick = () => this.say("lock", this.path);
        this.pick.onchange = () => this.set(this.pick.value);
        this.help = create("p", { className: "lrviz-row-help", id: `${name}-help` }, this.root);
        this.problem = create("p", { className: "lrviz-problem", id: `${name}-why` }, this.root);
        this.help.hidden = this.problem.hidden = true;
        this.exact.spellcheck = false;
        this.listen();
    }

    listen() {
        this.root.onkeydown = (event) => {
            if (this.nudge && CLICKERS.includes(event.key)) event.preventDefault();
        };
        this.name.onclick = () => {
            this.help.hidden = !this.help.hidden;
            this.name.ariaExpanded = String(!this.help.hidden);
        };
        this.check.onchange = () => this.set(this.check.checked ? this.on : this.off);
        this.exact.oninput = () => {
            this.typing = true;
        };
        this.exact.onchange = () => this.set(this.exact.value);
        this.exact.onblur = () => {
            this.typing = false;
        };
        this.exact.onkeydown = (event) => {
            if (event.key !== "Escape" || !this.payload) return;
            this.typing = false;
            this.exact.value = asRead(this.payload);
        };
    }

    get on() {
        return this.payload?.start || "true";
    }

    get off() {
        return this.payload?.start ? "none" : "false";
    }

    /**
     * Sends a value.
     *
     * @param {string} text
     * @param {"set" | "slide"} act what was typed may be refused, a slider's stop is not
     */
    set(text, act = "set") {
        this.typing = false;
        this.sent = this.say(act, this.id, text);
        return this.sent;
    }

    /**
     * @param {RowPayload} payload
     * @param {number} taken the last number that Python has taken
     */
    update(payload, taken) {
        this.payload = payload;
        this.path = payload.path;
        this.title = payload.name;
        this.unit = payload.unit;
        this.describe(payload);
        this.group.textContent = payload.group;
        this.group.hidden = !payload.group;
        this.locks(payload);
        this.arrows(payload);
        const settled = taken >= this.sent && !this.slider?.busy;
        if (settled) this.value(payload);
        const wrong = payload.problem !== "";
        this.problem.textContent = payload.problem;
        this.problem.hidden = !wrong;
        this.exact.ariaInvalid = String(wrong);
        this.root.toggleAttribute("data-wrong", wrong);
    }

    /** @param {RowPayload} payload */
    describe({ name, unit, help, kind }) {
        const says = `${name} ${unit}`;
        if (this.help.textContent !== help || this.name.dataset.says !== says) {
            this.name.dataset.says = says;
            // A long name breaks between its words.
            this.name.replaceChildren(...name.split(/(?<=_)/).flatMap(breakable));
            if (unit) create("small", { textContent: `, ${unit}` }, this.name);
            this.name.title = help;
            this.name.ariaExpanded = String(!this.help.hidden);
            this.help.textContent = help;
            const fields = [this.check, this.range, this.exact, this.pick];
            for (const each of fields) each.ariaLabel = name;
            const described = `${this.help.id} ${this.problem.id}`;
            this.exact.setAttribute("aria-describedby", described);
            this.pick.setAttribute("aria-describedby", described);
        }
        this.root.dataset.kind = kind;
        this.exact.maxLength = kind === "number" ? 40 : 2000;
    }

    /** @param {RowPayload} payload */
    locks({ lock, locked }) {
        this.lock.hidden = !lock;
        this.lock.title = this.lock.ariaLabel = lock;
        this.lock.ariaPressed = String(locked);
        this.lock.textContent = locked ? "lock" : "lock_open";
    }

    /**
     * An answer can be set by a thumb: to each stop of its slider.
     *
     * @param {RowPayload} payload
     */
    arrows({ name, arrows }) {
        if (!arrows.length) return;
        this.nudge ??= new Nudge(this.root, (way) => {
            this.slider?.press(way);
            this.slider?.send();
        });
        this.nudge.update(name, arrows);
    }

    /** @param {RowPayload} payload */
    value(payload) {
        const { text, stops, at, kind, start, on, placeholder, options } = payload;
        this.choices(options, text);
        this.check.hidden = kind !== "bool" && !start;
        this.check.checked = on;
        this.exact.hidden = kind === "bool" || kind === "choice" || !(on || !start);
        this.exact.placeholder = placeholder;
        if (!this.typing) this.exact.value = asRead(payload);
        const slides = stops !== "" && on;
        this.range.hidden = !slides;
        if (slides) {
            this.slider ??= this.slides();
            this.slider.update(stops, at);
        }
    }

    /**
     * @param {string[]} options that can be chosen
     * @param {string} chosen
     */
    choices(options, chosen) {
        this.pick.hidden = !options.length;
        if (this.pick.childElementCount !== options.length) {
            this.pick.replaceChildren(...options.map((each) => new Option(each, each)));
        }
        this.pick.value = chosen;
    }

    slides() {
        const row = this;
        return new Slider(this.range, {
            get path() {
                return row.path;
            },
            get title() {
                return row.title;
            },
            get unit() {
                return row.unit;
            },
            target: this.target,
            show: (text) => {
                this.exact.value = concise(text);
            },
            say: (text) => this.set(text, "slide"),
        });
    }

    focus() {
        this.exact.focus();
        this.root.scrollIntoView({ block: "nearest" });
    }

    destroy() {
        this.slider?.destroy();
        this.root.remove();
    }
}

/**
 * What stands in its exact field; what was refused stays as it was typed.
 *
 * @param {RowPayload} payload
 */
function asRead({ kind, text, problem }) {
    return kind === "text" || problem ? text : concise(text);
}

/**
 * A word of a name; before all but the first one a line may break.
 *
 * @param {string} word
 * @param {number} place
 */
function breakable(word, place) {
    return place ? [document.createElement("wbr"), word] : [word];
}
