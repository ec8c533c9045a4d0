"""A law that is fitted to the reader's own runs: when it forecasts, and what it admits."""

import re
from dataclasses import replace

import numpy as np
import pytest

from lrviz.examples import EXAMPLES
from lrviz.forecast import ConvexBound, Rates
from lrviz.forecast.fitting import FITS, fitted, trained
from lrviz.scene import Curve
from lrviz.schedules import Constant, CosineDecay
from lrviz.training.events import FitEnded, StepsDone
from lrviz.training.run import Run
from lrviz.training.spec import FitSpec
from lrviz.view import own_law

EXAMPLE = EXAMPLES["Forecast your own model: a stream seen once"]
FLAT, COSINE, WSD, RESTARTS = EXAMPLE.scene.curves
RECIPE = EXAMPLE.recipe
LAW = ConvexBound(1.2, 20.0, 0.07)


def run_of(name, *lines, recipe=RECIPE, noise=0.0):
    """A run whose losses are as the law says, with some noise."""
    run = Run(name, FitSpec(recipe, lines), owner="me", state="done")
    steps = recipe.timeline.steps
    at = np.arange(steps)
    for fit, line in enumerate(lines):
        rates = line.rate(at.astype(float), recipe.timeline)
        losses = LAW.losses(Rates(rates), np.linspace(0, steps - 1, 60).astype(int))
        # Before any rate there is no finite loss.
        losses = np.minimum(losses, 3.0)
        losses = np.interp(at, np.linspace(0, steps - 1, 60), losses)
        losses *= 1 + noise * np.random.default_rng(fit).normal(size=steps)
        run.histories.add(StepsDone(fit, 0, rates.astype("f4"), losses.astype("f4")))
        run.histories.add(FitEnded(fit, seconds=1.0))
    return run


def _rates_and_losses(line):
    (history,) = run_of("a", line).history
    return history.rates.astype(float), history.losses.astype(float)


def _forecasts(*runs, recipe=RECIPE, lines=EXAMPLE.scene.shown, learned=None):
    """The forecasts of a reader who has trained these, and what is said of them."""
    histories = own_law.complete(runs, recipe)
    names = learned or own_law.first_enough(histories)
    chosen = [each for each in histories if each.line.name in names]
    law = own_law.fit_law(chosen)
    drawn = own_law.forecasts(law, histories, chosen, lines, recipe)
    return drawn, " ".join(map(str, own_law.sentences(law, drawn, recipe)))


def test_one_flat_and_one_that_falls_are_enough():
    def enough(*runs):
        return own_law.is_enough(own_law.complete(runs, RECIPE))

    assert not enough()
    assert not enough(run_of("a", COSINE))
    # Two that fall say nothing of what a fall is worth.
    assert not enough(run_of("a", COSINE, WSD))
    assert not enough(run_of("a", FLAT), run_of("b", FLAT))
    assert enough(run_of("a", FLAT), run_of("b", COSINE))


def test_the_first_that_are_enough_are_learned_from():
    histories = own_law.complete([run_of("a", COSINE, WSD), run_of("b", FLAT, RESTARTS)], RECIPE)
    assert own_law.first_enough(histories) == (COSINE.name, WSD.name, FLAT.name)


def test_what_is_not_trained_yet_is_forecast():
    drawn, text = _forecasts(run_of("a", FLAT, COSINE))
    assert "fitted to 2 of your runs" in text
    # The errors are those of an end and of a difference, of runs that were left out.
    runs = [trained(*_rates_and_losses(line)) for line in (FLAT, COSINE)]
    errors = min((fitted(kind, runs).errors for kind in FITS), key=lambda each: each.curve)
    end = f"{float(f'{100 * errors.end:.2g}'):g}"
    assert f"end up to {end} % off; a difference of two ends was off by up to" in text
    assert [each.name for each in drawn if each.fitted] == ["Constant", "CosineDecay"]
    assert all(len(each.measured) for each in drawn if each.fitted)
    (wsd,) = (each for each in drawn if each.name == "WSD")
    assert (len(wsd.losses), len(wsd.measured)) == (len(wsd.steps), 0)
    described = " ".join(map(str, own_law.description(drawn)))
    assert f"WSD: a loss of {wsd.losses[-1]:.4g} at the end is forecast." in described


def test_what_is_trained_later_is_drawn_beside_its_forecast():
    runs = run_of("a", FLAT, COSINE), run_of("b", WSD)
    _, text = _forecasts(*runs)
    assert "fitted to 2 of your runs" in text
    # The runs are the law's own, so there is next to nothing off.
    (off,) = re.findall(r"WSD was forecast to end at.*?: ([\d.]+) %", text)
    assert float(off) < 1
    _, text = _forecasts(*runs, learned=("Constant", "CosineDecay", "WSD"))
    assert "fitted to 3 of your runs" in text


def test_where_the_error_is_wider_than_the_gap_it_says_so():
    twins = (replace(COSINE, label="one", id=4), replace(COSINE, label="two", id=5))
    twins = (twins[0], replace(twins[1], schedule=CosineDecay(0.501, 2048)))
    _, text = _forecasts(run_of("a", FLAT, COSINE, noise=0.2), lines=(FLAT, COSINE, *twins))
    assert "cannot rank them" in text


def test_what_is_learned_by_heart_is_warned_of():
    often = replace(RECIPE, data="digits", epochs=40)
    lines = (Curve(Constant(0.5)), Curve(CosineDecay(0.5, 1800), color=1, id=1))
    _, text = _forecasts(run_of("a", *lines, recipe=often), recipe=often, lines=lines)
    assert "4 to 26 %" in text
    _, text = _forecasts(run_of("a", FLAT, COSINE))
    assert "4 to 26 %" not in text


@pytest.mark.parametrize("change", [{"seed": 3}, {"device": "CPU:0"}, {"units": 32}])
def test_fits_of_another_recipe_count_for_nothing(change):
    """The seed and the device are no matter of the law."""
    fits = own_law.complete([run_of("a", FLAT, recipe=replace(RECIPE, **change))], RECIPE)
    assert bool(fits) is ("units" not in change)


def test_a_fit_that_was_cut_short_counts_for_nothing_and_the_newest_counts():
    short = Run("b", FitSpec(RECIPE, (FLAT,)), state="cancelled")
    short.histories.add(StepsDone(0, 0, np.full(9, 0.5, "f4"), np.ones(9, "f4")))
    assert own_law.complete([short], RECIPE) == []
    older, newer = run_of("a", FLAT, COSINE), run_of("c", FLAT, noise=0.1)
    fits = own_law.complete([older, short, newer], RECIPE)
    assert [each.line.name for each in fits] == ["CosineDecay", "Constant"]
    np.testing.assert_array_equal(fits[1].losses, newer.history[0].losses)
