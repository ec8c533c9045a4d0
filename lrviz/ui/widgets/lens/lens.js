// @ts-check
// The lens beneath a chart: what is chosen above it, and one of its views. It follows whatever the
// chart draws, and its cursor.

import { create, part } from "../controls/dom.js";
import { Radios } from "../controls/radios.js";
import { axesOf } from "../drawing/plotly.js";
import { linesOf } from "./lines.js";
import { LossLens } from "./loss.js";
import { PathLens } from "./paths.js";

/** @typedef {import("./payloads.js").LensPayload} LensPayload */

/**
 * The chart above, for one that is to stand beneath it: both x axes begin at the same place.
 *
 * @typedef {object} Above
 * @property {number} width of it, in pixels
 * @property {number} left where its x axis begins
 * @property {(left: number) => void} wider asks for one that begins so far to the right
 */

/**
 * What is drawn above, at this moment.
 *
 * @typedef {object} Stage
 * @property {string} selected the uid of the curve that sliders move
 * @property {boolean} moving whether one is held
 * @property {Record<string, any>} xaxis as it is drawn
 * @property {{ font?: object, margin?: object }} frame its type, and the room around it
 * @property {Above} above where its x axis is
 * @property {(name: string, told: number) => number} setting what holds of a field of the lens
 */

/** @typedef {import("../drawing/stacked.js").Upper} Upper */

export class Lens {
    /** @type {LensPayload | null} */
    payload = null;
    text = "";
    /** @type {LossLens | PathLens | null} */
    view = null;
    /** @type {number | null} where on the x axis the pointer is */
    hovered = null;
    frame = 0;
    /** How far to the right the x axis has to begin, so that the view's numbers have room. */
    left = 0;
    /** Whether the view has been drawn at all. */
    drawn = false;

    /** @param {Upper} chart */
    constructor(chart) {
        const { root, outbox, preview } = chart;
        this.chart = chart;
        this.settings = preview.settings;
        this.root = part(root, ".lrviz-lens");
        const bar = create("div", { className: "lrviz-lens-bar" }, this.root);
        const group = create("span", { className: "lrviz-switch" }, bar);
        group.dataset.name = "lens";
        this.kinds = new Radios(group, (value) => outbox.say("lens", value));
        this.choice = create("select", {}, bar);
        this.choice.onchange = () => outbox.say(this.choice.name, this.choice.value);
        this.act = create("button", { type: "button" }, bar);
        this.act.onclick = () => outbox.say("improve", "");
        this.told = create("p", { className: "lrviz-lens-told" }, bar);
        this.body = create("div", { className: "lrviz-lens-body" }, this.root);
        // The sentences again, where there is room for them; those beside the bar are read out.
        this.caption = create(
            "p",
            { className: "lrviz-lens-caption", ariaHidden: "true" },
            this.body,
        );
    }

    /** Whether there is a picture beneath the chart. */
    get open() {
        return this.view !== null;
    }

    /**
     * @param {string} text JSON of a LensPayload; empty: there is no lens
     * @param {import("../live/settings.js").Taken} taken
     */
    take(text, taken) {
        this.settings.settle(taken);
        if (text === this.text) return;
        this.text = text;
        this.payload = text ? JSON.parse(text) : null;
        const kind = this.payload?.kind ?? "";
        this.root.hidden = !kind;
        if (this.payload) this.head(this.payload);
        if (kind !== this.root.dataset.kind) this.show(kind);
    }

    /** @param {string} kind of view */
    show(kind) {
        this.root.dataset.kind = kind;
        this.close();
        if (kind === "loss") this.view = new LossLens(this.body, this.told);
        if (kind === "path") {
            this.view = new PathLens(this.body, this.told, (...at) => this.begin(...at));
        }
    }

    /** @param {LensPayload} payload */
    head({ label, kinds, kind, choice, texts, why }) {
        this.kinds.group.hidden = !kinds.length;
        if (kinds.length) this.kinds.update(label, kinds, kind);
        this.choice.hidden = !choice;
        if (choice) {
            const options = choice.options.map(([value, title]) => new Option(title, value));
            this.choice.replaceChildren(...options);
            this.choice.name = choice.name;
            this.choice.value = choice.value;
            this.choice.ariaLabel = choice.label;
            this.choice.title = choice.help;
        }
        this.caption.textContent = why.join(" ");
        this.act.hidden = !texts.improve;
        this.act.textContent = texts.improve;
        this.act.title = texts.improving;
    }

    /**
     * What the chart above leaves to the one beneath it: the numbers of the steps, and the names.
     *
     * @param {Record<string, any>} layout
     */
    fit(layout) {
        if (!this.open) return;
        layout.xaxis = { ...layout.xaxis, showticklabels: false, title: undefined };
        layout.showlegend = false;
        layout.margin = { ...layout.margin, l: Math.max(layout.margin.l, this.left) };
    }

    draw() {
        if (!this.payload || !this.view) return;
        const { graph, preview } = this.chart;
        const figure = this.chart.figure();
        const selected = preview.uid;
        const stop = preview.stop();
        const stage = {
            selected,
            moving: this.drawn && (stop !== null || this.settings.moving),
            xaxis: { ...figure.layout.xaxis, range: [...graph.layout.xaxis.range] },
            above: this.above(),
            frame: { font: figure.layout.font, margin: figure.layout.margin },
            setting: (/** @type {string} */ name, /** @type {number} */ told) =>
                this.settings.value(name, told),
        };
        // To ask for a size while a slider moves would have the page laid out in every frame.
        if (!stage.moving && !this.root.clientWidth) return;
        this.view.draw(this.payload, linesOf(figure, selected, stop), stage);
        this.drawn = true;
        this.place();
    }

    /** @returns {Above} */
    above() {
        const { graph } = this.chart;
        return {
            width: graph._fullLayout?.width ?? 0,
            left: axesOf(graph)?.x._offset ?? 0,
            wider: async (left) => {
                if (left <= this.left) return;
                this.left = left;
                await this.chart.draw();
                this.draw();
            },
        };
    }

    /** The cursor may be elsewhere. */
    place() {
        this.view?.place(this.chart.at() ?? this.hovered);
    }

    request() {
        if (this.frame) return;
        this.frame = requestAnimationFrame(() => {
            this.frame = 0;
            this.draw();
        });
    }

    /** @param {number | null} x where on the x axis the pointer is */
    hover(x) {
        if (!this.view || x === this.hovered) return;
        this.hovered = x;
        this.request();
    }

    /**
     * A hand has moved the place where the particles begin.
     *
     * @param {number} x
     * @param {number} y
     * @param {boolean} done
     */
    begin(x, y, done) {
        const places = { start_x: String(x), start_y: String(y) };
        const number = done ? this.chart.outbox.say("start", places.start_x, places.start_y) : 0;
        for (const [path, text] of Object.entries(places)) {
            this.settings.move(path, text);
            if (done) this.settings.sent(path, text, number, "chart");
        }
        this.request();
    }

    close() {
        this.view?.destroy();
        this.view = null;
        this.drawn = false;
        this.left = 0;
        this.told.replaceChildren();
        delete this.told.dataset.told;
    }
}
