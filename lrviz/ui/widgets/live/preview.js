// @ts-check
// What the sliders and the chart of one figure share: which stop is drawn instead of the server's
// curve, which values the server has not yet taken, and the fans.

import { addressOf, request } from "./address.js";
import { unpack } from "./fan.js";
import { addressed, reduce, START } from "./reducer.js";
import { Settings } from "./settings.js";

/** @typedef {import("./payloads.js").LivePayload} LivePayload */
/** @typedef {import("./fan.js").Stop} Stop */
/** @typedef {import("./fan.js").Fan & { raw: ArrayBuffer }} LoadedFan */

/** @typedef {import("./reducer.js").Event} Event */

const MOST_FANS = 8;

/** @typedef {import("./outbox.js").Say} Say */

/** @type {Map<string, Preview>} */
const previews = new Map();

/**
 * The preview of the chart of that key.
 *
 * @param {string} key
 */
export function previewOf(key) {
    let preview = previews.get(key);
    if (!preview) {
        preview = new Preview();
        previews.set(key, preview);
    }
    return preview;
}

/**
 * What shows a preview.
 *
 * @typedef {object} Screen
 * @property {() => void} redraw draws what is to be seen now
 * @property {() => void} place puts what lies over the chart into its places
 * @property {() => void} pause stops whatever plays
 * @property {() => void} beneath has what stands beneath it drawn
 */

/**
 * A slider, as the player moves it.
 *
 * @typedef {object} Movable
 * @property {string} title the name of its field
 * @property {string} text of the stop where it stands
 * @property {string} read the same, as it is read
 * @property {(direction: number) => number} sweep moves it one stop further, without sending it;
 *     returns the direction, which turns at the ends
 * @property {(text: string) => void} drag moves it to the stop of that text
 * @property {(by: number) => void} press moves it by so many stops, as a key does
 * @property {() => void} send sends the stop where it stands
 */

export class Preview {
    state = START;
    problem = false;

    constructor() {
        /** @type {Map<string, { loaded: Promise<LoadedFan>, fan: LoadedFan | null }>} */
        this.fans = new Map();
        /** @type {Map<string, Movable>} */
        this.sliders = new Map();
        /** @type {LivePayload | null} */
        this.data = null;
        /** @type {Screen | null} */
        this.screen = null;
        /** @type {Stop | null} */
        this.last = null;
        // The settings of the lens beneath the chart.
        this.settings = new Settings(() => this.screen?.beneath());
        this.frame = 0;
        this.joining = 0;
        /** @type {Say | null} sends a value to Python; null: there is no panel */
        this.say = null;
    }

    /** The stop that is drawn instead of the server's curve. */
    get active() {
        return this.state.active;
    }

    /** Whether a hand, or a sweep, holds a slider. */
    get held() {
        return this.state.held;
    }

    /** The uid of the selected curve's trace. */
    get uid() {
        return String(this.data?.id ?? "");
    }

    /** @param {Event} event */
    dispatch(event) {
        this.state = reduce(this.state, event);
        if (!this.state.active) this.last = null;
    }

    /**
     * Shows it on a screen, with what the server sends of the curve.
     *
     * @param {Screen} screen
     * @param {LivePayload} data
     */
    attach(screen, data) {
        this.screen = screen;
        this.data = data;
        this.dispatch({
            type: "received",
            curve: `${data.id} ${data.name}`,
            taken: data.taken,
        });
    }

    /** @param {Screen} screen */
    leave(screen) {
        if (this.screen === screen) this.screen = null;
    }

    /** @param {Say} say sends a message of the panel */
    connect(say) {
        this.say = say;
    }

    /** A hand has taken a slider: nothing else moves. */
    grab() {
        this.screen?.pause();
        this.dispatch({ type: "held" });
    }

    hold() {
        this.dispatch({ type: "held" });
    }

    letGo() {
        this.dispatch({ type: "let go" });
    }

    /**
     * Asks for the fan of a slider, so that it is there when the slider moves.
     *
     * @param {string} name
     * @returns {Promise<LoadedFan | null>}
     */
    async want(name) {
        const address = this.address(name);
        if (!address) return null;
        let entry = this.fans.get(address);
        if (!entry) {
            entry = { fan: null, loaded: load(address) };
            this.fans.set(address, entry);
            if (this.fans.size > MOST_FANS) this.fans.delete(this.fans.keys().next().value ?? "");
            this.receive(address, entry);
        }
        return entry.loaded.catch(() => null);
    }

    /**
     * @param {string} address
     * @param {{ loaded: Promise<LoadedFan>, fan: LoadedFan | null }} entry
     */
    async receive(address, entry) {
        const before = this.problem;
        try {
            entry.fan = await entry.loaded;
            this.problem = false;
        } catch {
            this.fans.delete(address);
            this.problem = true;
        }
        // A slider that is only pointed at draws nothing.
        if (this.active || this.problem !== before) this.request();
    }

    /** @param {string} name */
    address(name) {
        return addressed(this.data, name, this.state.pending);
    }

    /**
     * Draws the curve with this value, from the next frame on.
     *
     * @param {string} name
     * @param {string} text
     */
    move(name, text) {
        // Until the other slider's fan is there, what is drawn stays.
        if (this.active && this.active.name !== name) this.last = this.stop();
        this.dispatch({ type: "moved", name, text });
        this.want(name);
        this.request();
    }

    /**
     * The value was sent to the server, as message `number`.
     *
     * @param {string} name
     * @param {string} text
     * @param {number} number
     */
    sent(name, text, number) {
        this.dispatch({ type: "sent", name, text, number });
    }

    /**
     * Sends the value of a field that has no slider on the panel.
     *
     * @param {string} name
     * @param {string} text
     */
    set(name, text) {
        const number = this.data && this.say?.("slide", this.data.subject + name, text);
        if (number) this.sent(name, text, number);
    }

    /**
     * The value of a field, as far as the browser knows.
     *
     * @param {string} name
     */
    textOf(name) {
        const { active, pending } = this.state;
        if (active?.name === name) return active.text;
        return pending[name]?.text ?? this.data?.values[name] ?? "";
    }

    /**
     * The stops of a field that are drawn from now on, if its fan is there.
     *
     * @param {string} name
     */
    stops(name) {
        const address = this.address(name);
        return (address && this.fans.get(address)?.fan?.stops) || null;
    }

    /** What is drawn instead of the server's curve, if anything. */
    stop() {
        if (!this.active) return null;
        const address = this.address(this.active.name);
        const stop = address && this.fans.get(address)?.fan?.stops.get(this.active.text);
        if (stop) this.last = stop;
        return this.last;
    }

    request() {
        if (this.frame || !this.screen) return;
        this.frame = requestAnimationFrame(() => {
            this.frame = 0;
            this.screen?.redraw();
        });
    }

    /**
     * @param {string} name
     * @param {Movable} slider
     */
    join(name, slider) {
        this.sliders.set(name, slider);
        // Its handle in the chart can be dragged from now on.
        if (!this.joining) this.joining = requestAnimationFrame(() => this.joined());
    }

    joined() {
        this.joining = 0;
        this.screen?.place();
    }

    /**
     * @param {string} name
     * @param {Movable} slider
     */
    part(name, slider) {
        if (this.sliders.get(name) === slider) this.sliders.delete(name);
    }

    /** @param {string} name */
    slider(name) {
        return this.sliders.get(name);
    }
}

/**
 * @param {string} address
 * @returns {Promise<LoadedFan>}
 */
async function load(address) {
    const answer = await request(addressOf(address));
    if (!answer.ok) throw new Error(`${answer.status}`);
    const raw = await answer.arrayBuffer();
    return { ...unpack(raw), raw };
}
