// @ts-check
// A sweep from stop to stop, and what is swept where the panel shows no slider of it.

/** @typedef {import("./preview.js").Preview} Preview */

/**
 * The next of `count` stops, and the direction, which turns at the ends.
 *
 * @param {number} at
 * @param {number} direction
 * @param {number} count
 * @returns {[number, number]}
 */
export function further(at, direction, count) {
    const next = at + direction;
    const turned = next < 0 || next >= count ? -direction : direction;
    return [Math.min(Math.max(at + turned, 0), count - 1), turned];
}

/** Moves a field that has no slider on the panel, as a slider would; the preview keeps its state. */
export class Unseen {
    /**
     * @param {Preview} preview
     * @param {string} name of the field
     */
    constructor(preview, name) {
        this.preview = preview;
        this.name = name;
    }

    /** The stop where it stands. */
    get text() {
        return this.preview.textOf(this.name);
    }

    /** @param {number} direction */
    sweep(direction) {
        const texts = [...(this.preview.stops(this.name)?.keys() ?? [])];
        // Another curve's fan may be on its way.
        if (!texts.length) {
            this.preview.want(this.name);
            return direction;
        }
        const [at, turned] = further(texts.indexOf(this.text), direction, texts.length);
        this.preview.hold();
        this.preview.move(this.name, texts[at]);
        return turned;
    }

    send() {
        const { active, held } = this.preview;
        if (!held || active?.name !== this.name) return;
        this.preview.letGo();
        this.preview.set(this.name, active.text);
    }
}
