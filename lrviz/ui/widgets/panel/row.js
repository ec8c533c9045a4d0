// @ts-check
// One line of the panel: a field's name with its unit, its slider, its exact value.

import { create } from "../controls/dom.js";
import { Nudge } from "../controls/nudge.js";
import { concise } from "../words/numbers.js";
import { Slider } from "./slider.js";

/** @typedef {import("../live/payloads.js").RowPayload} RowPayload */
/** @typedef {ReturnType<typeof import("../live/preview.js").previewOf>
 *     | import("../live/settings.js").Settings} Preview */
/** @typedef {(act: string, ...texts: string[]) => number} Say */

let rows = 0;
/** Every clicker sends them: they must not move an answer. */
const CLICKERS = ["PageUp", "PageDown"];

export class Row {
    path = "";
    title = "";
    unit = "";
    // The last message about this field: until it is taken the server's word is an old one.
    said = 0;
    typing = false;
    /** @type {Slider | null} */
    slider = null;
    /** @type {Nudge | null} */
    nudge = null;
    /** @type {RowPayload | null} */
    told = null;

    /**
     * @param {string} id
     * @param {Preview} preview
     * @param {Say} tell
     */
    constructor(id, preview, tell) {
        this.id = id;
        this.preview = preview;
        this.tell = tell;
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
        this.lock.onclick = () => this.tell("lock", this.path);
        this.pick.onchange = () => this.say(this.pick.value);
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
        this.check.onchange = () => this.say(this.check.checked ? this.on : this.off);
        this.exact.oninput = () => {
            this.typing = true;
        };
        this.exact.onchange = () => this.say(this.exact.value);
        this.exact.onblur = () => {
            this.typing = false;
        };
        this.exact.onkeydown = (event) => {
            if (event.key !== "Escape" || !this.told) return;
            this.typing = false;
            this.exact.value = asRead(this.told);
        };
    }

    get on() {
        return this.told?.start || "true";
    }

    get off() {
        return this.told?.start ? "none" : "false";
    }

    /**
     * @param {string} text
     * @param {"set" | "slide"} act what was typed may be refused, a slider's stop is not
     */
    say(text, act = "set") {
        this.typing = false;
        this.said = this.tell(act, this.id, text);
        return this.said;
    }

    /**
     * @param {RowPayload} told
     * @param {number} taken the last number that Python has taken
     */
    update(told, taken) {
        this.told = told;
        this.path = told.path;
        this.title = told.name;
        this.unit = told.unit;
        this.describe(told);
        this.group.textContent = told.group;
        this.group.hidden = !told.group;
        this.locks(told);
        this.arrows(told);
        const settled = taken >= this.said && !this.slider?.busy;
        if (settled) this.value(told);
        const wrong = told.problem !== "";
        this.problem.textContent = told.problem;
        this.problem.hidden = !wrong;
        this.exact.ariaInvalid = String(wrong);
        this.root.toggleAttribute("data-wrong", wrong);
    }

    /** @param {RowPayload} told */
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

    /** @param {RowPayload} told */
    locks({ lock, locked }) {
        this.lock.hidden = !lock;
        this.lock.title = this.lock.ariaLabel = lock;
        this.lock.ariaPressed = String(locked);
        this.lock.textContent = locked ? "lock" : "lock_open";
    }

    /**
     * An answer can be set by a thumb: to each stop of its slider.
     *
     * @param {RowPayload} told
     */
    arrows({ name, arrows }) {
        if (!arrows.length) return;
        this.nudge ??= new Nudge(this.root, (way) => {
            this.slider?.press(way);
            this.slider?.send();
        });
        this.nudge.update(name, arrows);
    }

    /** @param {RowPayload} told */
    value(told) {
        const { text, stops, at, kind, start, on, placeholder, options } = told;
        this.choices(options, text);
        this.check.hidden = kind !== "bool" && !start;
        this.check.checked = on;
        this.exact.hidden = kind === "bool" || kind === "choice" || !(on || !start);
        this.exact.placeholder = placeholder;
        if (!this.typing) this.exact.value = asRead(told);
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
            preview: this.preview,
            show: (text) => {
                this.exact.value = concise(text);
            },
            say: (text) => this.say(text, "slide"),
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
 * @param {RowPayload} told
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
