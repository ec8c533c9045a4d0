"""The multi-power law: as its double sum says, as real runs went, and where it says nothing."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrviz.forecast import LAWS, forecast
from lrviz.schedules import CosineDecay, CosineDecayRestarts, PiecewiseConstantDecay
from tests.forecast.exact import exact
from tests.forecast.schedules import PEAK, constant, cosine, exponential, linear, lower

#: The law is to be as its double sum, but for so much.
TRUE = 5e-4
LONG = 72_000
#: After the warm-up, and at all of the places where something happens.
AT = np.unique(
    np.concatenate(
        [
            np.linspace(2, LONG - 1, 150).astype(int),
            *(at + np.array([-1, 0, 1, 3, 10, 40]) for at in (2159, 8000, 36_000, 60_000, 71_000)),
        ]
    )
)
RUNS = {
    "constant": constant(LONG),
    "cosine": cosine(LONG),
    "cosine to 0": CosineDecay(PEAK, LONG - 1),
    "wsd": exponential(LONG, 68_000),
    "linear to 0": linear(LONG, 60_000),
    "in a step": lower(8000, 9e-5),
    "at 0 for a while": PiecewiseConstantDecay((20_000, 30_000, 60_000), (PEAK, 0.0, PEAK, 0.0)),
    "restarts": CosineDecayRestarts(PEAK, 12_000, t_mul=1.0),
    "longer and lower": CosineDecayRestarts(PEAK, 4000, t_mul=2.0, m_mul=0.8),
    "60 restarts": CosineDecayRestarts(PEAK, 1200, t_mul=1.0),
    "ten times as high": CosineDecay(10 * PEAK, LONG, 0.1),
}


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
@pytest.mark.parametrize("schedule", RUNS.values(), ids=RUNS.keys())
def test_it_is_the_double_sum(law, schedule):
    rates = schedule(np.arange(float(LONG)))
    wanted = exact(law, rates, AT)
    assert forecast(schedule, LONG, law, AT) == pytest.approx(wanted, rel=TRUE)
    every = forecast(schedule, LONG, law)
    assert every.shape == (LONG,)
    assert every[AT] == pytest.approx(wanted, rel=TRUE)


RATE = st.sampled_from([0.0, 1e-7, 1e-5, 1e-4, 3e-4, 1e-3])


@given(st.lists(RATE, min_size=2, max_size=300), st.sampled_from(LAWS))
def test_any_rates(rates, law):
    """Each step by itself: nothing is between two steps of a short run."""
    rates = np.array(rates)
    at = np.arange(len(rates))
    found = forecast(lambda step: rates[step.astype(int)], len(rates), law)
    assert found == pytest.approx(exact(law, rates, at), rel=TRUE)


def _real():
    """The authors' loss curves, thinned: by model and schedule, steps and losses."""
    with (Path(__file__).parent / "curves.csv").open() as file:
        rows = list(csv.DictReader(file))
    names = sorted({(row["model"], row["schedule"]) for row in rows})
    for model, schedule in names:
        own = [row for row in rows if (row["model"], row["schedule"]) == (model, schedule)]
        at = np.array([int(row["step"]) for row in own])
        losses = np.array([float(row["loss"]) for row in own])
        yield pytest.param(model, schedule, at, losses, id=f"{model} {schedule}")


TRAINED = {
    "constant": constant(24_000),
    "cosine": cosine(24_000),
    "wsd_20000": exponential(24_000, 20_000),
}


@pytest.mark.parametrize(("model", "schedule", "at", "losses"), [*_real()])
def test_it_says_how_real_runs_went(model, schedule, at, losses):
    (law,) = [each for each in LAWS if each.name.endswith(model)]
    found = forecast(TRAINED[schedule], 24_000, law, at)
    # Thinner than the measured curves, so a little more may be left.
    assert np.mean(np.abs(found / losses - 1)) <= 2.7e-3


def test_of_the_papers_schedules_the_one_that_decays_best_is_best():
    """WSD ends below the cosine, and both far below a constant rate (Luo et al., figure 1)."""
    for law in LAWS:
        ends = [float(forecast(each, 24_000, law, 23_999)) for each in TRAINED.values()]
        flat, cosine_end, wsd = ends
        assert wsd < cosine_end < flat


def test_of_a_rate_of_0_nothing_is_learned():
    law = LAWS[0]
    assert np.isinf(forecast(lambda step: 0 * step, 10, law)).all()
    late = forecast(lambda step: np.where(step < 5000, 3e-4, 0.0), 10_000, law, [4999, 5020, 9999])
    # There is no more way to go: the loss stays where it was.
    assert late[0] == pytest.approx(late[1], rel=1e-3)
    assert late[1] == late[2]


def test_what_is_no_rate_has_no_loss():
    law = LAWS[0]
    cut = np.array([3e-4] * 50 + [np.nan] + [3e-4] * 49)
    found = forecast(lambda step: cut[step.astype(int)], 100, law)
    assert np.isfinite(found[:50]).all()
    assert np.isnan(found[50:]).all()
    below = forecast(lambda step: -1e-4 + 0 * step, 10, law, [[0, 9]])
    assert below.shape == (1, 2)
    assert np.isnan(below).all()
    assert np.isnan(forecast(lambda step: np.inf + 0 * step, 5, law, 4))


@pytest.mark.parametrize(("steps", "at"), [(0, None), (10, [10]), (10, [-1]), (10**9, [0])])
def test_what_is_not_in_the_run_is_refused(steps, at):
    with pytest.raises(ValueError, match="must be"):
        forecast(CosineDecay(3e-4, 100), steps, LAWS[0], at)


def test_a_law_is_known_by_what_it_was_fitted_to():
    for law in LAWS:
        assert (law.setting.peak, law.setting.warmup) == (3e-4, 2160)
        assert 0 < law.errors.curve < 0.0025
        assert "2503.12811" in law.source
