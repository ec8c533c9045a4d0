"""A law that is fitted to the reader's own runs: when it speaks, and what it admits."""

import json
import re
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from lrviz.examples import EXAMPLES
from lrviz.forecast import ConvexBound, Rates
from lrviz.forecast.fitting import FITS, fitted, trained
from lrviz.link import to_query
from lrviz.page import Page
from lrviz.scene import Curve
from lrviz.schedules import Constant, CosineDecay
from lrviz.training.events import FitEnded, StepsDone
from lrviz.training.holder import HOLDER
from lrviz.training.run import Run
from lrviz.training.spec import FitSpec
from tests.app.steps import open_page, ran, texts_in, widget

EXAMPLE = EXAMPLES["Forecast your own model: a stream seen once"]
FLAT, COSINE, WSD, RESTARTS = EXAMPLE.scene.curves
RECIPE = EXAMPLE.recipe
LAW = ConvexBound(1.2, 20.0, 0.07)


def _run(name, *lines, recipe=RECIPE, noise=0.0, law=LAW):
    """A run whose losses are as the law says, with some noise."""
    run = Run(name, FitSpec(recipe, lines), owner="me", state="done")
    steps = recipe.timeline.steps
    at = np.arange(steps)
    for fit, line in enumerate(lines):
        rates = line.rate(at.astype(float), recipe.timeline)
        losses = law.losses(Rates(rates), np.linspace(0, steps - 1, 60).astype(int))
        # Before any rate there is no finite loss.
        losses = np.minimum(losses, 3.0)
        losses = np.interp(at, np.linspace(0, steps - 1, 60), losses)
        losses *= 1 + noise * np.random.default_rng(fit).normal(size=steps)
        run.histories.add(StepsDone(fit, 0, rates.astype("f4"), losses.astype("f4")))
        run.histories.add(FitEnded(fit, seconds=1.0))
    return run


def _went(line):
    """The rates and the losses of such a run."""
    (history,) = _run("a", line).history
    return history.rates.astype(float), history.losses.astype(float)


@pytest.fixture
def opened(monkeypatch):
    """Opens the Train tab of a reader who has trained these."""

    def open_(*runs, recipe=RECIPE, curves=EXAMPLE.scene.curves):
        trainer = SimpleNamespace(
            runs=lambda owner: list(runs),
            find=lambda name: next((run for run in runs if run.id == name), None),
            full=lambda owner: None,
            flaw=None,
            ahead=lambda run: 0,
            devices=["CPU:0"],
        )
        monkeypatch.setattr(HOLDER, "trainer", trainer)
        monkeypatch.setattr(HOLDER, "_begun", True)
        scene = replace(EXAMPLE.scene, lines=curves, selected=0)
        return open_page(to_query(Page(scene, tab="train", recipe=recipe)))

    return open_


def test_without_runs_nothing_is_said_and_with_one_what_is_needed(opened):
    assert not _speaks(opened())
    app = opened(_run("a", COSINE))
    assert _speaks(app)
    assert "one flat and one that decays" in texts_in(app)
    # Two that fall say nothing of what a fall is worth.
    assert "one flat and one that decays" in texts_in(opened(_run("a", COSINE, WSD)))


def test_what_is_not_trained_yet_is_forecast(opened):
    app = opened(_run("a", FLAT, COSINE))
    told = texts_in(app)
    assert "fitted to 2 of your runs" in told
    # The errors are those of an end and of a difference, of runs that were left out.
    runs = [trained(*_went(line)) for line in (FLAT, COSINE)]
    errors = min((fitted(kind, runs).errors for kind in FITS), key=lambda each: each.curve)
    end = f"{float(f'{100 * errors.end:.2g}'):g}"
    assert f"end up to {end} % off; a difference of two ends was off by up to" in told.replace(
        "\\", ""
    )
    figure = next(each for each in _figures(app) if "forecast" in each["layout"]["uirevision"])
    names = [trace["name"] for trace in figure["data"]]
    assert "Constant, fitted" in names
    assert "Constant, measured" in names
    assert "WSD, forecast" in names
    assert "WSD, measured" not in names


def test_what_is_trained_later_is_drawn_beside_its_forecast(opened):
    first = _run("a", FLAT, COSINE)
    app = opened(first, _run("b", WSD))
    told = texts_in(app)
    assert "fitted to 2 of your runs" in told
    assert "WSD was forecast to end at" in told
    # The runs are the law's own, so there is next to nothing off.
    (off,) = re.findall(r"WSD was forecast.*?: ([\d.]+) %", told.replace("\\", ""))
    assert float(off) < 1
    pills = widget(app.button_group, "law-of")
    ran(pills.set_value(["Constant", "CosineDecay", "WSD"]).run())
    assert "fitted to 3 of your runs" in texts_in(app)
    ran(pills.set_value(["WSD"]).run())
    assert "Choose two or more" in texts_in(app)


def test_where_the_error_is_wider_than_the_gap_it_says_so(opened):
    twins = (
        replace(COSINE, label="one", color=4, id=4),
        replace(COSINE, label="two", color=5, id=5),
    )
    twins = (twins[0], replace(twins[1], schedule=CosineDecay(0.501, 2048)))
    app = opened(_run("a", FLAT, COSINE, noise=0.2), curves=(FLAT, COSINE, *twins))
    assert "cannot rank them" in texts_in(app)


def test_what_is_learned_by_heart_is_warned_of(opened):
    often = replace(RECIPE, data="digits", epochs=40)
    lines = (Curve(Constant(0.5)), Curve(CosineDecay(0.5, 1800), color=1, id=1))
    app = opened(_run("a", *lines, recipe=often), recipe=often, curves=lines)
    assert "4 to 26 %" in texts_in(app)
    assert "4 to 26 %" not in texts_in(opened(_run("a", FLAT, COSINE)))


def test_fits_of_another_recipe_or_cut_short_count_for_nothing(opened):
    other = replace(RECIPE, units=32)
    assert "Forecast" not in [
        each.value for each in opened(_run("a", FLAT, recipe=other)).subheader
    ]
    short = Run("b", FitSpec(RECIPE, (FLAT,)), owner="me", state="cancelled")
    short.histories.add(StepsDone(0, 0, np.full(9, 0.5, "f4"), np.ones(9, "f4")))
    assert not _speaks(opened(short))
    # The seed and the device are no matter of the law.
    seeded = _run("a", FLAT, COSINE, recipe=replace(RECIPE, seed=3, device="CPU:0"))
    assert "fitted to 2" in texts_in(opened(seeded))


def _speaks(app):
    return "Forecast" in [each.value for each in app.subheader]


def _figures(app):
    told = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    return [json.loads(each["figure"]) for each in told if "figure" in each]
