"""The formulas that are shown, worked out as a reader would, against the engine."""

import random
import re
from itertools import islice

import numpy as np
import pytest

from lrviz.errors import InvalidSchedule
from lrviz.schedules import (
    SCHEDULES,
    WSD,
    Constant,
    CosineDecayRestarts,
    ExponentialDecay,
    Expression,
    Factor,
    FlatCosine,
    Linear,
    OneCycle,
    PiecewiseConstantDecay,
    Power,
    Sequence,
    StepDecay,
)
from lrviz.schedules.typeset import latex_of
from tests.schedules.latex import rates

STEPS = np.arange(120.0)


def _says_what_the_engine_does(schedule):
    formulas, known = schedule.latex(), {}
    if isinstance(schedule, Expression):
        known = {"T": float(schedule.total_steps)}
    # The first is the same with its symbols, but of what is composed.
    if r"\eta_{1}" not in formulas[0]:
        formulas = formulas[-1:]
        if not isinstance(schedule, Expression | PiecewiseConstantDecay):
            symbolic = _filled_in(schedule, schedule.latex()[0])
            _has_the_rates([symbolic], schedule, known)
    _has_the_rates(formulas, schedule, known)


def _has_the_rates(formulas, schedule, known):
    with np.errstate(all="ignore"):
        wanted = schedule(STEPS)
    # Values are shown with six digits.
    np.testing.assert_allclose(rates(formulas, STEPS, **known), wanted, rtol=3e-5, atol=1e-12)


def _filled_in(schedule, formula):
    """A formula with its symbols, with the values in their places: as a reader puts them in."""
    symbols = schedule.symbols()
    values = {symbols[name]: value for name, value in schedule.variables.items()}
    every = "|".join(re.escape(each) for each in sorted(values, key=len, reverse=True))
    return re.sub(
        rf"(?<![A-Za-z\\])({every})(?![A-Za-z_])(?!\(t\))",
        lambda found: f"({latex_of(values[found[1]])})",
        formula,
    )


CORNERS = (
    # No length, and lengths that swallow the others.
    WSD(0.1, 10, 20, 0, "1-sqrt", 0.1),
    WSD(0.1, 0, 20, 30),
    WSD(0.1, 10, 0, 30),
    WSD(0.1, 10, 0, 0, "cosine", 0.5),
    WSD(0.1, 0, 0, 30, "exponential", 0.01),
    WSD(0.1, 0, 0, 0),
    Power(0.1, 10, 100, 150),
    Power(0.1, 10, 100, 100),
    Power(0.1, 10, 100, 20),
    # No rise; a rise that ends on step 0; no fall; neither.
    OneCycle(0.1, 100, 0.0),
    OneCycle(0.1, 100, 0.01),
    OneCycle(0.1, 100, 1.0),
    OneCycle(0.1, 1, 1.0),
    FlatCosine(0.1, 100, 1.0),
    FlatCosine(0.1, 100, 0.0),
    CosineDecayRestarts(0.1, 10, 0.5),
    CosineDecayRestarts(0.1, 10, 0.5, 1.0, 0.1, 2),
    # What a power is taken of is one thing.
    StepDecay(0.1, 3e-5, 40),
    ExponentialDecay(0.1, 50, 1e-5),
    WSD(0.1, 10, 20, 30, "exponential", 1e-5),
    CosineDecayRestarts(0.1, 50, 1.0, 3e-5),
    PiecewiseConstantDecay((0, 7), (0.1, 0.2, 0.3)),
    Sequence((Linear(0.0, 0.1, 10), Constant(0.1), WSD(0.1, 0, 0, 20)), (10, 50)),
    Factor(
        Sequence((Linear(0.0, 0.1, 10), Power(0.1, 10, 50, 90)), (10,)), StepDecay(1.0, 0.5, 30)
    ),
)


@pytest.mark.parametrize("schedule", CORNERS, ids=lambda each: str(each)[:80])
def test_a_formula_holds_at_a_corner(schedule):
    _says_what_the_engine_does(schedule)


def _corners(declared):
    """Schedules of a class with values at the ends of what is legal, and some between them."""
    chance = random.Random(declared.__name__)
    while True:
        drawn = {}
        for field in declared.declared():
            legal = field.parameter
            if field.kind == "bool":
                some = [False, True]
            elif field.kind == "choice":
                some = list(field.choices)
            elif field.whole:
                some = [int(legal.at_least), 1, 7, 40, 200]
            else:
                low = max(legal.at_least, legal.above)
                some = [low, 1e-5, 0.1, 0.5, 1.0, min(legal.at_most, 20.0)]
            if field.optional:
                some.append(None)
            drawn[field.name] = chance.choice(some)
        try:
            yield declared(**drawn)
        except InvalidSchedule:
            continue


@pytest.mark.parametrize(
    "declared", [each for each in SCHEDULES if each not in (PiecewiseConstantDecay, Expression)]
)
def test_each_schedules_formula_holds_wherever_it_is_looked(declared):
    for schedule in islice(_corners(declared), 60):
        _says_what_the_engine_does(schedule)


TYPED = (
    "peak * (1 + cos(pi * min(t / T, 1))) / 2",
    "a ** 2 + t * a - a + a * (t + 1) + 2 ** a + exp(a) ** a",
    "where(t < warm, t / warm, sqrt(warm / max(t, 1))) * 0.1",
    "0.5 * (t < 10 or not 20 <= t < 30) + 0.1",
    "1e-5 ** (t / 50) + 3e-5 ** (t / 50)",
    "(-2) ** 2 * t - -3 - (5 - t)",
    "2 ** -t + 2 ** 3 ** 0.5 + (2 ** 3) ** 0.5 - t ** 2",
    "peak / warm / (t + 1) + peak / (warm / (t + 1)) + 2 * (3 / 4 * t)",
    "where(t < 5, where(t < 3, 1, 2), 3) + 2 * where(t < 9, 1, where(t < 20, 2, 3))",
    "((t < 3) + 1) ** 2 + (not (t < 3 and t > 1)) * 2",
    "sqrt(t) ** 2 + exp(-t) ** 2 + min(t, 3) ** 2 + floor(t / 3) ** 2 + cos(t) * (t + 1)",
)


@pytest.mark.parametrize("text", TYPED)
@pytest.mark.parametrize("value", [0.5, 1e-5, -3.0])
def test_a_typed_formula_is_shown_as_it_is_meant(text, value):
    schedule = Expression(text, 60)
    _says_what_the_engine_does(Expression(text, 60, schedule.names, (value,) * len(schedule.names)))


@pytest.mark.parametrize(
    "formula",
    [
        r"\eta(t) = 10^{-5}^{2}",
        r"\eta(t) = {10^{-5}}^{2}",
        r"\eta(t) = 0.1 \, 0.2",
        r"\eta(t) = 1, \quad \eta(t) = 2",
    ],
)
def test_what_can_be_read_in_two_ways_is_no_formula(formula):
    with pytest.raises(AssertionError):
        rates([formula], STEPS)
