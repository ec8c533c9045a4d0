// A fan: the selected curve at every stop of one slider, as the server worked it out.

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

function bytes(text) {
    return Uint8Array.from(atob(text), (each) => each.charCodeAt(0)).buffer;
}

// An array of a figure: Plotly's own form, or a plain list.
export function values(array) {
    if (!array?.bdata) return array ?? [];
    return new TYPES[array.dtype](bytes(array.bdata));
}

// Takes the server's answer apart: stop's text -> what to draw.
// It stands by itself, as a saved animation carries it along.
export function unpack(fan) {
    const raw = (text) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0)).buffer;
    const y = new Float32Array(raw(fan.y));
    const packed = raw(fan.x);
    const x = packed.byteLength === 4 * y.length ? new Float32Array(packed) : new Float64Array(packed);
    const dots = fan.dots && new Int8Array(raw(fan.dots));
    const stops = new Map();
    let start = 0;
    fan.stops.forEach((text, index) => {
        const end = start + fan.sizes[index];
        if (end > start) {
            let step = 0;
            stops.set(text, {
                x: Float64Array.from(x.subarray(start, end), (each) => (step += each) / fan.perTick),
                y: y.subarray(start, end),
                dots: dots && dots.subarray(start, end),
                shapes: fan.marks[index].map((at) => ({ ...fan.mark, x0: at, x1: at })),
                range: fan.range[index],
                readout: fan.readout[index],
            });
        }
        start = end;
    });
    return stops;
}
