"""What a reader does with a chart: zoom and come back, read small numbers, answer a question."""

import re

import pytest
from playwright.sync_api import Page, expect

from lrviz import page as made
from lrviz.link import to_text
from lrviz.scene import Curve, Timeline, scene_of
from lrviz.schedules import CosineDecay
from tests.browser.steps import CHART, axis_range, changes, ready, type_into, until, zoom

pytestmark = pytest.mark.browser

AXES = ("xaxis", "yaxis")
LEFT_ALONE = """([x, y]) => {
    const { xaxis, yaxis } = document.querySelector(".lrviz-chart").layout;
    const alike = (one, other) => one.every((each, at) => Math.abs(each - other[at]) < 1e-9);
    return alike(xaxis.range, x) && alike(yaxis.range, y);
}"""


def _home(page: Page) -> None:
    page.locator(f"{CHART} [data-title='Show the whole run']").click()


def _double_click(page: Page) -> None:
    box = page.locator(f"{CHART} .nsewdrag").first.bounding_box()
    page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


@pytest.mark.parametrize("query", ["", "?v=1&tab=learn&lesson=restart&at=4", "?v=1&scale=log"])
def test_a_zoom_is_undone(open_page, query):
    page = open_page(query)
    ready(page)
    whole = [axis_range(page, axis) for axis in AXES]
    for undo in (_home, _double_click):
        zoom(page)
        assert axis_range(page, "yaxis") != whole[1]
        # Plotly's notes would lie over undo and redo.
        expect(page.locator(".plotly-notifier > *")).to_have_count(0)
        undo(page)
        until(page, LEFT_ALONE, whole)
    # A zoom stays while values change, and is undone after that, too.
    zoom(page)
    near = axis_range(page, "xaxis")
    changes(page, lambda: type_into(page, "t_mul", "1.9"))
    assert axis_range(page, "xaxis") == near
    _home(page)
    until(
        page,
        "([low, high]) => document.querySelector('.lrviz-chart').layout.xaxis.range[0] === low",
        whole[0],
    )


def test_a_double_click_counts_where_the_machine_is_slow(open_page):
    page = open_page()
    ready(page)
    whole = [axis_range(page, axis) for axis in AXES]
    zoom(page)
    processor = page.context.new_cdp_session(page)
    processor.send("Emulation.setCPUThrottlingRate", {"rate": 32})
    _double_click(page)
    processor.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    processor.detach()
    until(page, LEFT_ALONE, whole)


def _step(page: Page, step: float) -> tuple[float, float]:
    """Where a step of the axis is on the screen, in the upper part of the plot."""
    page.locator(CHART).scroll_into_view_if_needed()
    return page.locator(CHART).evaluate(
        """(graph, step) => {
            const { left, top } = graph.getBoundingClientRect();
            const { xaxis, yaxis } = graph._fullLayout;
            const down = 0.3 * yaxis._length;
            return [left + xaxis._offset + xaxis.d2p(step), top + yaxis._offset + down];
        }""",
        step,
    )


def test_a_click_or_drag_anywhere_answers_and_nothing_zooms(open_page):
    page = open_page("?v=1&tab=learn&lesson=restart")
    ready(page)
    whole = [axis_range(page, axis) for axis in AXES]
    marker = page.locator(".lrviz-marker")
    page.mouse.click(*_step(page, 500))
    expect(marker).to_have_attribute("aria-valuenow", re.compile("^(499|500|501)$"))
    expect(page.get_by_role("button", name="Check")).to_be_enabled()
    x, y = _step(page, 600)
    page.mouse.move(x, y)
    page.mouse.down()
    to = _step(page, 300)
    page.mouse.move(to[0] + 9, to[1] + 60, steps=5)
    page.mouse.move(to[0], to[1] + 60)
    page.mouse.up()
    expect(marker).to_have_attribute("aria-valuenow", re.compile("^(299|300|301)$"))
    assert [axis_range(page, axis) for axis in AXES] == whole
    expect(page.locator(f"{CHART} [data-title='Zoom']")).to_have_count(0)
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("Right.")).to_be_visible()


def _ticks(page: Page, axis: str) -> list[str]:
    return [
        text.replace("−", "-")
        for text in page.locator(f"{CHART} .{axis}tick text").all_text_contents()
    ]


def test_numbers_are_short_and_never_nothing(open_page):
    run = Timeline(total_steps=100_000)
    small = scene_of(Curve(CosineDecay(1.234567e-9, 100_000, alpha=1e-4)), timeline=run)
    page = open_page("?" + to_text(made.Page(small)))
    ready(page)
    assert "20k" in _ticks(page, "x")
    assert "1e-9" in _ticks(page, "y")
    expect(page.locator(".lrviz-readout")).to_contain_text("1.235e-13")
    box = page.locator(f"{CHART} .nsewdrag").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + box["height"] / 2)
    hover = page.locator(f"{CHART} .hoverlayer")
    expect(hover).to_contain_text(re.compile(r"CosineDecay\s+1\.\d{2,3}e[−-]9"))
    # On a log axis, one tick a decade.
    changes(page, lambda: page.get_by_role("radio", name="Log").check())
    assert _ticks(page, "y") == ["1e-13", "1e-12", "1e-11", "1e-10", "1e-9"]


def test_before_their_modules_are_there_chart_and_panel_have_their_places(open_page):
    page = open_page(fresh=True)
    ready(page)
    place = page.locator(CHART).bounding_box()
    held, free = [], []
    page.route(
        re.compile("/lrviz-assets/.*[.]js"),
        lambda route: route.continue_() if free else held.append(route),
    )
    page.reload(wait_until="commit")
    page.locator(".lrviz-panel").last.wait_for()
    assert page.locator(CHART).bounding_box() == place
    assert page.locator(".lrviz-panel").last.bounding_box()["height"] > 200
    expect(page.locator(".lrviz-panel input")).to_have_count(0)
    free.append(True)
    for route in held:
        route.continue_()
    ready(page)
    sliders = page.locator(".lrviz-row input[type=range]:not([hidden])")
    expect(sliders).to_have_count(5)
    assert page.locator(CHART).bounding_box() == place
    shares = sliders.evaluate_all("all => all.map((e) => e.value / e.max)")
    assert shares != [0.5] * 5
    expect(page.get_by_role("slider", name="alpha", exact=True)).to_have_value("0")
