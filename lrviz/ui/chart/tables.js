// A table that is wider than the page scrolls by itself (chart.css): the Tab key must reach it.

const WIDE = '[data-testid="stMarkdownContainer"]:has(> table)';
const SETTLED = 300;
let watching = false;

export function watchTables() {
    if (watching) return;
    watching = true;
    let due = 0;
    const look = () => {
        due = 0;
        for (const box of document.querySelectorAll(WIDE)) {
            if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
            else box.removeAttribute("tabindex");
        }
    };
    const later = () => (due ||= setTimeout(look, SETTLED));
    new MutationObserver(later).observe(document.body, { childList: true, subtree: true });
    addEventListener("resize", later);
    later();
}
