"""What a schedule states in our formula language is what its engine says."""

import ast

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lrviz.schedules import SCHEDULES, CosineDecayRestarts, PiecewiseConstantDecay, Simple
from lrviz.schedules.evaluation import compiled, evaluate
from lrviz.schedules.formula import parsed
from tests.export.curves import EVERY
from tests.strategies import simple


def _stated(schedule, step):
    """The rates by the formula as it is stated, with the values as variables."""
    function, names = compiled(schedule.closed())
    values = [np.float64(schedule.variables[name]) for name in names]
    with np.errstate(all="ignore"):
        return np.broadcast_to(function(step.copy(), *values), step.shape)


def _written(schedule, step):
    """The rates by the formula with its values put in, as it is shown and written."""
    whole = parsed(schedule.closed()).with_values(schedule.variables)
    values = {"t": step}
    for name, part in whole.parts:
        values[name] = evaluate(ast.unparse(part), values)
    return np.broadcast_to(evaluate(ast.unparse(whole.rate), values), step.shape)


@pytest.mark.parametrize("schedule", [each for each in EVERY if isinstance(each, Simple)], ids=repr)
def test_its_formula_has_the_engines_values(schedule):
    step = np.arange(160.0)
    np.testing.assert_allclose(_written(schedule, step), schedule(step), rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(_stated(schedule, step), schedule(step), rtol=1e-9, atol=1e-15)


@given(simple(), st.lists(st.integers(0, 10**13), min_size=1, max_size=20))
def test_its_formula_has_the_engines_values_anywhere(schedule, far):
    near = [each for knot in schedule.knots(10**6)[:20] for each in (knot - 1, knot, knot + 1)]
    step = np.unique(np.array([*range(20), *near, *far], float))
    if isinstance(schedule, CosineDecayRestarts):
        # The formula finds a cycle by logarithms, which round; the engine knows where it begins.
        assume(schedule.t_mul == 1 or abs(schedule.t_mul - 1) > 1e-3)
        around = [schedule.pieces.index(np.maximum(step * (1 + k) + s, 0)) for k, s in BESIDE]
        step = step[(around[0] == around[1]) & np.isfinite(around[0])]
    rates = schedule(step)
    for each in (_written(schedule, step), _stated(schedule, step)):
        np.testing.assert_allclose(each, rates, rtol=1e-6, atol=1e-9 * np.abs(schedule(0)))


#: Right before a step, and right behind it.
BESIDE = ((-1e-6, -1), (1e-6, 1))


@pytest.mark.parametrize("t_mul", [0.5, 0.9])
@pytest.mark.parametrize("limit", [None, 2])
def test_what_has_no_rate_has_none_by_the_formula(t_mul, limit):
    schedule = CosineDecayRestarts(0.1, 10, t_mul, cycle_limit=limit)
    step = np.arange(300.0)
    assert np.isnan(schedule(step)).any()
    np.testing.assert_array_equal(np.isnan(_written(schedule, step)), np.isnan(schedule(step)))


@pytest.mark.parametrize("kind", SCHEDULES)
def test_no_part_of_a_formula_has_the_name_of_a_parameter(kind):
    schedule = kind.example(700)
    parts = {name for name, _ in parsed(schedule.closed()).parts}
    assert not parts & {*kind.symbols(), *kind.symbols().values(), "t"}


@pytest.mark.parametrize(
    "kind",
    [each for each in SCHEDULES if each not in (CosineDecayRestarts, PiecewiseConstantDecay)],
)
def test_a_rate_is_evaluated_by_its_formula(kind):
    assert kind._rate is Simple._rate
