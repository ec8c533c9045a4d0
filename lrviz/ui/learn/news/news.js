// @ts-check
// Waits for news of the room, and has the page drawn anew when there are some. One plain request
// that the server answers late: a hundred of them cost nothing while nothing happens.

import { part } from "../../widgets/controls/dom.js";
import { addressOf } from "../../widgets/live/address.js";
import { component } from "../../widgets/live/component.js";

/** @typedef {import("../../widgets/live/payloads.js").NewsPayload} NewsPayload */
/** @typedef {import("../../widgets/live/component.js").Component<NewsPayload>} Turn */

const RETRY = 1000;
const KEPT = "lrviz-room-";
/** As long as a room can last, in seconds. */
const KEPT_FOR = 8 * 3600;
const DRAWN = 4000;

class News {
    alive = true;
    waits = false;
    /** The room to which its key was given back. */
    given = "";
    /** Ends a pause. */
    wake = () => {};
    asking = new AbortController();

    /** @param {Turn} turn */
    constructor({ parentElement, data, setTriggerValue }) {
        this.place = part(parentElement, ".lrviz-lost");
        this.data = data;
        this.say = setTriggerValue;
    }

    /** @param {Turn} turn */
    update({ data, setTriggerValue }) {
        // The page shows something else: what is waited for is no news any more.
        if (this.data.version !== data.version) this.asking.abort();
        this.data = data;
        this.say = setTriggerValue;
        this.keep();
        this.wake();
        if (!this.waits) this.wait();
    }

    /**
     * The teacher's key stays in the teacher's browser, for as long as its tab: a reload, which
     * makes them one of the students, gives it back. It stands in no address.
     */
    keep() {
        const { code, key, who, cookie } = this.data;
        // A student is the same student after a reload, in another tab, and with another network.
        if (who && !key) document.cookie = `${cookie}=${who}; max-age=${KEPT_FOR}; samesite=strict`;
        const kept = sessionStorage.getItem(KEPT + code);
        if (key && key !== kept) {
            sessionStorage.setItem(KEPT + code, key);
            // The room has just been opened, further down: its code is at the top.
            document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
        } else if (!key && kept && this.given !== code) {
            this.given = code;
            this.say("key", kept);
        }
    }

    async wait() {
        this.waits = true;
        while (this.alive) {
            const asking = (this.asking = new AbortController());
            try {
                await this.ask(asking.signal);
            } catch {
                if (asking.signal.aborted) continue;
                this.lost(true);
                await this.pause(RETRY);
            }
        }
    }

    /** @param {AbortSignal} signal */
    async ask(signal) {
        const { path, code, who, version } = this.data;
        // There is no seat for this page: there are no news for it, either.
        if (!who) return this.pause(DRAWN);
        if (!this.place.hidden) {
            // News may take long; what is answered at once shows that the connection is back.
            await fetch(addressOf("_stcore/health"), { signal, cache: "no-store" });
            this.lost(false);
        }
        const body = JSON.stringify({ code, who, version });
        const answer = await fetch(addressOf(path), { method: "POST", body, signal });
        if (!answer.ok) throw new Error(`${answer.status}`);
        const news = await answer.json();
        // The page may have been drawn anew in the meantime: then ask again.
        if (news.version === version || this.data.version !== version) return;
        this.say("news", news.version);
        await this.pause(DRAWN);
    }

    /** @param {boolean} lost */
    lost(lost) {
        if (this.place.hidden !== lost) return;
        this.place.textContent = this.data.lost;
        this.place.hidden = !lost;
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
        this.asking.abort();
        this.wake();
    }
}

export const mount = component((/** @type {Turn} */ turn) => new News(turn));
