// @ts-check
// The buttons beneath a chart.

import { made } from "../component.js";

/** @typedef {import("../payloads.js").LivePayload} LivePayload */

const SPEEDS = [0.5, 1, 2, 4];

/**
 * What its buttons do.
 *
 * @typedef {Record<"play" | "next" | "choose" | "sweep" | "step" | "onion" | "pin" | "record",
 *     () => unknown>} Acts
 */

/**
 * @param {HTMLElement} root
 * @param {Acts} acts
 */
export function buildPanel(root, acts) {
    root.setAttribute("role", "group");
    const time = made("div", {}, root);
    const button = (/** @type {() => unknown} */ onclick, /** @type {HTMLElement} */ row) =>
        made("button", { type: "button", onclick }, row);
    const play = button(acts.play, time);
    const next = button(acts.next, time);
    const where = made("output", {}, time);
    const row = made("div", {}, root);
    const choice = made("select", { onchange: () => acts.choose() }, row);
    const sweep = button(acts.sweep, row);
    const step = button(acts.step, row);
    const speed = made("select", {}, row);
    for (const each of SPEEDS) {
        made("option", { value: `${each}`, textContent: `${each}×`, selected: each === 1 }, speed);
    }
    const onionLabel = made("label", {}, row);
    const onion = made("input", { type: "checkbox", onchange: () => acts.onion() }, onionLabel);
    const onionText = made("span", {}, onionLabel);
    const pin = button(acts.pin, row);
    const record = button(acts.record, row);
    return {
        root,
        play,
        next,
        where,
        choice,
        sweep,
        step,
        speed,
        onion,
        onionText,
        pin,
        record,
    };
}

/** @typedef {ReturnType<typeof buildPanel>} Panel */

/**
 * Says on each button what it does now.
 *
 * @param {Panel} panel
 * @param {LivePayload} data
 * @param {{ running: boolean, sweeping: boolean, pinned: boolean }} now
 */
export function label(panel, { texts, fans, restarts }, { running, sweeping, pinned }) {
    panel.root.hidden = false;
    panel.root.setAttribute("aria-label", texts.controls);
    offer(panel.choice, Object.keys(fans));
    panel.choice.setAttribute("aria-label", texts.parameter);
    panel.speed.setAttribute("aria-label", texts.speed);
    panel.onionText.textContent = texts.onion;
    name(panel.play, running ? "pause" : "play_arrow", running ? texts.pause : texts.play);
    name(panel.next, "skip_next", texts.next);
    name(panel.sweep, sweeping ? "pause" : "swap_horiz", sweeping ? texts.pause : texts.sweep);
    name(panel.step, "chevron_right", texts.step);
    name(panel.pin, pinned ? "keep_off" : "keep", pinned ? texts.unpin : texts.pin);
    name(panel.record, "download", texts.record);
    panel.next.disabled = !restarts.length;
    for (const each of [panel.choice, panel.sweep, panel.step, panel.record]) {
        each.disabled = !panel.choice.options.length;
    }
}

/**
 * The fields that may be swept; the one that was chosen stays, if it is among them.
 *
 * @param {HTMLSelectElement} choice
 * @param {string[]} names
 */
function offer(choice, names) {
    const known = [...choice.options].map((each) => each.value);
    if (names.join() === known.join()) return;
    const kept = names.includes(choice.value) ? choice.value : names[0];
    choice.replaceChildren();
    for (const each of names) made("option", { value: each, textContent: each }, choice);
    choice.value = kept ?? "";
}

/**
 * An icon and a text; what stands there already stays.
 *
 * @param {HTMLButtonElement} button
 * @param {string} icon
 * @param {string} text
 */
function name(button, icon, text) {
    if (button.dataset.says === icon + text) return;
    button.dataset.says = icon + text;
    button.replaceChildren();
    const shown = made("span", { className: "lrviz-icon", textContent: icon }, button);
    shown.setAttribute("aria-hidden", "true");
    button.append(text);
}
