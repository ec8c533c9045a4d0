"""Training as people do it, in a real Chromium."""

import re

import pytest
from playwright.sync_api import expect

from lrviz.examples import EXAMPLES
from lrviz.link import to_text
from lrviz.page import Page
from tests.browser.steps import CHART, field, grab, is_the_servers, ready, type_into, until

pytestmark = [pytest.mark.browser, pytest.mark.keras]

#: How long a whole fit may take where everything else on the machine comes first, in milliseconds.
FIT = 300_000
PRESET = "Restarts to train with: digits, some labels wrong"
LOGGED = """
() => {
    const graph = document.querySelector(".lrviz-chart");
    const trace = (graph?._fullData ?? []).find((each) => String(each.uid).endsWith("-applied"));
    return trace?.x?.[trace.x.length - 1] ?? 0;
}
"""


def _grows(page, beyond=0):
    until(page, f"(beyond) => ({LOGGED})() > beyond", beyond, seconds=120)
    return page.evaluate(LOGGED)


def test_train_watch_cancel_train_again_reload_and_find_it(open_page):
    page = open_page("?" + to_text(Page(EXAMPLES[PRESET].scene, tab="train")))
    train = page.get_by_role("button", name="Train", exact=True)
    train.wait_for()
    # A value that is refused is not trained with, and is where the next key goes.
    field(page, "epochs").fill("0")
    train.click()
    expect(page.get_by_text("Nothing was trained")).to_be_visible()
    expect(field(page, "epochs")).to_be_focused()
    assert "run=" not in page.url
    # Long enough to be seen growing on a slow machine.
    type_into(page, "epochs", "400")
    expect(page.get_by_text("epochs must be at least")).to_have_count(0)
    train.click()
    # Who comes first waits for the workers.
    expect(page).to_have_url(re.compile("run="), timeout=120_000)
    # The curve grows, and grows on.
    _grows(page, _grows(page, _grows(page)))
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("cancelled").first).to_be_visible()
    logged = _grows(page)
    expect(page.get_by_role("button", name="Cancel")).to_be_disabled()
    assert page.evaluate(LOGGED) == logged
    first = re.search(r"run=([\w-]+)", page.url)[1]
    type_into(page, "epochs", "40")
    expect(page.get_by_text("1,800 steps in all")).to_be_visible()
    train.click()
    # Of another run: the address holds what the form says, too.
    expect(page).to_have_url(re.compile(rf"run=(?!{first}\b)[\w-]+"))
    _grows(page)
    page.reload()
    _grows(page)
    expect(page.get_by_text(re.compile("done.*step 1,800 of 1,800"))).to_be_visible(timeout=FIT)
    expect(page.get_by_text("averaged, reach an accuracy of")).to_be_visible()
    # Both runs are still this browser's.
    expect(page.get_by_role("button", name="Remove this run")).to_be_enabled()
    expect(page.get_by_role("table").get_by_text("cancelled")).to_be_visible()


def test_charts_grow_in_place_and_a_drag_meanwhile_counts(open_page):
    page = open_page("?" + to_text(Page(EXAMPLES[PRESET].scene, tab="train")))
    train = page.get_by_role("button", name="Train", exact=True)
    train.wait_for()
    train.click()
    logged = _grows(page)
    page.locator(CHART).first.evaluate("graph => { graph.firstChild.dataset.mine = 'yes' }")
    _grows(page, _grows(page, logged))
    mine = page.locator(CHART).first.evaluate("graph => graph.firstChild.dataset.mine")
    assert mine == "yes"
    page.get_by_role("tab", name="Explore").click()
    expect(page.locator(CHART)).to_have_count(1)
    ready(page)
    grab(page, "m_mul")(-0.2)
    text = field(page, "m_mul").input_value()
    page.mouse.up()
    expect(page).to_have_url(re.compile(f"m_mul~{text}~"))
    expect(page.locator(".lrviz-marks")).to_have_count(0)
    is_the_servers(page)
    page.get_by_role("tab", name="Train").click()
    expect(page.get_by_text(re.compile("done.*step 1,800 of 1,800"))).to_be_visible(timeout=FIT)
