"""Sliders that the curve follows while they move."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lrviz.figures import curves_figure
from lrviz.link import to_text
from lrviz.page import Page as Shown
from lrviz.scene import Curve, Scene, Timeline
from lrviz.schedules import PiecewiseConstantDecay
from tests.browser.steps import (
    CHART,
    axis_range,
    changes,
    field,
    finger,
    grab,
    is_the_servers,
    paths,
    ready,
    scene,
    thumb,
    until,
    zoom,
)

pytestmark = pytest.mark.browser

LINE = f"{CHART} .scatterlayer .trace2 path.js-line"


def _line(page: Page) -> str:
    return page.locator(LINE).get_attribute("d")


def _hold(page: Page, handle) -> tuple[float, float]:
    """Presses the mouse on a handle in the chart; returns where that is."""
    handle.wait_for()
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    return x, y


def _sent(page: Page) -> list:
    sent = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.webSocketFrameSent", lambda event: sent.append(event))
    return sent


def test_the_curve_follows_the_drag_and_the_page_hears_of_it_once(open_page):
    page = open_page()
    ready(page)
    sent = _sent(page)
    before, others = _line(page), paths(page)
    move = grab(page, "m_mul")
    move(-0.1)
    expect(page.locator(LINE)).not_to_have_attribute("d", before)
    during = _line(page)
    expect(field(page, "m_mul")).not_to_have_value("0.9")
    move(-0.25)
    expect(page.locator(LINE)).not_to_have_attribute("d", during)
    # Nothing was sent, and the page's address is as it was.
    assert sent == []
    assert "m_mul" not in page.url
    assert len(set(paths(page)) & set(others)) >= 2
    text = field(page, "m_mul").input_value()
    page.mouse.up()
    expect(page).to_have_url(re.compile(f"m_mul~{text}~"))
    expect(field(page, "m_mul")).to_have_value(text)
    expect(page.locator(".lrviz-marks")).to_have_count(0)
    assert len(sent) == 1
    is_the_servers(page)


def test_marks_and_figures_follow_the_drag(open_page):
    page = open_page()
    ready(page)
    readout = page.locator(".lrviz-readout")
    expect(readout).to_contain_text("Restarts 3")
    move = grab(page, "first_decay_steps")
    move(-0.25)
    expect(readout).not_to_contain_text("Restarts 3")
    marks = page.locator(".lrviz-marks").get_attribute("d").count("M")
    expect(readout).to_contain_text(f"Restarts {marks}")
    page.mouse.up()
    expect(page.locator(".lrviz-marks")).to_have_count(0)
    assert len(page.locator(CHART).evaluate("graph => graph.layout.shapes")) == marks
    expect(readout).to_contain_text(f"Restarts {marks}")


def test_every_key_redraws_at_once_and_its_value_is_announced(open_page):
    page = open_page()
    ready(page)
    slider = page.get_by_role("slider", name="t_mul", exact=True)
    slider.focus()
    for key, value in (
        ("ArrowRight", "2.025 "),
        ("PageDown", None),
        ("Home", "0.5"),
        ("End", "3.0"),
    ):
        before = _line(page)
        page.keyboard.press(key)
        expect(page.locator(LINE)).not_to_have_attribute("d", before)
        if value:
            expect(slider).to_have_attribute("aria-valuetext", re.compile(value.strip()))
    expect(page).to_have_url(re.compile("t_mul~3.0~"))
    assert slider.evaluate("input => document.activeElement === input")
    is_the_servers(page)


def test_a_drag_released_outside_keeps_zoom_hidden_curves_and_the_pin(open_page):
    page = open_page()
    ready(page)
    changes(page, lambda: page.get_by_role("button", name="Hide: CosineDecay", exact=True).click())
    page.get_by_role("button", name="Pin this curve").click()
    expect(page.locator(".lrviz-readout")).to_contain_text("CosineDecayRestarts (pinned)")
    zoom(page)
    pinned = page.locator(f"{CHART} .tracepinned path.js-line").get_attribute("d")
    ranges = axis_range(page, "xaxis"), axis_range(page, "yaxis")
    revision = page.locator(CHART).get_attribute("data-revision")
    move = grab(page, "alpha")
    move(0.3)
    page.mouse.move(1275, 5)
    text = field(page, "alpha").input_value()
    page.mouse.up()
    expect(page).to_have_url(re.compile(f"alpha~{text}~"))
    expect(page.locator(CHART)).not_to_have_attribute("data-revision", revision)
    assert (axis_range(page, "xaxis"), axis_range(page, "yaxis")) == ranges
    assert page.locator(f"{CHART} .tracepinned path.js-line").get_attribute("d") == pinned
    assert page.locator(f"{CHART} .trace1 path.js-line").count() == 0
    expect(page.locator(".lrviz-readout")).to_contain_text("(pinned)")


def test_two_sliders_in_quick_succession_both_count(open_page):
    page = open_page()
    ready(page)
    grab(page, "m_mul")(-0.2)
    page.mouse.up()
    grab(page, "alpha")(0.4)
    page.mouse.up()
    first, second = (field(page, name).input_value() for name in ("m_mul", "alpha"))
    expect(page).to_have_url(re.compile(f"m_mul~{first}~alpha~{second}~"))
    expect(page.locator(".lrviz-marks")).to_have_count(0)
    is_the_servers(page)


def test_a_connection_lost_in_mid_drag_loses_nothing(open_page):
    page = open_page(quiet=False)
    ready(page)
    # The fan is there before the line is cut.
    move = grab(page, "m_mul")
    before = _line(page)
    move(0.1)
    expect(page.locator(LINE)).not_to_have_attribute("d", before)
    page.evaluate("window.lrvizSockets.forEach(socket => socket.close())")
    move(0.2)
    # The page, when it comes back, may write its old value into the field in the meantime.
    text = page.get_by_role("slider", name="m_mul", exact=True).get_attribute("aria-valuetext")
    page.mouse.up()
    expect(page).to_have_url(re.compile(f"m_mul~{text}~"))
    expect(page.locator(".lrviz-marks")).to_have_count(0)
    is_the_servers(page)


def test_a_sweep_plays_pauses_steps_and_leaves_traces(open_page):
    page = open_page()
    ready(page)
    page.get_by_role("button", name="More to play and compare").click()
    page.get_by_label("Parameter").select_option("m_mul")
    page.get_by_label("Leave traces").check()
    before = _line(page)
    page.get_by_role("button", name="Sweep a parameter").click()
    expect(page.locator(LINE)).not_to_have_attribute("d", before)
    expect(page.locator(f"{CHART} .tracepassed-3")).to_have_count(1)
    page.locator(".lrviz-rest").get_by_role("button", name="Pause").click()
    # From the slider: the field is empty for a moment while it is replaced.
    text = page.get_by_role("slider", name="m_mul", exact=True).get_attribute("aria-valuetext")
    expect(page).to_have_url(re.compile(f"m_mul~{text}~"))
    page.get_by_role("button", name="One stop further").click()
    expect(field(page, "m_mul")).not_to_have_value(text)
    page.get_by_label("Leave traces").uncheck()
    expect(page.locator(f"{CHART} .tracepassed-3")).to_have_count(0)


def test_time_plays_along_the_curves_and_steps_to_the_restarts(open_page):
    page = open_page()
    ready(page)
    told = page.locator(".lrviz-player output")
    for step, cycle in ((50, 1), (150, 2), (350, 3), (50, 1)):
        page.get_by_role("button", name="Go to the next restart").click()
        expect(told).to_contain_text(f"step {step}, epoch {step // 75}")
        expect(told).to_contain_text(f"cycle {cycle}")
    expect(told).to_contain_text("CosineDecayRestarts 0.09, cycle 1")
    page.get_by_role("button", name="Play the run").click()
    expect(told).not_to_contain_text("step 50,")
    expect(page.locator(f"{CHART} .tracecursor .point")).to_have_count(3)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play the run")).to_be_visible()


def test_a_sweep_is_saved_as_a_page_that_opens_offline(open_page, chromium, tmp_path):
    page = open_page()
    ready(page)
    page.get_by_role("button", name="More to play and compare").click()
    page.get_by_label("Parameter").select_option("t_mul")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the sweep").click()
    assert saved.value.suggested_filename == "lrviz-t_mul.html"
    file = tmp_path / "sweep.html"
    file.write_bytes(Path(saved.value.path()).read_bytes())
    context = chromium.new_context(offline=True)
    alone = context.new_page()
    wrong = []
    alone.on("pageerror", lambda error: wrong.append(str(error)))
    alone.on("request", lambda request: wrong.append(request.url))
    alone.goto(file.as_uri())
    line = alone.locator(".scatterlayer .trace2 path.js-line")
    first = line.get_attribute("d")
    expect(line).not_to_have_attribute("d", first)
    alone.get_by_role("button", name="Pause").click()
    expect(alone.get_by_role("button", name="Play")).to_be_visible()
    context.close()
    assert wrong == [file.as_uri()]


def test_the_axis_grows_with_the_curve_and_is_then_the_servers(open_page):
    page = open_page()
    ready(page)
    before = axis_range(page, "yaxis")
    moved = grab(page, "initial_learning_rate")
    moved(0.2)
    until(
        page,
        "high => document.querySelector('.lrviz-chart').layout.yaxis.range[1] > 2 * high",
        before[1],
    )
    text = field(page, "initial_learning_rate").input_value()
    page.mouse.up()
    expect(page).to_have_url(re.compile(f"CosineDecayRestarts~initial_learning_rate~{text}~"))
    expect(page.locator(CHART)).not_to_have_attribute("data-live", "true")
    expected = curves_figure(scene(page), str)["layout"]["yaxis"]["range"]
    assert axis_range(page, "yaxis") == pytest.approx(list(expected))


def test_a_finger_drags_the_curve_along(open_page):
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    ready(page)
    x, y, _ = thumb(page, "m_mul")
    before, url, chart = paths(page), page.url, page.locator(CHART)
    with finger(page, x, y) as move:
        move(x - 30)
        expect(chart).to_have_attribute("data-live", "true")
        lower = field(page, "m_mul").input_value()
        assert float(lower) < 0.9
        assert paths(page) != before
        assert page.url == url
        move(x + 40)
        higher = field(page, "m_mul").input_value()
        assert float(higher) > float(lower)
    expect(page).to_have_url(re.compile(f"m_mul~{higher}~"))
    expect(chart).not_to_have_attribute("data-live", "true")
    is_the_servers(page)


def test_without_fans_the_page_says_so_and_values_still_count(open_page):
    page = open_page(quiet=False)
    page.route("**/lrviz-fan*", lambda route: route.abort())
    ready(page)
    grab(page, "m_mul")(0.2)
    expect(page.locator(".lrviz-readout")).to_contain_text("The curve cannot follow right now")
    text = field(page, "m_mul").input_value()
    page.mouse.up()
    expect(page).to_have_url(re.compile(f"m_mul~{text}~"))
    is_the_servers(page)


@pytest.mark.parametrize(
    ("name", "by"),
    [
        ("initial_learning_rate", (0, 60)),
        ("first_decay_steps", (40, 0)),
        ("t_mul", (30, 0)),
        ("m_mul", (0, 50)),
        ("alpha", (0, -50)),
    ],
)
def test_a_parameter_is_dragged_in_the_chart(open_page, name, by):
    page = open_page()
    ready(page)
    handle = page.get_by_role("slider", name=f"{name}, in the chart")
    slider = page.get_by_role("slider", name=name, exact=True)
    before = slider.get_attribute("aria-valuetext")
    x, y = _hold(page, handle)
    line = _line(page)
    page.mouse.move(x + by[0], y + by[1], steps=8)
    expect(page.locator(LINE)).not_to_have_attribute("d", line)
    expect(slider).not_to_have_attribute("aria-valuetext", before)
    # It is under the hand, as near as the stops of its slider are.
    moved = handle.bounding_box()
    assert moved["x"] + moved["width"] / 2 == pytest.approx(x + by[0], abs=16)
    assert moved["y"] + moved["height"] / 2 == pytest.approx(y + by[1], abs=16)
    assert page.url.count(name) <= 1
    text = slider.get_attribute("aria-valuetext").split()[0]
    page.mouse.up()
    expect(page).to_have_url(re.compile(f"{name}~{re.escape(text)}~"))
    expect(field(page, name)).to_have_value(text)
    is_the_servers(page)
    # Keys move it as they move the slider.
    handle.focus()
    page.keyboard.press("ArrowLeft")
    expect(handle).not_to_have_attribute("aria-valuetext", text)
    text = handle.get_attribute("aria-valuetext")
    expect(page).to_have_url(re.compile(f"{name}~{re.escape(text)}~"))


def test_a_hand_may_be_quicker_than_the_fan(open_page):
    page = open_page()
    ready(page)
    late = []
    page.route("**/lrviz-fan*", lambda route: late.append(route))
    handle = page.get_by_role("slider", name="t_mul, in the chart")
    x, y = _hold(page, handle)
    page.mouse.move(x + 30, y, steps=4)
    page.mouse.up()
    slider = page.get_by_role("slider", name="t_mul", exact=True)
    expect(slider).to_have_attribute("aria-valuetext", "2.0")
    while late:
        late.pop().continue_()
    expect(slider).not_to_have_attribute("aria-valuetext", "2.0")
    expect(page).to_have_url(re.compile(r"t_mul~2\.[1-9]"))
    is_the_servers(page)


def test_a_boundary_is_dragged_in_the_chart(open_page):
    table = PiecewiseConstantDecay([300, 600], [0.1, 0.02, 0.004])
    page = open_page("?" + to_text(Shown(Scene((Curve(table),), Timeline()))))
    ready(page)
    handle = page.get_by_role("slider", name="boundaries.1, in the chart")
    x, y = _hold(page, handle)
    # Far beyond the other one: it stays behind it.
    page.mouse.move(x - 600, y, steps=8)
    slider = page.get_by_role("slider", name="boundaries.1", exact=True)
    expect(slider).not_to_have_attribute("aria-valuetext", re.compile("600"))
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"boundaries~300%2C3\d\d~|boundaries~300,3\d\d~"))
    expect(page.get_by_role("textbox", name="boundaries", exact=True)).to_have_value(
        re.compile(r"300,3\d\d")
    )
    is_the_servers(page)
