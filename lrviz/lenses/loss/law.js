// @ts-check
// The multi-power law over a drawn line, as lrviz.forecast has it (multi_power.py says why): each
// of a few exponentials is one number that decays along the run. A test holds both together.

/** @typedef {import("./payload.js").LawPayload} LawPayload */

const APART = 0.8;
const SLOWEST = 0.02;
const FASTEST = 8;
const LEAST = 1e-6;
/** A stretch over which the rate changes by more than this share is taken in parts. */
const STEEP = 0.25;
const MOST_PARTS = 24;
/** Below this share of the peak a rate counts as 0. */
const NOTHING = 1e-3;

/**
 * The loss at each point of a line, NaN from the first rate on for which there is no law.
 *
 * @param {ArrayLike<number>} steps rising; twice the same where the rate jumps
 * @param {ArrayLike<number>} rates
 * @param {LawPayload} law
 * @returns {Float64Array}
 */
export function forecast(steps, rates, law) {
    const losses = new Float64Array(steps.length).fill(NaN);
    const run = new Run(law, steps, rates);
    for (let at = 0; at < steps.length; at += 1) {
        if (!(rates[at] >= 0) || rates[at] === Infinity) break;
        if (at) run.go(steps[at] - steps[at - 1], rates[at - 1], rates[at]);
        losses[at] = run.loss(rates[at]);
    }
    return losses;
}

class Run {
    /** The sum of the rates so far, and of the falls that count. */
    way = 0;
    gained = 0;
    /** The fall to a rate of 0: it counts as soon as there is a rate again. */
    still = 0;

    /**
     * @param {LawPayload} law
     * @param {ArrayLike<number>} steps
     * @param {ArrayLike<number>} rates
     */
    constructor(law, steps, rates) {
        this.law = law;
        this.first = rates[0];
        this.peak = 0;
        let whole = rates[0];
        for (let at = 0; at < rates.length; at += 1) {
            if (!(rates[at] < Infinity)) break;
            this.peak = Math.max(this.peak, rates[at]);
            if (at) whole += ((steps[at] - steps[at - 1]) * (rates[at] + rates[at - 1])) / 2;
        }
        this.slowest = SLOWEST / (whole || 1);
        const fastest = FASTEST * this.speed(LEAST * this.peak);
        const count = this.peak ? 1 + Math.floor(Math.log(fastest / this.slowest) / APART) : 0;
        this.decays = Float64Array.from({ length: count }, (_, at) => {
            return this.slowest * Math.exp(APART * at);
        });
        this.waiting = new Float64Array(count);
        this.gamma = gamma(law.beta);
    }

    /** @param {number} rate */
    speed(rate) {
        return this.law.C * Math.max(rate, LEAST * this.peak) ** -this.law.gamma;
    }

    /**
     * So many steps further, from one rate to another in a straight line.
     *
     * @param {number} steps none: the rate jumps
     * @param {number} from
     * @param {number} to
     */
    go(steps, from, to) {
        // Across one step the new rate counts, as in the law's sum.
        if (steps <= 1) {
            this.wait((steps * (from + to)) / 2, 0, to);
            this.fall(from - to, to, to / 2);
            return;
        }
        const parts = partsOf(from, to, this.peak);
        for (let part = 0; part + 1 < parts.length; part += 1) {
            const [begin, end] = [parts[part], parts[part + 1]];
            const share = from === to ? 1 : (end - begin) / (to - from);
            this.wait((steps * share * (begin + end)) / 2, begin - end, (begin + end) / 2);
        }
    }

    /**
     * Rates of this sum pass, while it falls evenly by `fall`.
     *
     * @param {number} way
     * @param {number} fall
     * @param {number} rate in the middle
     */
    wait(way, fall, rate) {
        this.way += way;
        if (way > 0) this.still = 0;
        const speed = fall ? this.speed(rate) : 1;
        for (let at = 0; at < this.decays.length; at += 1) {
            const passed = this.decays[at] * way;
            const left = Math.exp(-passed);
            this.waiting[at] *= left;
            if (fall) {
                const mean = passed > 1e-9 ? (1 - left) / passed : 1;
                this.waiting[at] += fall * mean * this.weight(this.decays[at] / speed);
            }
        }
        if (fall) this.gained += fall * (1 - this.rest(speed));
    }

    /**
     * It falls at once; `since` rates of it have passed already.
     *
     * @param {number} fall
     * @param {number} rate after it
     * @param {number} since
     */
    fall(fall, rate, since) {
        if (!fall) return;
        if (!rate) {
            this.still += fall;
            this.gained += fall;
            return;
        }
        const speed = this.speed(rate);
        for (let at = 0; at < this.decays.length; at += 1) {
            const left = Math.exp(-this.decays[at] * since);
            this.waiting[at] += fall * left * this.weight(this.decays[at] / speed);
        }
        this.gained += fall * (1 - this.rest(speed));
    }

    /** @param {number} r */
    weight(r) {
        return r > 40 ? 0 : (APART / this.gamma) * r ** this.law.beta * Math.exp(-r);
    }

    /**
     * What is so slow that it never decays.
     *
     * @param {number} speed
     */
    rest(speed) {
        const { beta } = this.law;
        return ((this.slowest * Math.exp(-APART / 2)) / speed) ** beta / (beta * this.gamma);
    }

    /** @param {number} rate at the step after which it is asked for */
    loss(rate) {
        const { L0, A, alpha, B } = this.law;
        let waiting = rate ? 0 : this.still;
        for (let at = 0; at < this.decays.length; at += 1) {
            waiting += this.waiting[at] * Math.exp((-this.decays[at] * rate) / 2);
        }
        const sum = this.way + (this.first + rate) / 2;
        return L0 + A * sum ** -alpha - B * (this.gained - waiting);
    }
}

/**
 * Rates between which none changes by much of itself; the two ends among them.
 *
 * @param {number} from
 * @param {number} to
 * @param {number} peak
 */
function partsOf(from, to, peak) {
    const [low, high] = from < to ? [from, to] : [to, from];
    const least = Math.max(low, NOTHING * peak);
    if (high <= least * (1 + STEEP)) return [from, to];
    const count = Math.min(Math.ceil(Math.log(high / least) / Math.log(1 + STEEP)), MOST_PARTS);
    const factor = (high / least) ** (1 / count);
    const parts = Array.from({ length: count }, (_, at) => high / factor ** at);
    if (low < least) parts.push(least);
    parts.push(low);
    return from < to ? parts.reverse() : parts;
}

/**
 * The gamma function between 0 and 1, as Lanczos has it.
 *
 * @param {number} x
 */
function gamma(x) {
    const factors = [
        676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406,
        12.507343278686905, -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
    ];
    // Gamma(x) = Gamma(x + 1) / x, and the series is of x + 1.
    const sum = factors.reduce(
        (total, factor, at) => total + factor / (x + at + 1),
        0.9999999999998099,
    );
    const base = x + factors.length - 0.5;
    return (Math.sqrt(2 * Math.PI) * base ** (x + 0.5) * Math.exp(-base) * sum) / x;
}
