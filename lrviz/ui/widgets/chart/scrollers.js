// @ts-check
// A table, a formula or a line of figures wider than the page scrolls by itself: the Tab key must reach it.

const SCROLLERS =
    '[data-testid="stMarkdownContainer"]:has(> table), .katex-display, .lrviz-readout, .lrviz-lens-told';
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
    // What is folded is shown by an attribute of the root.
    changes.observe(document.documentElement, { attributes: true });
    addEventListener("resize", later);
    later();
}
