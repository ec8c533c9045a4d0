"""What training costs, as ratios of one run: ``python -m tests.bench.training``. Linux only."""

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import replace

import psutil
from playwright.sync_api import Browser, sync_playwright

import lrviz.page
from lrviz.examples import EXAMPLES
from lrviz.link import to_text
from lrviz.scene import Curve
from lrviz.schedules import CosineDecayRestarts
from lrviz.training.events import StepsDone
from lrviz.training.service import Trainer
from lrviz.training.spec import FitSpec, Recipe
from tests.browser.steps import until
from tests.conftest import FLAGS, find_browser
from tests.server import ROOT, serving

# From the click to the first step of the new run that is drawn, and how often it is drawn anew.
WATCH = """
() => {
    const seen = { first: 0, draws: 0 };
    const graph = document.querySelector('.lrviz-chart');
    const logged = () => {
        const all = graph._fullData ?? [];
        return all.find((each) => String(each.uid).endsWith('-applied'))?.x?.length ?? 0;
    };
    const before = logged();
    let start = 0;
    addEventListener('click', () => { start ||= performance.now(); }, true);
    new MutationObserver(() => { seen.draws += 1; }).observe(
        graph, { attributes: true, attributeFilter: ['data-revision'] });
    const look = () => {
        const now = logged();
        if (start && now && now !== before && !seen.first) seen.first = performance.now() - start;
        if (!seen.first) requestAnimationFrame(look);
    };
    look();
    return seen;
}
"""
RECIPE = Recipe(epochs=20)
SOURCE = Curve(CosineDecayRestarts(1.0, 225, t_mul=1.0))

# In a process of its own: TensorFlow stays out of this one.
LOGGING = """
import importlib, json, os, statistics, time
import keras
from lrviz.training.script import built
from lrviz.training.turns import Turns
from tests.bench.training import RECIPE, SOURCE

fits = importlib.import_module("lrviz.training.worker")
fits.dask_setup(None)
arrays = fits._arrays(RECIPE.data, RECIPE.share_redrawn)


def plain():
    keras.utils.set_random_seed(0)
    names = {"keras": keras}
    exec(built(SOURCE, RECIPE), names)
    names["model"].fit(*arrays[:2], batch_size=32, epochs=20, validation_data=arrays[2:], verbose=0)


def logged():
    fits._fit(0, SOURCE, fits.Around(RECIPE, arrays, lambda events: None, bool, Turns([0])))


used = {plain: [], logged: []}
for turn in range(6):
    for fit, times in used.items():
        keras.backend.clear_session()
        before = time.process_time()
        fit()
        if turn:
            times.append(time.process_time() - before)
print(json.dumps([statistics.median(times) for times in used.values()]))
"""


def logging_costs() -> float:
    """Prints the ratio; returns the CPU seconds of the plain fit."""
    command = [sys.executable, "-c", LOGGING]
    found = subprocess.run(command, check=True, capture_output=True, text=True, cwd=os.getcwd())
    plain, logged = json.loads(found.stdout.splitlines()[-1])
    print(f"CPU of a fit that logs every step, to one that does not: {logged / plain:.3f}")
    return plain


def cpu(processes: list[psutil.Process]) -> float:
    """The CPU seconds that these have used."""
    return sum(sum(each.cpu_times()[:2]) for each in processes)


def streaming_costs(trainer: Trainer, plain: float) -> None:
    """Worker, server and scheduler together."""
    processes = [psutil.Process(), *psutil.Process().children(recursive=True)]
    ratios = []
    for _ in range(5):
        before = cpu(processes)
        run = trainer.submit(FitSpec(RECIPE, (SOURCE,)))
        run.wait()
        ratios.append((cpu(processes) - before) / plain)
    print(f"  streamed to the server, all processes together: {sorted(ratios)[2]:.3f}")


def click_to_first_step(trainer: Trainer) -> None:
    waits, rates = [], []
    for _ in range(5):
        begun = time.perf_counter()
        run = trainer.submit(FitSpec(RECIPE, (SOURCE,)))
        arrived = []
        for event in run.events():
            if isinstance(event, StepsDone):
                arrived.append(time.perf_counter() - begun)
        waits.append(arrived[0])
        rates.append((len(arrived) - 1) / (arrived[-1] - arrived[0]))
    print(f"submit to first logged step: median {sorted(waits)[2]:.2f} s, worst {max(waits):.2f} s")
    print(f"events with steps: {sorted(rates)[2]:.1f} a second")


def on_the_page(browser: Browser, address: str) -> None:
    """What a reader waits for, with a worker and a browser that have trained before."""
    scene = EXAMPLES["Restarts to train with: digits, some labels wrong"].scene
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{address}?{to_text(lrviz.page.Page(scene, tab='train'))}")
    train = page.get_by_role("button", name="Train", exact=True)
    train.wait_for(timeout=120_000)
    waits, redraws = [], []
    for turn in range(5):
        page.evaluate(f"() => {{ window.benchSeen = ({WATCH})() }}")
        train.click()
        until(page, "() => window.benchSeen.first", seconds=60)
        page.evaluate("window.benchSeen.draws = 0")
        page.wait_for_timeout(4000)
        seen = page.evaluate("window.benchSeen")
        if turn:
            waits.append(seen["first"] / 1000)
            redraws.append(seen["draws"] / 4)
        page.get_by_role("button", name="Cancel").click()
        page.wait_for_timeout(1500)
    print(f"click to first step on the page: {statistics.median(waits):.2f} s, ", end="")
    print(
        f"worst {max(waits):.2f} s; chart redrawn {statistics.median(redraws):.1f} times a second"
    )
    page.context.close()


def cancelling(trainer: Trainer) -> None:
    waits = []
    for _ in range(5):
        run = trainer.submit(FitSpec(replace(RECIPE, epochs=500), (SOURCE,)))
        next(run.events())
        begun = time.perf_counter()
        run.cancel()
        run.wait(10)
        waits.append(time.perf_counter() - begun)
    print(f"cancelled after {max(waits):.2f} s at the most")


def fifty_fits(trainer: Trainer) -> None:
    spec = FitSpec(Recipe(data="moons", epochs=2, units=16), (SOURCE,))
    (worker,) = trainer._cluster.client.run(os.getpid).values()
    sizes = []
    for _ in range(50):
        trainer.submit(spec).wait()
        sizes.append(psutil.Process(worker).memory_info().rss / 2**20)
    print(
        f"the worker after fits 1, 10, 25, 50: {sizes[0]:.0f}, {sizes[9]:.0f}, {sizes[24]:.0f}, "
        f"{sizes[49]:.0f} MB; 50th to 10th: {sizes[49] / sizes[9]:.2f}"
    )


def race() -> None:
    """Three curves of one run on two workers, and one after another."""
    rates = (0.3, 0.6, 1.0)
    spec = FitSpec(RECIPE, tuple(Curve(CosineDecayRestarts(rate, 225)) for rate in rates))
    together, apart = [], []
    with Trainer(workers=2) as trainer:
        for turn in range(4):
            begun = time.perf_counter()
            trainer.submit(spec).wait()
            middle = time.perf_counter()
            for line in spec.lines:
                trainer.submit(FitSpec(RECIPE, (line,))).wait()
            if turn:
                together.append(middle - begun)
                apart.append(time.perf_counter() - middle)
    ratio = statistics.median(together) / statistics.median(apart)
    print(f"three curves on two workers, to one after another: {ratio:.2f}")


def main() -> None:
    race()
    with serving(ROOT / "app.py") as (_, port), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        on_the_page(browser, f"http://127.0.0.1:{port}/")
    plain = logging_costs()
    with Trainer(workers=1) as trainer:
        streaming_costs(trainer, plain)
        click_to_first_step(trainer)
        cancelling(trainer)
        fifty_fits(trainer)


if __name__ == "__main__":
    main()
