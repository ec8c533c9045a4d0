// @ts-check
// While a slider moves, only the selected line and its marks move: a fiftieth of a whole drawing.

import { axesOf, markRestarts, moveLine } from "../drawing/axes.js";
import * as plotly from "../drawing/plotly.js";

/** @typedef {import("../live/fan.js").Stop} Stop */

export class Moving {
    /** @type {{ range: string, around: string } | null} what the last whole drawing was of */
    drawn = null;
    rescales = false;

    /**
     * @param {plotly.Graph} graph
     * @param {() => void} again draws what has changed while the axis was rescaled
     */
    constructor(graph, again) {
        this.graph = graph;
        this.again = again;
    }

    /**
     * Notes what a whole drawing is of.
     *
     * @param {unknown} range of its y axis
     * @param {string} around all that is drawn beside the selected curve
     */
    record(range, around) {
        this.drawn = { range: String(range), around };
    }

    /** Something else of the drawing has changed: the next one has to be whole. */
    forget() {
        this.drawn = null;
    }

    /**
     * Moves the selected line and its marks, where nothing else of the drawing changes.
     *
     * @param {string} uid of the line
     * @param {Stop | null} stop
     * @param {string} around all that is drawn beside it; the same text, the same drawing
     * @param {boolean} fixed whether the y axis stays as it is, whatever the curve does
     * @returns {boolean} whether that was enough
     */
    move(uid, stop, around, fixed) {
        const { graph, drawn } = this;
        if (!stop || stop.dots || !drawn || drawn.around !== around) return false;
        if (!this.still) return false;
        if (!fixed && drawn.range !== String(stop.range)) return this.rescale(stop);
        const marked = markRestarts(graph, stop.marks, stop.mark.line);
        return marked && moveLine(graph, uid, stop);
    }

    /** Whether the chart is drawn; what is on its way would undo what is moved. */
    get still() {
        const { graph } = this;
        return axesOf(graph) !== null && (this.rescales || !plotly.busy(graph));
    }

    /**
     * Another range of the y axis alone takes Plotly a tenth of a whole drawing.
     *
     * @param {Stop} stop
     */
    rescale({ range }) {
        if (!range) return false;
        if (this.rescales) return true;
        this.rescales = true;
        if (this.drawn) this.drawn.range = String(range);
        const rescaled = plotly.relayout(this.graph, () => ({ "yaxis.range": [...range] }));
        rescaled.finally(() => {
            this.rescales = false;
            // In the meantime the slider may have moved on, or have been let go of.
            this.again();
        });
        return true;
    }
}
