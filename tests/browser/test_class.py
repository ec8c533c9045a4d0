"""A class on a slow server: phones sleep, tabs are closed or loaded again, no answer is lost."""

import re

import pytest
from playwright.sync_api import expect

from lrviz.learn.lessons import LESSONS
from tests.browser.steps import drag_marker, ready, unfold

pytestmark = pytest.mark.browser

LESSON = next(lesson for lesson in LESSONS if lesson.id == "restart")


@pytest.fixture
def teacher(open_page, busy):
    """A teacher who has opened a room, and asks the first question of a lesson."""
    page = open_page("?v=1&tab=learn", at=busy)
    unfold(page, "For teachers")
    page.get_by_role("button", name="Open a room").click()
    expect(page.get_by_text("Students here: 0")).to_be_visible()
    page.get_by_role("button", name="Start").nth(LESSONS.index(LESSON)).click()
    expect(page.get_by_role("heading", name=str(LESSON.rounds[0].question.text))).to_be_visible()
    return page


@pytest.fixture
def come(open_page, busy, teacher):
    """A student comes to the class."""
    code = re.search(r"room=([A-Z0-9]{6})", teacher.url).group(1)

    def come(**options):
        page = open_page(f"?v=1&tab=learn&room={code}", at=busy, **options)
        ready(page)
        return page

    return come


def _send(student, step, then="Sent. You may change it"):
    drag_marker(student, step)
    button = student.get_by_role("button", name="Send answer")
    expect(button).to_be_enabled()
    button.click()
    expect(student.get_by_text(then)).to_be_visible()


def test_an_answer_outlives_sleep_a_closed_tab_and_a_reload(teacher, come):
    sleeps, closes, reloads = come(quiet=False), come(), come()
    for student, step in ((sleeps, 300), (closes, 302), (reloads, 200)):
        _send(student, step)
    answered = teacher.get_by_text("3 of 3 have answered")
    expect(answered).to_be_visible()

    sleeps.context.set_offline(True)
    browser, address = closes.context, closes.url
    closes.close()
    reloads.reload()
    expect(teacher.get_by_text("Students here: 1, following: 1. Away: 2.")).to_be_visible()
    expect(answered).to_be_visible()
    # Who has loaded the page again sees what was sent, and may change it.
    ready(reloads)
    expect(reloads.get_by_text("Sent. You may change it")).to_be_visible()
    assert abs(float(reloads.locator(".lrviz-marker").get_attribute("aria-valuenow")) - 200) <= 1
    _send(reloads, 300)

    sleeps.context.set_offline(False)
    again = browser.new_page()
    again.goto(address)
    ready(again)
    for student in (sleeps, again):
        expect(student.get_by_text("Sent. You may change it")).to_be_visible()
    expect(teacher.get_by_text("Students here: 3, following: 3.", exact=True)).to_be_visible()
    expect(answered).to_be_visible()
    teacher.get_by_role("button", name="Show me").click()
    for student in (sleeps, again, reloads):
        expect(student.get_by_text("Right.")).to_be_visible()


def test_what_is_sent_what_waits_and_what_came_too_late_are_told_apart(teacher, come):
    student = come(quiet=False)
    expect(student.get_by_text("Your answer goes to your teacher")).to_be_visible()
    student.context.set_offline(True)
    _send(student, 300, then="Waiting to be sent.")
    assert student.get_by_text("Sent. You may change it").count() == 0
    student.context.set_offline(False)
    expect(student.get_by_text("Sent. You may change it")).to_be_visible()
    expect(teacher.get_by_text("1 of 1 has answered")).to_be_visible()
    drag_marker(student, 100)
    expect(student.get_by_text("the one that was sent is counted")).to_be_visible()

    # Kept over a reload; and by the time it comes another question is asked.
    student.context.set_offline(True)
    _send(student, 120, then="Waiting to be sent.")
    teacher.get_by_role("button", name="Show me").click()
    teacher.get_by_role("button", name="Next", exact=True).click()
    following = str(LESSON.rounds[1].question.text)
    expect(teacher.get_by_role("heading", name=following)).to_be_visible()
    student.context.set_offline(False)
    student.reload()
    expect(student.get_by_role("heading", name=following)).to_be_visible()
    expect(student.get_by_text("came too late, and is not counted")).to_be_visible()
    expect(teacher.get_by_text("0 of 1 have answered")).to_be_visible()
