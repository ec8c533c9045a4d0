"""A better schedule, found: the paper's, out of a plain one; what is locked stays."""

import numpy as np
import pytest

from lrviz.forecast import LAWS
from lrviz.forecast.improve import improve
from lrviz.scene import Curve, Timeline, fields_of
from lrviz.schedules import WSD, Constant, CosineDecay, Linear, PolynomialDecay, Sequence
from tests.forecast.schedules import PEAK, UP, WARMUP, cosine

RUN = Timeline(total_steps=24_000)
START = WARMUP - 1
FALL = Sequence(
    (UP, Constant(PEAK), PolynomialDecay(PEAK, 4800, 1e-5, 1.0)), (START, RUN.steps - 4800)
)
WARM = ("0.initial_learning_rate", "0.end_learning_rate", "0.decay_steps", "boundaries.0")
#: And the fall begins where the plateau ends.
TIED = (*WARM, "2.initial_learning_rate")


def _loss(curve, law):
    steps = curve.steps(RUN)
    return law.end(steps, curve.rate(steps, RUN))


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_it_finds_what_the_paper_found(law):
    """Luo et al.: flat, then about (1 - u)**1.5 over the last 11 to 13 % of the run."""
    curve = Curve(FALL)
    found = improve(curve, RUN, law, TIED)
    after = found.schedule.boundaries[1]
    assert 0.08 <= 1 - after / RUN.steps <= 0.15
    # A high power over a long fall and a low one over a short fall are nearly the same curve.
    left = (RUN.steps - after) / RUN.steps
    halfway = found.rate(after + (RUN.steps - after) / 2, RUN) / PEAK
    assert left == pytest.approx(0.115, abs=0.035)
    assert halfway == pytest.approx(0.5**1.5, abs=0.12)
    # As good as the paper's shape, which is far below a cosine.
    best = Sequence(
        (UP, Constant(PEAK), PolynomialDecay(PEAK, 2880, 1e-6, 1.5)), (START, RUN.steps - 2880)
    )
    assert _loss(found, law) <= _loss(Curve(best), law) + 5e-4
    assert _loss(found, law) < _loss(Curve(cosine(RUN.steps)), law) - 0.03


def test_what_is_locked_stays_and_the_warm_up_too():
    law = LAWS[1]
    curve = Curve(WSD(PEAK, 2160, 16_000, 5840, "linear", 0.01))
    locked = ("learning_rate", "num_decay_steps")
    found = improve(curve, RUN, law, locked)
    assert [found.schedule.value(path) for path in locked] == [PEAK, 5840]
    steps = np.arange(2160.0)
    assert np.abs(found.rate(steps, RUN) - curve.rate(steps, RUN)).max() <= 0.005 * PEAK
    assert found.rate(np.arange(24_000.0), RUN).max() <= PEAK
    assert _loss(found, law) < _loss(curve, law)
    # From its own result there is next to nothing to gain.
    again = improve(found, RUN, law, locked)
    assert again is None or _loss(again, law) > _loss(found, law) - 1e-3


def test_there_may_be_nothing_to_move_or_to_gain():
    everything = [field.path for field in fields_of(Curve(FALL))]
    assert improve(Curve(FALL), RUN, LAWS[0], everything) is None
    # Above the setting's peak the law was never tested, and nothing is looked for.
    hot = Curve(CosineDecay(0.1, 24_000))
    assert improve(hot, RUN, LAWS[0], [f.path for f in fields_of(hot)][:1]) is None
    flat = Curve(Sequence((Linear(0.0, PEAK, START), Constant(PEAK)), (START,)))
    assert improve(flat, RUN, LAWS[0], WARM) is None
