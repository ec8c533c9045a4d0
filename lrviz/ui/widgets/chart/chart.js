// @ts-check
// The chart in the browser. It draws what the server sends, knows nothing of schedules, and keeps
// two things of its own: the zoom, and the size.

import { part } from "../controls/dom.js";
import { markStop } from "../drawing/axes.js";
import { configOf, sizeOf, themeOf, whenResized } from "../drawing/look.js";
import * as plotly from "../drawing/plotly.js";
import { Outbox } from "../live/outbox.js";
import { previewOf } from "../live/preview.js";
import { figureAt } from "./drawn.js";
import { Extras } from "./extras.js";
import { Growing } from "./growing.js";
import { Handles } from "./handles.js";
import { Moving } from "./moving.js";
import { Player } from "./player.js";
import { showReadout } from "./readout.js";
import { watchScrollers } from "./scrollers.js";
import { Switches } from "./switches.js";
import { Zoom } from "./zoom.js";

/** @typedef {import("../live/payloads.js").ChartPayload} ChartPayload */
/** @typedef {import("../live/payloads.js").Figure} Figure */
/** @typedef {import("../live/payloads.js").LivePayload} LivePayload */
/** @typedef {import("../live/component.js").Component<ChartPayload>} Turn */
/** @typedef {import("../drawing/stacked.js").Upper} Upper */
/** @typedef {import("../drawing/stacked.js").Lower} Lower */

export class Chart {
    zoom = new Zoom();
    revision = 0;
    drawings = 0;
    source = "";
    newest = "";
    look = "";
    /** @type {Figure} */
    figure = { data: [], layout: {} };
    /** @type {LivePayload | null} */
    live = null;
    /** @type {ResizeObserver | null} */
    observer = null;
    /** @type {Player | null} */
    player = null;
    extras = new Extras(() => this.lens.place());

    /**
     * @param {Turn} turn
     * @param {(upper: Upper) => Lower} beneath builds what stands beneath it
     */
    constructor({ parentElement, data, setStateValue }, beneath) {
        this.root = parentElement;
        /** @type {plotly.Graph} */
        this.graph = part(parentElement, ".lrviz-chart");
        this.data = data;
        this.post = setStateValue;
        this.preview = previewOf(data.key);
        this.outbox = new Outbox((text) => this.post("said", text));
        this.handles = new Handles(this.graph, this.preview);
        this.switches = new Switches(part(parentElement, ".lrviz-figure"), (name, value) =>
            this.outbox.say(name, value),
        );
        this.growing = new Growing(data.key, this.graph, (figure) => this.grow(figure));
        this.moving = new Moving(this.graph, () => this.preview.stop() && this.redraw());
        this.screen = {
            redraw: () => this.redraw(),
            place: () => this.place(),
            pause: () => this.player?.stop(),
            beneath: () => this.lens.request(),
        };
        this.lens = beneath({
            root: parentElement,
            graph: this.graph,
            preview: this.preview,
            outbox: this.outbox,
            figure: () => this.figure,
            at: () => this.player?.place ?? this.extras.at,
            draw: () => this.draw(),
        });
        watchScrollers();
    }

    /** @param {Turn} turn */
    async update({ data, setStateValue }) {
        // A call that has waited for plotly.js draws the newest data.
        this.data = data;
        this.post = setStateValue;
        this.live = data.live ? JSON.parse(data.live) : null;
        this.outbox.taken(data.taken);
        this.switches.update(data.switches);
        this.extras.take(data.extras, data.taken);
        const taken = { panel: this.live?.taken ?? 0, chart: data.taken };
        const lens = this.lens.take(data.lens, taken);
        part(this.root, "figcaption").textContent = data.description;
        await plotly.load(data.plotly);
        await lens;
        await this.take();
        this.lens.draw();
        this.extras.show(this.graph, this.outbox);
    }

    /** Draws what the server sent. */
    async take() {
        const { data, live } = this;
        this.growing.from(data.grows);
        const look = this.ink + data.lens;
        // While a fit is watched, most charts come again as they were.
        if (!live && this.source === data.figure && this.look === look) return;
        this.look = look;
        if (this.source !== data.figure) {
            this.source = data.figure;
            this.figure = JSON.parse(data.figure);
            const { height } = this.figure.layout;
            this.graph.style.height = height ? `${height}px` : "";
        }
        if (live) this.takeLive(live);
        await this.draw();
        this.showReadout();
        this.graph.dataset.revision = String((this.revision += 1));
        if (!this.observer) this.listen();
    }

    /** @param {LivePayload} live */
    takeLive(live) {
        this.player ??= this.buildPlayer(live);
        this.preview.attach(this.screen, live);
        this.player.update(live);
    }

    /** @param {LivePayload} live */
    buildPlayer(live) {
        const chart = {
            traces: () => this.figure.data,
            selected: () => this.selected(),
            picture: () => this.drawn(true),
            plotly: () => this.data.plotly,
            ink: () => this.ink,
            redraw: () => this.redraw(),
        };
        return new Player(part(this.root, ".lrviz-player"), chart, this.preview, live);
    }

    /** The colour of the page's text. */
    get ink() {
        return themeOf(this.graph)("text-color");
    }

    /** @param {string} figure */
    async grow(figure) {
        if (this.newest === figure) return;
        this.newest = figure;
        this.figure = JSON.parse(figure);
        await this.draw();
        this.graph.dataset.revision = String((this.revision += 1));
    }

    // --- drawing -----------------------------------------------------------------------------

    redraw() {
        if (this.moved()) this.place();
        else this.draw();
        this.showReadout();
        this.lens.draw();
    }

    /** Whether it was enough to move the selected line. */
    moved() {
        const { preview, zoom, handles } = this;
        const fixed = zoom.has("y") || handles.held;
        return this.moving.move(preview.uid, preview.stop(), this.around(), fixed);
    }

    /** Moves what lies over the chart to where the axes are. */
    place() {
        this.extras.place();
        const line = this.selected();
        if (this.live && line) this.handles.place(line);
    }

    /** All that is drawn beside the selected curve; the same text, the same drawing. */
    around() {
        return this.player?.state() ?? "";
    }

    /**
     * @param {boolean} [alone] whether nothing else stands beneath it
     * @returns {Figure}
     */
    drawn(alone = false) {
        const { graph, preview, extras, player } = this;
        const stop = preview.stop();
        const { data, layout } = figureAt(this.figure, graph, preview.uid, stop, this.handles.held);
        this.zoom.apply(layout, extras.asks);
        if (extras.asks) layout.dragmode = false;
        if (!alone) this.lens.fit(layout);
        Object.assign(layout, sizeOf(graph));
        return { data: player ? [...player.behind(), ...data, ...player.over()] : data, layout };
    }

    /** @returns {Promise<void>} */
    draw() {
        const { graph } = this;
        return plotly.draw(
            graph,
            () => this.drawing(),
            () => markStop(this.graph, this.preview.stop()),
        );
    }

    drawing() {
        const stop = this.preview.stop();
        const { data, layout } = this.drawn();
        layout.datarevision = this.drawings += 1;
        const range = stop ? stop.range : this.figure.layout.yaxis.range;
        this.moving.record(range, this.around());
        const reset = this.extras.asks ? null : () => this.reset();
        return {
            data,
            layout,
            config: configOf(this.graph, this.data, reset, () => this.drawn(true)),
        };
    }

    reset() {
        this.zoom.reset();
        this.draw();
    }

    /** The selected curve as it is drawn now. */
    selected() {
        const { uid } = this.preview;
        return this.preview.stop() ?? this.figure.data.find((trace) => trace.uid === uid);
    }

    showReadout() {
        const { live, preview, player } = this;
        if (!live) return;
        const numbers = preview.stop()?.readout ?? live.readout.map(([, text]) => text);
        const root = part(this.root, ".lrviz-readout");
        showReadout(root, live, numbers, player?.pinned ?? null, preview.problem);
    }

    listen() {
        const { graph } = this;
        plotly.hear(graph, {
            home: () => this.reset(),
            painted: () => this.place(),
            moved: (change) => this.zoomed(change),
            hovered: (x) => this.lens.hover(x),
        });
        this.observer = whenResized(graph, () => {
            // Type, margins and names depend on its width.
            this.draw();
            this.lens.draw();
        });
        this.place();
    }

    /** @param {Record<string, unknown>} change that a hand has made to the layout */
    zoomed(change) {
        if (this.moving.rescales) return;
        this.zoom.take(change, this.graph.layout);
        this.moving.forget();
        if (this.graph.layout.yaxis.type === "log") this.draw();
        this.lens.draw();
    }

    destroy() {
        this.growing.from("");
        this.outbox.destroy();
        this.observer?.disconnect();
        this.player?.stop();
        this.extras.destroy();
        this.lens.close();
        this.preview.leave(this.screen);
        plotly.purge(this.graph);
    }
}
