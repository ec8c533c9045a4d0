"""A lesson and a class, in a real Chromium."""

import re
from contextlib import suppress
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from lrviz.learn.handout import handout
from lrviz.learn.lessons import LESSONS
from lrviz.locale import LANGUAGES, translator
from tests.browser.steps import CHART, drag_marker, field, finger, ready, scene, unfold

pytestmark = pytest.mark.browser

LESSON = next(lesson for lesson in LESSONS if lesson.id == "restart")
KOREAN = translator("ko")
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SMALL = PHONE | {"viewport": {"width": 320, "height": 568}}


#: How small the letters of the pictures are, in pixels, which are cut off or cover others, and how
#: wide the page is.
PICTURES = """() => {
    const cut = [], sizes = [];
    for (const picture of document.querySelectorAll("svg")) {
        const box = picture.getBoundingClientRect();
        sizes.push(11 * box.width / picture.viewBox.baseVal.width);
        const texts = [...picture.querySelectorAll("text")];
        const boxes = texts.map((text) => text.getBoundingClientRect());
        boxes.forEach((each, at) => {
            const out = each.left < box.left - 1 || each.right > box.right + 1
                || each.top < box.top - 2 || each.bottom > box.bottom + 2;
            const on = boxes.slice(0, at).some((other) =>
                each.left < other.right - 1 && other.left < each.right - 1
                && each.top < other.bottom - 4 && other.top < each.bottom - 4);
            if (out || on) cut.push(texts[at].textContent);
        });
    }
    return [Math.min(...sizes), cut, document.documentElement.scrollWidth];
}"""


def _korean(words) -> str:
    return words.translated(KOREAN)


def _marker(page: Page):
    return page.locator(".lrviz-marker")


def _focus(page: Page, target) -> None:
    """Reach ``target`` with the Tab key alone."""
    for _ in range(80):
        if target.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the Tab key does not lead there")


def _press(page: Page, button, *, mouse: bool) -> None:
    expect(button).to_be_enabled()
    if mouse:
        button.click()
    else:
        _focus(page, button)
        page.keyboard.press("Enter")


def _set_exactly(page: Page, label: str, text: str, *, mouse: bool) -> None:
    field = page.get_by_role("textbox", name=label)
    if mouse:
        field.last.click()
    else:
        _focus(page, field.last)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{label}~{text}"))


def _answer(page: Page, at: int, value: float, *, mouse: bool) -> None:
    if at in (0, 2):
        if mouse:
            drag_marker(page, value)
        else:
            _focus(page, _marker(page))
            page.keyboard.press("Home")
            for _ in range(round(value / (10 if at == 0 else 5))):
                page.keyboard.press("ArrowRight")
        shown = float(_marker(page).get_attribute("aria-valuenow"))
        assert abs(shown - value) <= 6
        expect(_marker(page)).to_have_attribute("aria-valuetext", re.compile("스텝"))
    elif at == 1:
        _set_exactly(page, "t_mul", f"{value:g}", mouse=mouse)
    else:
        options = page.get_by_test_id("stRadio").get_by_role("radio")
        option = options.nth(int(value))
        if mouse:
            page.get_by_test_id("stRadioOption").nth(int(value)).click()
        else:
            _focus(page, options.first)
            page.keyboard.press("Space")
            for _ in range(int(value)):
                page.keyboard.press("ArrowDown")
        expect(option).to_be_checked()
    _press(page, page.get_by_role("button", name=re.compile(KOREAN("Check"))), mouse=mouse)


def test_a_finger_marks_and_sets_an_answer(open_page):
    page = open_page("?v=1&tab=learn&lesson=steps", **SMALL)
    ready(page)
    _marker(page).scroll_into_view_if_needed()
    box = _marker(page).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    width, height = page.locator(CHART).evaluate(
        "graph => [graph._fullLayout.xaxis._length, graph._fullLayout.yaxis._length]"
    )
    # What tests/js/numbers.test.js takes for granted.
    assert (width, height) >= (195, 140)
    with finger(page, x, y) as move:
        move(x + 0.22 * width)
    # A place that a thumb hits; the arrows go on by one.
    expect(_marker(page)).to_have_attribute("aria-valuenow", "20")
    less = page.get_by_role("button", name="Your answer: a step: A little less")
    for step in range(19, 9, -1):
        _tap_until(less, _marker(page), step)
    # A tap in the tenth of a second in which an answer is on its way would judge the one before.
    expect(page.get_by_role("strong").filter(has_text="step 10")).to_be_visible()
    page.get_by_role("button", name="Check").tap()
    expect(page.get_by_text("Right.")).to_be_visible()
    expect(less).to_have_count(0)

    page.goto(page.url.split("?")[0] + "?v=1&tab=learn&lesson=restart&at=1")
    ready(page)
    slider = page.get_by_role("slider", name="t_mul")
    # What tests/learn/test_lessons.py takes for granted.
    assert slider.bounding_box()["width"] - 18 >= 270
    page.get_by_role("button", name="t_mul: A little more").click(click_count=2)
    expect(field(page, "t_mul")).to_have_value("1.2")
    # A clicker's keys, and those of a keyboard.
    for key in ("PageUp", "PageDown", ".", "b", "Escape"):
        slider.press(key)
    slider.press("ArrowRight")
    expect(field(page, "t_mul")).to_have_value("1.3")
    expect(page).to_have_url(re.compile("t_mul~1.3"))


def _tap_until(button, marker, value):
    """Tap a button, which must bring the marker to that value and no further."""
    for _ in range(3):
        button.tap()
        # On a busy machine a tap may last half a second: then it is none.
        with suppress(AssertionError):
            expect(marker).to_have_attribute("aria-valuenow", str(value), timeout=5_000)
            return
    expect(marker).to_have_attribute("aria-valuenow", str(value))


@pytest.mark.parametrize("mouse", [True, False], ids=["mouse", "keyboard"])
def test_lesson_3_on_a_phone_in_korean(open_page, mouse):
    page = open_page("?v=1&tab=learn&language=ko", **PHONE)
    start = page.get_by_role("button", name=KOREAN("Start")).nth(2)
    _press(page, start, mouse=mouse)
    for at, asked in enumerate(LESSON.rounds):
        ready(page)
        expect(page.get_by_role("heading", name=_korean(asked.question.text))).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        answers = asked.question.answers
        _answer(page, at, answers.mistakes[0].answer, mouse=mouse)
        # A hint, and a second try.
        expect(page.get_by_text(_korean(answers.mistakes[0].why))).to_be_visible()
        expect(page.get_by_text(_korean(asked.sentence))).to_have_count(0)
        _answer(page, at, answers.right, mouse=mouse)
        expect(page.get_by_text(KOREAN("Right."))).to_be_visible()
        expect(page.locator(f"{CHART} .annotation")).not_to_have_count(0)
        _press(page, page.get_by_role("button", name=KOREAN("Next"), exact=True), mouse=mouse)
    expect(page.get_by_role("heading", name=_korean(LESSON.invitation))).to_be_visible()
    expect(page).to_have_url(re.compile("done=restart"))
    page.reload()
    expect(page.get_by_role("heading", name=_korean(LESSON.invitation))).to_be_visible()


def test_a_teacher_and_three_students(open_page):
    teacher = open_page("?v=1&tab=learn")
    unfold(teacher, "For teachers")
    teacher.get_by_role("button", name="Open a room").click()
    expect(teacher.get_by_text("Students here: 0")).to_be_visible()
    code = re.search(r"room=([A-Z0-9]{6})", teacher.url).group(1)
    # The code and its picture are there at once, without scrolling.
    expect(teacher.get_by_role("heading", name=code)).to_be_in_viewport()
    expect(teacher.get_by_role("img").first).to_be_in_viewport()
    students = [open_page(f"?v=1&tab=learn&room={code}", quiet=each != 1) for each in range(3)]
    expect(students[0].get_by_text("You are in the class.")).to_be_visible()
    expect(teacher.get_by_text("Students here: 3, following: 3.")).to_be_visible()

    # Follow.
    teacher.get_by_role("button", name="Start").nth(2).click()
    question = str(LESSON.rounds[0].question.text)
    for student in students:
        expect(student.get_by_role("heading", name=question)).to_be_visible()

    # Answer; the distribution is seen, without anybody's name.
    for student, step in zip(students, (300, 302, 200), strict=True):
        ready(student)
        drag_marker(student, step)
        student.get_by_role("button", name="Send answer").click()
        expect(student.get_by_text("Sent.")).to_be_visible()
    expect(teacher.get_by_text("3 of 3 have answered")).to_be_visible()
    teacher.get_by_text("Show the class's answers").click()
    bars = teacher.locator(f"{CHART} .shapelayer path[style*='stroke-width: 9px']")
    expect(bars).to_have_count(2)

    _let_go_and_come_back(teacher, students)
    # The students go where the teacher goes; by a key, though a toggle has the focus.
    teacher.get_by_role("button", name="Projector view").click()
    expect(teacher.get_by_role("button", name="Projector view")).to_have_count(0)
    # Escape closes what is open, and the view stays.
    teacher.get_by_role("button", name="QR code").click()
    expect(teacher.get_by_test_id("stPopoverBody")).to_be_visible()
    teacher.keyboard.press("Escape")
    expect(teacher.get_by_test_id("stPopoverBody")).to_have_count(0)
    teacher.get_by_text("Show the class's answers").click()
    teacher.keyboard.press("n")
    following = str(LESSON.rounds[1].question.text)
    for student in students:
        expect(student.get_by_role("heading", name=following)).to_be_visible()


def _let_go_and_come_back(teacher, students):
    first = students[0]
    first.get_by_role("button", name="Let go and try it yourself").click()
    expect(teacher.get_by_text("Students here: 3, following: 2.")).to_be_visible()
    teacher.get_by_role("button", name="Show me").click()
    for student in students[1:]:
        expect(student.get_by_text(str(LESSON.rounds[0].sentence))).to_be_visible()
    expect(students[1].get_by_text("Right.")).to_be_visible()
    expect(students[2].get_by_text("Not quite.")).to_be_visible()

    # After a reload the teacher teaches on, and nobody has joined; the key is in no address.
    teacher.reload()
    expect(teacher.get_by_text("Students here: 3, following: 2.")).to_be_visible()
    expect(teacher.get_by_role("button", name="Close the room")).to_be_visible()
    # A student without connection is told so.
    students[1].context.set_offline(True)
    lost = students[1].get_by_text("The connection to the room is lost.")
    expect(lost).to_be_visible()
    students[1].context.set_offline(False)
    expect(lost).to_be_hidden()
    expect(first.get_by_role("button", name="Check")).to_be_visible()
    assert first.get_by_text(str(LESSON.rounds[0].sentence)).count() == 0
    first.get_by_role("button", name="Back to the class").click()
    expect(first.get_by_text(str(LESSON.rounds[0].sentence))).to_be_visible()


def test_the_projector_view_and_its_keys(open_page):
    page = open_page("?v=1&tab=learn&lesson=restart&projector=true")
    ready(page)
    assert page.locator(".stAppHeader").is_hidden()
    size = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    assert size >= 18
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Reveal the answer")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("r")
    expect(page.get_by_text(str(LESSON.rounds[0].sentence))).to_be_visible()
    page.keyboard.press("p")
    expect(page.locator(".lrviz-cursor output")).to_contain_text(re.compile(r"step \d+ · 0\.\d"))
    # No press is lost, however quickly they come; a clicker's come last.
    for key in ("n", "n", "PageDown", "PageUp", "ArrowLeft", "ArrowRight"):
        page.keyboard.press(key)
    _asks(page, 2)
    _keys_work_wherever_the_focus_is(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="All lessons")).to_be_visible()

    # Where curves are presented, a clicker goes on to the next one, and moves no handle.
    page.goto(page.url.split("?")[0] + "?v=1&projector=true")
    ready(page)
    before = scene(page)
    page.locator(".lrviz-handle").first.focus()
    for key in ("PageUp", "n", "PageUp"):
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile("selected=1"))
    assert scene(page) == replace(before, selected=1)


def _asks(page: Page, at: int) -> None:
    expect(page.get_by_role("heading", name=str(LESSON.rounds[at].question.text))).to_be_visible()
    ready(page)


def _keys_work_wherever_the_focus_is(page: Page) -> None:
    # A marker keeps its arrows; a clicker moves on, and not the marker.
    _marker(page).focus()
    page.keyboard.press("ArrowRight")
    expect(_marker(page)).to_have_attribute("aria-valuenow", "5")
    page.keyboard.press("PageUp")
    _asks(page, 1)
    slider = page.get_by_role("slider", name="t_mul")
    at = slider.input_value()
    slider.focus()
    black = page.locator(".lrviz-black")
    for key in (".", "b", "B"):
        page.keyboard.press(key)
        expect(black).to_be_visible()
        page.keyboard.press("PageDown")
        expect(black).to_be_hidden()
    page.keyboard.press("b")
    black.click()
    expect(black).to_be_hidden()
    assert slider.input_value() == at
    page.keyboard.press("F5")
    page.keyboard.press("r")
    expect(page.get_by_text(str(LESSON.rounds[1].sentence))).to_be_visible()
    page.keyboard.press("PageDown")
    _asks(page, 2)


def test_ones_own_lesson_opens_at_its_title_and_is_plain_text(open_page):
    title = "See www.e.com -> b :material/home:"
    words = "http://e.com/a?b=1 and <https://e.com>, me@e.com\n**Two** [lines](http://e.com)"
    page = open_page("?v=1&tab=learn", **PHONE)
    unfold(page, "For teachers")
    page.get_by_role("textbox", name="Title").fill(title)
    page.get_by_role("textbox", name="What your students are to read").fill(words)
    page.keyboard.press("Tab")
    button = page.get_by_role("button", name="Open it as your students will see it")
    button.scroll_into_view_if_needed()
    button.click()
    ready(page)
    heading = page.get_by_role("heading", level=3)
    expect(heading).to_be_in_viewport()
    assert heading.inner_text().replace("\u2060", "") == title
    shown = page.get_by_test_id("stText").all_text_contents()
    assert "\n".join(shown) == words
    expect(page.get_by_test_id("stMainBlockContainer").get_by_role("link")).to_have_count(0)
    expect(heading.get_by_role("img")).to_have_count(0)


def test_what_is_covered_is_not_in_the_page(open_page):
    page = open_page("?v=1&tab=learn&lesson=restart")
    ready(page)
    furthest = page.locator(CHART).evaluate(
        "graph => Math.max(...graph._fullData.flatMap(trace => trace.x ? [...trace.x] : "
        "[(trace.y.length - 1) * trace.dx]))"
    )
    assert furthest <= LESSON.rounds[0].chart.upto


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_handout_prints_on_one_page(chromium, language):
    page = chromium.new_page()
    for lesson in LESSONS:
        page.set_content(handout(lesson, translator(language), language))
        page.emulate_media(media="print")
        printed = page.pdf(format="A4", prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1, lesson.id
        # As wide as the paper between its margins, then a large screen, then a phone.
        for media, width in (("print", 688), ("screen", 1920), ("screen", 390)):
            page.emulate_media(media=media)
            page.set_viewport_size({"width": width, "height": 1000})
            smallest, cut, wide = page.evaluate(PICTURES)
            # 7.5 points, as of any printed figure.
            assert smallest >= 10, (lesson.id, width)
            assert cut == [], (lesson.id, width)
            assert wide <= width, (lesson.id, width)
    page.close()
