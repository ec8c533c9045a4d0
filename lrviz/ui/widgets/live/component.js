// @ts-check
// The life cycle that all of our components share.

// How often a place that nobody draws in is looked at, whether it is still there, in milliseconds.
const GONE = 1000;

/**
 * What Streamlit gives to a component's function, at every turn.
 *
 * @template Payload
 * @typedef {object} Component
 * @property {HTMLElement} parentElement where it is on the page
 * @property {Payload} data what Python has sent
 * @property {(name: string, value: unknown) => void} setTriggerValue sends a value to Python once
 * @property {(name: string, value: unknown) => void} setStateValue sends one that stays
 */

/**
 * An object that lives from its component's first turn until its place on the page is gone.
 *
 * @template Payload
 * @typedef {object} Living
 * @property {(component: Component<Payload>) => void | Promise<void>} update takes a turn's data
 * @property {() => void} destroy leaves nothing behind
 */

/**
 * A component's function: it makes one object for each place on the page, and keeps it.
 *
 * Streamlit ends a turn before the next one begins, or long after; so the end of a turn does not end
 * the object. It is destroyed when its place is gone.
 *
 * @template Payload
 * @param {(component: Component<Payload>) => Living<Payload>} make
 * @returns {(component: Component<Payload>) => Promise<() => void>}
 */
export function component(make) {
    /** @type {WeakMap<HTMLElement, { object: Living<Payload>, turn: number }>} */
    const living = new WeakMap();
    return async (component) => {
        const place = component.parentElement;
        const own = living.get(place) ?? { object: make(component), turn: 0 };
        living.set(place, own);
        const turn = (own.turn += 1);
        await own.object.update(component);
        const leave = () => {
            if (living.get(place) !== own) return;
            if (place.isConnected) {
                if (own.turn === turn) setTimeout(leave, GONE);
                return;
            }
            living.delete(place);
            own.object.destroy();
        };
        return () => void setTimeout(leave);
    };
}
