"""The page against a bare Streamlit app that draws the same: ``python -m tests.bench.page``.

The bare app has one slider and one ``st.plotly_chart`` of the same points. Linux only: memory and
CPU are read from ``/proc``. Times are medians of runs that alternate between the two.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen

from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import FLAGS, find_browser
from tests.server import ROOT, serving

BARE = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import plotly.graph_objects as go
import streamlit as st
from lrviz.scene import first_scene
from dataclasses import replace
scene = first_scene()
m_mul = st.select_slider("m_mul", [round(i * 0.02, 2) for i in range(101)], value=0.9)
figure = go.Figure()
for curve in scene.curves:
    if curve is scene.curve:
        curve = replace(curve, schedule=replace(curve.schedule, m_mul=m_mul))
    steps = curve.steps(scene.timeline)
    figure.add_scatter(x=steps, y=curve.rate(steps, scene.timeline), name=curve.name)
st.plotly_chart(figure, key="chart")
"""
LINE = ".scatterlayer path.js-line"
CHANGES = 15
# From the key's event to the end of the first frame in which a drawn path is another one. A message
# that is posted in a frame comes after it, whichever of its callbacks drew.
KEY_TO_PAINT = """
() => new Promise(resolve => {
    const drawn = () => [...document.querySelectorAll('.scatterlayer path.js-line')]
        .map(path => path.getAttribute('d')).join();
    const before = drawn();
    addEventListener('keydown', () => {
        const start = performance.now();
        const after = new MessageChannel();
        const frame = () => requestAnimationFrame(() => after.port2.postMessage(null));
        after.port1.onmessage = () => {
            const now = drawn();
            if (now && now !== before) resolve(performance.now() - start);
            else frame();
        };
        frame();
    }, { once: true, capture: true });
})
"""


def opened(browser: Browser, port: int, query: str = "") -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"http://127.0.0.1:{port}/?{query}")
    page.locator(LINE).first.wait_for(state="attached", timeout=60_000)
    return page


def memory(process: Popen) -> float:
    """The server's resident memory in MB."""
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def cpu(process: Popen) -> float:
    """The CPU seconds that the server has used."""
    parts = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def used(process: Popen, act: Callable[[], object]) -> float:
    """The CPU seconds that the server uses during ``act``."""
    before = cpu(process)
    act()
    return cpu(process) - before


def idling(process: Popen, page: Page) -> float:
    """The CPU seconds that the server uses in a second in which nothing happens."""
    return used(process, lambda: page.wait_for_timeout(8000)) / 8


def measured(browser: Browser, script: Path) -> dict[str, float]:
    start = time.perf_counter()
    with serving(script) as (process, port):
        page = opened(browser, port)
        found = {"start to first curve, s": time.perf_counter() - start}
        page.wait_for_timeout(1500)
        page.get_by_role("slider", name="m_mul").last.focus()
        idle = idling(process, page)
        paints = []

        def press() -> None:
            page.evaluate(f"() => {{ window.benchPaint = ({KEY_TO_PAINT})() }}")
            page.keyboard.press("ArrowRight")
            paints.append(page.evaluate("() => window.benchPaint"))
            # Long enough for either page to come to rest.
            page.wait_for_timeout(1000)

        spent = [used(process, press) for _ in range(CHANGES)]
        found["key press to paint, ms"] = statistics.median(paints)
        found["server CPU a change, ms"] = (statistics.mean(spent) - idle) * 1000
        found["server CPU idle, ms/s"] = idle * 1000
        found["server memory, MB"] = memory(process)
        maps = Path(f"/proc/{process.pid}/maps").read_text()
        found["TensorFlow mapped"] = float("tensorflow" in maps)
        page.context.close()
        return found


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE)
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        ours, theirs = [], []
        for _ in range(3):
            theirs.append(measured(browser, bare))
            ours.append(measured(browser, ROOT / "app.py"))
        print(f"{'':28}{'lrviz':>9}{'bare':>9}{'ratio':>8}")
        for name in ours[0]:
            mine, other = (statistics.median(run[name] for run in runs) for runs in (ours, theirs))
            ratio = f"{mine / other:8.2f}" if other else ""
            print(f"{name:28}{mine:9.2f}{other:9.2f}{ratio}")


if __name__ == "__main__":
    main()
