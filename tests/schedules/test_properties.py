"""What holds for every schedule at any steps."""

from random import Random

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from lrviz.schedules import CosineDecayRestarts
from tests.strategies import schedules, simple

STEPS = st.integers(0, 10**15)
ARRAYS = hnp.arrays(np.int64, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0), elements=STEPS)


@given(schedules(), ARRAYS)
def test_the_result_has_the_shape_of_the_steps(schedule, steps):
    rates = schedule(steps)
    assert np.shape(rates) == steps.shape
    assert rates.dtype == np.float64


@given(schedules(), st.lists(STEPS, min_size=1, max_size=40), st.randoms())
@example(CosineDecayRestarts(0.1, 10, 2.0, 0.9), list(range(3, 60, 5)), Random(1))
def test_order_and_company_do_not_matter(schedule, steps, random):
    together = dict(zip(steps, schedule(steps), strict=True))
    shuffled = random.sample(steps, len(steps))
    np.testing.assert_allclose(
        schedule(shuffled), [together[step] for step in shuffled], rtol=1e-6, atol=1e-9
    )


@given(schedules(), STEPS)
def test_rates_are_never_negative(schedule, step):
    rate = schedule(step)
    assert np.isnan(rate) or rate >= 0


@given(simple(), st.integers(0, 10**9))
def test_a_step_lies_in_its_piece(schedule, step):
    piece = schedule.pieces.index(step)
    if np.isfinite(piece):
        assert schedule.pieces.start(piece) <= step
        assert schedule.pieces.start(piece + 1) > step


@given(schedules(), st.integers(0, 10**6))
def test_knots_and_cycles_are_bounded_and_rise(schedule, last):
    knots, cycles = schedule.knots(last), schedule.cycles(last)
    assert len(knots) <= 1000
    assert list(knots) == sorted(set(knots))
    assert all(0 < knot <= last for knot in knots)
    assert len(cycles) <= 1000
    starts = [cycle.start for cycle in cycles]
    assert starts == sorted(set(starts))
    assert set(starts[1:]) <= set(knots) | {last + 1} or len(knots) == 1000
    assert all(cycle.length > 0 for cycle in cycles)
