// @ts-check
// The chart's view in the browser. It draws what the server sends, knows nothing of schedules, and
// keeps two things of its own: the zoom, and the size.

import { part } from "../controls/dom.js";
import { configOf, themeOf, whenResized } from "../drawing/look.js";
import * as plotly from "../drawing/plotly.js";
import { Lens } from "../lens/lens.js";
import { component } from "../live/component.js";
import { Outbox } from "../live/outbox.js";
import { previewOf } from "../live/preview.js";
import { drawnIn } from "./drawn.js";
import { Extras } from "./extras.js";
import { growFrom } from "./growing.js";
import { Handles } from "./handles.js";
import { Player } from "./player.js";
import { tellReadout } from "./readout.js";
import { watchScrollers } from "./scrollers.js";
import { Switches } from "./switches.js";
import { Zoom } from "./zoom.js";

/** @typedef {import("../live/payloads.js").ChartPayload} ChartPayload */
/** @typedef {import("../live/payloads.js").Figure} Figure */
/** @typedef {import("../live/payloads.js").LivePayload} LivePayload */
/** @typedef {import("../live/component.js").Component<ChartPayload>} Turn */
/** @typedef {import("../live/fan.js").Stop} Stop */

class View {
    zoom = new Zoom();
    revision = 0;
    drawings = 0;
    source = "";
    newest = "";
    look = "";
    rescaling = false;
    /** @type {Figure} */
    figure = { data: [], layout: {} };
    /** @type {{ range: string, around: string } | null} what the last whole drawing was of */
    before = null;
    /** @type {ResizeObserver | null} */
    observer = null;
    /** @type {Player | null} */
    player = null;
    extras = new Extras(() => this.lens.place());
    /** @type {Handles} */
    handles;

    /** @param {Turn} turn */
    constructor({ parentElement, data, setStateValue }) {
        this.root = parentElement;
        /** @type {plotly.Graph} */
        this.graph = part(parentElement, ".lrviz-chart");
        this.data = data;
        this.key = data.key;
        this.post = setStateValue;
        this.preview = previewOf(data.key);
        this.outbox = new Outbox((text) => this.post("said", text));
        this.handles = new Handles(this.graph, this.preview);
        this.switches = new Switches(part(parentElement, ".lrviz-figure"), (name, value) =>
            this.outbox.say(name, value),
        );
        this.lens = new Lens(this);
        watchScrollers();
    }

    /** @param {Turn} turn */
    async update({ data, setStateValue }) {
        // The latest wins: a call that waits for plotly.js draws what came last.
        this.data = data;
        this.post = setStateValue;
        this.outbox.taken(data.taken);
        this.switches.update(data.switches);
        this.extras.take(data.extras, data.taken);
        this.lens.take(data.lens);
        part(this.root, "figcaption").textContent = data.description;
        await plotly.load(data.plotly);
        await this.take();
        this.lens.draw();
        this.extras.show(this.graph, this.outbox);
    }

    /** Draws what the server sent. */
    async take() {
        const { data } = this;
        growFrom(this, data.grows);
        const look = this.color("text-color") + data.lens;
        // While a fit is watched, most charts come again as they were.
        if (!data.live && this.source === data.figure && this.look === look) return;
        this.look = look;
        if (this.source !== data.figure) {
            this.source = data.figure;
            this.figure = JSON.parse(data.figure);
            const { height } = this.figure.layout;
            this.graph.style.height = height ? `${height}px` : "";
        }
        if (data.live) this.takeLive(JSON.parse(data.live));
        await this.draw();
        this.tell();
        this.graph.dataset.revision = String((this.revision += 1));
        if (!this.observer) this.listen();
    }

    /** @param {LivePayload} told */
    takeLive(told) {
        this.player ??= new Player(this, this.preview, told);
        this.preview.tell(this, told);
        this.player.update(told);
    }

    /** @param {string} name of a colour of the page's theme */
    color(name) {
        return themeOf(this.graph)(name);
    }

    /** @param {string} figure */
    async grow(figure) {
        if (this.newest === figure) return;
        this.newest = figure;
        this.figure = JSON.parse(figure);
        await this.draw();
        this.graph.dataset.revision = String((this.revision += 1));
    }

    // --- preview.js asks for these -----------------------------------------------------------

    redraw() {
        if (this.redrawn()) this.place();
        else this.draw();
        this.tell();
        this.lens.draw();
    }

    /** Where on the x axis the run is played; null: nowhere. */
    get at() {
        return this.player?.place ?? this.extras.at;
    }

    place() {
        this.extras.place();
        const line = this.preview.stop() ?? this.selected();
        if (this.preview.data && this.data.live && line) this.handles.place(line);
    }

    pause() {
        this.player?.stop();
    }

    // --- drawing -----------------------------------------------------------------------------

    /**
     * Moves the selected line and its marks alone, where nothing else of the drawing changes.
     *
     * @returns {boolean} whether that was enough
     */
    redrawn() {
        const { graph, before, preview } = this;
        const stop = preview.stop();
        if (!stop || stop.dots || !before || before.around !== this.around()) return false;
        if (!this.still) return false;
        if (!this.fixed && before.range !== String(stop.range)) return this.rescale(stop);
        const uid = String(preview.data?.color);
        const marked = plotly.markRestarts(graph, stop.marks, stop.mark.line);
        return marked && plotly.moveLine(graph, uid, stop);
    }

    /** Whether the chart is drawn; what is on its way would undo what is moved. */
    get still() {
        const { graph } = this;
        return plotly.axesOf(graph) !== null && (this.rescaling || !plotly.busy(graph));
    }

    /** Whether the y axis stays as it is, whatever the curve does. */
    get fixed() {
        return this.zoom.has("y") || this.handles.held;
    }

    /**
     * Another range of the y axis alone takes Plotly a tenth of a whole drawing.
     *
     * @param {Stop} stop
     */
    rescale({ range }) {
        if (!range) return false;
        if (this.rescaling) return true;
        this.rescaling = true;
        if (this.before) this.before.range = String(range);
        const moved = plotly.relayout(this.graph, () => ({ "yaxis.range": [...range] }));
        moved.finally(() => {
            this.rescaling = false;
            // In the meantime the slider may have moved on, or have been let go of.
            if (this.preview.stop()) this.redraw();
        });
        return true;
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
        return drawnIn(this, alone);
    }

    /** @returns {Promise<void>} */
    draw() {
        const { graph } = this;
        return plotly.draw(
            graph,
            () => this.drawing(),
            () => plotly.markStop(this.graph, this.preview.stop()),
        );
    }

    drawing() {
        const stop = this.preview.stop();
        const { data, layout } = this.drawn();
        layout.datarevision = this.drawings += 1;
        const range = stop ? stop.range : this.figure.layout.yaxis.range;
        this.before = { range: String(range), around: this.around() };
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
        const uid = String(this.preview.data?.color);
        return this.preview.stop() ?? this.figure.data.find((trace) => trace.uid === uid);
    }

    tell() {
        const { preview, player } = this;
        const { data, problem } = preview;
        if (!data || !this.data.live) return;
        const numbers = preview.stop()?.readout ?? data.readout.map(([, text]) => text);
        const place = part(this.root, ".lrviz-readout");
        tellReadout(place, data, numbers, player?.pinned ?? null, problem);
    }

    listen() {
        const { graph } = this;
        plotly.hear(graph, {
            home: () => this.reset(),
            painted: () => this.place(),
            moved: (change) => this.moved(change),
            hovered: (x) => this.lens.hover(x),
        });
        this.observer = whenResized(graph, () => {
            // Type, margins and names are of its width.
            this.draw();
            this.lens.draw();
        });
        this.place();
    }

    /** @param {Record<string, unknown>} change that a hand has made to the layout */
    moved(change) {
        if (this.rescaling) return;
        this.zoom.take(change, this.graph.layout);
        this.before = null;
        if (this.graph.layout.yaxis.type === "log") this.draw();
        this.lens.draw();
    }

    destroy() {
        growFrom(this, "");
        this.outbox.destroy();
        this.observer?.disconnect();
        this.player?.stop();
        this.extras.destroy();
        this.lens.close();
        this.preview.leave(this);
        plotly.purge(this.graph);
    }
}

export const mount = component((/** @type {Turn} */ turn) => new View(turn));
