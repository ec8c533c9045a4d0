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

// Takes the server's answer apart: its stops in order, and for each what to draw.
// It stands by itself, as a saved animation carries it along.
export function unpack(buffer) {
    const kinds = { f4: Float32Array, f8: Float64Array, i1: Int8Array, u2: Uint16Array };
    const length = new DataView(buffer).getUint32(0, true);
    const fan = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
    let place = 8 + length;
    const [x, y, dots] = fan.arrays.map(([kind, count]) => {
        const array = new kinds[kind](buffer, place, count);
        place += Math.ceil(array.byteLength / 8) * 8;
        return array;
    });
    let start = 0;
    const lines = fan.sizes.map((size) => {
        let step = 0;
        const end = start + size;
        const line = {
            x: Float64Array.from(x.subarray(start, end), (each) => (step += each) / fan.perTick),
            dots: dots.length ? dots.subarray(start, end) : null,
        };
        start = end;
        return line;
    });
    const stops = new Map();
    start = 0;
    fan.stops.forEach((text, index) => {
        const line = lines[fan.lines[index]];
        stops.set(text, {
            ...line,
            y: y.subarray(start, (start += line.x.length)),
            marks: fan.marks[index],
            mark: fan.mark,
            range: fan.range[index],
            readout: fan.readout[index],
        });
    });
    return { texts: fan.stops, stops };
}
