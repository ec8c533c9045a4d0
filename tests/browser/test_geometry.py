"""Whatever one holds, one sees what it does: at five sizes, and in both languages."""

import re
from collections import deque

import pytest
from playwright.sync_api import Page, expect

from lrviz import page as made
from lrviz.learn.lesson import Choose, SetParameter
from lrviz.learn.lessons import LESSONS
from lrviz.link import to_text
from lrviz.locale import LANGUAGES, translator
from lrviz.scene import MOST_CURVES, Curve, Timeline, scene_of
from lrviz.schedules import SCHEDULES, CosineDecay, Linear, Sequence
from tests.browser.steps import CHART, ready, until

pytestmark = pytest.mark.browser

SIZES = ((1366, 650), (1280, 720), (1920, 950), (768, 1024), (390, 844))
SMALL = ((1366, 650), (390, 844))
PROJECTORS = ((1920, 950), (1366, 650))
#: Each size, and where it is tight each language: names are English in all of them.
VIEWS = [*((size, "en") for size in SIZES), *((size, "ko") for size in SMALL)]
#: The same in four loads: what a hand is, and a language, are not changed by resizing.
LOADS = [(SIZES[:4], "en"), (SIZES[4:], "en"), (SMALL[:1], "ko"), (SMALL[1:], "ko")]
#: The charts are drawn at the size that the page gives them, at the window's size.
FITS = """([width, height]) => innerWidth === width && innerHeight === height
    && [...document.querySelectorAll(".lrviz-chart")].every((graph) => !graph.clientWidth
        || graph._fullLayout?.width === graph.clientWidth
            && graph._fullLayout.height === graph.clientHeight)"""
RUN = Timeline()
#: Focuses each control of the chosen curve in turn; tells those with which the plot is not seen.
HIDDEN = """async (least) => {
    const controls = document.querySelectorAll(
        ".lrviz-row input:not([hidden]), .lrviz-handle:not([hidden])",
    );
    const wrong = [];
    for (const each of controls) {
        each.focus();
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const { top, left, bottom, right } = document
            .querySelector(".lrviz-chart .nsewdrag")
            .getBoundingClientRect();
        const seen = top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
        const own = each.getBoundingClientRect();
        const there = own.top >= -1 && own.bottom <= innerHeight + 1;
        if (seen && there && bottom - top >= least) continue;
        wrong.push([each.ariaLabel, top, bottom, own.top, own.bottom].map(String).join(" "));
    }
    return { count: controls.length, wrong };
}"""
#: The curve of that name is the chosen one, in the chart and in the panel.
CHOSEN = """(name) => document.querySelector(".lrviz-readout").textContent.startsWith(name)
    && document.querySelector(".lrviz-chip").textContent.startsWith(name.split(" ")[0])"""
#: What of these is not wholly on the screen.
OFF = """(selectors) => selectors.filter((selector) => {
    const found = [...document.querySelectorAll(selector)];
    const all = found.filter((each) => each.getClientRects().length);
    return !all.length || all.some((each) => {
        const { top, bottom, left, right } = each.getBoundingClientRect();
        return top < 0 || left < 0 || bottom > innerHeight || right > innerWidth;
    });
})"""

#: Which of these lie over one another.
OVER = """(selectors) => {
    const boxes = selectors.map((each) => document.querySelector(each).getBoundingClientRect());
    const before = (one, other) => one.right <= other.left + 1 || one.bottom <= other.top + 1;
    const apart = (one, other) => before(one, other) || before(other, one);
    return selectors.flatMap((name, i) => selectors.slice(0, i)
        .filter((_, j) => !apart(boxes[i], boxes[j])).map((other) => `${other} ${name}`));
}"""

#: What a question is answered with, where that is not the chart.
ANSWERED = {Choose: (".stRadio",), SetParameter: (".lrviz-row",)}


def opened_at(open_page, size, query, **options):
    width, height = size
    touch = {"has_touch": True, "is_mobile": True} if width < 500 else {}
    page = open_page(query, viewport={"width": width, "height": height}, **touch, **options)
    ready(page)
    return page


def _resize(page, size):
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    until(page, FITS, size)


def _off(page: Page, *selectors: str) -> list[str]:
    return page.evaluate(OFF, list(selectors))


#: One that is made of others.
WHOLE = Sequence((Linear(0.0, 0.1, 50), CosineDecay(0.1, 500), Linear(0.1, 0.0, 200)), (50, 550))
#: Every schedule, as many on a page as there can be.
EVERY = [*(kind.example(RUN.steps) for kind in SCHEDULES), WHOLE]
PAGES = [EVERY[at : at + MOST_CURVES] for at in range(0, len(EVERY), MOST_CURVES)]


@pytest.mark.parametrize(("sizes", "language"), LOADS, ids=str)
@pytest.mark.parametrize("schedules", PAGES, ids=lambda each: type(each[0]).__name__)
def test_the_plot_is_seen_whatever_is_held(open_page, schedules, sizes, language):
    curves = [Curve(schedule) for schedule in schedules]
    query = "?" + to_text(made.Page(scene_of(*curves, timeline=RUN), language=language))
    # Each of the pages is loaded at another size, and then resized.
    sizes = deque(sizes)
    sizes.rotate(-PAGES.index(schedules))
    page = opened_at(open_page, sizes[0], query)
    for place, curve in enumerate(curves):
        if place:
            page.locator(f".lrviz-curve:nth-child({place + 1}) .lrviz-choose").click()
        until(page, CHOSEN, curve.name)
        for size in sizes:
            _resize(page, size)
            found = page.evaluate(HIDDEN, 190 if size[0] < 500 else 260)
            assert found["count"] >= min(len(curve.schedule.fields()), 4)
            assert found["wrong"] == [], (curve.name, size)
        sizes.reverse()


def test_all_five_sliders_are_on_a_laptops_first_screen(open_page):
    page = opened_at(open_page, (1366, 650), "")
    page.locator(".lrviz-handle").first.wait_for()
    assert _off(page, ".lrviz-row input[type=range]", f"{CHART} .nsewdrag", ".lrviz-buttons") == []
    assert page.locator(".lrviz-row input[type=range]:visible").count() == 5
    heights = page.locator(".lrviz-row").evaluate_all("all => all.map((e) => e.offsetHeight)")
    assert max(heights) <= 40


@pytest.mark.parametrize("size", SMALL, ids=str)
def test_nothing_moves_after_the_first_paint(open_page, size):
    """Chromium's cumulative layout shift."""
    page = opened_at(open_page, size, "", fresh=True)
    page.locator(".lrviz-handle").first.wait_for()
    # Nothing is on its way any more that could move something: no file, no font, no fade.
    page.wait_for_load_state("networkidle")
    until(
        page,
        "() => document.fonts.status === 'loaded'"
        " && document.getAnimations().every((each) => each.playState !== 'running')",
    )
    shifts = page.evaluate(
        """() => {
            const observer = new PerformanceObserver(() => {});
            observer.observe({ type: "layout-shift", buffered: true });
            return observer.takeRecords().filter((each) => !each.hadRecentInput)
                .map((each) => each.value);
        }"""
    )
    # The page is put together of its parts: where none is seen, nothing was observed.
    assert shifts
    assert sum(shifts) <= 0.02


@pytest.mark.parametrize(("language", "sizes"), [("en", SMALL), ("ko", SMALL[::-1])], ids=str)
def test_each_question_and_its_answer_are_on_one_screen(open_page, language, sizes):
    """At both sizes: opened on a laptop, and on a phone, each question is resized to the other."""
    text = translator(language)
    query = f"?v=1&tab=learn&language={language}&lesson={LESSONS[0].id}"
    page = opened_at(open_page, sizes[0], query)

    def press(label):
        page.get_by_role("button", name=re.compile(rf"{re.escape(text(label))}$")).click()

    for number, lesson in enumerate(LESSONS, start=1):
        for at, asked in enumerate(lesson.rounds):
            question = asked.question.text.translated(text)
            expect(page.get_by_role("heading", name=question)).to_be_visible()
            expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
            page.locator(f"{CHART} .nsewdrag").first.wait_for()
            # It comes after all of its question; what is left of the one before is not looked for.
            check = f".st-key-check-{lesson.id}-{at} button"
            page.locator(check).wait_for()
            answers = ANSWERED.get(type(asked.question), ())
            # A page fetches what draws options when it meets the first of them.
            for each in answers:
                page.locator(each).first.wait_for()
            for size in sizes:
                _resize(page, size)
                off = _off(page, "h3", f"{CHART} .nsewdrag", check, *answers)
                assert off == [], (question, size)
            sizes = sizes[::-1]
            press("Show me")
            press("Next")
        if number < len(LESSONS):
            press("Next lesson")


def test_a_lesson_with_a_lens_is_whole_on_a_projector(open_page):
    """Its question, both pictures, the words on them and the player; none lies over another."""
    page = opened_at(open_page, PROJECTORS[0], "?v=1&tab=learn&lesson=decay&at=1")
    page.get_by_role("button", name="Projector view").click()
    shown = ("h3", f"{CHART} .nsewdrag", ".lrviz-landscape", ".lrviz-lens-chart .nsewdrag")
    words = (".lrviz-lens-caption", ".lrviz-lens-text", ".lrviz-play")
    for each in (*shown, *words):
        page.locator(each).first.wait_for()
    for size in PROJECTORS:
        _resize(page, size)
        assert _off(page, *shown, *words) == [], size
        assert page.evaluate(OVER, [*shown, *words]) == [], size


@pytest.mark.keras
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_bar_of_a_fit_is_always_on_the_screen(open_page, size, language):
    page = opened_at(open_page, size, f"?v=1&tab=train&language={language}")
    if size[0] < 1100:
        # The form begins on the first screen.
        assert page.locator(CHART).bounding_box()["height"] <= max(420, size[1] / 2)
    for bottom in (False, True):
        page.locator(".stMain").evaluate(
            "(main, bottom) => main.scrollTo(0, bottom ? main.scrollHeight : 0)", bottom
        )
        until(page, f"() => !(({OFF})(['.st-key-train button']).length)")
