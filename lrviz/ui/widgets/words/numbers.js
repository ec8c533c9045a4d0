// @ts-check
// Numbers as people set and read them.

/**
 * @typedef {object} Bounds
 * @property {number} low
 * @property {number} high
 * @property {number} step what an arrow key moves by
 * @property {boolean} whole whether only whole numbers count
 */

/**
 * A value within the bounds, in ten digits: 0.1 + 0.2 reads 0.3.
 *
 * @param {number} value
 * @param {Bounds} bounds
 */
export function bounded(value, { low, high }) {
    return Number(Math.min(Math.max(value, low), high).toPrecision(10));
}

/** The smallest distance that a thumb can hit, in pixels. */
const THUMB = 8;

/**
 * The value at a pointer: a fifth of the keys' step, or a whole number; no finer than a thumb hits.
 *
 * @param {number} value
 * @param {Bounds} bounds
 * @param {number} length of the axis, in the thumb's pixels; infinite: it is a mouse's
 */
export function pointed(value, bounds, length = Infinity) {
    const grain = Math.max(bounds.whole ? 1 : bounds.step / 5, thumbs(bounds, length));
    return bounded(Math.round(value / grain) * grain, bounds);
}

/**
 * What a thumb can hit: 1, 2 or 5 times a power of ten.
 *
 * @param {Bounds} bounds
 * @param {number} length
 */
function thumbs({ low, high }, length) {
    const least = (THUMB * (high - low)) / length;
    if (!least) return 0;
    const power = 10 ** Math.floor(Math.log10(least));
    return power * ([1, 2, 5].find((each) => each * power >= least) ?? 10);
}

/**
 * The value after an arrow button: the next whole number, or the next step of the keys.
 *
 * @param {number} value
 * @param {1 | -1} way
 * @param {Bounds} bounds
 */
export function nudged(value, way, bounds) {
    const one = { ...bounds, step: bounds.whole ? 1 : bounds.step };
    return keyed({ key: way > 0 ? "ArrowUp" : "ArrowDown" }, value, one) ?? value;
}

/** The keys that move it by steps, and which way. */
const ARROWS = new Map([
    ["ArrowRight", 1],
    ["ArrowUp", 1],
    ["ArrowLeft", -1],
    ["ArrowDown", -1],
]);
const FAR = 10;

/**
 * The value after a key; undefined: the key does not change it. Page Up and Page Down never do:
 * every clicker sends them, and would change an answer.
 *
 * @param {{ key: string, shiftKey?: boolean }} event
 * @param {number} value
 * @param {Bounds} bounds
 */
export function keyed({ key, shiftKey }, value, bounds) {
    const { low, high, step } = bounds;
    if (key === "Home") return bounded(low, bounds);
    if (key === "End") return bounded(high, bounds);
    const way = ARROWS.get(key);
    if (way === undefined) return undefined;
    const place = value + way * step * (shiftKey ? FAR : 1);
    // A multiple of the step, wherever the pointer left it.
    return bounded(Math.round(place / step) * step, bounds);
}

/**
 * A number for people: three digits, or a whole number with its thousands apart.
 *
 * @param {number} value
 * @param {boolean} whole
 */
export function readable(value, whole) {
    const short = Number(value.toPrecision(whole ? 12 : 3));
    return whole ? short.toLocaleString("en") : String(short);
}

// More digits than these are the noise of a computer's sums.
const MOST_DIGITS = 12;
const NOISY = /^-?\d*\.?\d+(e[-+]?\d+)?$/;

/**
 * A value's text with no more digits than matter: 3e-06 where 2.9999999999999997e-06 is in use.
 * What is no number, or as short as can be, stays as it is.
 *
 * @param {string} text of a number, or of several with commas between them
 */
export function concise(text) {
    return text
        .split(",")
        .map((each) => (NOISY.test(each) ? shortened(each) : each))
        .join(",");
}

/** @param {string} text of a number */
function shortened(text) {
    const [mantissa] = text.split("e");
    if (
        !/[.e]/.test(text) ||
        mantissa.replace(/\D/g, "").replace(/^0+/, "").length <= MOST_DIGITS
    ) {
        return text;
    }
    const value = Number(Number(text).toPrecision(MOST_DIGITS));
    const large = Math.abs(value);
    // As Python writes it, like all that stands beside it.
    if (large && (large < 1e-4 || large >= 1e16)) {
        return value.toExponential().replace(/e([-+])(\d)$/, "e$10$2");
    }
    return Number.isInteger(value) ? `${value}.0` : String(value);
}
