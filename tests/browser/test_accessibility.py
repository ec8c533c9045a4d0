"""axe-core on every tab, light and dark.

``AXE`` names the file axe.min.js; ``.ci/run`` fetches it by npm.
"""

import os
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lrviz.examples import EXAMPLES
from lrviz.link import to_text
from lrviz.page import Page as Shown
from tests.browser.steps import changes, until

pytestmark = pytest.mark.browser

AXE = os.environ.get("AXE", "")
VIEWS = {
    "explore": "?v=1&tab=explore",
    "train": "?v=1&tab=train",
    "learn": "?v=1&tab=learn",
    "question with a marker": "?v=1&tab=learn&lesson=restart",
    "question with a choice": "?v=1&tab=learn&lesson=restart&at=3",
    "reveal": "?v=1&tab=learn&lesson=cosine&shown=true&answer=0.1",
    "free try": "?v=1&tab=learn&lesson=restart&at=4",
    "path": "?lens.kind=path&lens.landscape=basins",
    "loss": "?lens.kind=loss",
    "code": "?lens.kind=code&lens.framework=torch",
    "forecast": "?"
    + to_text(Shown(EXAMPLES["Forecast: cosine, WSD, and one that you tune"].scene)),
    "projector": "?v=1&tab=learn&lesson=restart&projector=true",
}
#: The page's background by night.
DARK = "rgb(16, 21, 28)"
#: What is Streamlit's own: the rule, and what the element's HTML has in it.
FRAME: tuple[tuple[str, str], ...] = ()


def _found(page: Page) -> list[str]:
    # What is about to be drawn anew is pale, and comes back to its colour by and by.
    until(
        page,
        "() => !document.querySelector('[data-stale=true]')"
        " && document.getAnimations().every((each) => each.playState !== 'running')",
    )
    # Not as a script element: the page allows none but its own.
    page.evaluate(Path(AXE).read_text("utf-8"))
    result = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']} ({violation['impact']}): {node['html'][:200]}"
        for violation in result["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
        if not any(rule == violation["id"] and part in node["html"] for rule, part in FRAME)
    ]


needs_axe = pytest.mark.skipif(
    not Path(AXE).is_file(), reason="AXE does not name axe-core's axe.min.js"
)


@needs_axe
@pytest.mark.parametrize("view", VIEWS)
def test_no_serious_violation(open_page, view):
    page = open_page(VIEWS[view], color_scheme="light")
    # Who comes first to the Train tab waits for TensorFlow.
    page.locator(".stMain").get_by_role("button").first.wait_for(timeout=120_000)
    drawn = view not in ("learn", "train")
    if drawn:
        page.locator(".lrviz-chart[data-revision]").wait_for()
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    assert _found(page) == []
    # Charts are drawn anew in the colours of the night.
    dark = partial(page.emulate_media, color_scheme="dark")
    changes(page, dark) if drawn else dark()
    expect(page.locator(".stApp")).to_have_css("background-color", DARK)
    assert _found(page) == []


@needs_axe
def test_no_serious_violation_on_a_phone(open_page):
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.locator(".lrviz-chart[data-revision]").wait_for()
    assert _found(page) == []
    page.get_by_role("button", name="Formula and cycles").click()
    # Its table of cycles is too wide: it scrolls, and the Tab key reaches it.
    page.locator('[data-testid="stMarkdownContainer"][tabindex="0"] table').wait_for()
    assert _found(page) == []
    # So are these formulas.
    page.get_by_role("button", name="Add a curve").click()
    page.get_by_role("menuitem", name="PolynomialDecay").click()
    page.locator('.katex-display[tabindex="0"]').first.wait_for()
    page.get_by_role("slider", name="power", exact=True).wait_for()
    until(
        page,
        "() => [...document.querySelectorAll('.katex-display')]"
        ".every((each) => each.scrollWidth <= each.clientWidth || each.tabIndex === 0)",
    )
    # What is chosen is read under the pointer, too.
    page.get_by_text("every step", exact=True).last.hover()
    assert _found(page) == []
