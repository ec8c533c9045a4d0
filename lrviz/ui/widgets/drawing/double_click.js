// @ts-check
// A double click, by the times of its presses. Plotly takes the times at which it handles them: on a
// slow machine that still draws after the first press it sees two single clicks.

/** How far apart the two presses may be, in milliseconds and in pixels. */
const APART = 500;
const AWAY = 5;

/** @typedef {{ at: number, x: number, y: number }} Press */

/**
 * @param {Press} one
 * @param {Press} other
 */
function near(one, other) {
    return Math.hypot(one.x - other.x, one.y - other.y) <= AWAY;
}

/**
 * @param {PointerEvent} event
 * @returns {Press}
 */
function pressOf({ timeStamp, clientX, clientY }) {
    return { at: timeStamp, x: clientX, y: clientY };
}

/**
 * Does `act` after each double click, or double tap, within `root` on what `part` names.
 *
 * @param {HTMLElement} root
 * @param {string} part
 * @param {() => void} act
 */
export function onDoubleClick(root, part, act) {
    /** @type {Press | null} */
    let last = null;
    const pressed = (/** @type {PointerEvent} */ event) => {
        const on = event.target instanceof Element && event.target.closest(part);
        const press = on && !event.button && event.isPrimary ? pressOf(event) : null;
        const second = last && press && press.at - last.at < APART && near(press, last);
        last = second ? null : press;
        if (second) released(root, press, act);
    };
    root.addEventListener("pointerdown", pressed, true);
}

/**
 * Does `act` when the second press is over, unless it became a drag.
 *
 * @param {HTMLElement} root
 * @param {Press} press
 * @param {() => void} act
 */
function released(root, press, act) {
    const over = new AbortController();
    const up = (/** @type {PointerEvent} */ event) => {
        over.abort();
        // Later: after Plotly has handled this event.
        if (event.type === "pointerup" && near(pressOf(event), press)) setTimeout(act);
    };
    // By now Plotly has laid a cover under the pointer, outside of the root.
    for (const name of /** @type {const} */ (["pointerup", "pointercancel"])) {
        root.ownerDocument.addEventListener(name, up, { capture: true, signal: over.signal });
    }
}
