// @ts-check
// The state of a slider, its chart and the server, as one value, and how each event changes it.

/**
 * @typedef {object} State
 * @property {string} curve the last one that the server has sent
 * @property {Record<string, { text: string, number: number }>} pending what was sent, by field: it
 *     holds until the server has taken it
 * @property {{ name: string, text: string } | null} active the stop that is drawn
 * @property {boolean} held whether a hand, or a sweep, holds its slider
 */

/**
 * @typedef {{ type: "received", curve: string, taken: number }
 *     | { type: "moved", name: string, text: string }
 *     | { type: "held" } | { type: "let go" }
 *     | { type: "sent", name: string, text: string, number: number }} Event
 */

/** @type {State} */
export const START = { curve: "", pending: {}, active: null, held: false };

/**
 * The state after an event.
 *
 * @param {State} state
 * @param {Event} event
 * @returns {State}
 */
export function reduce(state, event) {
    switch (event.type) {
        case "moved":
            return { ...state, active: { name: event.name, text: event.text } };
        case "held":
            return { ...state, held: true };
        case "let go":
            return { ...state, held: false };
        case "sent": {
            const { name, text, number } = event;
            return {
                ...state,
                pending: { ...state.pending, [name]: { text, number } },
            };
        }
        case "received":
            return received(state, event);
    }
}

/**
 * @param {State} state
 * @param {{ curve: string, taken: number }} event
 * @returns {State}
 */
function received(state, { curve, taken }) {
    // Another curve: what was sent for the one before does not count for it.
    if (state.curve && state.curve !== curve) return { ...START, curve };
    const waiting = Object.entries(state.pending).filter(([, { number }]) => taken < number);
    const pending = Object.fromEntries(waiting);
    const { active, held } = state;
    const over = active && !held && !(active.name in pending);
    return { ...state, curve, pending, active: over ? null : active };
}

/**
 * The address of a field's fan, with the other fields as they are, or as they were sent.
 *
 * @param {{ fan: string, values: Record<string, string>, between: string[] } | null} data
 * @param {string} name
 * @param {State["pending"]} pending
 */
export function addressed(data, name, pending) {
    if (!data || !(name in data.values)) return null;
    const sent = Object.entries(pending).map(([path, { text }]) => [path, text]);
    /** @type {Record<string, string>} */
    const texts = { ...data.values, ...Object.fromEntries(sent) };
    // Its own value is one of its stops, mostly: the fan is the same wherever the slider stands.
    if (data.between.includes(name)) texts[name] = data.values[name];
    else delete texts[name];
    const set = Object.entries(texts).map(
        ([path, text]) => `&set=${encodeURIComponent(`${path}~${text}`)}`,
    );
    return `${data.fan}${set.join("")}&field=${encodeURIComponent(name)}`;
}
