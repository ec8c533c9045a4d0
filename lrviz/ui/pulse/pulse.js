// Waits for news of the room, and has the page drawn anew when there are some. One plain request
// that the server answers late: a hundred of them cost nothing while nothing happens.

const pulses = new WeakMap();
const RETRY = 1000;
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
    pulse.drawn?.();
    pulse.beating ??= beat(pulse);
    return () => {
        pulse.alive = false;
        pulse.asking?.abort();
        pulse.drawn?.();
        pulses.delete(parentElement);
    };
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
            if (!asking.signal.aborted) await pause(RETRY);
        }
    }
}
