"""Sequences, factors and formulas, worked out by hand."""

import dataclasses
import math

import numpy as np
import pytest

from lrviz.errors import InvalidSchedule
from lrviz.schedules import (
    WSD,
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    Cyclic,
    ExponentialDecay,
    Expression,
    Factor,
    InverseSqrt,
    Linear,
    OneCycle,
    PiecewiseConstantDecay,
    PolynomialDecay,
    Power,
    Sequence,
    StepDecay,
)

WARM = Linear(0.0, 0.1, 10)
THREE = Sequence((WARM, CosineDecayRestarts(0.1, 20, 2.0), Linear(0.1, 0.0, 10)), (10, 70), (2,))


def test_each_phase_counts_from_0():
    steps = np.array([0, 5, 10, 20, 30, 50, 70, 75, 80, 99])
    ended = 0.1  # Step 70 would be the third cycle's first; the second ends one step before.
    ended = float(CosineDecayRestarts(0.1, 20, 2.0)(59))
    np.testing.assert_allclose(
        THREE(steps), [0, 0.05, 0.1, 0.05, 0.1, 0.05, ended, ended / 2, 0, 0], atol=1e-15
    )
    # In any order, any shape, and one by one.
    np.testing.assert_array_equal(THREE(steps[::-1]), THREE(steps)[::-1])
    np.testing.assert_array_equal(THREE(steps.reshape(2, 5)), THREE(steps).reshape(2, 5))
    assert [THREE(step) for step in steps] == THREE(steps).tolist()


def test_a_boundary_at_0_and_phases_without_a_step():
    schedule = Sequence((Constant(0.3), Constant(0.2), WARM), (0, 0))
    assert schedule(0) == 0.0
    assert schedule(5) == 0.05
    tied = Sequence((Constant(0.3), Linear(0.1, 0.0, 10), Linear(0.1, 0.0, 10)), (5, 5), (1, 2))
    np.testing.assert_allclose(tied([4, 5, 10]), [0.3, 0.3, 0.15])
    assert tied.jump(np.arange(4.0, 7)).tolist() == [False, False]
    other = Sequence((Constant(0.3), Constant(0.9), Constant(0.1)), (5, 5))
    assert other.jump(np.array([4.0, 5.0])).tolist() == [True]


def test_a_phase_without_a_step_makes_no_jump_and_no_restart():
    schedule = Sequence((Linear(0.1, 0.2, 5), Linear(0.9, 0.0, 5), Linear(0.2, 0.0, 5)), (5, 5))
    assert not schedule.jumps
    assert schedule.restarts(9) == ()
    assert "jumps" not in _remarks(schedule)
    assert not schedule.jump(np.arange(10.0)).any()
    down = Sequence((Constant(0.9), WARM, Constant(0.1)), (0, 5))
    assert down.restarts(9) == (5,)


def test_what_follows_its_place_is_set_once():
    given = [Linear(0.0, 0.1, 99), CosineDecay(0.7, 99), CosineDecay(0.7, 99)]
    schedule = Sequence(given, (10, 30), (1, 1), (1, 0, 2))
    assert (schedule.tied, schedule.fitted) == ((1,), (0, 1, 2))
    up, down, last = schedule.schedules
    assert (up, down) == (Linear(0.0, 0.1, 10), CosineDecay(0.1, 20))
    # The last one has no length of its own place.
    assert last == given[2] == CosineDecay(0.7, 99)
    assert Sequence(schedule.schedules, (10, 30), (1,), (0, 1, 2)) == schedule
    # A change of what comes before goes on; what no longer follows keeps its value.
    changed = schedule.with_values({"0.end_learning_rate": 0.5, "boundaries.1": 40})
    assert changed.schedules[1] == CosineDecay(0.5, 30)
    loose = dataclasses.replace(changed, tied=(), fitted=())
    assert loose.schedules == changed.schedules


def test_knots_restarts_and_cycles_add_up():
    assert THREE.knots(99) == (10, 30, 70, 80)
    assert THREE.restarts(99) == (30,)
    assert [(c.index, c.start, c.length) for c in THREE.cycles(99)] == [(0, 10, 20), (1, 30, 40)]
    assert THREE.jump(np.array([9.0, 10, 29, 30, 69, 70])).tolist() == [
        False,
        False,
        True,
        False,
        False,
    ]
    # A phase that begins higher than the one before ended is a restart, too.
    by_hand = Sequence((CosineDecay(0.1, 20), CosineDecay(0.1, 20)), (20,))
    assert (by_hand.restarts(50), by_hand.cycles(50)) == ((20,), ())
    assert by_hand.jumps
    cut = Sequence((CosineDecayRestarts(0.1, 20, 1.0), Constant(0.1)), (30,))
    assert [(c.start, c.length) for c in cut.cycles(99)] == [(0, 20), (20, 10)]
    product = Factor(CosineDecayRestarts(0.1, 20, 1.0), StepDecay(1.0, 0.5, 30))
    assert product.restarts(50) == (20, 40)
    assert product.knots(50) == (20, 30, 40)
    assert [c.peak for c in product.cycles(50)] == pytest.approx([0.1, 0.1, 0.05])
    assert product.jump(np.array([19.0, 20, 29, 30])).tolist() == [True, False, True]
    assert (product(10), product(35)) == pytest.approx((0.05, 0.5 * float(product.base(35))))


def test_where_they_end():
    assert Sequence((WARM, CosineDecay(0.1, 20)), (10,)).end == 30
    assert Factor(CosineDecay(0.1, 20), Constant(2.0)).end == 20
    assert Factor(CosineDecay(0.1, 20), StepDecay(1.0, 0.5, 5)).end == math.inf
    assert Factor(Constant(0.1), Constant(2.0)).end == math.inf
    assert CosineDecayRestarts(0.1, 10, 2.0, cycle_limit=2).end == 30
    assert CosineDecayRestarts(0.1, 10, 2.0, cycle_limit=2).knots(99) == (10, 30)
    assert CosineDecayRestarts(0.1, 10, 2.0, cycle_limit=2).restarts(99) == (10,)
    assert Power(0.1, 10, 100, 0).end == math.inf


REFUSED = [
    (lambda: Sequence((WARM,), (1, 2)), "boundaries", "0, not 2"),
    (lambda: Sequence((WARM, WARM, WARM), (5, 2)), "boundaries", "2 comes after 5"),
    (lambda: Sequence((WARM,) * 17, (1,) * 15), "boundaries", "At most 16 phases"),
    (lambda: Sequence((WARM, "x"), (5,)), "1", "“x” is no schedule"),
    (lambda: Factor(0.1, WARM), "base", "is no schedule"),
    (lambda: Sequence((WARM, WARM), (5,), (3,)), "tied", "no phase 3"),
    (lambda: Sequence((WARM, OneCycle(0.1, 9)), (5,), (1,)), "tied", "OneCycle has nothing"),
    (lambda: Sequence((StepDecay(1, 1, 1), WARM), (5,), (), (0,)), "fitted", "StepDecay has"),
    (
        lambda: Sequence((Linear(0.1, 0.0, 5), StepDecay(1.0, 0.5, 5)), (5,), (1,)),
        "1.initial_learning_rate",
        "greater than 0",
    ),
    (lambda: WSD(0.1, 1, 1, 1, "exponential"), "min_lr_ratio", "never gets to 0"),
    (lambda: Expression("t +"), "expression", "column"),
    (lambda: Expression("x" * 3000), "expression", "too long"),
    (lambda: Expression("-" * 90 + "t"), "expression", "too many parts"),
    (lambda: Expression("t\0"), "expression", "no formula"),
    (lambda: Expression("True"), "expression", "not allowed"),
    (lambda: Expression("1e19 + t"), "expression", "too large"),
    (lambda: Expression("[1e19]"), "expression", "number at column 2 is too large"),
    (lambda: Expression("-" * 1990 + "t"), "expression", "formula"),
    (lambda: Expression("t ** -2000"), "expression", "exponent at column 7"),
    (lambda: Expression("exp(t, 2)"), "expression", "takes 1 values"),
    (lambda: Expression("max(t)"), "expression", "takes 2+ values"),
    (lambda: Expression("t.real"), "expression", "not allowed"),
    (lambda: Expression("max + t"), "expression", "not allowed"),
    (lambda: Expression("open(t)"), "expression", "not allowed"),
    (lambda: Expression("a+b+c+d+e+f+g+h+i"), "expression", "at most 8 named"),
    (lambda: Expression(7), "expression", "no formula"),
]


@pytest.mark.parametrize(("make", "field", "part"), REFUSED)
def test_what_cannot_be_is_said(make, field, part):
    with pytest.raises(InvalidSchedule) as refused:
        make()
    assert part in str(refused.value.problems[field])


def test_the_formula_by_its_pieces():
    whole, *parts = THREE.latex()
    assert r"\eta_{2}(t - 10) & t < 70" in whole
    assert len(parts) == 3
    assert parts[0].startswith(r"\eta_{1}(t)")
    nested = Factor(Sequence((WARM, Expression("0.1")), (10,)), Constant(2.0)).latex()
    assert r"\eta_{1}(t) = \begin{cases} \eta_{1.1}(t)" in nested[1]
    assert nested[-1].startswith(r"\eta_{2}(t) = 2")
    assert THREE.title == "Linear > CosineDecayRestarts > Linear"
    assert Factor(THREE, Constant(1.0)).title == f"({THREE.title}) × Constant"
    assert Sequence((Factor(WARM, WARM), WARM), (5,)).title == "(Linear × Linear) > Linear"


def _remarks(schedule):
    return " ".join(map(str, schedule.remarks()))


def test_what_may_surprise_between_phases():
    told = _remarks(Sequence((WARM, CosineDecay(0.3, 20), StepDecay(0.1, 2.0, 5)), (10, 20)))
    assert "The first step of this warm-up has the rate 0" in told
    assert "1 / 10 of the peak, nanoGPT with 1 / 11" in told
    assert "jumps from 0.1 to 0.3 where phase 2 (CosineDecay) begins, at step 10" in told
    assert "Phase 2 (CosineDecay) is cut off: it has 10 of its 20 steps" in told
    assert "Phase 3 (StepDecay): drop is above 1" in told
    assert _remarks(Sequence((Constant(0.1), WARM), (10,))).startswith("The rate jumps")
    assert "warm-up" not in _remarks(Sequence((Linear(0.1, 0.0, 10), Constant(0.1)), (10,)))
    assert _remarks(Factor(WARM, StepDecay(1.0, 2.0, 5))).startswith("StepDecay: drop")
    assert "goes down first" in _remarks(Cyclic(0.3, 0.1))
    assert "does not rise" in _remarks(OneCycle(0.1, 10, 0.0))
    assert "below 0" in _remarks(Expression("10 - t", 100))
    assert not _remarks(Expression("0.1", 100))


def test_a_formulas_numbers_are_its_fields():
    schedule = Expression("peak * exp(-t / tau)", 100, ("peak",), (0.1,))
    assert (schedule.names, schedule.values) == (("peak", "tau"), (0.1, 1.0))
    changed = schedule.retyped({"values.1": "50"})
    assert changed(50) == pytest.approx(0.1 / math.e)
    # What a new formula still names keeps its number.
    other = changed.retyped({"expression": "peak / (1 + t / scale)"})
    assert (other.names, other.values) == (("peak", "scale"), (0.1, 1.0))
    assert "names" not in [each.path for each in schedule.fields()]


@pytest.mark.parametrize(
    ("formula", "last", "jumps"),
    [
        ("where(t < 300, 0.1, 0.01)", 750, (300,)),
        ("where(t < 300000, 0.1, 0.01)", 10**6, (300_000,)),
        ("floor(t / 100) + 1", 350, (100, 200, 300)),
        ("0.1 * (1 + cos(pi * t / T))", 750, ()),
        ("0.1", 750, ()),
        ("0 / 0 * t", 750, ()),
    ],
)
def test_where_a_formula_jumps(formula, last, jumps):
    schedule = Expression(formula, last)
    assert schedule.knots(last) == jumps
    assert schedule.jumps == bool(jumps)


def test_shapes_that_few_have():
    assert PiecewiseConstantDecay([1], [0.1, 0.2]).first_rate == "values.0"
    tied = Sequence((WARM, PiecewiseConstantDecay([5], [1.0, 0.5])), (10,), (1,))
    assert tied(10) == 0.1
    assert PolynomialDecay(0.1, 10).own_length == "decay_steps"
    assert InverseSqrt(0.1, 10).handles[1].step == 30
    assert math.isnan(Power(0.1, 10, 100, 0).handles[3].step)
    assert WSD(0.1, 5, 5, 0).jumps
    assert not WSD(0.1, 5, 5, 5).jumps
    assert r"\max" not in Power(0.1, 10, 100, 0).latex()[0]
    # The last phase has no length of its own to follow.
    assert Sequence((WARM, WARM), (5,), (), (1,)).schedules[1].decay_steps == 10
    assert r"\ge 2" in CosineDecayRestarts(0.1, 5, cycle_limit=2).latex()[1]
    assert r"\max" in ExponentialDecay(0.1, 5, 0.5, end_learning_rate=0.01).latex()[1]
    exponential = WSD(0.1, 5, 5, 5, "exponential", 0.1)
    assert r"^{u}" in exponential.latex()[0]
    assert r"\min" in CosineDecay(0.1, 5, exponent=2.0).latex()[0]


def test_a_cycle_of_a_product_lasts_until_one_of_both_restarts():
    both = Factor(CosineDecayRestarts(1.0, 4, 1.0), CosineDecayRestarts(1.0, 6, 1.0))
    cycles = both.cycles(11)
    assert [(cycle.start, cycle.length) for cycle in cycles] == [(0, 4), (4, 2), (6, 2), (8, 4)]
    assert [cycle.index for cycle in cycles] == [0, 1, 2, 3]
    assert [cycle.trough for cycle in cycles] == [both(3), both(5), both(7), both(11)]


@pytest.mark.parametrize("text", ["a / (b - c)", "(a - b) / (b - c)", "(c - a - b) ** 0.5", "a**b"])
def test_a_formula_that_has_no_value_raises_nothing(text):
    schedule = Expression(text, 100, ("a", "b", "c"), (1e15, 1e15, 1e15))
    assert not np.isfinite(schedule(np.arange(3))).any()


def test_a_formula_is_shown_in_symbols():
    peak = Expression("peak * (1 + cos(pi * min(t / T, 1))) / 2", 100, ("peak",), (0.1,))
    assert peak.latex() == (
        r"\eta(t) = \frac{\mathrm{peak} \, \left(1 + \cos\left(\pi "
        r"\min\left(\frac{t}{T},\, 1\right)\right)\right)}{2}",
        r"\eta(t) = \frac{0.1 \, \left(1 + \cos\left(\pi "
        r"\min\left(\frac{t}{T},\, 1\right)\right)\right)}{2}",
    )


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("0.1", "0.1"),
        ("t - (1 - T) - 2", r"t - (1 - T) - 2"),
        ("(t + 1) * -2", r"(t + 1) \, (-2)"),
        ("t * (2 / 3)", r"t \, \frac{2}{3}"),
        ("2 * (t / 3)", r"2 \cdot \frac{t}{3}"),
        ("0.5 * (t + 1) + 0.5 * t", r"\tfrac{1}{2} \, (t + 1) + 0.5 \, t"),
        ("(t / 2) ** 2 + t ** -0.5", r"\left(\frac{t}{2}\right)^{2} + t^{-0.5}"),
        ("2 ** (t / 3 * 2)", r"2^{t / 3 \cdot 2}"),
        ("-(t + 1) - floor(t)", r"-(t + 1) - \left\lfloor t \right\rfloor"),
        ("-floor(-(t / 3))", r"\left\lceil \frac{t}{3} \right\rceil"),
        ("exp(-t / T) ** 2", r"\left(e^{-t / T}\right)^{2}"),
        ("sqrt(t) * floor(t / 3)", r"\sqrt{t} \, \left\lfloor \frac{t}{3} \right\rfloor"),
        ("log(t) + sin(t)", r"\ln(t) + \sin(t)"),
        ("0.1 * (t < 5)", r"0.1 \, \left[ t < 5 \right]"),
        ("(1 <= t < 5 or t != 7) + 0", r"\left[ 1 \le t < 5 \lor t \ne 7 \right] + 0"),
        (
            "where(t < 2 and not (t > 1 or t == 0), 1, where(t >= 3, 2, 3))",
            r"\begin{cases} 1 & t < 2 \land \neg (t > 1 \lor t = 0) \\[4pt] "
            r"2 & t \ge 3 \\[4pt] 3 & t < 3 \end{cases}",
        ),
        (
            "2 * where(t < 1 and t > 0, 1, 2)",
            r"2 \, \left(\begin{cases} 1 & t < 1 \land t > 0 \\[4pt] 2 & \text{else} "
            r"\end{cases}\right)",
        ),
        ("0 / 0", r"\text{NaN}"),
        ("1e-5 * 2 + +t", r"10^{-5} \cdot 2 + +t"),
        ("3e-5 ** 2", r"\left(3 \cdot 10^{-5}\right)^{2}"),
    ],
)
def test_each_part_of_a_formula_in_latex(text, latex):
    assert Expression(text, 10).latex()[0] == rf"\eta(t) = {latex}"
