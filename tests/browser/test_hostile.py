"""What people may type, wherever it is shown: it stays text, and could do nothing if it did not."""

import urllib.request
from dataclasses import replace
from pathlib import Path
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from lrviz import page as made
from lrviz.learn.handout import handout
from lrviz.learn.lessons import LESSONS
from lrviz.learn.study import OWN, Study
from lrviz.link import to_text
from lrviz.scene import first_scene
from lrviz.text import Sentence
from tests.app.steps import open_page as app_page
from tests.browser.steps import CHART, changes, field, ready

pytestmark = pytest.mark.browser

#: At most as long as a curve's name may be.
SHORT = "<img src=x onerror=hit=1></script><script>hit=1</script>"
LONG = SHORT + "<svg onload=hit=1> **b** [x](javascript:hit=1) $x$ ![i](//e.example/i.png) %{y}"
#: What would be there if any of it had been taken for HTML or Markdown.
TAKEN = (
    "img[src=x], img[src*='e.example'], svg[onload], a[href^=javascript], "
    ":is(.lrviz-figure, .stMarkdown, body > :not(script, div)) script"
)


def _harmless(page: Page) -> None:
    assert page.locator(TAKEN).count() == 0
    assert page.evaluate("window.hit") is None


def _named(label: str):
    return first_scene().with_line(2, label=label)


@pytest.mark.keras
def test_a_hostile_name_is_only_text_in_explore_and_train(open_page, chromium, tmp_path):
    page = open_page("?" + to_text(made.Page(_named(SHORT))))
    ready(page)
    expect(page.locator(".lrviz-choose").nth(2)).to_have_text(SHORT)
    expect(page.locator(".lrviz-readout")).to_contain_text(SHORT)
    expect(page.locator("figcaption")).to_contain_text(SHORT)
    _harmless(page)
    page.get_by_role("button", name="More to play and compare").click()
    page.get_by_label("Parameter").select_option("t_mul")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the sweep").click()
    page.get_by_role("tab", name="Train").click()
    page.get_by_role("button", name="Train", exact=True).click(timeout=120_000)
    cell = page.get_by_role("cell", name=SHORT, exact=True)
    expect(cell).to_be_visible(timeout=120_000)
    expect(page.locator(f"{CHART} .legendtext").first).to_contain_text(SHORT)
    _harmless(page)
    page.get_by_role("button", name="Cancel").click()
    # The saved page stands alone: no header of ours protects whoever opens it.
    file = tmp_path / "sweep.html"
    file.write_bytes(Path(saved.value.path()).read_bytes())
    alone = chromium.new_page()
    alone.goto(file.as_uri())
    expect(alone.locator(".legendtext").nth(2)).to_have_text(SHORT)
    _harmless(alone)
    alone.close()


def test_a_hostile_lesson_is_only_text(open_page):
    study = Study(lesson=OWN, title=LONG[:80], words=LONG)
    page = open_page("?" + to_text(made.Page(_named(SHORT), tab="learn", study=study)))
    ready(page)
    expect(page.get_by_role("heading", name=LONG[:80])).to_be_visible()
    expect(page.get_by_text(LONG)).to_be_visible()
    _harmless(page)


def test_a_hostile_handout_is_only_text(chromium):
    lesson = LESSONS[0]
    free = replace(lesson.free, scene=lesson.free.scene.with_line(0, label=SHORT))
    made = replace(lesson, title=LONG, about=Sentence("{x}", {"x": LONG}), free=free)
    page = chromium.new_page()
    page.set_content(handout(made, lambda text: text, "en"))
    expect(page.get_by_role("heading", name=LONG)).to_be_visible()
    expect(page.get_by_text(LONG)).to_have_count(2)
    _harmless(page)
    page.close()


@pytest.mark.parametrize("path", ["", "_stcore/health", "lrviz-fan", "nowhere"])
def test_every_answer_tells_the_browser_what_the_page_needs(address, path):
    try:
        with urllib.request.urlopen(address + path, timeout=30) as answer:
            headers = answer.headers
    except HTTPError as refused:
        headers = refused.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = dict(each.split(" ", 1) for each in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'self'"
    assert "unsafe" not in policy["script-src"]
    assert "http" not in headers["Content-Security-Policy"]


def test_what_slipped_through_could_do_nothing(chromium, address):
    page = chromium.new_page()
    page.goto(address)
    ready(page)
    refused = page.evaluate(
        """() => new Promise((resolve) => {
            const refused = [];
            document.addEventListener("securitypolicyviolation", (event) => {
                refused.push(event.effectiveDirective);
                if (refused.length === 3) resolve(refused.sort());
            });
            const image = document.createElement("div");
            image.innerHTML = "<img src='data:,' onerror='window.hit = 1'>";
            const script = document.createElement("script");
            script.textContent = "window.hit = 1";
            document.body.append(image, script);
            fetch("http://127.0.0.2:9/").catch(() => null);
        })"""
    )
    assert refused == ["connect-src", "script-src-attr", "script-src-elem"]
    assert page.evaluate("window.hit") is None
    page.close()


def test_a_component_that_sends_no_json_leaves_its_page_as_it_was(open_page):
    page = open_page(quiet=False)
    ready(page)
    message = BackMsg()
    states = message.rerun_script.widget_states.widgets
    for each in app_page().get("bidi_component"):
        states.add(id=each.proto.id, json_value="[" * 100_000)
    assert len(states) >= 3
    page.evaluate(
        "bytes => window.lrvizSockets.at(-1).send(new Uint8Array(bytes))",
        list(message.SerializeToString()),
    )
    slider = page.get_by_role("slider", name="m_mul", exact=True)
    slider.focus()
    changes(page, lambda: page.keyboard.press("ArrowRight"))
    expect(field(page, "m_mul")).to_have_value("0.92")
    expect(page.get_by_test_id("stException")).to_have_count(0)
