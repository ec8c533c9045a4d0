// The chart's view in the browser. It draws what the server sends, knows nothing of schedules, and
// keeps two things of its own: the zoom, and the size.

import { follow, leave } from "./follow.js";
import { liveOf } from "./live.js";
import { Player } from "./player.js";
import { watchScrollers } from "./scrollers.js";

const views = new WeakMap();
let library;

const SVG_ICON = {
    width: 24,
    height: 24,
    path: "M19 9h-4V3H9v6H5l7 7 7-7zM5 18v2h14v-2H5z",
};
const PNG_ICON = {
    width: 24,
    height: 24,
    path: "M21 19V5a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2zM8.5 13.5l2.5 3 3.5-4.5 4.5 6H5l3.5-4.5z",
};
const RESET_ICON = {
    width: 24,
    height: 24,
    path: "M12 3 2 12h3v8h6v-6h2v6h6v-8h3z",
};

export async function render(component, plotlyUrl) {
    const { parentElement, data, setTriggerValue } = component;
    let view = views.get(parentElement);
    watchScrollers();
    if (!view) {
        view = new View(parentElement);
        views.set(parentElement, view);
    }
    const turn = (view.turn = (view.turn ?? 0) + 1);
    // The latest wins: a call that waits for plotly.js draws what came last.
    view.data = data;
    view.plotlyUrl = plotlyUrl;
    view.toggle = (uid) => setTriggerValue("toggle", uid);
    parentElement.querySelector("figcaption").textContent = data.description;
    await load(plotlyUrl);
    await view.take();
    return () => {
        // Streamlit may say that an earlier turn is over when a later one has long taken the place.
        setTimeout(() => {
            if (view.turn !== turn && parentElement.isConnected) return;
            if (views.get(parentElement) !== view) return;
            view.destroy();
            views.delete(parentElement);
        });
    };
}

class View {
    zoom = {};
    // How often the whole run was asked for: Plotly gives a zoom back as long as this stays.
    homes = 0;
    revision = 0;

    constructor(root) {
        this.root = root;
        this.graph = root.querySelector(".lrviz-chart");
    }

    // Draws what the server sent.
    async take() {
        const { data } = this;
        follow(this, data.key, data.follow);
        const look = getComputedStyle(this.graph).getPropertyValue("--st-text-color");
        // While a fit is watched, most charts come again as they were.
        if (!data.live && this.source === data.figure && this.look === look) return;
        this.look = look;
        if (this.source !== data.figure) {
            this.source = data.figure;
            this.figure = JSON.parse(data.figure);
        }
        if (data.live) {
            const told = JSON.parse(data.live);
            this.live ??= liveOf(data.key);
            this.player ??= new Player(this, this.live);
            this.live.player = this.player;
            this.live.update(this, told);
            this.player.update(told);
        }
        await this.draw();
        this.tell();
        this.graph.dataset.revision = ++this.revision;
        if (!this.observer) listen(this);
    }

    // Draws a newer figure than the page has sent.
    async grow(figure) {
        if (this.newest === figure) return;
        this.newest = figure;
        this.figure = JSON.parse(figure);
        await this.draw();
        this.graph.dataset.revision = ++this.revision;
    }

    redraw() {
        if (!this.redrawn()) this.draw();
        this.tell();
    }

    // Moves the selected line and its marks alone, where nothing else of the drawing changes: that
    // takes a fiftieth of what Plotly takes to draw everything.
    redrawn() {
        const { graph, before, live } = this;
        const shown = live?.preview();
        const { xaxis, yaxis } = graph._fullLayout ?? {};
        if (!shown || shown.dots || !before || !yaxis?.c2p || !xaxis?.c2p) return false;
        if (before.around !== this.around()) return false;
        if (!this.zoom.y && before.range !== String(shown.range)) return this.rescale(shown.range);
        const line = graph.querySelector(`.scatterlayer .trace${live.data.color} path.js-line`);
        if (!line || !this.mark(shown)) return false;
        const log = yaxis.type === "log";
        let path = "";
        let pen = "M";
        for (let at = 0; at < shown.x.length; at += 1) {
            const y = yaxis.c2p(shown.y[at], log);
            if (Number.isFinite(y)) {
                path += `${pen}${xaxis.c2p(shown.x[at]).toFixed(2)},${y.toFixed(2)}`;
                pen = "L";
            } else pen = "M";
        }
        line.setAttribute("d", path || "M0,0");
        return true;
    }

    // Another range of the y axis alone takes Plotly a tenth of a whole drawing.
    rescale(range) {
        if (!range) return false;
        if (this.rescaling) return true;
        this.rescaling = true;
        this.before.range = String(range);
        window.Plotly.relayout(this.graph, { "yaxis.range": [...range] }).finally(() => {
            this.rescaling = false;
            // In the meantime the slider may have moved on, or have been let go of.
            if (this.live.preview()) this.redraw();
        });
        return true;
    }

    // All that is drawn beside the selected curve; the same text, the same drawing.
    around() {
        const { player, live } = this;
        const cursor = live.active ? null : player.cursor;
        return [cursor, player.passed.length, Boolean(player.pinned)].join();
    }

    // While a stop is shown, its marks are one path of ours instead of Plotly's shapes.
    mark({ marks, mark }) {
        const { graph } = this;
        const grid = graph.querySelector(".gridlayer");
        const { xaxis, yaxis } = graph._fullLayout;
        if (!grid || !xaxis?.c2p) return false;
        let path = grid.querySelector(".lrviz-marks");
        if (!path) {
            path = document.createElementNS("http://www.w3.org/2000/svg", "path");
            path.setAttribute("class", "lrviz-marks");
            grid.append(path);
        }
        const { color, width } = mark.line;
        path.setAttribute("transform", `translate(${xaxis._offset},${yaxis._offset})`);
        path.setAttribute("style", `stroke:${color};stroke-width:${width};stroke-dasharray:2,2;opacity:.7;fill:none`);
        const ticks = marks.map((at) => `M${xaxis.c2p(at).toFixed(2)},0V${yaxis._length}`);
        path.setAttribute("d", ticks.join("") || "M0,0");
        graph.dataset.live = "true";
        return true;
    }

    unmark() {
        this.graph.querySelector(".lrviz-marks")?.remove();
        delete this.graph.dataset.live;
    }

    // Traces and layout: the server's figure, or a stop of a fan in its place.
    drawn() {
        const { figure, graph, live } = this;
        const shown = live?.preview();
        const layout = themed(figure.layout, graph);
        for (const axis of [layout.xaxis, layout.yaxis]) {
            // Plotly writes a zoom into the very array that it was given.
            if (axis.range) axis.range = [...axis.range];
        }
        this.kinds = { x: layout.xaxis.uirevision, y: layout.yaxis.uirevision };
        let traces = figure.data;
        if (shown) {
            // Nobody reads the other curves' values while a slider moves.
            traces = traces.filter((trace) => trace.showlegend !== false);
            traces = traces.map((trace) => {
                if (trace.uid !== String(live.data.color)) return trace;
                const marker = shown.dots ? { ...trace.marker, size: shown.dots } : trace.marker;
                return { ...trace, x: shown.x, y: shown.y, ...(marker && { marker }) };
            });
            layout.shapes = [];
            if (shown.range) layout.yaxis.range = [...shown.range];
        }
        // A zoom holds while its axis counts the same thing.
        for (const axis of ["x", "y"]) {
            const zoom = this.zoom[axis];
            const drawn = layout[`${axis}axis`];
            if (zoom?.kind === this.kinds[axis]) drawn.range = [...zoom.range];
            else delete this.zoom[axis];
            drawn.uirevision = `${drawn.uirevision} ${this.homes}`;
            // A zoom into one decade needs the ticks within it.
            const [low, high] = drawn.range ?? [];
            if (drawn.type === "log" && high - low < 1.5) delete drawn.dtick;
            // A question is answered in the chart: a drag moves the marker.
            drawn.fixedrange = asks(this);
        }
        if (asks(this)) layout.dragmode = false;
        Object.assign(layout, size(this));
        if (this.player) traces = [...this.player.behind(), ...traces, ...this.player.dots()];
        return { data: traces, layout };
    }

    async draw() {
        const shown = this.live?.preview();
        const { data, layout } = this.drawn();
        layout.datarevision = this.drawings = (this.drawings ?? 0) + 1;
        const range = shown ? shown.range : this.figure.layout.yaxis.range;
        this.before = { range: String(range), around: this.live && this.around() };
        await window.Plotly.react(this.graph, data, layout, config(this));
        if (shown) this.mark(shown);
        else this.unmark();
    }

    // Where the page is small, a slider is often below the chart that it moves: then the chart
    // comes along for as long as it is held.
    float(on) {
        const { graph, root } = this;
        clearTimeout(this.landing);
        const seen = root.querySelector(".lrviz-figure").getBoundingClientRect();
        if (!on) {
            this.landing = setTimeout(() => graph.removeAttribute("data-floating"), 800);
        } else if (!graph.dataset.floating && seen.top + graph.clientHeight / 2 < 0) {
            root.querySelector(".lrviz-figure").style.minHeight = `${seen.height}px`;
            graph.style.setProperty("--left", `${seen.left}px`);
            graph.style.setProperty("--width", `${seen.width}px`);
            graph.dataset.floating = "true";
        }
    }

    // The selected curve as it is drawn now.
    selected() {
        const { live, figure } = this;
        return live.preview() ?? figure.data.find((trace) => trace.uid === String(live.data.color));
    }

    // The figures beneath the chart.
    tell() {
        if (!this.live) return;
        const { data, problem } = this.live;
        const place = this.root.querySelector(".lrviz-readout");
        const shown = this.live.preview()?.readout ?? data.readout.map(([, text]) => text);
        const pinned = this.player.pinned;
        const told = JSON.stringify([shown, data.readout, data.name, pinned?.readout, problem]);
        if (this.told === told) return;
        this.told = told;
        place.replaceChildren();
        const add = (tag, text) => {
            const made = document.createElement(tag);
            made.textContent = text;
            place.append(made);
        };
        const line = (name, texts) => {
            add("strong", name);
            data.readout.forEach(([label], index) => {
                if (texts[index] === undefined) return;
                place.append(`${index ? " · " : " "}${label} `);
                add("b", texts[index]);
            });
        };
        line(data.name, shown);
        if (pinned) {
            add("br", "");
            line(`${pinned.name} (${data.texts.pinned})`, pinned.readout);
        }
        if (problem) {
            add("br", "");
            add("em", data.texts.failed);
        }
    }

    destroy() {
        leave(this);
        this.observer?.disconnect();
        this.player?.stop();
        if (this.live?.view === this) this.live.view = null;
        window.Plotly.purge(this.graph);
    }
}

function load(url) {
    library ??= new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = url;
        script.onload = resolve;
        script.onerror = () => {
            library = undefined;
            reject(new Error(url));
        };
        document.head.append(script);
    });
    return library;
}

function listen(view) {
    const { graph } = view;
    graph.on("plotly_legendclick", (event) => {
        if (!view.data.toggles) return true;
        view.toggle(event.data[event.curveNumber].uid);
        return false;
    });
    graph.on("plotly_legenddoubleclick", () => false);
    graph.on("plotly_doubleclick", () => reset(view));
    graph.on("plotly_relayout", (change) => {
        if (view.rescaling) return;
        for (const axis of ["x", "y"]) {
            const range = graph.layout[`${axis}axis`].range;
            if (Object.keys(change).some((key) => key.startsWith(`${axis}axis.range`))) {
                view.zoom[axis] = { range: [...range], kind: view.kinds[axis] };
            }
        }
        view.before = null;
        if (graph.layout.yaxis.type === "log") view.draw();
    });
    let width = graph.clientWidth;
    view.observer = new ResizeObserver(() => {
        if (graph.clientWidth === width || !graph.clientWidth) return;
        width = graph.clientWidth;
        requestAnimationFrame(() => window.Plotly.relayout(graph, size(view)));
    });
    view.observer.observe(graph);
}

async function reset(view) {
    view.zoom = {};
    view.homes += 1;
    await view.draw();
}

// Whether a question is answered by a marker in this chart.
function asks({ data }) {
    return Boolean(data.extras && JSON.parse(data.extras).marker);
}

function size({ graph, figure }) {
    const width = graph.clientWidth;
    // A figure that says how high it is is one of several.
    if (figure.layout.height) return { width, height: figure.layout.height };
    if (width < 500) return { width, height: 340 };
    return { width, height: Math.round(Math.min(Math.max(window.innerHeight * 0.56, 380), 720)) };
}

function themed(layout, graph) {
    const style = getComputedStyle(graph);
    const color = (name) => style.getPropertyValue(`--st-${name}`).trim();
    const text = color("text-color");
    const background = color("background-color");
    const axis = {
        gridcolor: color("border-color-light") || color("border-color"),
        linecolor: color("border-color"),
        zerolinecolor: color("border-color"),
        automargin: true,
        ticks: "outside",
        tickcolor: color("border-color"),
    };
    const small = graph.clientWidth < 500;
    return {
        ...layout,
        font: { family: color("font"), color: text, size: layout.font?.size ?? (small ? 12 : 14) },
        paper_bgcolor: background,
        plot_bgcolor: background,
        hoverlabel: {
            bgcolor: color("secondary-background-color"),
            bordercolor: color("border-color"),
            font: { color: text, size: 13 },
            namelength: -1,
        },
        modebar: {
            bgcolor: "rgba(0,0,0,0)",
            color: color("gray-text-color"),
            activecolor: color("primary-color"),
        },
        margin: { l: 8, r: 8, t: 34, b: 8 },
        legend: {
            orientation: "h",
            yref: "container",
            y: 0,
            yanchor: "bottom",
            x: 0,
            xanchor: "left",
            itemdoubleclick: false,
        },
        dragmode: matchMedia("(pointer: coarse)").matches ? false : "zoom",
        xaxis: { ...axis, ...layout.xaxis },
        yaxis: { ...axis, ...layout.yaxis },
        ...(layout.yaxis2 && { yaxis2: { ...axis, ...layout.yaxis2 } }),
    };
}

function config(view) {
    const { filename } = view.data;
    const labels = JSON.parse(view.data.labels);
    const save = (format) => {
        const { width, height } = size(view);
        window.Plotly.downloadImage(view.graph, { format, filename, width, height, scale: 2 });
    };
    const button = (name, icon, click) => ({ name, title: labels[name], icon, click });
    return {
        displaylogo: false,
        displayModeBar: true,
        doubleClick: false,
        scrollZoom: false,
        locale: "page",
        locales: {
            page: {
                dictionary: {
                    Zoom: labels.zoom,
                    Pan: labels.pan,
                    "Zoom in": labels.in,
                    "Zoom out": labels.out,
                },
            },
        },
        modeBarButtons: [
            [
                button("png", PNG_ICON, () => save("png")),
                button("svg", SVG_ICON, () => save("svg")),
            ],
            ...(asks(view)
                ? []
                : [
                      ["zoom2d", "pan2d", "zoomIn2d", "zoomOut2d"],
                      [button("reset", RESET_ICON, () => reset(view))],
                  ]),
        ],
    };
}
