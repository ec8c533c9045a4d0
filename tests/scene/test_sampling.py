import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrviz.scene.sampling import sample
from lrviz.schedules import CosineDecay, CosineDecayRestarts, PolynomialDecay, StepDecay
from tests.strategies import schedules


@given(schedules(), st.integers(0, 10**15))
def test_samples_are_whole_rising_steps_of_the_run_and_few(schedule, last):
    steps = sample(schedule, last)
    assert len(steps) <= 1010
    assert (steps == np.rint(steps)).all()
    assert (np.diff(steps) > 0).all()
    assert steps[0] == 0
    assert steps[-1] == last


def test_a_short_run_has_every_step():
    np.testing.assert_array_equal(sample(CosineDecay(0.1, 10), 999), np.arange(1000))


@pytest.mark.parametrize("last", [10**4, 10**6, 10**12])
@pytest.mark.parametrize("first", [1 / 7, 1 / 60])
def test_both_sides_of_every_restart_are_there(first, last):
    schedule = CosineDecayRestarts(0.1, round(last * first), t_mul=1.0)
    knots = np.array(schedule.knots(last))
    assert len(knots) >= round(1 / first) - 1
    steps = sample(schedule, last)
    assert np.isin(knots, steps).all()
    assert np.isin(knots - 1, steps).all()


@pytest.mark.parametrize(
    "schedule",
    [
        CosineDecayRestarts(0.1, 7, t_mul=1.0, m_mul=0.9999),
        CosineDecayRestarts(0.1, 3, t_mul=1.001, m_mul=1.001),
        PolynomialDecay(0.1, 13, 0.001, cycle=True),
        StepDecay(0.1, 0.9999, 3),
    ],
    ids=str,
)
def test_where_restarts_are_denser_than_pixels_the_envelope_is_true(schedule):
    last = 20_000
    every = schedule(np.arange(last + 1))
    steps = sample(schedule, last)
    drawn = schedule(steps)
    for begin in range(0, last, 1000):
        inside = (steps >= begin) & (steps < begin + 1000)
        real = every[begin : begin + 1000]
        assert drawn[inside].max() >= real.max() - 0.01 * every.max()
        assert drawn[inside].min() <= real.min() + 0.01 * every.max()
