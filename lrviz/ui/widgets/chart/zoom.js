// @ts-check
// The zoom of a chart: the browser keeps it until an axis counts something else.

/** @typedef {string} Way x, y, or one of several: y2 */
/** Over fewer decades than this a log axis needs the ticks within them. */
const DECADES = 1.5;

export class Zoom {
    /** @type {Record<Way, { range: [number, number], kind: string }>} */
    held = {};
    /** @type {Record<Way, string>} */
    kinds = {};
    // How often the zoom was reset: Plotly restores its own zoom as long as this does not change.
    homes = 0;

    /** @param {Way} way */
    has(way) {
        return this.held[way] !== undefined;
    }

    /**
     * Writes the zoom into a layout, which it changes.
     *
     * @param {Record<string, any>} layout
     * @param {boolean} fixed whether the axes may not be moved
     */
    apply(layout, fixed) {
        for (const way of ways(layout)) {
            const axis = layout[named(way)];
            const held = this.held[way];
            this.kinds[way] = axis.uirevision;
            // Plotly writes a zoom into the very array that it was given.
            if (held && held.kind === axis.uirevision) axis.range = [...held.range];
            else {
                delete this.held[way];
                if (axis.range) axis.range = [...axis.range];
            }
            axis.uirevision = `${axis.uirevision} ${this.homes}`;
            const [low, high] = axis.range ?? [];
            if (axis.type === "log" && high - low < DECADES) delete axis.dtick;
            axis.fixedrange ||= fixed;
        }
    }

    /**
     * Keeps the ranges that were changed by hand.
     *
     * @param {Record<string, unknown>} change
     * @param {Record<string, any>} layout
     */
    take(change, layout) {
        for (const way of ways(layout)) {
            if (Object.keys(change).some((key) => key.startsWith(`${named(way)}.range`))) {
                const range = /** @type {[number, number]} */ ([...layout[named(way)].range]);
                this.held[way] = { range, kind: this.kinds[way] ?? "" };
            }
        }
    }

    reset() {
        this.held = {};
        this.homes += 1;
    }
}

/** @param {Record<string, any>} layout */
function ways(layout) {
    const axes = Object.keys(layout).filter((name) => /^[xy]axis\d*$/.test(name));
    return axes.map((name) => name.replace("axis", ""));
}

/** @param {Way} way */
function named(way) {
    return way.replace(/^[xy]/, "$&axis");
}
