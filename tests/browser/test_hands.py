"""What a hand is at, in the chart and beside it, is not lost."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.steps import CHART, ready

pytestmark = pytest.mark.browser

CANCEL = "() => window.dispatchEvent(new PointerEvent('pointercancel'))"


def test_a_hand_keeps_what_it_is_at(open_page):
    page = open_page()
    ready(page)
    # By its keys, a handle may go where the run does not reach: it stays, with the focus.
    handle = page.get_by_role("slider", name="first_decay_steps, in the chart")
    handle.focus()
    page.keyboard.press("End")
    expect(page).to_have_url(re.compile("first_decay_steps~100000~"))
    expect(handle).to_be_focused()
    expect(handle).to_be_visible()
    expect(handle).to_have_attribute("aria-valuetext", re.compile("^100000"))
    page.keyboard.press("Home")
    expect(page).to_have_url(re.compile("first_decay_steps~1~"))
    expect(handle).to_be_focused()
    page.keyboard.press("End")
    expect(page).to_have_url(re.compile("first_decay_steps~100000~"))
    page.get_by_role("button", name="Undo").focus()
    expect(handle).to_be_hidden()
    # Above the axis it says what it holds, at the edge of the plot.
    handle = page.get_by_role("slider", name="initial_learning_rate, in the chart")
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    top = page.locator(f"{CHART} .nsewdrag").first.bounding_box()["y"]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, top - 30, steps=8)
    expect(handle.locator("output")).not_to_have_text("initial_learning_rate 0.1")
    word = handle.locator("output").inner_text().split()[-1]
    assert float(word) > 0.106
    held = handle.bounding_box()
    assert held["y"] + held["height"] / 2 == pytest.approx(top, abs=1)
    page.mouse.up()
    expect(page).to_have_url(re.compile(f"initial_learning_rate~{word}~"))
    # A row of the list whose pointer is taken away goes back, and is let go of.
    rows = page.locator(".lrviz-curve")
    names = rows.all_inner_texts()
    url = page.url
    first, last = rows.first.bounding_box(), rows.last.bounding_box()
    page.mouse.move(first["x"] + 80, first["y"] + 10)
    page.mouse.down()
    page.mouse.move(first["x"] + 80, last["y"] + last["height"] / 2, steps=8)
    expect(page.locator(".lrviz-curve[data-held]")).to_have_count(1)
    page.evaluate(CANCEL)
    expect(page.locator(".lrviz-curve[data-held]")).to_have_count(0)
    assert rows.all_inner_texts() == names
    page.mouse.move(first["x"] + 80, first["y"] + 10, steps=4)
    assert rows.all_inner_texts() == names
    page.mouse.up()
    assert page.url == url


def test_the_pointers_box_has_swatches_and_a_saved_picture_names(open_page):
    page = open_page()
    ready(page)
    plot = page.locator(f"{CHART} .nsewdrag").first.bounding_box()
    page.mouse.move(plot["x"] + plot["width"] * 0.4, plot["y"] + plot["height"] * 0.5)
    swatches = page.locator(f"{CHART} .hoverlayer .legend .legendlines path")
    # One for the epoch, without a line; then the curves in their colours.
    expect(swatches).to_have_count(4)
    strokes = swatches.evaluate_all("all => all.map((each) => getComputedStyle(each).stroke)")
    assert strokes[1:] == ["rgb(0, 114, 178)", "rgb(213, 94, 0)", "rgb(0, 158, 115)"]
    assert all(
        float(width) > 0
        for width in swatches.evaluate_all(
            "all => all.slice(1).map((each) => parseFloat(getComputedStyle(each).strokeWidth))"
        )
    )
    # What the swatches come from is not drawn over the curves.
    expect(page.locator(f"{CHART} .scatterlayer .tracehover-2")).to_be_hidden()
    with page.expect_download() as saved:
        page.locator(".modebar-btn[data-title='Save as SVG']").click()
    picture = Path(saved.value.path()).read_text("utf-8")
    for name in ("StepDecay", "CosineDecay", "CosineDecayRestarts"):
        assert f">{name}</text>" in picture
    assert "hover-" not in picture
