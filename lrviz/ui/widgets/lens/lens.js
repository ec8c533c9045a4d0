// @ts-check
// The lens beneath a chart: what is chosen above it, and the view of the kind that is shown. It
// follows whatever the chart draws, and its cursor. A kind's module is lrviz/lenses/kind/kind.js.

import { create, part } from "../controls/dom.js";
import { Radios } from "../controls/radios.js";
import { axesOf, widthOf } from "../drawing/axes.js";
import { linesOf } from "../beneath/lines.js";
import { clearText } from "../beneath/text.js";

/** @typedef {import("./payloads.js").LensPayload} LensPayload */
/** @typedef {import("../beneath/view.js").Above} Above */
/** @typedef {import("../beneath/view.js").Stage} Stage */
/** @typedef {import("../beneath/view.js").View} View */
/** @typedef {import("../drawing/stacked.js").Upper} Upper */

export class Lens {
    /** @type {LensPayload | null} */
    payload = null;
    json = "";
    /** @type {View | null} */
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
        const bar = create("div", {}, this.root);
        const group = create("span", { className: "lrviz-switch" }, bar);
        group.dataset.name = "lens";
        this.kinds = new Radios(group, (value) => outbox.say("lens", value));
        this.choice = create("select", { className: "lrviz-lens-control" }, bar);
        this.choice.onchange = () => outbox.say("lens-choice", this.choice.value);
        this.button = create("button", { type: "button", className: "lrviz-lens-control" }, bar);
        this.button.onclick = () => outbox.say("lens-press", "");
        this.text = create("p", {}, bar);
        this.body = create("div", {}, this.root);
        // The remarks again, where there is room for them; those beside the bar are read out.
        this.caption = create("p", { ariaHidden: "true" }, this.body);
        this.parts = { bar, text: this.text, body: this.body, caption: this.caption };
    }

    /**
     * @param {string} json of a LensPayload; empty: there is no lens
     * @param {import("../live/settings.js").Taken} taken
     */
    async take(json, taken) {
        this.settings.settle(taken);
        if (json === this.json) return;
        this.json = json;
        this.payload = json ? JSON.parse(json) : null;
        this.root.hidden = !this.payload;
        if (this.payload) this.head(this.payload);
        await this.show(this.payload);
    }

    /**
     * Opens the view of the kind that is shown, where it is another one.
     *
     * @param {LensPayload | null} payload
     */
    async show(payload) {
        const kind = payload?.kind ?? "";
        if (kind === this.root.dataset.kind) return;
        this.close();
        this.root.dataset.kind = kind;
        this.root.toggleAttribute("data-drawn", Boolean(payload?.view));
        // The kind's own sheet styles them by its own classes.
        for (const [name, element] of Object.entries(this.parts)) {
            element.className = `lrviz-lens-${name} lrviz-${kind}-${name}`;
        }
        if (payload?.view) await this.open(kind);
    }

    /** @param {string} kind */
    async open(kind) {
        const { body, text, root } = this;
        try {
            const { open } = await import(`../../../lenses/${kind}/${kind}.js`);
            // In the meantime another one may have been chosen, or the chart may be gone.
            if (root.dataset.kind !== kind || this.view) return;
            const set = (
                /** @type {Record<string, number>} */ values,
                /** @type {boolean} */ done,
            ) => this.set(values, done);
            /** @type {View} */
            const view = open({ body, text, set });
            root.toggleAttribute("data-aligned", view.aligned);
            root.toggleAttribute("data-tall", view.tall);
            this.view = view;
        } catch (error) {
            console.warn(error);
        }
    }

    /** @param {LensPayload} payload */
    head({ label, kinds, kind, choice, button, remarks }) {
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
        this.caption.textContent = remarks.join(" ");
        this.button.hidden = !button;
        this.button.textContent = button?.label ?? "";
        this.button.title = button?.help ?? "";
    }

    /**
     * What the chart above leaves to the one beneath it: the numbers of the steps, and the names.
     *
     * @param {Record<string, any>} layout
     */
    fit(layout) {
        if (!this.view?.aligned) return;
        layout.xaxis = { ...layout.xaxis, showticklabels: false, title: undefined };
        layout.showlegend = false;
        layout.margin = { ...layout.margin, l: Math.max(layout.margin.l, this.left) };
    }

    draw() {
        const { payload, view } = this;
        if (!payload || !view) return;
        const { preview } = this.chart;
        const figure = this.chart.figure();
        const stop = preview.stop();
        const moving = this.drawn && (stop !== null || this.settings.moving);
        // To ask for a size while a slider moves would have the page laid out in every frame.
        if (!moving && !this.root.clientWidth) return;
        const lines = linesOf(figure, preview.uid, stop);
        view.draw(payload.view, lines, this.stage(payload, figure, moving));
        this.drawn = true;
        this.place();
    }

    /**
     * @param {LensPayload} payload
     * @param {import("../live/payloads.js").Figure} figure
     * @param {boolean} moving
     * @returns {Stage}
     */
    stage({ steps, perTick, remarks, kinds, settings }, { layout }, moving) {
        return {
            selected: this.chart.preview.uid,
            moving,
            steps,
            perTick,
            remarks,
            selectable: kinds.length > 0,
            xaxis: { ...layout.xaxis, range: [...this.chart.graph.layout.xaxis.range] },
            above: this.above(),
            frame: { font: layout.font, margin: layout.margin },
            setting: (name) => this.settings.value(name, settings[name]),
        };
    }

    /** @returns {Above} */
    above() {
        const { graph } = this.chart;
        return {
            width: widthOf(graph),
            left: axesOf(graph)?.x.start ?? 0,
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
     * A hand changes settings in the view.
     *
     * @param {Record<string, number>} values by their field
     * @param {boolean} done
     */
    set(values, done) {
        const names = Object.keys(values);
        const texts = Object.values(values).map(String);
        // One message for all of them: the page takes them together.
        const number = done
            ? this.chart.outbox.say("lens-set", names.join(" "), texts.join(" "))
            : 0;
        names.forEach((name, at) => {
            this.settings.move(name, texts[at]);
            if (done) this.settings.sent(name, texts[at], number, "chart");
        });
        this.request();
    }

    close() {
        this.view?.destroy();
        this.view = null;
        this.drawn = false;
        this.left = 0;
        delete this.root.dataset.kind;
        this.root.removeAttribute("data-aligned");
        this.root.removeAttribute("data-tall");
        clearText(this.text);
    }
}
