"""How far outside of its setting a law is asked: said, or not spoken of at all."""

import pytest

from lrviz.forecast import LAWS
from lrviz.forecast.reach import reach
from lrviz.scene import Curve, Timeline
from lrviz.schedules import (
    WSD,
    CosineDecay,
    CosineDecayRestarts,
    Expression,
    PiecewiseConstantDecay,
)
from tests.forecast.schedules import cosine, exponential, lower

SETTING = LAWS[0].setting
RUN = 24_000


def _reach(schedule, steps=RUN):
    found = reach(Curve(schedule), Timeline(total_steps=steps), SETTING)
    return found.level, [str(each) for each in found.why]


@pytest.mark.parametrize(
    "schedule",
    [cosine(RUN), exponential(RUN, 20_000), lower(8000, 9e-5)],
    ids=["cos", "wsd", "step"],
)
def test_what_the_authors_trained_is_tested(schedule):
    assert _reach(schedule) == ("tested", [])
    assert _reach(schedule, 72_000) == ("tested", [])


@pytest.mark.parametrize(
    ("schedule", "steps", "level", "words"),
    [
        (WSD(6e-4, 2160, 16_000, 5000), RUN, "near", "2 times the 0.0003"),
        (WSD(3e-2, 2160, 16_000, 5000), RUN, "never", "a peak of 0.03"),
        (WSD(3e-4, 2160, 5000, 2000), 10_000, "near", "The run has 10,000 steps"),
        (WSD(3e-4, 2160, 500, 500), 3000, "never", "on a run of 3,000 steps"),
        (WSD(3e-4, 500, 16_000, 5000), RUN, "near", "warms up in 499 steps"),
        (CosineDecay(3e-4, RUN), RUN, "near", "warms up in 0 steps"),
        (
            CosineDecayRestarts(3e-4, 8000),
            RUN,
            "near",
            "rises again: the law was never tested on restarts",
        ),
        (Expression("1e-4 - t / 1e7"), RUN, "never", "at least 0"),
        (Expression("0 * t"), RUN, "never", "at least 0"),
        (CosineDecayRestarts(3e-4, 8000, t_mul=0.5), RUN, "never", "at least 0"),
        (PiecewiseConstantDecay((10,), (3e-4, 2e-4)), RUN, "near", "warms up in 0 steps"),
    ],
)
def test_what_they_did_not_is_said(schedule, steps, level, words):
    found, why = _reach(schedule, steps)
    assert found == level
    assert any(words in each for each in why), why
