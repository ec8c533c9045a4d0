// Waits for news of the room, and has the page drawn anew when there are some. One plain request
// that the server answers late: a hundred of them cost nothing while nothing happens.

const pulses = new WeakMap();
const RETRY = 1000;
const KEPT = "lrviz-room-";
const DRAWN = 4000;

export function attach({ parentElement, data, setTriggerValue }) {
    let pulse = pulses.get(parentElement);
    if (!pulse) {
        pulse = { alive: true };
        pulses.set(parentElement, pulse);
    }
    // The page shows something else: what is waited for is no news any more.
    if (pulse.data?.version !== data.version) pulse.asking?.abort();
    pulse.data = data;
    pulse.tell = (version) => setTriggerValue("news", version);
    pulse.lost = (lost) => {
        pulse.isLost = lost;
        const place = parentElement.querySelector(".lrviz-lost");
        if (place.hidden !== lost) return;
        place.textContent = data.lost;
        place.hidden = !lost;
    };
    keep(pulse, (key) => setTriggerValue("key", key));
    pulse.drawn?.();
    pulse.beating ??= beat(pulse);
    return () => {
        pulse.alive = false;
        pulse.asking?.abort();
        pulse.drawn?.();
        pulses.delete(parentElement);
    };
}

// The teacher's key stays in the teacher's browser, for as long as its tab: a reload, which makes
// them one of the students, gives it back. It stands in no address.
function keep(pulse, give) {
    const { code, key } = pulse.data;
    const kept = sessionStorage.getItem(KEPT + code);
    if (key && key !== kept) {
        sessionStorage.setItem(KEPT + code, key);
        // The room has just been opened, further down: its code is at the top.
        document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
    } else if (!key && kept && pulse.given !== code) {
        pulse.given = code;
        give(kept);
    }
}

async function beat(pulse) {
    const base = location.origin + location.pathname.replace(/\/?$/, "/");
    const pause = (ms) =>
        new Promise((resolve) => {
            pulse.drawn = resolve;
            setTimeout(resolve, ms);
        });
    while (pulse.alive) {
        const { path, code, who, version } = pulse.data;
        const asked = JSON.stringify({ code, who, version });
        const asking = new AbortController();
        pulse.asking = asking;
        try {
            if (pulse.isLost) {
                // News may take long: something that is answered at once tells that it is back.
                await fetch(`${base}_stcore/health`, { signal: asking.signal, cache: "no-store" });
                pulse.lost(false);
            }
            const answer = await fetch(base + path, {
                method: "POST",
                body: asked,
                signal: asking.signal,
            });
            if (!answer.ok) throw new Error(answer.status);
            const news = await answer.json();
            // The page may have been drawn anew in the meantime: then ask again.
            if (news.version === version || pulse.data.version !== version) continue;
            pulse.tell(news.version);
            await pause(DRAWN);
        } catch {
            if (asking.signal.aborted) continue;
            pulse.lost(true);
            await pause(RETRY);
        }
    }
}
