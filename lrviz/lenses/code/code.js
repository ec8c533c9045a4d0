// @ts-check
// The lens of code: the selected curve as source of a framework, to read and to copy.

import { copySelected } from "../../ui/widgets/controls/clipboard.js";
import { create } from "../../ui/widgets/controls/dom.js";
import { nameOf, writeText } from "../../ui/widgets/beneath/text.js";

/** @typedef {import("./payload.js").CodePayload} CodePayload */
/** @typedef {import("../../ui/widgets/beneath/lines.js").Line} Line */
/** @typedef {import("../../ui/widgets/beneath/view.js").Host} Host */
/** @typedef {import("../../ui/widgets/beneath/view.js").Stage} Stage */

/** What Python's source is made of, as far as it is coloured; everything else is plain. */
const PARTS = new RegExp(
    [
        /(?<comment>#.*)/,
        /(?<string>"""[^]*?"""|"[^"\n]*"|'[^'\n]*')/,
        /(?<keyword>\b(?:and|class|def|elif|else|for|from|if|import|in|is|lambda|not|or|return|while)\b)/,
        /(?<number>\b\d[\d_]*\.?\d*(?:e[+-]?\d+)?\b)/,
    ]
        .map(({ source }) => source)
        .join("|"),
    "g",
);

/**
 * The parts of some Python source; together they are all of it.
 *
 * @param {string} source
 * @returns {{ kind: string, text: string }[]} each a comment, a string, a keyword, a number or plain
 */
export function partsOf(source) {
    const parts = [];
    let end = 0;
    for (const { 0: text, index, groups } of source.matchAll(PARTS)) {
        const [kind] = Object.entries(groups ?? {}).find(([, part]) => part !== undefined) ?? [""];
        if (index > end) parts.push({ kind: "plain", text: source.slice(end, index) });
        parts.push({ kind, text });
        end = index + text.length;
    }
    if (end < source.length) parts.push({ kind: "plain", text: source.slice(end) });
    return parts;
}

class CodeView {
    aligned = false;
    tall = false;

    /** @param {Host} host */
    constructor({ body, text }) {
        this.text = text;
        this.root = create("div", { className: "lrviz-code" }, body);
        this.source = create("pre", { tabIndex: 0 }, this.root);
        this.source.setAttribute("role", "region");
        this.notes = create("p", { className: "lrviz-code-notes" }, this.root);
        const corner = create("span", { className: "lrviz-code-copy" }, this.root);
        this.copied = create("span", {}, corner);
        this.copied.setAttribute("role", "status");
        this.button = create("button", { type: "button", className: "lrviz-lens-control" }, corner);
        this.button.onclick = () => this.copy();
        this.done = "";
    }

    /**
     * @param {CodePayload} payload
     * @param {Line[]} lines
     * @param {Stage} stage
     */
    draw({ code, texts }, lines, { selected, moving, remarks }) {
        // The code is the server's: it follows as soon as the slider is let go of.
        this.root.toggleAttribute("data-live", moving);
        const line = lines.find(({ uid }) => uid === selected);
        writeText(this.text, line ? [nameOf(line)] : [], []);
        this.source.ariaLabel = texts.label;
        this.notes.textContent = remarks.join(" ");
        this.button.textContent = texts.copy;
        this.done = texts.copied;
        if (this.source.textContent === code) return;
        this.copied.textContent = "";
        this.source.replaceChildren();
        for (const { kind, text } of partsOf(code)) {
            create("span", { className: `lrviz-code-${kind}`, textContent: text }, this.source);
        }
    }

    async copy() {
        const selection = getSelection();
        selection?.selectAllChildren(this.source);
        if (await copySelected(this.source.textContent ?? "")) this.copied.textContent = this.done;
        selection?.removeAllRanges();
    }

    /** Code has no place of the run. */
    place() {}

    destroy() {
        this.root.remove();
    }
}

/** @param {Host} host */
export function open(host) {
    return new CodeView(host);
}
