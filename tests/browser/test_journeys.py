"""What people do, in a real Chromium."""

import csv
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from lrviz.figures.palette import COLORS
from lrviz.scene import first_scene
from tests.browser.steps import (
    CHART,
    axis_range,
    changes,
    field,
    grab,
    paths,
    ready,
    scene,
    type_into,
    unfold,
    zoom,
)

pytestmark = pytest.mark.browser


def test_the_first_view_shows_three_schedules(open_page):
    page = open_page()
    ready(page)
    expect(page.locator(".lrviz-choose")).to_have_text(
        ["StepDecay", "CosineDecay", "CosineDecayRestarts"]
    )
    assert len(paths(page)) >= 3
    expect(page.get_by_role("slider", name="m_mul", exact=True)).to_be_visible()
    expect(page.locator("figcaption")).to_contain_text("restarts: 3, the first at 50, 150, 350")


def test_a_slider_moved_by_keyboard_moves_the_curve_and_the_link(open_page):
    page = open_page()
    ready(page)
    slider = page.get_by_role("slider", name="m_mul", exact=True)
    slider.focus()
    before = paths(page)
    changes(page, lambda: page.keyboard.press("ArrowRight"))
    expect(field(page, "m_mul")).to_have_value("0.92")
    assert paths(page) != before
    expect(page).to_have_url(re.compile("m_mul~0.92"))
    # The focus stays, so the next press works too.
    changes(page, lambda: page.keyboard.press("ArrowRight"))
    expect(field(page, "m_mul")).to_have_value("0.94")
    assert scene(page).curve.schedule.m_mul == 0.94


def test_quick_presses_all_count(open_page):
    page = open_page()
    ready(page)
    page.get_by_role("slider", name="m_mul", exact=True).focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    expect(field(page, "m_mul")).to_have_value("1.14")
    expect(page).to_have_url(re.compile("m_mul~1.14"))


def test_zoom_and_hidden_curves_survive_a_change(open_page):
    page = open_page()
    ready(page)
    changes(page, lambda: page.get_by_role("button", name="Hide: CosineDecay", exact=True).click())
    expect(page).to_have_url(re.compile("color~1~shown~false"))
    page.locator(CHART).evaluate("graph => { graph.firstChild.dataset.mine = 'yes' }")
    whole = axis_range(page, "xaxis")
    zoom(page)
    x, y = axis_range(page, "xaxis"), axis_range(page, "yaxis")
    assert x[1] - x[0] < (whole[1] - whole[0]) / 2
    changes(page, lambda: type_into(page, "initial_learning_rate", "0.2"))
    assert (axis_range(page, "xaxis"), axis_range(page, "yaxis")) == (x, y)
    hidden = page.locator(CHART).evaluate(
        "graph => graph.data.find(trace => trace.uid === '1').visible"
    )
    assert hidden == "legendonly"
    # A colour is chosen in the menu, also one that another curve has; its curve stays the same.
    page.locator(".lrviz-curve[data-chosen] .lrviz-menu > button").click()
    expect(page.get_by_role("menuitemradio", checked=True)).to_have_attribute("title", "Colour 3")
    changes(page, lambda: page.get_by_role("menuitemradio", name="Colour 1", exact=True).click())
    colors = "graph => graph.data.filter(({ uid }) => uid < 3).map(({ line }) => line.color)"
    assert page.locator(CHART).evaluate(colors) == [COLORS[0], COLORS[1], COLORS[0]]
    assert (axis_range(page, "xaxis"), axis_range(page, "yaxis")) == (x, y)
    # It is the same chart, not a new one.
    assert page.locator(CHART).evaluate("graph => graph.firstChild.dataset.mine") == "yes"
    page.locator(CHART).hover()
    page.locator(f"{CHART} [data-title='Show the whole run']").click()
    assert axis_range(page, "xaxis") == whole


def test_a_link_shows_the_same_in_another_browser(open_page):
    page = open_page()
    ready(page)
    changes(page, lambda: type_into(page, "t_mul", "1.37"))
    expect(page).to_have_url(re.compile("t_mul~1.37"))
    other = open_page("?" + urlsplit(page.url).query)
    ready(other)
    assert paths(other) == paths(page)
    expect(field(other, "t_mul")).to_have_value("1.37")


def test_back_forward_and_reload(open_page):
    page = open_page()
    ready(page)
    first = paths(page)
    changes(page, lambda: type_into(page, "t_mul", "1.5"))
    expect(page).to_have_url(re.compile("t_mul~1.5"))
    changes(page, lambda: type_into(page, "t_mul", "3"))
    expect(page).to_have_url(re.compile("t_mul~3.0"))
    third = paths(page)
    changes(page, page.go_back)
    expect(field(page, "t_mul")).to_have_value("1.5")
    changes(page, page.go_back)
    expect(field(page, "t_mul")).to_have_value("2.0")
    assert paths(page) == first
    changes(page, page.go_forward)
    changes(page, page.go_forward)
    expect(field(page, "t_mul")).to_have_value("3.0")
    assert paths(page) == third
    page.reload()
    ready(page)
    assert paths(page) == third


def test_bad_input_keeps_the_curves(open_page):
    page = open_page()
    ready(page)
    before = paths(page)
    type_into(page, "t_mul", "abc")
    expect(page.get_by_text("t_mul must be a number, not “abc”.")).to_be_visible()
    assert paths(page) == before
    expect(field(page, "t_mul")).to_have_value("abc")
    changes(page, lambda: type_into(page, "t_mul", "1"))
    expect(page.get_by_text("t_mul must be a number")).to_have_count(0)


def test_korean_is_one_click_and_stays(open_page):
    page = open_page()
    ready(page)
    page.get_by_role("radio", name="한국어").or_(page.get_by_role("button", name="한국어")).click()
    expect(page.get_by_text("되돌리기").or_(page.get_by_title("되돌리기"))).to_be_visible()
    expect(page.locator(f"{CHART} .ytitle")).to_have_text("학습률")
    page.reload()
    expect(page.get_by_text("되돌리기").or_(page.get_by_title("되돌리기"))).to_be_visible()


def test_a_phone_shows_everything_without_scrolling_sideways(open_page):
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    ready(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = page.locator(CHART).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["width"] > 320
    expect(page.get_by_role("slider", name="t_mul", exact=True)).to_be_visible()


def test_the_chart_follows_the_theme(open_page):
    page = open_page(color_scheme="dark")
    ready(page)
    dark = page.locator(CHART).evaluate("graph => graph.layout.paper_bgcolor")
    changes(page, lambda: page.emulate_media(color_scheme="light"))
    light = page.locator(CHART).evaluate("graph => graph.layout.paper_bgcolor")
    assert (dark.lower(), light.lower()) == ("#10151c", "#ffffff")


@pytest.mark.parametrize(("title", "ending"), [("Save as PNG", "png"), ("Save as SVG", "svg")])
def test_the_chart_is_saved_from_its_toolbar(open_page, title, ending):
    page = open_page()
    ready(page)
    with page.expect_download() as saved:
        page.locator(CHART).hover()
        page.locator(f"{CHART} [data-title='{title}']").click()
    assert saved.value.suggested_filename == f"lrviz-curves.{ending}"
    content = Path(saved.value.path()).read_bytes()
    assert content.startswith(b"\x89PNG" if ending == "png" else b"<svg")


def test_the_curves_are_downloaded_as_csv(open_page):
    page = open_page()
    ready(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Curves as CSV").click()
    head, *rows = csv.reader(Path(saved.value.path()).read_text().splitlines())
    assert head == ["step", "epoch", "StepDecay", "CosineDecay", "CosineDecayRestarts"]
    assert len(rows) == first_scene().timeline.steps


def test_the_page_survives_a_chart_that_cannot_load(chromium, address):
    context = chromium.new_context()
    page = context.new_page()
    page.route("**/plotly.min.js", lambda route: route.abort())
    page.goto(address)
    failed = page.get_by_role("alert").get_by_text("The chart could not be loaded")
    expect(failed).to_be_visible()
    type_into(page, "m_mul", "0.5")
    expect(page).to_have_url(re.compile("m_mul~0.5~"))
    context.close()


def test_what_is_taken_away_follows_a_change(open_page):
    page = open_page()
    ready(page)
    unfold(page, "Code")
    code = page.get_by_test_id("stCode")
    expect(code).to_contain_text("m_mul=0.9")
    changes(page, lambda: type_into(page, "m_mul", "0.7"))
    expect(code).to_contain_text("m_mul=0.7")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Curves as CSV").click()
    rows = list(csv.DictReader(Path(saved.value.path()).read_text().splitlines()))
    assert float(rows[50]["CosineDecayRestarts"]) == pytest.approx(0.07)


def test_a_links_warning_goes_with_the_next_drag(open_page):
    page = open_page("?v=1&curve=CosineDecay~initial_learning_rate~0.1~decay_steps~100&epochs=abc")
    ready(page)
    warning = page.get_by_text("epochs must be a number")
    expect(warning).to_be_visible()
    grab(page, "alpha")(0.3)
    page.mouse.up()
    expect(page).to_have_url(re.compile("alpha~0[.][1-9]"))
    expect(warning).to_have_count(0)
