// @ts-check
// Where a marker may be: numbers that people count in.

/**
 * @typedef {object} Bounds
 * @property {number} low
 * @property {number} high
 * @property {number} step what an arrow key moves by
 * @property {boolean} whole whether only whole numbers count
 */

/**
 * Inside the bounds, in ten digits: sums of decimal fractions read as people write them.
 *
 * @param {number} value
 * @param {Bounds} bounds
 */
export function bounded(value, { low, high }) {
    return Number(Math.min(Math.max(value, low), high).toPrecision(10));
}

/**
 * Where a pointer puts it: five times as fine as the keys, or whole.
 *
 * @param {number} value
 * @param {Bounds} bounds
 */
export function pointed(value, bounds) {
    const grain = bounds.whole ? 1 : bounds.step / 5;
    return bounded(Math.round(value / grain) * grain, bounds);
}

/**
 * Where a key puts it; undefined: the key does not move it.
 *
 * @param {string} key
 * @param {number} value
 * @param {Bounds} bounds
 */
export function keyed(key, value, bounds) {
    const { low, high, step } = bounds;
    /** @type {Record<string, number>} */
    const places = {
        ArrowRight: value + step,
        ArrowUp: value + step,
        ArrowLeft: value - step,
        ArrowDown: value - step,
        PageUp: value + 10 * step,
        PageDown: value - 10 * step,
        Home: low,
        End: high,
    };
    const place = places[key];
    if (place === undefined) return undefined;
    // On whole steps of the keyboard, wherever the pointer left it.
    return bounded(key.startsWith("Arrow") ? Math.round(place / step) * step : place, bounds);
}

/**
 * As it is read: three digits, or a whole number with its thousands apart.
 *
 * @param {number} value
 * @param {boolean} whole
 */
export function told(value, whole) {
    const short = Number(value.toPrecision(whole ? 12 : 3));
    return whole ? short.toLocaleString("en") : String(short);
}
