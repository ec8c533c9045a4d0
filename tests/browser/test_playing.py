"""What plays beneath a chart, where the panel shows no slider of it."""

import re

import pytest
from playwright.sync_api import expect

from lrviz.link import to_text
from lrviz.page import Page as Shown
from lrviz.scene import Curve, Timeline, scene_of
from lrviz.schedules import Linear, PiecewiseConstantDecay, Sequence
from tests.browser.steps import CHART, is_the_servers, ready, scene, until

pytestmark = pytest.mark.browser

PHASES = Sequence(
    (
        Linear(0.0, 0.1, 50),
        PiecewiseConstantDecay((100, 200), (0.1, 0.05, 0.01)),
        Linear(0.1, 0.0, 200),
    ),
    (50, 550),
)
# Counts what Plotly draws, and the frames in which it may.
COUNTED = """() => {
    const seen = { draws: 0, now: 0, most: 0, frames: 0 };
    const react = window.Plotly.react;
    window.Plotly.react = async (...all) => {
        seen.draws += 1;
        seen.most = Math.max(seen.most, (seen.now += 1));
        await react(...all);
        seen.now -= 1;
    };
    const frame = () => requestAnimationFrame(() => { seen.frames += 1; frame(); });
    frame();
    window.lrvizSeen = seen;
}"""
# Two drawings asked for in one breath.
TWICE = """() => {
    const choice = [...document.querySelectorAll(".lrviz-rest select")].at(-1);
    for (const _ of [1, 2]) choice.dispatchEvent(new Event("change"));
}"""


def test_a_parameter_is_swept_that_the_panel_does_not_show(open_page):
    page = open_page("?" + to_text(Shown(scene_of(Curve(PHASES), timeline=Timeline()))))
    ready(page)
    chips = page.locator(".lrviz-chip")
    chips.nth(2).click()
    expect(chips.nth(2)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("slider", name="ends at", exact=True)).to_have_count(0)
    page.evaluate(COUNTED)
    page.get_by_role("button", name="More to play and compare").click()
    page.get_by_label("Parameter").select_option("boundaries.0")
    # Plotly never ends two drawings of one graph at once: the page froze, and its memory grew.
    page.evaluate(TWICE)
    page.get_by_role("button", name="Sweep a parameter").click()
    told = page.locator(".lrviz-player output")
    expect(told).to_have_text(re.compile(r"^boundaries\.0 \d+$"))
    line = page.locator(f"{CHART} .scatterlayer .trace0 path.js-line")
    drawn = line.get_attribute("d")
    text = told.inner_text()
    expect(told).not_to_have_text(text)
    expect(line).not_to_have_attribute("d", drawn)
    pause = page.locator(".lrviz-rest").get_by_role("button", name="Pause")
    # In one go: as soon as the server has taken the stop it is no longer shown.
    text = pause.evaluate(
        "(button, output) => (button.click(), output.textContent)", told.element_handle()
    ).split()[-1]
    # The page takes the stop where it was left, and the server draws it.
    expect(told).to_be_empty()
    assert scene(page).curve.schedule.boundaries[0] == int(text)
    is_the_servers(page)
    until(page, "() => window.lrvizSeen.now === 0")
    seen = page.evaluate("() => window.lrvizSeen")
    assert seen["most"] == 1
    assert seen["draws"] <= seen["frames"] + 5
    page.get_by_role("button", name="One stop further").click()
    expect(page).not_to_have_url(re.compile(rf"boundaries~{text}%2C550"))
