"""Schedules are put together, and taken apart again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrviz.scene.phases import (
    dropped,
    inserted,
    lengths,
    moved,
    removed,
    scaled,
    simple_path,
    stretch,
    toggled,
    warmed_up,
)
from lrviz.schedules import (
    SCHEDULES,
    WSD,
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    Factor,
    Linear,
    Sequence,
    StepDecay,
)

RUN = 1000
RESTARTS = CosineDecayRestarts(0.1, 100)


def test_a_warm_up_before_a_schedule():
    warm = warmed_up(CosineDecay(0.1, RUN), RUN)
    # What lasted as long as the run still ends with it.
    assert warm == Sequence((Linear(0.0, 0.1, 50), CosineDecay(0.1, 950)), (50,), fitted=(0,))
    again = warmed_up(Sequence((Constant(0.2), RESTARTS), (300,)), RUN)
    assert [type(each) for each in again.schedules] == [Linear, Constant, CosineDecayRestarts]
    assert again.boundaries == (50, 350)
    assert again(50) == 0.2


def test_a_phase_behind_another_takes_a_fifth_of_it():
    made = inserted(RESTARTS, 0, Linear, RUN)
    assert (made.boundaries, made.tied) == ((800,), (1,))
    assert made.schedules[1].decay_steps == 200
    assert made(800) == pytest.approx(float(RESTARTS(800)))
    # Where it cannot begin so high, or at nothing, it begins as it would.
    assert inserted(Factor(Constant(1e6), Constant(2.0)), 0, Linear, RUN).tied == ()
    assert inserted(CosineDecay(0.1, RUN), 0, StepDecay, RUN).tied == ()
    more = inserted(made, 0, WSD, RUN)
    assert (more.boundaries, more.tied) == ((640, 800), (2,))
    assert lengths(more, RUN) == [640, 160, 200]
    # A run that is over before the last phase begins leaves it one step.
    assert lengths(more, 10) == [640, 160, 1]


def test_a_phase_is_taken_out():
    made = Sequence((Linear(0.0, 0.1, 50), RESTARTS, Linear(0.1, 0.0, 200)), (50, 800), (2,), (0,))
    assert removed(made, 1, RUN) == Sequence(
        (Linear(0.0, 0.1, 800), Linear(0.1, 0.0, 200)), (800,), (1,), (0,)
    )
    first = removed(made, 0, RUN)
    assert (first.boundaries, first.tied) == ((800,), (1,))
    assert removed(first, 1, RUN) == RESTARTS
    assert removed(removed(made, 1, RUN), 1, RUN) == Linear(0.0, 0.1, RUN)


def test_a_phase_is_moved_and_keeps_its_length():
    made = Sequence((Linear(0.0, 0.1, 50), RESTARTS, Constant(0.3)), (50, 800), (1,))
    turned = moved(made, 1, -1, RUN)
    assert [type(each) for each in turned.schedules] == [CosineDecayRestarts, Linear, Constant]
    assert (turned.boundaries, turned.tied) == ((750, 800), ())
    assert moved(made, 0, -1, RUN) is made
    assert moved(made, 2, 1, RUN) is made


def test_what_follows_its_place():
    made = Sequence((Linear(0.0, 0.1, 30), Linear(0.5, 0.0, 200)), (50,))
    tied = toggled(made, "tied", 1)
    assert tied.schedules[1].initial_learning_rate == 0.1
    assert toggled(tied, "tied", 1).tied == ()
    fitted = toggled(made, "fitted", 0)
    assert fitted.schedules[0].decay_steps == 50
    # A boundary that moves takes the length with it.
    assert fitted.with_values({"boundaries.0": 70}).schedules[0].decay_steps == 70
    paths = [each.path for each in fitted.fields()]
    assert "0.decay_steps" not in paths
    assert "0.decay_steps" not in [each.path for each in fitted.handles]


def test_factors():
    made = scaled(CosineDecay(0.1, RUN))
    assert made == Factor(CosineDecay(0.1, RUN), Constant(1.0))
    assert dropped(made, "factor", RUN) == made.base
    assert dropped(made, "base", RUN) == Constant(1.0)
    inner = Factor(Sequence((Constant(0.1), RESTARTS), (200,)), Constant(2.0))
    assert dropped(inner, "base.0", RUN) == Factor(RESTARTS, Constant(2.0))
    assert stretch(inner, "base.1", RUN) == 800


def test_the_part_that_is_looked_at():
    nested = Sequence((Factor(RESTARTS, Constant(2.0)), Constant(0.1)), (200,))
    assert simple_path(RESTARTS, "7.x") == ""
    assert simple_path(nested, "") == "0.base"
    assert simple_path(nested, "0.factor") == "0.factor"
    assert simple_path(nested, "1.x") == "1"
    assert simple_path(nested, "9") == "0.base"


@given(st.sampled_from(SCHEDULES), st.sampled_from(SCHEDULES), st.integers(20, 10**6))
def test_any_two_can_be_put_together(one, other, run):
    made = warmed_up(inserted(one.example(run), 0, other, run), run)
    assert len(made.schedules) == 3
    steps = np.array([0, *made.boundaries, run - 1])
    assert np.isfinite(made(steps)).all()
    assert removed(removed(made, 0, run), 1, run) is not None
