// @ts-check
// A fan: the selected curve at every stop of one slider, as the server worked it out.

/** @typedef {import("./payloads.js").FanHead} FanHead */
/** @typedef {import("./payloads.js").Packed} Packed */
/** @typedef {import("./payloads.js").Shape} Shape */

/**
 * What is drawn at a stop.
 *
 * @typedef {object} Stop
 * @property {Float64Array} x
 * @property {Float32Array} y
 * @property {Int8Array | null} dots sizes of markers; null: none
 * @property {number[]} marks the restarts on the x axis
 * @property {Shape} mark of a restart
 * @property {[number, number] | null} range of the y axis; null: left to the chart
 * @property {(number | null)[]} handles the place of each on the x axis
 * @property {string[]} readout the figures beneath the chart
 */

/** @typedef {{ texts: string[], stops: Map<string, Stop> }} Fan */

const TYPES = {
    f4: Float32Array,
    f8: Float64Array,
    i1: Int8Array,
    i2: Int16Array,
    i4: Int32Array,
    u1: Uint8Array,
    u2: Uint16Array,
    u4: Uint32Array,
};

/** @type {WeakMap<object, ArrayLike<number>>} */
const unpacked = new WeakMap();

/**
 * An array of a figure: Plotly's own form, or a plain list.
 *
 * @param {Packed | undefined} array
 * @returns {ArrayLike<number>}
 */
export function values(array) {
    if (!array) return [];
    if (!("bdata" in array)) return array;
    let numbers = unpacked.get(array);
    if (!numbers) {
        const bytes = Uint8Array.from(atob(array.bdata), (each) => each.charCodeAt(0));
        numbers = new TYPES[/** @type {keyof TYPES} */ (array.dtype)](bytes.buffer);
        unpacked.set(array, numbers);
    }
    return numbers;
}

/**
 * Unpacks the server's answer: its stops in order, and what to draw at each.
 *
 * It uses nothing of this module: a saved animation carries its source along.
 *
 * @param {ArrayBuffer} buffer
 * @returns {Fan}
 */
export function unpack(buffer) {
    const kinds = { f4: Float32Array, f8: Float64Array, i1: Int8Array, u2: Uint16Array };
    const length = new DataView(buffer).getUint32(0, true);
    /** @type {FanHead} */
    const fan = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
    let place = 8 + length;
    const [x, y, dots] = fan.arrays.map(([kind, count]) => {
        const array = new kinds[/** @type {keyof kinds} */ (kind)](buffer, place, count);
        place += Math.ceil(array.byteLength / 8) * 8;
        return array;
    });
    let start = 0;
    const lines = fan.sizes.map((size) => {
        let step = 0;
        const end = start + size;
        const line = {
            x: Float64Array.from(x.subarray(start, end), (each) => (step += each) / fan.perTick),
            dots: /** @type {Int8Array | null} */ (dots.length ? dots.subarray(start, end) : null),
        };
        start = end;
        return line;
    });
    /** @type {Map<string, Stop>} */
    const stops = new Map();
    start = 0;
    fan.stops.forEach((text, index) => {
        const line = lines[fan.lines[index]];
        stops.set(text, {
            ...line,
            y: /** @type {Float32Array} */ (y.subarray(start, (start += line.x.length))),
            marks: fan.marks[index],
            mark: fan.mark,
            range: fan.range[index],
            handles: fan.handles[index],
            readout: fan.readout[index],
        });
    });
    return { texts: fan.stops, stops };
}
