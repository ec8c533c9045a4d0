// @ts-check
// Sends an answer to the class's teacher, and shows truly what has become of it. It goes by plain
// HTTP and is kept by the browser until the server has replied: a connection that is down, a phone
// that sleeps and a page that is loaded again lose nothing.

import { create, part } from "../../widgets/controls/dom.js";
import { addressOf } from "../../widgets/live/address.js";
import { component } from "../../widgets/live/component.js";

/** @typedef {import("../../widgets/live/payloads.js").SendingPayload} SendingPayload */
/** @typedef {import("../../widgets/live/component.js").Component<SendingPayload>} Turn */
/** @typedef {{ question: string, answer: number, late: boolean }} Kept */
/** @typedef {"sending" | "waiting" | "sent" | "late" | "before"} State */

const KEPT = "lrviz-answer-";
// How long the server may take, and after which pause it is asked again, in milliseconds.
const PATIENCE = 10_000;
const RETRY = 1000;
/** By these an answer changes. */
const CHANGES = ["pointerup", "keyup", "change"];
/** A reply that comes sooner than this needs no word that it takes a while, in milliseconds. */
const SLOW = 1500;

/**
 * What is kept for a room in this browser: what waits to be sent, or what came too late.
 *
 * @param {Storage} storage
 * @param {string} code of the room
 * @returns {Kept | null}
 */
export function keptIn(storage, code) {
    try {
        const { question, answer, late } = JSON.parse(storage.getItem(KEPT + code) ?? "null");
        return typeof question === "string" && Number.isFinite(answer)
            ? { question, answer, late: late === true }
            : null;
    } catch {
        return null;
    }
}

/**
 * What the answer's controls show now; the server may not have heard of it yet.
 *
 * @param {ParentNode} page
 * @param {{ question: string, field: string }} asked
 * @returns {number | null} null: nothing that is an answer
 */
export function shownOn(page, { question, field }) {
    if (field) {
        /** @type {HTMLInputElement | null} */
        const exact = page.querySelector(`input[type=text][aria-label="${field}"]`);
        const typed = exact?.value.trim();
        return typed && Number.isFinite(Number(typed)) ? Number(typed) : null;
    }
    const marker = page.querySelector(".lrviz-marker[data-moved]");
    if (marker) return Number(marker.getAttribute("aria-valuenow"));
    /** @type {NodeListOf<HTMLInputElement>} */
    const options = page.querySelectorAll(`[class*="st-key-choice-${question}"] input`);
    const chosen = [...options].findIndex((option) => option.checked);
    return chosen < 0 ? null : chosen;
}

class Sending {
    alive = true;
    goes = false;
    /** @type {State} */
    state = "sent";
    /** @type {number | null} The answer that the room counts, as far as the page knows. */
    sent = null;
    given = 0;
    /** Ends a pause. */
    wake = () => {};

    /** @param {Turn} turn */
    constructor({ parentElement, data }) {
        this.data = data;
        const root = part(parentElement, ".lrviz-sending");
        this.button = create("button", { type: "button" }, root);
        const icon = create("span", { className: "lrviz-icon", textContent: "send" }, this.button);
        icon.setAttribute("aria-hidden", "true");
        this.word = create("span", {}, this.button);
        this.status = create("p", { role: "status" }, root);
        this.button.onclick = () => this.press();
        this.online = () => this.wake();
        addEventListener("online", this.online);
        // An answer that is changed here may be sent before the server has heard of it.
        this.changed = () => setTimeout(() => this.alive && this.show());
        for (const event of CHANGES) document.addEventListener(event, this.changed);
    }

    /** @param {Turn} turn */
    update({ data }) {
        this.data = data;
        this.counted(data.sent, data.given);
        this.word.textContent = data.label;
        const { kept } = this;
        if (kept?.late) this.state = this.tooLate(kept);
        this.show();
        this.wake();
        this.go();
    }

    /**
     * A run of the page that began before the last answer came knows only the one before.
     *
     * @param {number | null} sent
     * @param {number} given
     */
    counted(sent, given) {
        if (given < this.given) return;
        this.sent = sent;
        this.given = given;
    }

    press() {
        const { question } = this.data;
        const answer = this.standing;
        if (answer === null) return;
        this.keep({ question, answer, late: false });
        this.enter("sending");
        this.wake();
        this.go();
    }

    get kept() {
        return keptIn(localStorage, this.data.code);
    }

    /** @param {Kept | null} kept */
    keep(kept) {
        const name = KEPT + this.data.code;
        if (kept) localStorage.setItem(name, JSON.stringify(kept));
        else localStorage.removeItem(name);
    }

    /**
     * @param {Kept} kept
     * @returns {State}
     */
    tooLate({ question }) {
        return question === this.data.question ? "late" : "before";
    }

    /** Sends what is kept until nothing is. */
    async go() {
        if (this.goes) return;
        this.goes = true;
        for (let kept; this.alive && (kept = this.kept) && !kept.late; ) {
            if (this.state !== "waiting") this.enter("sending");
            const given = await this.post(kept);
            if (given === null) {
                this.enter("waiting");
                await this.pause(RETRY);
            } else this.settle(kept, given);
        }
        this.goes = false;
    }

    /**
     * @param {Kept} kept
     * @returns {Promise<number | null>} how often it was answered now; 0: this is not counted;
     *     null: nobody knows
     */
    async post({ question, answer }) {
        const { path, code, who } = this.data;
        const body = JSON.stringify({ code, who, question, answer });
        const slow = setTimeout(() => this.enter("waiting"), SLOW);
        try {
            const signal = AbortSignal.timeout(PATIENCE);
            const reply = await fetch(addressOf(path), {
                method: "POST",
                body,
                signal,
                keepalive: true,
            });
            return reply.ok ? (await reply.json()).given : null;
        } catch {
            return null;
        } finally {
            clearTimeout(slow);
        }
    }

    /**
     * @param {Kept} kept
     * @param {number} given
     */
    settle(kept, given) {
        const now = this.kept;
        // Another answer was given in the meantime: it goes next.
        if (now?.question !== kept.question || now.answer !== kept.answer) return;
        // What came too late is still shown when the next question is asked.
        this.keep(given ? null : { ...kept, late: true });
        if (given && kept.question === this.data.question) this.counted(kept.answer, given);
        this.enter(given ? "sent" : this.tooLate(kept));
    }

    /** @param {State} state */
    enter(state) {
        this.state = state;
        this.show();
    }

    /** The answer as it stands; null: there is none. */
    get standing() {
        return shownOn(document, this.data) ?? this.data.value;
    }

    show() {
        this.button.disabled = this.standing === null;
        const texts = JSON.parse(this.data.texts);
        const text = this.state === "sent" ? this.after(texts) : texts[this.state];
        // What has not changed is not read out again.
        if (this.status.textContent !== text) this.status.textContent = text;
        this.status.dataset.state = this.state;
    }

    /** @param {Record<string, string>} texts */
    after(texts) {
        if (this.sent === null) return texts.first;
        return this.standing === this.sent ? texts.sent : texts.changed;
    }

    /** @param {number} time */
    pause(time) {
        return new Promise((/** @type {(done: void) => void} */ resolve) => {
            this.wake = () => resolve();
            setTimeout(resolve, time);
        });
    }

    destroy() {
        this.alive = false;
        if (this.state === "before" && this.kept?.late) this.keep(null);
        removeEventListener("online", this.online);
        for (const event of CHANGES) document.removeEventListener(event, this.changed);
        this.wake();
    }
}

export const mount = component((/** @type {Turn} */ turn) => new Sending(turn));
