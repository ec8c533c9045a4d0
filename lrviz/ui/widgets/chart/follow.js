// Charts that grow while a run trains. All charts of one run share one question to the server.

// How often the server is asked, in milliseconds, and the shortest pause after drawing.
const PERIOD = 140;
const PAUSE = 30;
const followed = new Map();

// Has `view` drawn anew with what comes from `address`; an empty address: no more.
export function follow(view, key, address) {
    if (view.followed === address) return;
    leave(view);
    view.followed = address;
    if (!address) return;
    let run = followed.get(address);
    if (!run) {
        run = { views: new Map(), version: "" };
        followed.set(address, run);
        ask(address, run);
    }
    run.views.set(view, key);
}

export function leave(view) {
    followed.get(view.followed)?.views.delete(view);
    view.followed = "";
}

async function ask(address, run) {
    const base = location.pathname.replace(/\/?$/, "/");
    let asked = performance.now();
    for (;;) {
        await pause(Math.max(PAUSE, asked + PERIOD - performance.now()));
        asked = performance.now();
        if (!run.views.size) break;
        if (document.hidden) continue;
        try {
            const known = encodeURIComponent(run.version);
            const answer = await fetch(`${location.origin}${base}${address}&known=${known}`);
            if (answer.status === 404) break;
            if (answer.status !== 200) continue;
            const told = await answer.json();
            run.version = told.version;
            for (const [view, key] of run.views) {
                if (told.figures?.[key] && seen(view)) view.grow(told.figures[key]);
            }
        } catch {
            // The server is out of reach: the page says so itself.
            await pause(2000);
        }
    }
    followed.delete(address);
}

function pause(time) {
    return new Promise((resolve) => setTimeout(resolve, time));
}

// What is scrolled away is drawn when it comes back, and by the page when the run is over.
function seen(view) {
    const { top, bottom } = view.graph.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight;
}
