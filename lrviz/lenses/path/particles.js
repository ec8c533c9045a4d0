// @ts-check
// Particles on a landscape, moved by SGD whose rate is the drawn curve's. It knows nothing of
// schedules, and rounds as every engine does: the same seed gives the same picture everywhere.

/** @typedef {import("./payload.js").Ground} Ground */

export const PARTICLES = 64;
/** What flies further is held there. */
const FARTHEST = 1e3;
const TWELVE = 12;

/**
 * The loss at a place, above the lowest one.
 *
 * @param {Ground} ground
 * @param {number} x
 * @param {number} y
 */
export function valueAt({ bowl, wells, lowest }, x, y) {
    const [a, left, b, low] = bowl;
    let loss = (a * (x - left) ** 2) / 2 + (b * (y - low) ** 2) / 2 - lowest;
    for (const [depth, atX, atY, width, height] of wells) {
        loss -= depth / (1 + ((x - atX) / width) ** 2 + ((y - atY) / height) ** 2);
    }
    return loss;
}

/**
 * Numbers that are nearly normal, with a variance of 1: each is a sum of twelve uniform ones.
 *
 * @param {number} seed a whole number
 * @param {number} count
 */
export function normals(seed, count) {
    const sums = new Float64Array(count);
    let state = (Math.imul(seed, 2654435761) + 88172645) >>> 0 || 1;
    for (let at = 0; at < count; at += 1) {
        let total = 0;
        for (let each = 0; each < TWELVE; each += 1) {
            state ^= state << 13;
            state ^= state >>> 17;
            state ^= state << 5;
            total += state >>> 0;
        }
        sums[at] = total / 2 ** 32 - TWELVE / 2;
    }
    return sums;
}

/**
 * How the particles move.
 *
 * @typedef {object} Motion
 * @property {number} noise the standard deviation of each gradient's noise
 * @property {number} momentum the share of its last move that each keeps
 * @property {number} x where all of them begin
 * @property {number} y
 * @property {ArrayLike<number>} draws the noise: two numbers for each particle and move
 */

/**
 * Where they are before each move and after the last, move by move, and their mean loss there.
 *
 * @typedef {{ x: Float64Array, y: Float64Array, mean: Float64Array }} Walk
 */

/**
 * Moves all particles once for each of the rates; with momentum as Keras's SGD has it.
 *
 * @param {Ground} ground
 * @param {ArrayLike<number>} rates what is no rate moves nothing
 * @param {Motion} motion
 * @returns {Walk}
 */
export function walk(ground, rates, motion) {
    const moves = rates.length;
    const x = new Float64Array((moves + 1) * PARTICLES).fill(motion.x, 0, PARTICLES);
    const y = new Float64Array((moves + 1) * PARTICLES).fill(motion.y, 0, PARTICLES);
    const mean = new Float64Array(moves + 1);
    const speed = { x: new Float64Array(PARTICLES), y: new Float64Array(PARTICLES) };
    for (let move = 0; move < moves; move += 1) {
        mean[move] = meanLoss(ground, x, y, move);
        step(ground, rates[move] || 0, motion, { x, y, speed, move });
    }
    mean[moves] = meanLoss(ground, x, y, moves);
    return { x, y, mean };
}

/**
 * @param {Ground} ground
 * @param {number} rate
 * @param {Motion} motion
 * @param {{ x: Float64Array, y: Float64Array,
 *     speed: { x: Float64Array, y: Float64Array }, move: number }} state
 */
function step({ bowl, wells }, rate, { noise, momentum, draws }, { x, y, speed, move }) {
    const [a, left, b, low] = bowl;
    const first = move * PARTICLES;
    for (let each = 0; each < PARTICLES; each += 1) {
        const at = first + each;
        let slopeX = a * (x[at] - left);
        let slopeY = b * (y[at] - low);
        for (const [depth, atX, atY, width, height] of wells) {
            const u = (x[at] - atX) / width;
            const v = (y[at] - atY) / height;
            const slope = (2 * depth) / (1 + u * u + v * v) ** 2;
            slopeX += (slope * u) / width;
            slopeY += (slope * v) / height;
        }
        speed.x[each] = momentum * speed.x[each] - rate * (slopeX + noise * draws[2 * at]);
        speed.y[each] = momentum * speed.y[each] - rate * (slopeY + noise * draws[2 * at + 1]);
        x[at + PARTICLES] = held(x[at] + speed.x[each]);
        y[at + PARTICLES] = held(y[at] + speed.y[each]);
    }
}

/** @param {number} place */
function held(place) {
    return Math.min(Math.max(place, -FARTHEST), FARTHEST);
}

/**
 * @param {Ground} ground
 * @param {Float64Array} x
 * @param {Float64Array} y
 * @param {number} move
 */
function meanLoss(ground, x, y, move) {
    let sum = 0;
    for (let at = move * PARTICLES; at < (move + 1) * PARTICLES; at += 1) {
        sum += valueAt(ground, x[at], y[at]);
    }
    return sum / PARTICLES;
}

/**
 * How many of them are between two places along x after the last move.
 *
 * @param {Walk} walked
 * @param {number[]} between
 */
export function counted({ x }, [low, high]) {
    return x.subarray(-PARTICLES).filter((each) => low < each && each < high).length;
}
