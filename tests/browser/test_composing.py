"""Schedules are put together in a real Chromium, and carried from one framework to another."""

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.steps import ready, scene, unfold

pytestmark = pytest.mark.browser


def test_phases_are_composed_dragged_and_carried_as_code(open_page):
    """Warm-up, restarts, cooldown; PyTorch's code of it, pasted elsewhere, is the same curve."""
    page = open_page()
    ready(page)
    page.get_by_role("button", name="+ Warm-up first").click()
    chips = page.locator(".lrviz-chip")
    expect(chips).to_have_count(2)
    chips.nth(1).click()
    expect(chips.nth(1)).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Add a phase behind this one").click()
    page.locator(".lrviz-level").get_by_role("searchbox").fill("cooldown")
    page.keyboard.press("Enter")
    expect(chips).to_have_count(3)
    # The list is closed: another Enter adds nothing more.
    expect(page.get_by_role("searchbox")).to_have_count(0)
    expect(chips.nth(2)).to_contain_text("Linear")
    # The boundary is dragged in the chart: what is before and behind it follows.
    handle = page.get_by_role("slider", name="begins at, in the chart")
    box = handle.bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = page.url
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] - 60, middle[1], steps=12)
    page.mouse.up()
    expect(page).not_to_have_url(before)
    composed = scene(page)
    assert [type(each).__name__ for each in composed.curve.schedule.schedules] == [
        "Linear",
        "CosineDecayRestarts",
        "Linear",
    ]
    assert composed.curve.schedule.boundaries[1] < 608
    unfold(page, "Code")
    page.get_by_test_id("stButtonGroup").get_by_text("PyTorch").click()
    code = page.get_by_test_id("stCode")
    expect(code).to_contain_text("lr_scheduler")
    text = code.inner_text()
    other = open_page()
    ready(other)
    unfold(other, "From code")
    other.get_by_label("A call or some lines").fill(text)
    other.get_by_role("button", name="Read it").click()
    expect(other.get_by_text("A new curve is there")).to_be_visible()
    carried = scene(other)
    steps = np.arange(composed.timeline.steps)
    np.testing.assert_allclose(
        carried.curve.rate(steps, carried.timeline),
        composed.curve.rate(steps, composed.timeline),
        rtol=1e-9,
        atol=1e-12,
    )
