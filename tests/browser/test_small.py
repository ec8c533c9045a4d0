"""Small windows: phones, upright and on their side, and a page at 200 %."""

from dataclasses import replace

import pytest

from lrviz.learn.study import Study
from lrviz.link import to_text
from lrviz.page import Page
from lrviz.scene import Curve, Lens, Timeline, scene_of
from lrviz.schedules import CosineDecay, CosineDecayRestarts, Linear, Sequence
from tests.browser.steps import CHART, ready, until

pytestmark = pytest.mark.browser

SIZES = ((683, 325), (844, 390), (568, 320), (390, 844), (320, 568))
RUN = Timeline()
PHASES = Sequence((Linear(0.0, 0.1, 50), CosineDecayRestarts(0.1, 100)), (50,))
MANY = scene_of(
    Curve(PHASES), *(Curve(CosineDecay(rate, 500)) for rate in (0.1, 0.2, 0.3, 0.4)), timeline=RUN
)
#: What is open in each: the first view, five curves of which one has phases and a lens, a lesson.
PAGES = {
    "first": "",
    "path": "?" + to_text(Page(replace(MANY, lens=Lens("path")), language="ko")),
    "loss": "?" + to_text(Page(replace(MANY, lens=Lens("loss")))),
    "lesson": "?" + to_text(Page(MANY, tab="learn", study=Study(lesson="m_mul"))),
}
#: The chart has the size that the page gives to it.
DRAWN = f"""([width, height]) => innerWidth === width && innerHeight === height
    && [...document.querySelectorAll("{CHART}")].filter((graph) => graph.clientWidth)
        .every(({{ clientWidth, clientHeight, _fullLayout }}) =>
            _fullLayout.width === clientWidth && _fullLayout.height === clientHeight)"""
#: Goes from slider to slider, down and up again: those at whose thumb is something else, or with
#: which so much of the plot is not seen.
LOST = f"""async (least) => {{
    const shown = (each) => each.getClientRects().length > 0;
    const sliders = [...document.querySelectorAll(".lrviz-row input[type=range]")].filter(shown);
    const plot = [...document.querySelectorAll("{CHART} .nsewdrag")].find(shown);
    const at = (x, y) => document.elementFromPoint(x, y);
    const lost = [];
    document.activeElement.blur();
    for (const each of [...sliders, ...sliders.toReversed()]) {{
        each.focus();
        // The question of a lesson may stand above it.
        plot.scrollIntoView({{ block: "nearest" }});
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const {{ left, top, width, height }} = each.getBoundingClientRect();
        const thumb = left + 9 + (width - 18) * each.value / each.max;
        const hit = at(thumb, top + height / 2);
        const box = plot.getBoundingClientRect();
        const rows = Array.from({{ length: Math.floor(box.height) }}, (_, row) => box.top + row);
        const seen = rows.filter((row) => plot.closest("{CHART}")
            .contains(at(box.left + box.width / 2, row))).length;
        if (hit === each && seen >= least) continue;
        lost.push(`${{each.ariaLabel}}: ${{hit?.className}}, ${{seen}} px`);
    }}
    return [sliders.length, lost];
}}"""


@pytest.mark.parametrize("name", PAGES)
def test_every_slider_is_reached_while_the_plot_is_seen(open_page, name):
    width, height = SIZES[0]
    page = open_page(PAGES[name], viewport={"width": width, "height": height})
    ready(page)
    page.locator(".lrviz-row input[type=range]:visible").first.wait_for()
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        until(page, DRAWN, [width, height])
        count, lost = page.evaluate(LOST, 90)
        assert count >= 1
        assert lost == [], (width, height)
        # Nothing makes the page wider than the window.
        assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= width


def test_what_a_parameter_means_is_read_below_it(open_page):
    page = open_page(viewport={"width": 390, "height": 844})
    ready(page)
    page.get_by_role("button", name="t_mul").click()
    row = page.locator(".lrviz-row").filter(has=page.get_by_role("slider", name="t_mul"))
    help_, around = row.locator(".lrviz-row-help").bounding_box(), row.bounding_box()
    assert help_["width"] == around["width"]
    assert around["y"] < help_["y"]
    assert help_["y"] + help_["height"] <= around["y"] + around["height"]
