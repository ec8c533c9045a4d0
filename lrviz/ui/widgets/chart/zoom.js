// @ts-check
// The zoom of a chart: kept by the browser, and held while an axis counts the same thing.

/** @typedef {"x" | "y"} Way */
/** Over fewer decades than this a log axis needs the ticks within them. */
const DECADES = 1.5;
/** @type {Way[]} */
const WAYS = ["x", "y"];

export class Zoom {
    /** @type {Partial<Record<Way, { range: [number, number], kind: string }>>} */
    held = {};
    /** @type {Partial<Record<Way, string>>} */
    kinds = {};
    // How often the whole run was asked for: Plotly gives a zoom back as long as this stays.
    homes = 0;

    /** @param {Way} way */
    has(way) {
        return this.held[way] !== undefined;
    }

    /**
     * Puts it into a layout that is ours to change.
     *
     * @param {Record<string, any>} layout
     * @param {boolean} fixed whether the axes may not be moved
     */
    apply(layout, fixed) {
        for (const way of WAYS) {
            const axis = layout[`${way}axis`];
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
            axis.fixedrange = fixed;
        }
    }

    /**
     * Takes what a hand has zoomed to.
     *
     * @param {Record<string, unknown>} change
     * @param {Record<string, any>} layout
     */
    take(change, layout) {
        for (const way of WAYS) {
            if (Object.keys(change).some((key) => key.startsWith(`${way}axis.range`))) {
                const range = /** @type {[number, number]} */ ([...layout[`${way}axis`].range]);
                this.held[way] = { range, kind: this.kinds[way] ?? "" };
            }
        }
    }

    reset() {
        this.held = {};
        this.homes += 1;
    }
}
