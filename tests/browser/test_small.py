"""Small windows: phones, upright and on their side, and a page at 200 %."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from lrviz.learn.study import Study
from lrviz.lenses import LossLens, PathLens
from lrviz.link import to_text
from lrviz.page import Page
from lrviz.scene import Curve, Timeline, scene_of
from lrviz.schedules import CosineDecay, CosineDecayRestarts, Linear, Sequence
from tests.browser.steps import CHART, field, finger, ready, scene, thumb, until

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
    "path": "?" + to_text(Page(replace(MANY, lens=PathLens().lens), language="ko")),
    "loss": "?" + to_text(Page(replace(MANY, lens=LossLens().lens))),
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
#: The words of the panel's names that stand on two lines.
BROKEN = """(panel) => {
    const names = [...panel.querySelectorAll(".lrviz-name")];
    const words = names.flatMap((name) => [...name.childNodes].filter((each) => each.data));
    return words.filter((word) => {
        const range = document.createRange();
        range.selectNode(word);
        return range.getClientRects().length > 1;
    }).map((word) => word.data);
}"""

#: What is read in the chart is of the step there, as a share of its width: within three pixels.
TAPPED = f"""(share) => {{
    const axis = document.querySelector("{CHART}")._fullLayout.xaxis;
    const step = document.querySelector(".hoverlayer").textContent.match(/step ([\\d,]+)/)[1];
    return Math.abs(axis.d2p(Number(step.replace(",", ""))) - share * axis._length) < 3;
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


def test_the_run_and_its_numbers_are_read_whole(open_page):
    rate = 2.9999999999999997e-06
    query = "?" + to_text(Page(scene_of(Curve(CosineDecay(rate, 500)), timeline=RUN)))
    page = open_page(query, viewport={"width": 1366, "height": 650})
    ready(page)
    expect(field(page, "initial_learning_rate")).to_have_value("3e-06")
    assert scene(page).curve.schedule.initial_learning_rate == rate
    page.get_by_role("button", name="750 steps").click()
    for width in (1366, 320):
        page.set_viewport_size({"width": width, "height": 650})
        until(page, "(width) => innerWidth === width", width)
        panel = page.get_by_test_id("stPopoverBody").locator(".lrviz-panel")
        assert panel.locator(".lrviz-row").count() == 7
        assert panel.evaluate("each => each.scrollWidth - each.clientWidth") == 0
        # A name breaks between its words, not within one.
        assert panel.evaluate(BROKEN) == []


def test_a_finger_drags_the_thumb_alone(open_page):
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    ready(page)
    exact = field(page, "first_decay_steps")
    x, y, width = thumb(page, "first_decay_steps")
    with finger(page, x + 0.5 * width, y) as move:
        move(x + 0.2 * width)
    expect(exact).to_have_value("50")
    top = page.locator(".stMain").evaluate("main => main.scrollTop")
    with finger(page, x + 0.5 * width, y) as move:
        move(x + 0.55 * width, -90)
    until(page, "(top) => document.querySelector('.stMain').scrollTop > top", top)
    expect(exact).to_have_value("50")
    assert scene(page).curve.schedule.first_decay_steps == 50
    x, y, width = thumb(page, "first_decay_steps")
    with finger(page, x + 5, y) as move:
        move(x + 0.2 * width)
    until(page, "() => location.search && !location.search.includes('first_decay_steps~50~')")
    dragged = scene(page).curve.schedule.first_decay_steps
    assert dragged > 100
    x, y, width = thumb(page, "first_decay_steps")
    page.touchscreen.tap(x + 0.2 * width, y)
    until(page, "(old) => !location.search.includes(`first_decay_steps~${old}~`)", dragged)
    assert scene(page).curve.schedule.first_decay_steps > dragged


def test_what_is_presented_fits_and_can_be_left(open_page):
    page = open_page(viewport={"width": 1920, "height": 1080})
    ready(page)
    page.get_by_role("button", name="Present").click()
    page.locator(":root[data-lrviz-projector]").wait_for(state="attached")
    for width, height in ((1920, 1080), *SIZES):
        page.set_viewport_size({"width": width, "height": height})
        until(page, DRAWN, [width, height])
        panel = page.locator(".lrviz-panel")
        assert panel.evaluate("each => each.scrollWidth - each.clientWidth") == 0, width
        assert page.locator(f"{CHART} .nsewdrag").bounding_box()["width"] > 0.35 * width
        if width < 1000:
            _, lost = page.evaluate(LOST, 90)
            assert lost == [], (width, height)
    page.get_by_role("button", name="Stop presenting").click()
    expect(page.get_by_role("button", name="Present", exact=True)).to_be_visible()


def test_a_tap_on_the_chart_reads_the_step_beneath_it(open_page):
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    ready(page)
    box = page.locator(f"{CHART} .nsewdrag").bounding_box()
    for share in (0.6, 0.9):
        page.touchscreen.tap(box["x"] + share * box["width"], box["y"] + 0.3 * box["height"])
        until(page, TAPPED, share)
