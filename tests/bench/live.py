"""How closely the curve follows the finger: ``python -m tests.bench.live``.

Linux only: the server's CPU is read from ``/proc``. The browser, the server and this script share
the machine, so run it on a quiet one.
"""

import math
import statistics
import sys
import time
from dataclasses import replace
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, sync_playwright

from lrviz.examples import EXAMPLES
from lrviz.lenses import PathLens
from lrviz.link import to_query
from lrviz.page import Page as LrvizPage
from lrviz.scene import Curve, Scene, Timeline, first_scene, scene_of
from lrviz.schedules import CosineDecayRestarts, Linear, Sequence
from tests.bench.page import idling, opened, used
from tests.conftest import FLAGS, find_browser
from tests.server import ROOT, serving

#: Seconds of the measured drag, and of the long random one (``--long``: ten minutes).
DRAG = 3
LONG = 600 if "--long" in sys.argv else 30
# From a slider's input event to the moment at which the drawn path is another one.
WATCH = """
() => {
    const graph = document.querySelector('.lrviz-chart');
    const seen = { inputs: 0, drawn: 0, waits: [], first: null };
    let pending = null, down = null;
    addEventListener('pointerdown', () => { down = performance.now(); }, true);
    addEventListener('input', () => {
        seen.inputs += 1;
        pending ??= performance.now();
    }, true);
    new MutationObserver((changes) => {
        if (pending === null || !changes.some((each) => each.target.matches?.('.js-line'))) return;
        seen.drawn += 1;
        seen.waits.push(performance.now() - pending);
        seen.first ??= performance.now() - down;
        pending = null;
    }).observe(graph, { subtree: true, attributes: true, attributeFilter: ['d'] });
    window.seen = seen;
}
"""


# Every frame; in how many the handle has another place, and in how many the line is another.
FRAMES = """
() => {
    const graph = document.querySelector('.lrviz-chart');
    const lines = () => [...graph.querySelectorAll('.js-line')];
    const path = () => lines().map((each) => each.getAttribute('d')).join();
    const place = () => graph.querySelector('[aria-label="ends at, in the chart"]').ariaValueNow;
    const seen = { all: 0, moved: 0, drawn: 0 };
    let [before, at] = [path(), place()];
    const look = () => {
        seen.all += 1;
        const [now, here] = [path(), place()];
        if (here !== at) seen.moved += 1;
        if (now !== before) seen.drawn += 1;
        [before, at] = [now, here];
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    window.framesSeen = seen;
}
"""


def heap(page: Page) -> float:
    """The page's memory in MB, after a collection."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")["usedSize"] / 1e6
    session.detach()
    return used


def swing(page: Page, middle: float, y: float, reach: float, seconds: float) -> None:
    """Moves the pressed mouse to and fro."""
    start = time.perf_counter()
    while (now := time.perf_counter() - start) < seconds:
        page.mouse.move(middle + reach * math.sin(now * 2), y)
        time.sleep(0.012)


def drag(page: Page, name: str, seconds: float) -> None:
    """Swings a slider's thumb with the mouse."""
    slider = page.get_by_role("slider", name=name, exact=True)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    middle, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(middle, y)
    page.mouse.down()
    swing(page, middle, y, 0.45 * box["width"], seconds)
    page.mouse.up()


def one_drag(browser: Browser, port: int, process) -> None:
    page = opened(browser, port)
    page.wait_for_timeout(2000)
    sent, received = [], []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.webSocketFrameSent", lambda event: sent.append(event))
    session.on("Network.dataReceived", lambda event: received.append(event["encodedDataLength"]))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    # What the server uses while nothing happens is no part of either.
    idle = idling(process, page)
    # An ordinary change: a value that is typed.
    changes = ("0.5", "0.6", "0.7", "0.8", "0.85", "0.55", "0.65", "0.75", "0.82", "0.87")

    def type_all():
        for text in changes:
            field = page.get_by_role("textbox", name="m_mul").last
            field.fill(text)
            field.press("Enter")
            page.wait_for_timeout(800)

    change = (used(process, type_all) - 8 * idle) / len(changes)
    sent.clear(), asked.clear(), received.clear()
    page.evaluate(WATCH)

    def drag_one(name: str) -> float:
        """The server's CPU seconds above its idling; the fan is not known yet."""
        spent = used(process, lambda: (drag(page, name, DRAG), page.wait_for_timeout(1500)))
        return spent - (DRAG + 1.5) * idle

    first = drag_one("m_mul")
    seen = page.evaluate("seen")
    counts = len(sent), len(asked), sum(received)
    later = [drag_one(name) for name in ("initial_learning_rate", "alpha", "first_decay_steps")]
    waits = sorted(seen["waits"])
    print(f"  messages sent in {DRAG} s: {counts[0]} by the session, {counts[1]} request for a fan")
    print(
        f"  frames drawn, of those in which the slider moved: {seen['drawn'] / seen['inputs']:.0%}"
    )
    print(f"  input to drawn path: median {statistics.median(waits):.1f} ms, ", end="")
    print(f"p95 {waits[int(0.95 * len(waits))]:.1f} ms, of {len(waits)}")
    print(f"  pointer-down to the first drawn path: {seen['first']:.0f} ms")
    print(f"  server CPU above {idle * 1e3:.1f} ms a second when idle: ", end="")
    print(f"{change * 1e3:.1f} ms a change, {first * 1e3:.0f} ms the server's first drag, ", end="")
    mean = statistics.mean(later)
    print(f"{mean * 1e3:.0f} ms a later one: {first / change:.2f}, {mean / change:.2f}")
    print(f"  bytes a grab: {counts[2] / 1e3:.0f} kB")
    page.context.close()


def boundary_drag(browser: Browser, port: int) -> None:
    """The boundary of two phases, dragged in the chart."""
    phases = (Linear(0.0, 0.1, 4000), CosineDecayRestarts(0.1, 500), Linear(0.1, 0.0, 2500))
    sequence = Sequence(phases, (4000, 7500), fitted=(0,))
    scene = scene_of(Curve(sequence), timeline=Timeline(total_steps=10_000))
    page = opened(browser, port, urlencode(to_query(LrvizPage(scene))))
    page.wait_for_timeout(2000)
    handle = page.get_by_role("slider", name="ends at, in the chart")
    box = handle.bounding_box()
    middle, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(middle, y)
    page.mouse.down()
    # The fan is asked for; from here on the frames count.
    page.mouse.move(middle - 20, y)
    page.wait_for_timeout(700)
    page.evaluate(FRAMES)
    swing(page, middle, y, 200, DRAG)
    seen = page.evaluate("framesSeen")
    page.mouse.up()
    print("  a boundary dragged in the chart: ", end="")
    print(f"{seen['all'] / DRAG:.0f} frames a second, ", end="")
    print(f"drawn {seen['drawn'] / seen['moved']:.0%} of those in which its place changed")
    page.context.close()


# How many frames there are, in how many the slider has another stop, and in how many a lens's line
# of the selected curve, or its canvas, is another.
LENS = """
(uid) => {
    const slider = document.querySelector('input[type=range]:active')
        ?? document.activeElement;
    const line = () => document.querySelector(
        `.lrviz-lens-chart .trace${uid} path.js-line`)?.getAttribute('d');
    const seen = { all: 0, moved: 0, drawn: 0, waits: [] };
    let [before, at, since] = [line(), slider.value, null];
    slider.addEventListener('input', () => { since ??= performance.now(); });
    const look = () => {
        seen.all += 1;
        const [now, here] = [line(), slider.value];
        if (here !== at) seen.moved += 1;
        if (now !== before) {
            seen.drawn += 1;
            if (since !== null) seen.waits.push(performance.now() - since);
            since = null;
        }
        [before, at] = [now, here];
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    window.lensSeen = seen;
}
"""


def lens_drag(browser: Browser, port: int, scene: Scene, name: str, said: str) -> None:
    """A slider dragged while a lens is open: does what is beneath the chart follow?"""
    page = opened(browser, port, urlencode(to_query(LrvizPage(scene))))
    page.locator(".lrviz-lens-chart .nsewdrag").wait_for()
    if isinstance(scene.curve.schedule, Sequence):
        page.locator(".lrviz-chip").last.click()
    page.wait_for_timeout(2500)
    slider = page.get_by_role("slider", name=name, exact=True)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    middle, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(middle, y)
    page.mouse.down()
    # The fan is asked for; from here on the frames count.
    page.wait_for_timeout(1200)
    page.evaluate(LENS, str(scene.curve.id))
    swing(page, middle, y, 0.45 * box["width"], DRAG)
    seen = page.evaluate("lensSeen")
    page.mouse.up()
    waits = sorted(seen["waits"])
    print(f"  {said}: {seen['all'] / DRAG:.0f} frames a second, ", end="")
    print(f"drawn {seen['drawn'] / seen['moved']:.0%} of those in which the slider moved, ", end="")
    print(f"input to drawn line: median {statistics.median(waits):.1f} ms, ", end="")
    print(f"p95 {waits[int(0.95 * len(waits))]:.1f} ms")
    page.context.close()


def long_drag(browser: Browser, port: int) -> None:
    page = opened(browser, port)
    wrong = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    names = ("m_mul", "t_mul", "alpha", "first_decay_steps", "initial_learning_rate")
    for name in names:
        drag(page, name, 1)
    page.wait_for_timeout(1500)
    begin, start, number = heap(page), time.perf_counter(), 0
    while time.perf_counter() - start < LONG:
        drag(page, names[number % len(names)], 2)
        number += 1
    page.wait_for_timeout(1500)
    print(f"  {LONG} s of dragging: memory {heap(page) / begin:.2f} times, console errors: {wrong}")
    page.context.close()


def main() -> None:
    with serving(ROOT / "app.py") as (process, port), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        one_drag(browser, port, process)
        boundary_drag(browser, port)
        path = replace(first_scene(), lens=PathLens().lens)
        lens_drag(browser, port, path, "m_mul", "path, 3 curves x 64 particles x 750 steps")
        loss = EXAMPLES["Forecast: cosine, WSD, and one that you tune"].scene
        lens_drag(browser, port, loss, "power", "loss, 3 curves over 24,000 steps")
        long_drag(browser, port)


if __name__ == "__main__":
    main()
