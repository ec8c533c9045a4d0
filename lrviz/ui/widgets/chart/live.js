// What the sliders and the chart of one figure share in the browser: which stop is drawn, which
// values the server has not yet taken, and the fans.

import { unpack } from "./fan.js";

const lives = new Map();
const MOST_FANS = 8;

export function liveOf(key) {
    if (!lives.has(key)) lives.set(key, new Live());
    return lives.get(key);
}

class Live {
    fans = new Map();
    sliders = new Map();
    // Values that were sent, by field: {text, number}. They hold until the server has taken them.
    pending = new Map();
    // The stop that is drawn instead of the server's figure: {name, text}.
    active = null;
    held = false;
    shown = null;
    problem = false;

    // The chart of this figure, and what the server says of the curve.
    update(view, data) {
        if (this.data && (this.data.color !== data.color || this.data.name !== data.name)) {
            this.pending.clear();
            this.release();
        }
        this.view = view;
        this.data = data;
        for (const [name, { number }] of this.pending) {
            if ((data.taken[name] ?? 0) >= number) this.pending.delete(name);
        }
        if (this.active && !this.held && !this.pending.has(this.active.name)) this.release();
    }

    release() {
        this.active = null;
        this.shown = null;
        this.held = false;
    }

    // Asks for the fan of a slider, so that it is there when the slider moves.
    async want(name) {
        const address = this.address(name);
        if (!address) return null;
        let fan = this.fans.get(address);
        if (!fan) {
            fan = { stops: null, loaded: this.load(address) };
            this.fans.set(address, fan);
            if (this.fans.size > MOST_FANS) this.fans.delete(this.fans.keys().next().value);
            fan.loaded.then(
                (raw) => {
                    Object.assign(fan, unpack(raw), { raw });
                    this.problem = false;
                    this.request();
                },
                () => {
                    this.fans.delete(address);
                    this.problem = true;
                    this.request();
                },
            );
        }
        await fan.loaded.catch(() => null);
        return fan.stops && fan;
    }

    async load(address) {
        const base = location.pathname.replace(/\/?$/, "/");
        const answer = await fetch(location.origin + base + address);
        if (!answer.ok) throw new Error(`${answer.status}`);
        return answer.arrayBuffer();
    }

    address(name) {
        let address = this.data?.fans[name];
        if (!address) return null;
        for (const [other, { text }] of this.pending) {
            if (other === name) continue;
            address += `&set=${encodeURIComponent(`${other}~${text}`)}`;
        }
        return address;
    }

    // Draws the curve with this value, from the next frame on.
    move(name, text) {
        if (this.active && this.active.name !== name) this.shown = this.preview();
        this.active = { name, text };
        this.want(name);
        this.request();
    }

    // The value was sent to the server, as message `number`.
    sent(name, text, number) {
        this.pending.set(name, { text, number });
    }

    // What is drawn instead of the server's curve, if anything.
    preview() {
        if (!this.active) return null;
        const fan = this.fans.get(this.address(this.active.name));
        const stop = fan?.stops?.get(this.active.text);
        if (stop) this.shown = stop;
        return this.shown;
    }

    request() {
        if (this.frame || !this.view) return;
        this.frame = requestAnimationFrame(() => {
            this.frame = 0;
            this.view?.redraw();
        });
    }
}
