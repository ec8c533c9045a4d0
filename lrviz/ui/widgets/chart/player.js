// Plays beneath a chart: training time along the curves, and one parameter through its range; pins
// a curve to compare with; and saves a sweep.

import { values } from "./fan.js";
import { save } from "./record.js";

const SPEEDS = [0.5, 1, 2, 4];
// Seconds, at speed 1.
const RUN = 10;
const SWEEP = 5;
// How many of the curves passed stay behind.
const TRACES = 12;

export class Player {
    constructor(view, live) {
        this.view = view;
        this.live = live;
        this.speed = 1;
        this.cursor = null;
        this.pinned = null;
        this.passed = [];
        this.build(view.root.querySelector(".lrviz-player"));
    }

    build(root) {
        const make = (tag, attributes, parent) => {
            const made = document.createElement(tag);
            Object.assign(made, attributes);
            parent.append(made);
            return made;
        };
        root.setAttribute("role", "group");
        const time = make("div", {}, root);
        this.playButton = make("button", { type: "button", onclick: () => this.playRun() }, time);
        this.nextButton = make("button", { type: "button", onclick: () => this.nextRestart() }, time);
        this.where = make("output", {}, time);
        const sweep = make("div", {}, root);
        this.choice = make("select", { onchange: () => this.choose() }, sweep);
        this.sweepButton = make("button", { type: "button", onclick: () => this.playSweep() }, sweep);
        this.stepButton = make("button", { type: "button", onclick: () => this.stepSweep() }, sweep);
        this.speedChoice = make(
            "select",
            { onchange: () => (this.speed = Number(this.speedChoice.value)) },
            sweep,
        );
        for (const speed of SPEEDS) {
            make("option", { value: speed, textContent: `${speed}×`, selected: speed === 1 }, this.speedChoice);
        }
        const label = make("label", {}, sweep);
        this.onion = make("input", { type: "checkbox", onchange: () => this.forget() }, label);
        this.onionText = make("span", {}, label);
        this.pinButton = make("button", { type: "button", onclick: () => this.pin() }, sweep);
        this.recordButton = make("button", { type: "button", onclick: () => this.record() }, sweep);
        this.root = root;
        this.make = make;
    }

    // What the server says of the curve has changed.
    update(data) {
        const { texts } = data;
        this.data = data;
        this.root.hidden = false;
        this.root.setAttribute("aria-label", texts.controls);
        const names = Object.keys(data.fans);
        const kept = names.includes(this.choice.value) ? this.choice.value : names[0];
        if (names.join() !== [...this.choice.options].map((each) => each.value).join()) {
            this.choice.replaceChildren();
            for (const name of names) this.make("option", { value: name, textContent: name }, this.choice);
            this.choice.value = kept ?? "";
        }
        this.choice.setAttribute("aria-label", texts.parameter);
        this.speedChoice.setAttribute("aria-label", texts.speed);
        this.onionText.textContent = texts.onion;
        const name = (button, icon, text) => {
            button.replaceChildren();
            const shown = this.make("span", { className: "lrviz-icon", textContent: icon }, button);
            shown.setAttribute("aria-hidden", "true");
            button.append(text);
        };
        const running = this.timer === "run";
        const sweeping = this.timer === "sweep";
        name(this.playButton, running ? "pause" : "play_arrow", running ? texts.pause : texts.play);
        name(this.nextButton, "skip_next", texts.next);
        name(this.sweepButton, sweeping ? "pause" : "swap_horiz", sweeping ? texts.pause : texts.sweep);
        name(this.stepButton, "chevron_right", texts.step);
        name(this.pinButton, this.pinned ? "keep_off" : "keep", this.pinned ? texts.unpin : texts.pin);
        name(this.recordButton, "download", texts.record);
        this.nextButton.disabled = !data.restarts.length;
        for (const each of [this.choice, this.sweepButton, this.stepButton, this.recordButton]) {
            each.disabled = !names.length;
        }
        this.tell();
    }

    choose() {
        this.stop();
        this.forget();
        this.live.want(this.choice.value);
    }

    // --- training time -------------------------------------------------------------------------

    get lines() {
        return this.view.figure.data.filter((each) => each.uid?.startsWith("hover-"));
    }

    get perTick() {
        return this.data.unit === "step" ? 1 : this.data.perEpoch;
    }

    playRun() {
        if (this.timer === "run") return this.stop();
        const line = this.lines[0];
        if (!line) return;
        const points = values(line.y).length;
        this.begin("run", (seconds) => {
            const passed = (seconds * this.speed * points) / RUN;
            this.cursor = Math.min(points - 1, Math.max(this.cursor ?? 0, 0) + passed);
            if (this.cursor >= points - 1) this.stop();
        });
        if (this.cursor === null || this.cursor >= points - 1) this.cursor = 0;
    }

    nextRestart() {
        this.stop();
        const line = this.lines[0];
        if (!line) return;
        const stride = Math.round(line.dx * this.perTick);
        const step = this.cursor === null ? -1 : Math.floor(this.cursor) * stride;
        const { restarts } = this.data;
        const next = restarts.find((each) => Math.ceil(each / stride) * stride > step) ?? restarts[0];
        this.cursor = Math.min(Math.ceil(next / stride), values(line.y).length - 1);
        this.refresh();
    }

    // A dot on each curve at the cursor.
    dots() {
        if (this.cursor === null || this.live.active) return [];
        const at = Math.floor(this.cursor);
        const dots = { x: [], y: [], colors: [] };
        for (const line of this.lines) {
            dots.x.push(line.dx * at);
            dots.y.push(values(line.y)[at]);
            dots.colors.push(line.line.color);
        }
        const outline = getComputedStyle(this.view.graph).getPropertyValue("--st-text-color");
        return [
            {
                type: "scatter",
                mode: "markers",
                uid: "cursor",
                showlegend: false,
                hoverinfo: "skip",
                x: dots.x,
                y: dots.y,
                marker: { size: 12, color: dots.colors, line: { width: 2, color: outline } },
            },
        ];
    }

    tell() {
        const { texts } = this.data;
        const line = this.lines[0];
        this.where.replaceChildren();
        if (this.cursor === null || !line || this.live.active) return;
        const at = Math.min(Math.floor(this.cursor), values(line.y).length - 1);
        const step = Math.round(line.dx * at * this.perTick);
        const epoch = Math.floor(step / this.data.perEpoch);
        const told = texts.at.replace("{step}", step).replace("{epoch}", epoch);
        this.make("b", { textContent: told }, this.where);
        for (const each of this.lines) {
            const own = this.view.figure.data.find((other) => other.uid === each.uid.slice(6));
            const cycle = each.customdata && values(each.customdata)[at];
            const rate = Number(Number(values(each.y)[at]).toPrecision(4));
            const parts = [String(Number(rate))];
            if (Number.isFinite(cycle)) parts.push(texts.cycle.replace("{number}", cycle));
            const item = this.make("span", {}, this.where);
            const dot = this.make("i", {}, item);
            dot.style.background = each.line.color;
            item.append(`${decoded(own.name)} ${parts.join(", ")}`);
        }
    }

    // --- one parameter through its range -------------------------------------------------------

    async playSweep() {
        if (this.timer === "sweep") return this.stop();
        this.stop();
        const fan = await this.live.want(this.choice.value);
        if (!fan) return;
        this.begin("sweep", (seconds, state) => {
            state.at += (seconds * this.speed * fan.texts.length) / SWEEP;
            while (state.at >= 1) {
                state.at -= 1;
                this.further(fan);
            }
        });
    }

    async stepSweep() {
        this.stop();
        const fan = await this.live.want(this.choice.value);
        if (!fan) return;
        this.live.held = true;
        this.further(fan);
        this.settle();
    }

    further(fan) {
        const slider = this.live.sliders.get(this.choice.value);
        if (!slider) return this.stop();
        const last = slider.stops.length - 1;
        const now = Number(slider.input.value);
        this.direction ??= 1;
        if (now + this.direction > last || now + this.direction < 0) this.direction *= -1;
        const drawn = fan.stops.get(slider.text);
        if (this.onion.checked && drawn) {
            this.passed = [...this.passed.slice(1 - TRACES), drawn];
        }
        this.live.held = true;
        slider.dirty = true;
        slider.follow(now + this.direction);
    }

    forget() {
        this.passed = [];
        this.refresh();
    }

    // The page takes the stop that is drawn.
    settle() {
        this.live.sliders.get(this.choice.value)?.send();
    }

    // --- both ----------------------------------------------------------------------------------

    begin(what, tick) {
        this.stop();
        this.timer = what;
        const state = { at: 0 };
        let before;
        const frame = (now) => {
            if (this.timer !== what) return;
            tick(Math.min((now - (before ?? now)) / 1000, 0.2), state);
            before = now;
            this.refresh();
            if (this.timer === what) this.frame = requestAnimationFrame(frame);
        };
        this.frame = requestAnimationFrame(frame);
        this.update(this.data);
    }

    stop() {
        const was = this.timer;
        this.timer = null;
        cancelAnimationFrame(this.frame);
        if (was === "sweep") this.settle();
        if (was) this.update(this.data);
    }

    refresh() {
        this.tell();
        this.view.redraw();
    }

    // --- compare and save ----------------------------------------------------------------------

    pin() {
        if (this.pinned) this.pinned = null;
        else {
            const { x, y } = this.view.selected();
            const steps = Float64Array.from(values(x), (each) => each * this.perTick);
            const readout = this.live.preview()?.readout ?? this.data.readout.map(([, text]) => text);
            this.pinned = { steps, y: values(y), name: this.data.name, readout };
        }
        this.update(this.data);
        this.refresh();
        this.view.tell();
    }

    // Lines behind the curves: those passed, and the pinned one.
    behind() {
        const color = getComputedStyle(this.view.graph).getPropertyValue("--st-text-color");
        const quiet = { type: "scatter", mode: "lines", hoverinfo: "skip" };
        const lines = this.passed.map((each, index) => ({
            ...quiet,
            uid: `passed-${index}`,
            showlegend: false,
            opacity: 0.12 + (0.25 * index) / TRACES,
            x: each.x,
            y: each.y,
            line: { color, width: 1, simplify: false },
        }));
        if (this.pinned) {
            lines.push({
                ...quiet,
                uid: "pinned",
                name: `${encoded(this.pinned.name)} (${this.data.texts.pinned})`,
                opacity: 0.75,
                x: this.pinned.steps.map((each) => each / this.perTick),
                y: this.pinned.y,
                line: { color, width: 2, dash: "dot", simplify: false },
            });
        }
        return lines;
    }

    async record() {
        this.stop();
        const fan = await this.live.want(this.choice.value);
        if (fan) await save(this.view, fan, this.data.color, this.choice.value, this.data.texts);
    }
}

// Plotly reads some HTML in names; the server escapes them.
function decoded(text) {
    return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function encoded(text) {
    return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
