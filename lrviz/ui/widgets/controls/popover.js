// @ts-check
// What opens beside its button, over everything else.

/** A long list is put below its button where there is so much room, in pixels. */
const ENOUGH = 280;

/**
 * Puts a popover that is shown below its button, or above it where there is no room.
 *
 * @param {HTMLElement} shown
 * @param {HTMLElement} button
 * @param {"left" | "right"} edge of the button, at which its own edge is
 */
export function standBy(shown, button, edge) {
    const { left, right, top, bottom } = button.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = shown;
    const wanted = edge === "left" ? left : right - width;
    const inside = Math.max(0, Math.min(wanted, window.innerWidth - width));
    const room = window.innerHeight - bottom;
    const below = height < room || room > ENOUGH;
    Object.assign(shown.style, {
        left: `${inside}px`,
        top: `${below ? bottom : Math.max(0, top - height)}px`,
        // What does not fit is scrolled.
        maxHeight: below && height >= room ? `${room - 8}px` : "",
    });
}
