// @ts-check
// The life of a component: the same for all of ours.

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
 * @property {(name: string, value: unknown) => void} setStateValue sends a value to Python that stays
 */

/**
 * What lives on the page from its component's first turn to its end.
 *
 * @template Payload
 * @typedef {object} Living
 * @property {(component: Component<Payload>) => void | Promise<void>} update takes a turn's data
 * @property {() => void} destroy leaves nothing behind
 */

/**
 * A component's function: it makes one object for each place on the page, and keeps it.
 *
 * Streamlit says that a turn is over before the next one begins, or when a later one has long taken
 * the place; on a busy machine there is time between. So an object ends with its place alone.
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
