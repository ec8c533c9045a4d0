// @ts-check
// What is wider than the page (a table, a formula, a line of figures) can be scrolled: the Tab key
// must reach it.

const SCROLLERS =
    '[data-testid="stMarkdownContainer"]:has(> table), .katex-display, .lrviz-readout, .lrviz-lens-text';
const SETTLED = 300;
let watching = false;

export function watchScrollers() {
    if (watching) return;
    watching = true;
    let due = 0;
    const look = () => {
        due = 0;
        /** @type {NodeListOf<HTMLElement>} */
        const boxes = document.querySelectorAll(SCROLLERS);
        for (const box of boxes) {
            if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
            else box.removeAttribute("tabindex");
        }
    };
    const later = () => {
        due ||= setTimeout(look, SETTLED);
    };
    const changes = new MutationObserver(later);
    changes.observe(document.body, { childList: true, subtree: true });
    // An attribute of the root unfolds what is folded.
    changes.observe(document.documentElement, { attributes: true });
    addEventListener("resize", later);
    later();
}
