// What a lesson lays over the chart: a marker that is dragged to an answer, and a time cursor that
// plays along the curves. It knows the figure that is drawn, nothing of schedules or lessons.

const views = new WeakMap();
const PLAY_SECONDS = 8;

export function attach(component) {
    const { parentElement, data, setTriggerValue } = component;
    const graph = parentElement.querySelector(".lrviz-chart");
    let view = views.get(graph);
    if (!view) {
        view = { graph };
        views.set(graph, view);
        graph.on("plotly_afterplot", () => place(view));
        graph.on("plotly_relayouting", () => place(view));
        view.onPlay = () => play(view);
        document.addEventListener("lrviz-play", view.onPlay);
        graph.addEventListener("pointerdown", (event) => grab(view, event), true);
    }
    const turn = (view.turn = (view.turn ?? 0) + 1);
    view.send = (value) => setTriggerValue("marker", value);
    const extras = JSON.parse(data.extras);
    mark(view, extras.marker);
    player(view, parentElement, extras.play);
    place(view);
    return () => {
        // As for the chart: an earlier turn's end is no reason to go.
        if (view.turn !== turn && graph.isConnected) return;
        cancelAnimationFrame(view.frame);
        document.removeEventListener("lrviz-play", view.onPlay);
        views.delete(graph);
    };
}

function mark(view, wanted) {
    view.graph.dataset.asks = wanted?.axis ?? "";
    if (!wanted) {
        view.bar?.remove();
        view.bar = view.marker = undefined;
        return;
    }
    // The reader's hand wins: only another question, or another value from the server, moves it.
    if (view.marker?.id !== wanted.id || view.marker.sent !== wanted.value) {
        if (!view.held) view.value = wanted.value;
    }
    view.marker = { ...wanted, sent: wanted.value };
    view.bar ??= build(view);
    view.bar.dataset.axis = wanted.axis;
    view.bar.setAttribute("aria-label", wanted.label);
    view.bar.setAttribute("aria-orientation", wanted.axis === "x" ? "horizontal" : "vertical");
    view.bar.setAttribute("aria-valuemin", wanted.low);
    view.bar.setAttribute("aria-valuemax", wanted.high);
}

function build(view) {
    const bar = document.createElement("div");
    bar.className = "lrviz-marker";
    bar.tabIndex = 0;
    bar.setAttribute("role", "slider");
    bar.innerHTML = "<span></span><output aria-hidden='true'></output>";
    bar.addEventListener("pointermove", (event) => {
        if (view.held) move(view, at(view, event), true);
    });
    bar.addEventListener("pointerup", (event) => {
        if (!view.held) return;
        move(view, at(view, event), true);
        release(view);
    });
    // A finger that scrolls the page instead has moved nothing.
    bar.addEventListener("pointercancel", () => view.held && release(view));
    bar.addEventListener("keydown", (event) => press(view, event));
    bar.addEventListener("blur", () => view.timer && send(view));
    view.graph.append(bar);
    return bar;
}

// The whole plot is the marker's: a click or a drag anywhere in it moves the marker there.
function grab(view, event) {
    if (!view.marker || event.button || !event.isPrimary) return;
    const onBar = view.bar.contains(event.target);
    if (!onBar && !inside(view, event)) return;
    event.preventDefault();
    event.stopPropagation();
    view.bar.focus({ preventScroll: true });
    view.bar.setPointerCapture(event.pointerId);
    view.held = true;
    view.grabbed = view.value;
    if (!onBar && event.pointerType === "mouse") move(view, at(view, event), true);
}

function release(view) {
    view.held = false;
    if (view.value !== view.grabbed) send(view);
}

function inside(view, event) {
    const { x, y } = axes(view);
    const box = view.graph.getBoundingClientRect();
    const [left, top] = [event.clientX - box.left - x._offset, event.clientY - box.top - y._offset];
    return left >= 0 && left <= x._length && top >= 0 && top <= y._length;
}

function press(view, event) {
    const { low, high, step } = view.marker;
    const to = {
        ArrowRight: view.value + step,
        ArrowUp: view.value + step,
        ArrowLeft: view.value - step,
        ArrowDown: view.value - step,
        PageUp: view.value + 10 * step,
        PageDown: view.value - 10 * step,
        Home: low,
        End: high,
    }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    // On whole steps of the keyboard, wherever the pointer left it.
    move(view, event.key.startsWith("Arrow") ? Math.round(to / step) * step : to, false);
    clearTimeout(view.timer);
    view.timer = setTimeout(() => send(view), 250);
}

function send(view) {
    clearTimeout(view.timer);
    view.timer = undefined;
    view.send(view.value);
}

function move(view, value, fine) {
    const { low, high, step, whole } = view.marker;
    const grain = whole ? 1 : step / 5;
    const rounded = fine ? Math.round(value / grain) * grain : value;
    // Ten digits: sums of decimal fractions read as people write them.
    view.value = Number(Math.min(Math.max(rounded, low), high).toPrecision(10));
    place(view);
}

function axes(view) {
    const layout = view.graph._fullLayout;
    return { x: layout?.xaxis, y: layout?.yaxis };
}

function at(view, event) {
    const box = view.graph.getBoundingClientRect();
    const { x, y } = axes(view);
    return view.marker.axis === "x"
        ? x.p2d(event.clientX - box.left - x._offset)
        : y.p2d(event.clientY - box.top - y._offset);
}

function place(view) {
    const { x, y } = axes(view);
    if (!x?._length || !y?._length) return;
    if (view.bar) {
        const { axis, text } = view.marker;
        const scale = axis === "x" ? x : y;
        const pixel = scale._offset + scale.d2p(view.value);
        const style = view.bar.style;
        style.left = axis === "x" ? `${pixel}px` : `${x._offset}px`;
        style.top = axis === "x" ? `${y._offset}px` : `${pixel}px`;
        style.width = axis === "x" ? "" : `${x._length}px`;
        style.height = axis === "x" ? `${y._length}px` : "";
        const said = text.replace("{value}", shown(view));
        view.bar.querySelector("output").textContent = said;
        // Near the right edge the words stand on the left of the line.
        view.bar.toggleAttribute("data-flipped", axis === "x" && x.d2p(view.value) > x._length * 0.7);
        view.bar.setAttribute("aria-valuenow", view.value);
        view.bar.setAttribute("aria-valuetext", said);
    }
    if (view.cursor) cursor(view);
}

function shown(view) {
    const value = Number(view.value.toPrecision(view.marker.whole ? 12 : 3));
    return view.marker.whole ? value.toLocaleString("en") : String(value);
}

function player(view, parent, play) {
    let button = parent.querySelector(".lrviz-play");
    if (!play) {
        stop(view);
        button?.remove();
        return;
    }
    view.play = play;
    if (!button) {
        button = document.createElement("button");
        button.type = "button";
        button.className = "lrviz-play";
        button.addEventListener("click", () => document.dispatchEvent(new Event("lrviz-play")));
        parent.querySelector("figure").append(button);
    }
    view.button = button;
    label(view);
}

function label(view) {
    view.button.textContent = view.playing ? `⏸ ${view.play.pause}` : `▶ ${view.play.play}`;
}

function play(view) {
    if (!view.play) return;
    view.playing = !view.playing;
    label(view);
    if (!view.playing) return cancelAnimationFrame(view.frame);
    const [, end] = reach(view);
    if (view.time === undefined || view.time >= end) view.time = 0;
    if (!view.cursor) {
        view.cursor = document.createElement("div");
        view.cursor.className = "lrviz-cursor";
        view.cursor.append(document.createElement("output"));
        view.graph.append(view.cursor);
    }
    let last = performance.now();
    const tick = (now) => {
        const [length, stop_] = reach(view);
        view.time = Math.min(view.time + ((now - last) / 1000 / PLAY_SECONDS) * length, stop_);
        last = now;
        cursor(view);
        if (view.time < stop_) view.frame = requestAnimationFrame(tick);
        else {
            view.playing = false;
            label(view);
        }
    };
    view.frame = requestAnimationFrame(tick);
}

function stop(view) {
    cancelAnimationFrame(view.frame);
    view.cursor?.remove();
    view.cursor = view.play = view.time = undefined;
    view.playing = false;
}

// Traces that hold a rate for every step: from x0 on, dx apart.
function played(view) {
    return (view.graph._fullData ?? []).filter(
        (trace) => trace.uid?.startsWith("hover-") && trace.visible === true && trace.y?.length,
    );
}

function reach(view) {
    const ends = played(view).map((trace) => (trace.y.length - 1) * trace.dx);
    const range = view.graph._fullLayout.xaxis.range;
    return [range[1] - range[0], ends.length ? Math.max(...ends) : range[1]];
}

function cursor(view) {
    const { x, y } = axes(view);
    view.cursor.style.left = `${x._offset + x.d2p(view.time)}px`;
    view.cursor.style.top = `${y._offset}px`;
    view.cursor.style.height = `${y._length}px`;
    const rates = played(view).map((trace) => {
        const rate = trace.y[Math.min(Math.floor(view.time / trace.dx), trace.y.length - 1)];
        return Number.isFinite(rate) ? String(Number(rate.toPrecision(3))) : "NaN";
    });
    const step = view.play.step.replace("{value}", Math.floor(view.time).toLocaleString("en"));
    view.cursor.firstChild.textContent = [step, ...rates].join(" · ");
    view.cursor.toggleAttribute("data-flipped", x.d2p(view.time) > x._length * 0.6);
}
