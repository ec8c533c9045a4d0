"""Laws fitted to runs: what made the runs is found again, and what was left out tells the error."""

import math
from itertools import pairwise

import numpy as np
import pytest

from lrviz.forecast import ConvexBound, MomentumLaw, Rates, forecast
from lrviz.forecast.bound import terms
from lrviz.forecast.fitting import FITS, Trained, fitted, trained
from lrviz.forecast.momentum import annealed
from lrviz.forecast.ranking import rank
from lrviz.schedules import CosineDecay, CosineDecayRestarts, InverseSqrt
from tests.forecast.test_multi_power import TRAINED
from tests.forecast.test_multi_power import _real as real_curves

STEPS = 3000
STEP = np.arange(float(STEPS))
RATES = {
    "flat": np.full(STEPS, 0.1),
    "cosine": CosineDecay(0.1, STEPS)(STEP),
    "restarts": CosineDecayRestarts(0.1, 500)(STEP),
    "inverse": InverseSqrt(0.1, 300)(STEP),
}
LAWS = {
    "momentum": MomentumLaw(L0=0.5, A=0.8, alpha=0.4, C=0.02),
    "bound": ConvexBound(offset=0.3, D2=4.0, G2=0.05),
}


def _runs(law, names):
    """Runs as the law says that they go."""
    at = np.arange(100, STEPS, 50)
    return [Trained(Rates(RATES[name]), at, law.losses(Rates(RATES[name]), at)) for name in names]


@pytest.mark.parametrize("kind", LAWS)
def test_what_made_the_runs_is_found_again(kind):
    law, at = LAWS[kind], np.array([500, 1500, 2999])
    made = fitted(kind, _runs(law, ("flat", "cosine", "restarts")))
    assert max(made.errors.curve, made.errors.end, made.errors.gap) < 1e-3
    unseen = Rates(RATES["inverse"])
    assert made.losses(unseen, at) == pytest.approx(law.losses(unseen, at), rel=2e-3)


@pytest.mark.parametrize("kind", LAWS)
def test_a_run_alone_tells_nothing_of_the_error(kind):
    errors = fitted(kind, _runs(LAWS[kind], ("cosine",))).errors
    assert math.isnan(errors.curve)
    assert math.isnan(errors.end)
    assert math.isnan(errors.gap)


@pytest.mark.parametrize("kind", LAWS)
def test_the_error_is_that_of_runs_left_out(kind):
    """What does not follow the law is off, though it lies on what was fitted to it alone."""
    follows = _runs(LAWS[kind], ("flat", "cosine", "restarts"))
    last = follows[-1]
    odd = Trained(last.rates, last.at, last.losses * 1.3)
    fit = FITS[kind]
    wanted, off = [], []
    for runs in ([follows[1], odd], [follows[0], odd], follows[:2]):
        (left,) = [each for each in (*follows[:2], odd) if each not in runs]
        late = slice(len(left.at) // 2, None)
        said = fit(runs).losses(left.rates, left.at[late])
        wanted.append(np.mean(np.abs(said / left.losses[late] - 1)))
        off.append((said[-1] - left.losses[-1], left.losses[-1]))
    found = fitted(kind, [*follows[:2], odd]).errors
    assert found.curve == pytest.approx(np.mean(wanted))
    assert found.curve > 0.05
    # Of the end, and of the difference of two ends, the largest.
    assert found.end == pytest.approx(max(abs(each) / loss for each, loss in off))
    (one, _), (two, _), (three, _) = off
    assert found.gap == pytest.approx(max(abs(one - two), abs(one - three), abs(two - three)))


@pytest.mark.parametrize("model", ["100M", "400M"])
def test_from_constant_and_cosine_alone_it_says_how_wsd_went(model):
    """Measured by us on the published curves: .18 % (25M) and .23 % (400M)."""
    runs = {}
    for each in real_curves():
        name, schedule, at, losses = each.values
        if name == model:
            rates = Rates(TRAINED[schedule](np.arange(24_000.0)))
            runs[schedule] = Trained(rates, at, losses)
    law = fitted("momentum", [runs["constant"], runs["cosine"]])
    left = runs["wsd_20000"]
    said = law.losses(left.rates, left.at)
    assert np.mean(np.abs(said / left.losses - 1)) <= 4e-3
    # As far off as was told, or less: the end, and how far it is below the cosine's.
    assert abs(said[-1] / left.losses[-1] - 1) <= law.errors.end
    cosine = runs["cosine"]
    told = law.losses(cosine.rates, cosine.at)[-1] - said[-1]
    assert abs(told - (cosine.losses[-1] - left.losses[-1])) <= law.errors.gap


def test_the_momentum_is_the_papers():
    rates = CosineDecayRestarts(0.1, 300)(np.arange(1300.0))
    momentum, summed, wanted = 0.0, 0.0, [0.0]
    for before, now in pairwise(rates):
        momentum = 0.999 * momentum + (before - now)
        summed += momentum
        wanted.append(summed)
    assert annealed(Rates(rates)) == pytest.approx(wanted)


def test_the_bound_is_the_papers():
    rates = np.concatenate([CosineDecay(0.1, 80)(np.arange(80.0)), np.zeros(10)])
    at = np.array([[0, 1], [40, 89]])
    wanted = np.array([_bound(rates[: last + 1]) for last in at.ravel()])
    for found, column in zip(terms(Rates(rates), at), wanted.T, strict=True):
        assert found == pytest.approx(column.reshape(at.shape))


def _bound(rates):
    """Both terms, as they are written; what is divided by 0 is left out."""
    whole, squares = rates.sum(), (rates**2).sum()
    found = squares / (2 * whole)
    for k in range(len(rates) - 1):
        if rates[k + 1 :].sum() > 0:
            found += (
                rates[k] / rates[k + 1 :].sum() * (rates[k:] ** 2).sum() / rates[k:].sum()
            ) / 2
    return 1 / (2 * whole), found


def test_before_any_rate_there_is_no_bound():
    losses = forecast(lambda step: 0 * step, 5, LAWS["bound"])
    assert np.isinf(losses).all()


def test_a_runs_losses_are_averaged():
    run = trained(np.full(1000, 0.1, np.float32), np.arange(1000, dtype=np.float32))
    # The first twentieth is left out; each mean is at its stretch's middle.
    assert run.at[0] >= 50
    assert len(run.at) == 24
    assert run.losses == pytest.approx(run.at, abs=1)
    assert len(trained(np.ones(3), np.ones(3)).at) == 3


def test_what_the_law_cannot_tell_is_not_ranked():
    found = rank({"a": 2.0, "b": 2.1, "c": math.nan}, error=0.02)
    assert (found.best, found.second) == ("a", "b")
    assert (found.gap, found.band) == pytest.approx((0.1, 0.02))
    assert found.conclusive
    assert not rank({"a": 2.0, "b": 2.1}, error=0.11).conclusive
    assert not rank({"a": 2.0, "b": 2.1}, error=math.nan).conclusive
    assert rank({"a": 2.0}, error=0.01) is None
