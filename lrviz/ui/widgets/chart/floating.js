// @ts-check
// Where the page is small, a slider is often below the chart that it moves: then the chart comes
// along for as long as it is held.

// How long it stays in sight after its slider was let go of.
const LANDING = 800;

export class Floating {
    landing = 0;

    /**
     * @param {HTMLElement} graph
     * @param {HTMLElement} figure that it is in
     */
    constructor(graph, figure) {
        this.graph = graph;
        this.figure = figure;
    }

    /** @param {boolean} on */
    float(on) {
        const { graph, figure } = this;
        clearTimeout(this.landing);
        const seen = figure.getBoundingClientRect();
        if (!on) {
            this.landing = setTimeout(() => graph.removeAttribute("data-floating"), LANDING);
        } else if (!graph.dataset.floating && seen.top + graph.clientHeight / 2 < 0) {
            figure.style.minHeight = `${seen.height}px`;
            graph.style.setProperty("--left", `${seen.left}px`);
            graph.style.setProperty("--width", `${seen.width}px`);
            graph.dataset.floating = "true";
        }
    }
}
