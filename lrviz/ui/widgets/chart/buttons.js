// @ts-check
// The row beneath a chart: play, a scrubber, the next restart, a pin; and a menu with the rest.

import { create } from "../controls/dom.js";
import { standBy } from "../controls/popover.js";

/** @typedef {import("../live/payloads.js").LivePayload} LivePayload */

const PHONE = "(max-width: 640px)";
const SPEEDS = [0.5, 1, 2, 4];

/**
 * What its buttons do.
 *
 * @typedef {Record<"play" | "next" | "choose" | "sweep" | "step" | "onion" | "pin" | "record",
 *     () => unknown> & { scrub: (share: number) => void }} Acts
 */

/**
 * @param {HTMLElement} root
 * @param {Acts} acts
 */
export function buildButtons(root, acts) {
    root.setAttribute("role", "group");
    const where = create("output", {}, root);
    const row = create("div", { className: "lrviz-buttons" }, root);
    const button = (/** @type {() => unknown} */ onclick, /** @type {HTMLElement} */ parent) =>
        create("button", { type: "button", onclick }, parent);
    const play = button(acts.play, row);
    const scrub = create("input", { type: "range", min: "0", max: "1000", value: "0" }, row);
    scrub.oninput = () => acts.scrub(Number(scrub.value) / 1000);
    const next = button(acts.next, row);
    const pin = button(acts.pin, row);
    const more = button(() => opened(rest, more), row);
    const rest = create("div", { className: "lrviz-popover lrviz-rest", popover: "auto" }, root);
    const speed = create("select", {}, labelled(rest));
    for (const each of SPEEDS) {
        create(
            "option",
            { value: `${each}`, textContent: `${each}×`, selected: each === 1 },
            speed,
        );
    }
    const choice = create("select", { onchange: () => acts.choose() }, labelled(rest));
    const sweep = button(acts.sweep, rest);
    const step = button(acts.step, rest);
    const onionLabel = create("label", {}, rest);
    const onion = create("input", { type: "checkbox", onchange: () => acts.onion() }, onionLabel);
    create("span", {}, onionLabel);
    const record = button(acts.record, rest);
    const small = [next, pin, more];
    for (const each of small) each.dataset.small = "";
    place([scrub, next, pin], more, rest);
    return {
        root,
        where,
        play,
        scrub,
        next,
        pin,
        more,
        rest,
        speed,
        choice,
        sweep,
        step,
        onion,
        record,
    };
}

/**
 * On a phone the row is play alone, and the rest is in the menu.
 *
 * @param {HTMLElement[]} parts
 * @param {HTMLElement} more
 * @param {HTMLElement} rest
 */
function place(parts, more, rest) {
    const phone = matchMedia(PHONE);
    const act = () => (phone.matches ? rest.prepend(...parts) : more.before(...parts));
    phone.onchange = act;
    act();
}

/** @typedef {ReturnType<typeof buildButtons>} Buttons */

/**
 * @param {HTMLElement} rest
 * @param {HTMLElement} more
 */
function opened(rest, more) {
    rest.togglePopover();
    standBy(rest, more, "right");
}

/** @param {HTMLElement} parent */
function labelled(parent) {
    const label = create("label", {}, parent);
    create("span", {}, label);
    return label;
}

/**
 * Labels each button with what it does now.
 *
 * @param {Buttons} buttons
 * @param {LivePayload} data
 * @param {{ running: boolean, sweeping: boolean, pinned: boolean }} now
 */
export function label(buttons, { texts, values, restarts }, { running, sweeping, pinned }) {
    buttons.root.hidden = false;
    buttons.root.setAttribute("aria-label", texts.controls);
    offer(buttons.choice, Object.keys(values));
    say(buttons.choice, texts.parameter);
    say(buttons.speed, texts.speed);
    say(buttons.onion, texts.onion);
    buttons.scrub.ariaLabel = texts.scrub;
    const moves = running || sweeping;
    name(buttons.play, moves ? "pause" : "play_arrow", moves ? texts.pause : texts.play);
    name(buttons.next, "skip_next", texts.next);
    name(buttons.pin, pinned ? "keep_off" : "keep", pinned ? texts.unpin : texts.pin);
    name(buttons.more, "more_horiz", texts.more);
    name(buttons.sweep, sweeping ? "pause" : "swap_horiz", sweeping ? texts.pause : texts.sweep);
    name(buttons.step, "chevron_right", texts.step);
    name(buttons.record, "download", texts.record);
    buttons.next.disabled = !restarts.length;
    for (const each of [buttons.choice, buttons.sweep, buttons.step, buttons.record]) {
        each.disabled = !buttons.choice.options.length;
    }
}

/**
 * Writes the label of a control.
 *
 * @param {HTMLElement} control
 * @param {string} text
 */
function say(control, text) {
    const place = control.parentElement?.querySelector("span");
    if (place) place.textContent = text;
}

/**
 * Offers the fields that can be swept; the chosen one stays chosen if it is among them.
 *
 * @param {HTMLSelectElement} choice
 * @param {string[]} names
 */
function offer(choice, names) {
    const offered = [...choice.options].map((each) => each.value);
    if (names.join() === offered.join()) return;
    const kept = names.includes(choice.value) ? choice.value : names[0];
    choice.replaceChildren();
    for (const each of names) create("option", { value: each, textContent: each }, choice);
    choice.value = kept ?? "";
}

/**
 * An icon and a text, or an icon alone that has the text as its name; what is there already stays.
 *
 * @param {HTMLButtonElement} button
 * @param {string} icon
 * @param {string} text
 */
function name(button, icon, text) {
    if (button.dataset.says === icon + text) return;
    button.dataset.says = icon + text;
    button.title = text;
    button.replaceChildren();
    const shown = create("span", { className: "lrviz-icon", textContent: icon }, button);
    shown.setAttribute("aria-hidden", "true");
    if (button.dataset.small === undefined) create("span", { textContent: text }, button);
    else button.ariaLabel = text;
}
