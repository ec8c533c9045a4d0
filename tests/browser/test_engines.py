"""What people do first, in Chromium, Firefox and WebKit alike."""

import json
import os
import re
import shutil
import time

import pytest

from tests.browser.engines import ENGINES, NEEDS
from tests.waiting import until

pytestmark = pytest.mark.browser

CHART = """() => {
    const graph = document.querySelector(".lrviz-chart");
    if (!graph?.dataset.revision) return "";
    const lines = [...graph.querySelectorAll(".scatterlayer path.js-line")];
    return lines.map((line) => line.getAttribute("d")).join();
}"""
#: The middle of a slider's thumb on the screen, and how wide the slider is.
THUMB = """(name) => {
    const slider = document.querySelector(`input[type=range][aria-label="${name}"]`);
    if (!slider) return null;
    slider.scrollIntoView({ block: "center" });
    const { left, top, width, height } = slider.getBoundingClientRect();
    const size = 17.6;
    const share = slider.value / slider.max;
    return [left + size / 2 + share * (width - size), top + height / 2, width];
}"""
#: Notes at every frame where the fields and sliders of all parameters stand.
WATCH_ROWS = """() => {
    window.rows = new Set();
    const look = () => {
        const all = document.querySelectorAll(".stMain input:is([type=range], [type=text])");
        const places = [...all].map((each) => {
            const { left, top, width } = each.getBoundingClientRect();
            return [left, top + scrollY, width].map(Math.round);
        });
        window.rows.add(JSON.stringify(places.filter(([, , width]) => width)));
        requestAnimationFrame(look);
    };
    look();
}"""
BUTTON = """(name) => {
    const all = [...document.querySelectorAll("button:not([role=tab])")];
    const found = all.find((each) => each.innerText.trim().endsWith(name) && !each.disabled);
    found?.click();
    return Boolean(found);
}"""
PRESSED = """(key) => {
    const pressed = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    document.querySelector(".lrviz-marker").dispatchEvent(pressed);
}"""
SAYS = "(text) => new RegExp(text).test(document.querySelector('.stMain').innerText)"
#: A step of the chart's axis, on the screen.
PLACE = """(step) => {
    const graph = document.querySelector(".lrviz-chart");
    graph.scrollIntoView({ block: "center" });
    const { left, top } = graph.getBoundingClientRect();
    const { xaxis, yaxis } = graph._fullLayout;
    return [left + xaxis._offset + xaxis.d2p(step), top + yaxis._offset + 0.4 * yaxis._length];
}"""
TRAINED = """() => {
    const graph = document.querySelector(".lrviz-chart");
    const found = (graph?._fullData ?? []).find((each) => each.uid.endsWith("-applied"));
    return found?.x?.length ?? 0;
}"""


@pytest.fixture(scope="module", params=ENGINES)
def engine(request):
    missing = [each for each in NEEDS[request.param] if shutil.which(each) is None]
    if missing:
        reason = f"no {' and no '.join(missing)} on this machine"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    browser = request.getfixturevalue("chromium") if request.param == "chromium" else None
    started = ENGINES[request.param](browser)
    yield started
    started.close()


def _until(engine, function, *arguments, seconds=60):
    return until(lambda: engine.ask(function, *arguments), seconds)


def _quiet(engine):
    """Waits until nothing runs any more."""
    _until(engine, "() => !document.querySelector('[data-testid=stStatusWidget]')")


def test_the_first_view(engine, address):
    engine.open(address)
    lines = _until(engine, CHART)
    assert lines.count("M") >= 3
    assert "NaN" not in lines
    _until(engine, "() => document.querySelector('.lrviz-readout').innerText")
    assert engine.ask("() => [...document.querySelectorAll('[role=alert]')].every((e) => e.hidden)")
    # Nothing of a formula is cut off below.
    _until(engine, "() => document.querySelectorAll('.katex-display .mfrac').length")
    cut = engine.ask(
        """() => [...document.querySelectorAll(".katex-display")]
            .filter((formula) => formula.scrollHeight > formula.clientHeight)
            .map((formula) => [formula.scrollHeight, formula.clientHeight])"""
    )
    assert cut == []


def test_a_drag(engine, busy):
    engine.open(busy)
    before = _until(engine, CHART)
    _quiet(engine)
    # The panel may come after the chart.
    x, y, width = _until(engine, THUMB, "m_mul")
    engine.press(x, y)
    engine.move(x - 0.2 * width, y)
    _until(engine, "() => document.querySelector('.lrviz-chart').dataset.live")
    # The first stop that is drawn may be the one where the thumb was pressed.
    _until(engine, f"(before) => ({CHART})() !== before", before)
    engine.ask(WATCH_ROWS)
    engine.release()
    _until(engine, "() => /m_mul~0[.][0-8]/.test(location.search)")
    _quiet(engine)
    # Its row stays as it is: while the page is drawn anew, and after that.
    (rows,) = engine.ask("() => [...window.rows]")
    assert json.loads(rows)


def test_a_fit(engine, address):
    engine.open(f"{address}?v=1&tab=train")
    _until(engine, BUTTON, "Train", seconds=120)
    _until(engine, SAYS, "training")
    first = _until(engine, TRAINED)
    _until(engine, f"(first) => ({TRAINED})() > first", first)
    _until(engine, BUTTON, "Cancel")
    _until(engine, SAYS, "cancelled")


def test_a_lesson(engine, address):
    engine.open(f"{address}?v=1&tab=learn&lesson=restart")
    _until(engine, CHART)
    _until(engine, "() => Boolean(document.querySelector('.lrviz-marker'))")
    _quiet(engine)
    x, y = engine.ask(PLACE, 500)
    engine.press(x, y)
    x, y = engine.ask(PLACE, 300)
    engine.move(x, y)
    engine.release()
    now = "() => document.querySelector('.lrviz-marker').ariaValueNow"
    assert re.fullmatch("299|300|301", str(_until(engine, now)))
    _until(engine, BUTTON, "Check")
    _until(engine, SAYS, "Right[.]")


def test_keys_on_a_slow_line(engine, busy):
    """The server's word on an earlier press comes after the next one, and takes nothing back."""
    engine.open(f"{busy}?v=1&tab=learn&lesson=restart")
    _until(engine, "() => Boolean(document.querySelector('.lrviz-marker'))")
    _quiet(engine)
    for _ in range(6):
        engine.ask(PRESSED, "ArrowRight")
        time.sleep(0.35)
    _until(engine, "() => !document.querySelector('button[kind=primary]').disabled")
    _quiet(engine)
    assert engine.ask("() => document.querySelector('.lrviz-marker').ariaValueNow") == "60"
