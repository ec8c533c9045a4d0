// The chart's view in the browser. It draws what the server sends, knows nothing of schedules, and
// keeps two things of its own: the zoom, and the size.

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
    if (!view) {
        view = { zoom: {}, revision: 0, graph: parentElement.querySelector(".lrviz-chart") };
        views.set(parentElement, view);
    }
    // The latest wins: a call that waits for plotly.js draws what came last.
    view.data = data;
    view.toggle = (uid) => setTriggerValue("toggle", uid);
    parentElement.querySelector("figcaption").textContent = data.description;
    await load(plotlyUrl);
    await draw(view);
    return () => {
        view.observer?.disconnect();
        window.Plotly.purge(view.graph);
        views.delete(parentElement);
    };
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

async function draw(view) {
    const { graph, data } = view;
    const figure = JSON.parse(data.figure);
    const layout = themed(figure.layout, graph);
    view.home = {
        x: layout.xaxis.range,
        y: layout.yaxis.range,
        xKind: layout.xaxis.uirevision,
        yKind: layout.yaxis.uirevision,
    };
    // A zoom holds while its axis counts the same thing.
    for (const axis of ["x", "y"]) {
        const zoom = view.zoom[axis];
        if (zoom?.kind === view.home[`${axis}Kind`]) layout[`${axis}axis`].range = zoom.range;
        else delete view.zoom[axis];
    }
    layout.datarevision = ++view.revision;
    Object.assign(layout, size(graph));
    await window.Plotly.react(graph, figure.data, layout, config(view));
    graph.dataset.revision = view.revision;
    if (!view.observer) listen(view);
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
        for (const axis of ["x", "y"]) {
            const range = graph.layout[`${axis}axis`].range;
            if (Object.keys(change).some((key) => key.startsWith(`${axis}axis.range`))) {
                view.zoom[axis] = { range: [...range], kind: view.home[`${axis}Kind`] };
            }
        }
    });
    let width = graph.clientWidth;
    view.observer = new ResizeObserver(() => {
        if (graph.clientWidth === width || !graph.clientWidth) return;
        width = graph.clientWidth;
        requestAnimationFrame(() => window.Plotly.relayout(graph, size(graph)));
    });
    view.observer.observe(graph);
}

async function reset(view) {
    view.zoom = {};
    await draw(view);
}

function size(graph) {
    const width = graph.clientWidth;
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
    };
}

function config(view) {
    const { filename } = view.data;
    const labels = JSON.parse(view.data.labels);
    const save = (format) => {
        const { width, height } = size(view.graph);
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
            ["zoom2d", "pan2d", "zoomIn2d", "zoomOut2d"],
            [button("reset", RESET_ICON, () => reset(view))],
        ],
    };
}
