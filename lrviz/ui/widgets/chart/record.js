// @ts-check
// A sweep as one HTML file that opens anywhere, offline: plotly.js, the figure and the fan in it.

import { unpack } from "../live/fan.js";
import { CURSOR, HOVER, PASSED } from "../live/names.js";
import { escapeHtml } from "../words/html.js";

/** @typedef {import("../live/payloads.js").Figure} Figure */
/** @typedef {import("../live/fan.js").Fan} Fan */

/**
 * @param {string} plotly where plotly.js is
 * @param {Figure} drawn the figure as it is drawn
 * @param {Fan & { raw: ArrayBuffer }} fan
 * @param {string} uid of the curve that is swept
 * @param {string} name of the field
 * @param {Record<string, string>} texts
 */
export async function save(plotly, { data, layout }, fan, uid, name, texts) {
    const library = await (await fetch(plotly)).text();
    const figure = {
        data: data.filter(
            (trace) => ![CURSOR, PASSED, HOVER].some((each) => trace.uid?.startsWith(each)),
        ),
        layout: {
            ...layout,
            showlegend: true,
            width: undefined,
            height: undefined,
            autosize: true,
        },
    };
    const words = [texts.pause, texts.resume];
    const page = `<!doctype html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>lrviz</title>
<style>
body { margin: 0; font: 16px sans-serif; color: ${layout.font.color}; background: ${layout.paper_bgcolor}; }
#chart { height: 82vh; }
form { display: flex; gap: 1rem; align-items: center; padding: 0.5rem 1rem; }
input { flex: 1; }
output { min-width: 8em; }
</style>
<script>${library.replaceAll("</script", "<\\/script")}</script></head>
<body><div id="chart"></div>
<form><button type="button">${escapeHtml(texts.pause)}</button><label for="stop">${name}</label>
<input id="stop" type="range" min="0" max="${fan.texts.length - 1}" value="0"><output></output></form>
<script>
${unpack.toString()}
const figure = ${literal(figure)};
const raw = Uint8Array.from(atob("${base64(fan.raw)}"), (each) => each.charCodeAt(0)).buffer;
(${play.toString()})(figure, unpack(raw), ${literal(uid)}, ${literal(words)});
</script></body></html>`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([page], { type: "text/html" }));
    link.download = `lrviz-${name}.html`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/**
 * A value as JavaScript, inside of HTML.
 *
 * @param {unknown} value
 */
export function literal(value) {
    const plain = (/** @type {string} */ _, /** @type {any} */ each) =>
        ArrayBuffer.isView(each) ? Array.from(/** @type {any} */ (each)) : each;
    return JSON.stringify(value, plain).replaceAll("<", "\\u003c");
}

/** @param {ArrayBuffer} buffer */
function base64(buffer) {
    let text = "";
    for (const each of new Uint8Array(buffer)) text += String.fromCharCode(each);
    return btoa(text);
}

/**
 * Runs in the saved page, by itself: it names nothing of this module.
 *
 * @param {Figure} figure
 * @param {Fan} fan
 * @param {string} uid
 * @param {string[]} words
 */
function play(figure, { texts, stops }, uid, [pause, resume]) {
    const [button] = document.getElementsByTagName("button");
    const [input] = document.getElementsByTagName("input");
    const [output] = document.getElementsByTagName("output");
    const { Plotly } = /** @type {any} */ (window);
    let direction = 1;
    let playing = true;
    let revision = 0;
    const draw = () => {
        const text = texts[Number(input.value)];
        output.textContent = text;
        input.setAttribute("aria-valuetext", text);
        const stop = stops.get(text);
        if (!stop) return;
        const own = { x: stop.x, y: stop.y, ...(stop.dots && { marker: { size: stop.dots } }) };
        const data = figure.data.map((trace) => (trace.uid === uid ? { ...trace, ...own } : trace));
        const yaxis = { ...figure.layout.yaxis, range: stop.range ?? figure.layout.yaxis.range };
        const shapes = stop.marks.map((at) => ({ ...stop.mark, x0: at, x1: at }));
        const layout = { ...figure.layout, yaxis, shapes, datarevision: ++revision };
        Plotly.react("chart", data, layout, { responsive: true, displaylogo: false });
    };
    const toggle = () => {
        playing = !playing;
        button.textContent = playing ? pause : resume;
    };
    button.onclick = toggle;
    input.oninput = () => {
        if (playing) toggle();
        draw();
    };
    setInterval(() => {
        if (!playing) return;
        const next = Number(input.value) + direction;
        if (next < 0 || next >= texts.length) direction *= -1;
        input.value = String(Number(input.value) + direction);
        draw();
    }, 60);
    draw();
}
