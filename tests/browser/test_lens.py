"""What the rate does, beneath the chart: a path and a loss that follow the finger."""

import re

import pytest
from playwright.sync_api import Page, expect

from lrviz import page as made
from lrviz.examples import EXAMPLES
from lrviz.learn.lessons import warmup
from lrviz.learn.study import Study
from lrviz.lenses import PathLens
from lrviz.link import to_text
from lrviz.locale import translator
from tests.browser.steps import ready, scene, thumb, until
from tests.browser.test_geometry import VIEWS, opened_at

pytestmark = pytest.mark.browser

FORECAST = "?" + to_text(made.Page(EXAMPLES["Forecast: cosine, WSD, and one that you tune"].scene))
PATH = "?lens.kind=path"
#: The lines of the lens, by the uid of their curve.
LINES = """() => Object.fromEntries([...document.querySelectorAll(
    '.lrviz-lens-chart .scatterlayer .trace')].map((trace) => [
        [...trace.classList].find((name) => /^trace\\d+$/.test(name)),
        trace.querySelector('path.js-line')?.getAttribute('d'),
    ]).filter(([name, path]) => name && path))"""
#: The colours of the picture's particles, in a few numbers.
PAINTED = """() => {
    const canvas = document.querySelector('.lrviz-landscape canvas:last-of-type');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let sum = 0;
    for (let at = 0; at < data.length; at += 4) sum = (sum * 31 + data[at + 3] * at) % 1000003;
    return sum;
}"""
#: Focuses each control in turn; tells those with which a plot is not wholly seen, or is too low.
SMALL = """async (least) => {
    const wrong = new Set();
    for (const each of document.querySelectorAll('.lrviz-row input:not([hidden])')) {
        each.focus();
        await new Promise((resolve) => requestAnimationFrame(resolve));
        for (const plot of document.querySelectorAll(
            '.lrviz-chart .nsewdrag, .lrviz-lens-chart .nsewdrag, .lrviz-landscape',
        )) {
            const { top, left, bottom, right } = plot.getBoundingClientRect();
            const seen = top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
            if (!seen || bottom - top < least) {
                wrong.add([each.ariaLabel, plot.parentElement.className, top, bottom].join(" "));
            }
        }
    }
    return [...wrong];
}"""

# Where they are equally wide, the axes of both charts begin and end at the same places.
ALIGNED = """() => {
    const [above, below] = [".lrviz-chart", ".lrviz-lens-chart"].map((each) => {
        const graph = document.querySelector(each);
        const { _offset, _length } = graph._fullLayout.xaxis;
        return { width: graph.clientWidth, begins: _offset, ends: _offset + _length };
    });
    if (above.width !== below.width) return true;
    return Math.abs(above.begins - below.begins) < 1 && Math.abs(above.ends - below.ends) < 1;
}"""
# How many places of the lens's lines are beneath its words.
COVERED = """() => {
    const words = document.querySelector(".lrviz-lens-text").getBoundingClientRect();
    const lines = [...document.querySelectorAll(".lrviz-lens-chart path.js-line")];
    return lines.flatMap((line) => {
        const to = line.getScreenCTM();
        const length = line.getTotalLength();
        return Array.from({ length: 200 }, (_, at) => {
            const { x, y } = line.getPointAtLength((length * at) / 199).matrixTransform(to);
            return x > words.left && x < words.right && y > words.top && y < words.bottom;
        });
    }).filter(Boolean).length;
}"""


def _opened(open_page, query=PATH, **options) -> Page:
    page = open_page(query, **options)
    ready(page)
    page.locator(".lrviz-lens-chart .nsewdrag").wait_for()
    return page


def _told(page: Page) -> str:
    return page.locator(".lrviz-lens-text").inner_text()


def _settled(page: Page) -> None:
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    until(page, "() => !document.querySelector('.lrviz-lens-chart').hasAttribute('data-live')")


def test_the_path_and_its_loss_follow_a_slider_before_it_is_let_go(open_page):
    page = _opened(open_page)
    before, painted, told = page.evaluate(LINES), page.evaluate(PAINTED), _told(page)
    assert len(before) == 3
    x, y, _ = thumb(page, "m_mul")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=5)
    until(page, f"(old) => ({LINES})().trace2 !== old", before["trace2"])
    until(page, f"(old) => ({PAINTED})() !== old", painted)
    assert _told(page) != told
    assert scene(page).curve.schedule.m_mul == 0.9
    page.mouse.up()
    _settled(page)
    until(
        page, "() => location.search.includes('m_mul') && !location.search.includes('m_mul~0.9~')"
    )


def test_the_start_is_dragged_in_the_picture_and_is_in_the_link(open_page):
    page = _opened(open_page)
    ring = page.locator(".lrviz-start")
    box = ring.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    painted = page.evaluate(PAINTED)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 80, y + 50, steps=4)
    until(page, f"(old) => ({PAINTED})() !== old", painted)
    page.mouse.up()
    until(page, "() => location.search.includes('lens.start_x')")
    lens = scene(page).lens.of(PathLens)
    assert lens.start_x > PathLens().start_x
    assert lens.start_y < PathLens().start_y
    # Whoever opens the link sees the same, and it is said by number, too.
    expect(page.get_by_role("textbox", name="start_x")).to_have_value(f"{lens.start_x:g}")


def test_playing_moves_the_curves_and_the_particles_together(open_page):
    page = _opened(open_page)
    cursor = page.locator(".lrviz-lens-cursor")
    expect(cursor).to_be_hidden()
    page.get_by_role("button", name="Play the run").click()
    expect(cursor).to_be_visible()
    place, painted = cursor.evaluate("each => each.style.left"), page.evaluate(PAINTED)
    until(page, "(old) => document.querySelector('.lrviz-lens-cursor').style.left !== old", place)
    until(page, f"(old) => ({PAINTED})() !== old", painted)
    page.get_by_role("button", name="Pause").click()


def test_the_pointer_on_the_curve_marks_the_place_on_the_path(open_page):
    page = _opened(open_page)
    painted = page.evaluate(PAINTED)
    box = page.locator(".lrviz-chart .nsewdrag").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    expect(page.locator(".lrviz-lens-cursor")).to_be_visible()
    until(page, f"(old) => ({PAINTED})() !== old", painted)


def test_another_seed_is_another_path_and_the_same_one_the_same(open_page):
    page = _opened(open_page)
    first, told = page.evaluate(PAINTED), page.locator(".lrviz-lens-text")
    before = told.text_content()
    field = page.get_by_role("textbox", name="seed")
    for text in ("5", "0"):
        field.fill(text)
        field.press("Enter")
        if text == "5":
            expect(told).not_to_have_text(before)
    expect(told).to_have_text(before)
    until(page, f"(old) => ({PAINTED})() === old", first)


def test_the_forecast_follows_a_slider_and_names_the_best(open_page):
    page = _opened(open_page, FORECAST)
    expect(page.locator(".lrviz-lens-text")).to_contain_text("cannot rank")
    before = page.evaluate(LINES)
    page.locator(".lrviz-chip", has_text="PolynomialDecay").click()
    page.get_by_role("slider", name="power", exact=True).wait_for()
    x, y, _ = thumb(page, "power")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y, steps=5)
    until(page, f"(old) => ({LINES})().trace2 !== old", before["trace2"])
    page.mouse.up()
    _settled(page)
    page.get_by_role("button", name="Improve this curve").click()
    told = page.locator(".lrviz-lens-text")
    # It is named first; by less than such differences were off, where they were measured.
    expect(told).to_have_text(re.compile(r"^WSD, yours, improved \d\.\d+ ± 0\.0170 "))
    expect(told).to_contain_text(re.compile(r"cannot rank the first two: .* 0\.0280\."))
    assert len(page.evaluate(LINES)) == 4


@pytest.mark.parametrize(("size", "language"), VIEWS, ids=str)
@pytest.mark.parametrize("query", [PATH, FORECAST], ids=["path", "loss"])
def test_both_plots_are_seen_whatever_is_held(open_page, query, size, language):
    page = opened_at(open_page, size, f"{query}&language={language}")
    page.locator(".lrviz-lens-chart .nsewdrag").wait_for()
    page.locator(".lrviz-row input[type=range]").first.wait_for()
    assert page.evaluate(SMALL, 150) == []
    until(page, ALIGNED)
    if query == FORECAST and size[0] >= 640:
        assert page.evaluate(COVERED) == 0


def test_on_a_phone_each_name_stands_above_its_slider(open_page):
    """Also beneath the heading of what is set of the lens."""
    page = opened_at(open_page, (390, 844), PATH)
    page.get_by_role("heading", name="Path").wait_for()
    page.get_by_role("slider", name="noise", exact=True).wait_for()
    below = page.locator(".lrviz-row:has(input[type=range]:not([hidden]))").evaluate_all(
        "rows => rows.map((row) => row.querySelector('input[type=range]').offsetTop"
        " - row.querySelector('.lrviz-name').offsetTop)"
    )
    assert len(below) == 11
    assert min(below) > 0


def test_a_lessons_picture_is_the_one_that_its_words_are_held_to(open_page):
    """The browser moves the particles as Python does, to the last bit of two basins."""
    asked, translate = warmup.LESSON.rounds[3], translator("ko")
    study = Study(lesson="warmup", at=3, revealed=True)
    page = open_page("?" + to_text(made.Page(asked.chart.scene, "ko", "learn", study=study)))
    told, shown = page.locator(".lrviz-lens-text"), asked.revealed.scene
    told.wait_for()
    for curve in shown.curves:
        found = shown.lens.of(PathLens).walk(curve, shown.timeline)
        expect(told).to_contain_text(translate(curve.label))
        count = translate(found.ground.counts).format(count=int(found.counted), all=64)
        expect(told).to_contain_text(count)


def test_the_code_follows_a_slider_that_is_let_go_and_is_copied(open_page):
    page = open_page("?lens.kind=code&lens.framework=optax")
    ready(page)
    code = page.get_by_role("region", name="CosineDecayRestarts for optax")
    expect(code).to_contain_text("optax.sgdr_schedule(")
    before = code.inner_text()
    # The chart keeps the numbers of its steps: there is no axis beneath it.
    until(page, "() => document.querySelectorAll('.lrviz-chart .xtick').length > 3")
    x, y, _ = thumb(page, "m_mul")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=5)
    until(page, "() => document.querySelector('.lrviz-code').hasAttribute('data-live')")
    assert code.inner_text() == before
    page.mouse.up()
    expect(code).not_to_have_text(before)
    until(page, "() => !document.querySelector('.lrviz-code').hasAttribute('data-live')")
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator(".lrviz-code").get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate("window.copied") == code.text_content()
    page.get_by_role("radio", name="Path", exact=True).click(force=True)
    page.locator(".lrviz-landscape").wait_for()
    expect(page.locator(".lrviz-code")).to_have_count(0)
    page.get_by_role("radio", name="Code", exact=True).click(force=True)
    # What was chosen is kept beside the other kinds' settings.
    expect(page.get_by_role("combobox", name="Framework")).to_have_value("optax")
    page.get_by_role("combobox", name="Framework").select_option("keras")
    expect(page.get_by_role("region", name="CosineDecayRestarts for Keras 3")).to_be_visible()
    until(page, "() => location.search.includes('lens.kind=code')")
    assert "lens.framework" not in page.url
