"""The page below a prefix, as behind a proxy: by Streamlit's own setting, or unknown to it."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from lrviz.learn.lessons import LESSONS
from tests.browser.proxy import PREFIX, stripping
from tests.browser.steps import (
    changes,
    drag_marker,
    field,
    grab,
    is_the_servers,
    paths,
    ready,
    unfold,
)
from tests.server import ROOT, serving

pytestmark = pytest.mark.browser


@pytest.fixture(params=["served", "stripped"])
def below(request, address):
    if request.param == "stripped":
        with stripping(urlsplit(address).port) as port:
            yield f"http://127.0.0.1:{port}/{PREFIX}/"
        return
    with serving(ROOT / "app.py", PREFIX) as (_, port):
        yield f"http://127.0.0.1:{port}/{PREFIX}/"


def test_the_page_and_a_room_work_below_a_prefix(below, open_page):
    teacher = open_page(at=below)
    ready(teacher)
    drawn = paths(teacher)
    assert len(drawn) >= 3
    # The fan is there: the curve follows while the slider is held.
    move = grab(teacher, "m_mul")
    move(0.1)
    expect(teacher.locator(".lrviz-readout")).not_to_have_text("")
    changes(teacher, teacher.mouse.up)
    assert paths(teacher) != drawn
    expect(field(teacher, "m_mul")).not_to_have_value("0.9")
    is_the_servers(teacher)

    teacher.get_by_role("tab", name="Learn").click()
    unfold(teacher, "For teachers")
    teacher.get_by_role("button", name="Open a room").click()
    link = teacher.get_by_text(re.compile("^http.*room=")).first.inner_text()
    assert link.startswith(f"{below}?")
    student = open_page(link.removeprefix(below), at=below)
    expect(teacher.get_by_text("Students here: 1, following: 1.", exact=True)).to_be_visible()
    lesson = next(each for each in LESSONS if each.id == "restart")
    teacher.get_by_role("button", name="Start").nth(LESSONS.index(lesson)).click()
    asked = str(lesson.rounds[0].question.text)
    expect(student.get_by_role("heading", name=asked)).to_be_visible()
    drag_marker(student, 300)
    student.get_by_role("button", name="Send answer").click()
    expect(student.get_by_text("Sent. You may change it")).to_be_visible()
    expect(teacher.get_by_text("1 of 1 has answered")).to_be_visible()
