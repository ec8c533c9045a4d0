// @ts-check
// The parts of the chosen curve, as chips in rows: choose one, its lines appear; add, move, drop.

import { create } from "../controls/dom.js";
import { Menu, entryOf } from "./menu.js";

/** @typedef {import("../live/payloads.js").CurvesPayload} CurvesPayload */
/** @typedef {import("../live/payloads.js").LevelPayload} LevelPayload */
/** @typedef {import("../live/payloads.js").PartPayload} PartPayload */
/** @typedef {import("../live/outbox.js").Say} Say */

/** A row of chips: the parts of one schedule. */
class Level {
    /**
     * @param {HTMLElement} parent
     * @param {Say} say
     */
    constructor(parent, say) {
        this.say = say;
        this.path = "";
        this.root = create("div", { className: "lrviz-level" }, parent);
        this.warm = create("button", { type: "button", className: "lrviz-warm" }, this.root);
        this.warm.onclick = () => say("warm");
        this.chips = create("span", { className: "lrviz-chips" }, this.root);
        this.adding = new Menu(this.root, (kind) => say("insert", kind, this.path));
        this.more = new Menu(this.root, (act) => this.act(act));
        this.follows = create("span", { className: "lrviz-follows" }, this.root);
    }

    /** @param {string} act */
    act(act) {
        if (act === "before") this.say("shift", this.path, "-1");
        else if (act === "after") this.say("shift", this.path, "1");
        else this.say(act, this.path);
    }

    /**
     * @param {LevelPayload} level
     * @param {CurvesPayload} all
     * @param {boolean} outermost
     */
    update(level, { kinds, texts }, outermost) {
        const { parts } = level;
        const at = parts.findIndex((each) => each.chosen);
        const last = parts.length - 1;
        this.path = parts[at].path;
        this.warm.hidden = !level.warm;
        this.warm.textContent = `+ ${texts.warm}`;
        this.place(parts, level.joined);
        const entries = kinds.map(entryOf);
        this.adding.search(texts.search, texts.none);
        this.adding.update(texts.behind, "add", entries);
        this.adding.hide(level.full || !(level.sequence || outermost));
        const offered = [
            ["before", level.sequence && at > 0],
            ["after", level.sequence && at < last],
            ["drop", last > 0],
            ["scale", outermost],
        ];
        const acts = offered.filter(([, offer]) => offer).map(([act]) => String(act));
        this.more.update(
            `${texts.more}: ${parts[at].name}`,
            "more_vert",
            acts.map((act) => ({ act, text: texts[act] })),
        );
        this.more.hide(!acts.length);
        this.follow(level.follows, texts);
    }

    /**
     * What of the chosen part follows its place: a box for each.
     *
     * @param {Record<string, boolean>} follows
     * @param {Record<string, string>} texts
     */
    follow(follows, texts) {
        const names = Object.keys(follows);
        if (this.follows.dataset.names !== names.join()) {
            this.follows.dataset.names = names.join();
            this.follows.replaceChildren();
            for (const name of names) {
                const label = create("label", {}, this.follows);
                const box = create("input", { type: "checkbox" }, label);
                box.onchange = () => this.say("follow", this.path, name);
                create("span", { textContent: texts[name] }, label);
            }
        }
        const boxes = this.follows.querySelectorAll("input");
        names.forEach((name, place) => (boxes[place].checked = follows[name]));
    }

    /**
     * @param {PartPayload[]} parts
     * @param {string} joined what stands between two
     */
    place(parts, joined) {
        // A chip that stays keeps the focus that it has.
        while (this.chips.childElementCount > parts.length) this.chips.lastElementChild?.remove();
        parts.forEach(({ path, name, length, chosen }, place) => {
            const there = /** @type {HTMLButtonElement | undefined} */ (this.chips.children[place]);
            const chip = there ?? create("button", { type: "button" }, this.chips);
            chip.className = "lrviz-chip";
            chip.dataset.before = place ? joined : "";
            chip.replaceChildren(name);
            if (length) create("small", { textContent: length }, chip);
            chip.title = name;
            chip.ariaPressed = String(chosen);
            chip.onclick = () => this.say("part", path);
        });
    }
}

export class Phases {
    /** @type {Level[]} */
    levels = [];

    /**
     * @param {HTMLElement} root
     * @param {Say} say
     */
    constructor(root, say) {
        this.root = root;
        this.say = say;
        root.setAttribute("role", "group");
        root.hidden = false;
    }

    /** @param {CurvesPayload} payload */
    update(payload) {
        this.root.ariaLabel = payload.texts.phases;
        for (const level of this.levels.splice(payload.levels.length)) level.root.remove();
        payload.levels.forEach((each, place) => {
            this.levels[place] ??= new Level(this.root, this.say);
            this.levels[place].update(each, payload, place === 0);
        });
    }
}
