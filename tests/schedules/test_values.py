"""Values worked out by hand, or in exact fractions."""

import re
from fractions import Fraction
from math import ceil

import numpy as np
import pytest

from lrviz.schedules import (
    SCHEDULES,
    WSD,
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    Cyclic,
    ExponentialDecay,
    Expression,
    FlatCosine,
    InverseSqrt,
    InverseTimeDecay,
    Linear,
    OneCycle,
    PiecewiseConstantDecay,
    PolynomialDecay,
    Power,
    StepDecay,
)
from lrviz.schedules.boundaries import Cycles
from lrviz.schedules.pieces import Edges, Periods

BY_HAND = [
    (Constant(0.1), [0, 5, 10**12], [0.1, 0.1, 0.1]),
    (StepDecay(0.1, 0.5, 5), range(10), [0.1] * 5 + [0.05] * 5),
    (ExponentialDecay(0.1, 10, 0.25), [0, 5, 10, 20], [0.1, 0.05, 0.025, 0.00625]),
    (ExponentialDecay(0.1, 10, 0.5, True), [0, 9, 10, 19, 20], [0.1, 0.1, 0.05, 0.05, 0.025]),
    (InverseTimeDecay(0.1, 10, 1.0), [0, 10, 30], [0.1, 0.05, 0.025]),
    (InverseTimeDecay(0.1, 10, 1.0, True), [9, 10, 29, 30], [0.1, 0.05, 0.1 / 3, 0.025]),
    (PiecewiseConstantDecay([100, 200], [1, 0.5, 0.1]), [0, 100, 101, 200, 201],
     [1, 1, 0.5, 0.5, 0.1]),
    (PolynomialDecay(0.1, 10, 0.0), [0, 5, 10, 99], [0.1, 0.05, 0, 0]),
    (PolynomialDecay(1.0, 10, 0.2, 2.0), [0, 5, 10], [1.0, 0.8 * 0.25 + 0.2, 0.2]),
    (PolynomialDecay(1.0, 10, 0.0, 1.0, True), [0, 10, 11, 15, 20, 21, 30],
     [1.0, 0.0, 0.45, 0.25, 0.0, 0.3, 0.0]),
    (CosineDecay(0.1, 10), [0, 5, 10, 99], [0.1, 0.05, 0, 0]),
    (CosineDecay(0.1, 10, 0.1), [0, 5, 10], [0.1, 0.055, 0.01]),
    (CosineDecay(0.0, 10, 0.5, warmup_target=1.0, warmup_steps=4), [0, 1, 4, 9, 14, 15],
     [0, 0.25, 1, 0.75, 0.5, 0.5]),
    (CosineDecay(0.1, 10, warmup_steps=4), [0, 5], [0.1, 0.05]),
    (CosineDecay(0.5, 10, warmup_target=0.1), [0, 5, 10], [0.1, 0.05, 0]),
    (CosineDecayRestarts(0.1, 10), [0, 5, 10, 20, 30, 50], [0.1, 0.05, 0.1, 0.05, 0.1, 0.05]),
    # In disorder, and more steps than cycles.
    (CosineDecayRestarts(0.1, 10, 2.0), [20, 0, 50, 10, 5], [0.05, 0.1, 0.05, 0.1, 0.05]),
    (CosineDecayRestarts(0.1, 10, 2.0, cycle_limit=2), [0, 10, 20, 29, 30, 99],
     [0.1, 0.1, 0.05, 0.05 * (1 + np.cos(np.pi * 0.95)), 0, 0]),
    (CosineDecay(0.1, 10, 0.2, exponent=2.0), [0, 5, 10], [0.1, 0.1 * (0.8 / 4 + 0.2), 0.02]),
    (ExponentialDecay(0.1, 10, 0.5, end_learning_rate=0.03), [0, 10, 20], [0.1, 0.05, 0.03]),
    (ExponentialDecay(0.1, 10, 2.0, end_learning_rate=0.3), [0, 10, 20], [0.1, 0.2, 0.3]),
    (Linear(0.0, 0.1, 10), [0, 1, 10, 99], [0, 0.01, 0.1, 0.1]),
    (InverseSqrt(0.1, 100), [0, 300, 800], [0.1, 0.05, 0.1 / 3]),
    (Power(0.1, 100, 500, 100, -0.5), [0, 300, 400, 450, 500, 900],
     [0.1, 0.05, 0.1 / 5**0.5, 0.05 / 5**0.5, 0, 0]),
    (Power(0.1, 100, 500, 0, -0.5), [300, 800], [0.05, 0.1 / 3]),
    (WSD(0.1, 10, 20, 16, "linear", 0.5), [0, 5, 10, 29, 30, 38, 46, 99],
     [0.05, 0.075, 0.1, 0.1, 0.1, 0.075, 0.05, 0.05]),
    (WSD(0.1, 0, 20, 16, "1-sqrt"), [0, 20, 24, 36], [0.1, 0.1, 0.05, 0]),
    (WSD(0.1, 4, 0, 16, "cosine"), [2, 4, 12, 20], [0.05, 0.1, 0.05, 0]),
    (WSD(0.1, 0, 20, 16, "exponential", 0.01), [20, 28, 36], [0.1, 0.01, 0.001]),
    (WSD(0.1, 0, 20, 0, "linear"), [19, 20], [0.1, 0]),
    (OneCycle(0.1, 101, pct_start=0.2574257425742574, div_factor=10.0, final_div_factor=10.0),
     [0, 25, 100, 200], [0.01, 0.1, 0.001, 0.001]),
    (OneCycle(1.0, 21, pct_start=0.5238095238095238, anneal_strategy="linear", div_factor=2.0,
              final_div_factor=5.0), [0, 5, 10, 15, 20], [0.5, 0.75, 1.0, 0.55, 0.1]),
    (OneCycle(1.0, 10, pct_start=0.0), [0], [np.cos(np.pi / 20) ** 2 * (1 - 4e-6) + 4e-6]),
    (Cyclic(0.1, 0.3, 4), [0, 2, 4, 6, 8, 12], [0.1, 0.2, 0.3, 0.2, 0.1, 0.3]),
    (Cyclic(0.1, 0.3, 4, 2), [2, 4, 5, 6, 10], [0.2, 0.3, 0.2, 0.1, 0.3]),
    (Cyclic(0.1, 0.5, 4, mode="triangular2"), [4, 12, 20], [0.5, 0.3, 0.2]),
    (Cyclic(0.0, 1.0, 2, mode="exp_range", gamma=0.5), [2, 6], [0.25, 0.5**6]),
    (FlatCosine(0.1, 100, 0.5, 10.0), [0, 50, 75, 100, 200], [0.1, 0.1, 0.055, 0.01, 0.01]),
    (FlatCosine(0.1, 100, 1.0, 10.0), [99, 100], [0.1, 0.01]),
    (Expression("a * where(t < 10, t / 10, sqrt(10 / t)) / T", 2, ("a",), (0.4,)), [5, 10, 40],
     [0.1, 0.2, 0.1]),
    (Expression("min(1, t, 3) + max(t, 2) * (not t < 5 and t != 7 or t == 0) - (t < 1)", 9),
     [0, 3, 5, 7], [1, 1, 6, 1]),
    (CosineDecayRestarts(1.0, 4, 1.0, 0.5, 0.2), [0, 2, 4, 6, 8], [1, 0.6, 0.6, 0.4, 0.4]),
]  # fmt: skip


@pytest.mark.parametrize(("schedule", "steps", "rates"), BY_HAND, ids=lambda each: str(each)[:60])
def test_rates_worked_out_by_hand(schedule, steps, rates):
    np.testing.assert_allclose(schedule(np.array(steps)), rates, rtol=1e-14, atol=1e-16)


def test_pieces_begin_at_the_first_whole_step_of_each_place():
    assert Edges.at(7.2, 0, 3, 7.9, -1) == Edges((3.0, 8.0))


@pytest.mark.parametrize(
    ("pieces", "lengths"),
    [
        (Edges((3.0, 8.0)), [3, 5, np.inf]),
        (Periods(6, turn=2), [2, 4, 2]),
        (Periods(6, late=1), [6, 6, 6]),
        (Cycles(10, 1.5), [10, 15, 22.5]),
    ],
)
def test_how_long_pieces_are(pieces, lengths):
    np.testing.assert_array_equal(pieces.lengths(np.arange(3.0)), lengths)


@pytest.mark.parametrize("m_mul", [0.0, 0.5, 2.0])
@pytest.mark.parametrize("alpha", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("limit", [None, 1, 2])
@pytest.mark.parametrize("t_mul", [0.5, 1.0, 1.7])
def test_restarts_jump_where_their_rates_do(m_mul, alpha, limit, t_mul):
    schedule = CosineDecayRestarts(0.1, 10, t_mul, m_mul, alpha, limit)
    assert schedule.jumps == schedule._jumping.any()
    rates = schedule(np.arange(20.0))
    assert schedule.jumps == bool((np.diff(rates) > 1e-3).any())


def test_every_schedule_has_rates_worked_out_by_hand():
    assert {type(schedule) for schedule, _, _ in BY_HAND} == set(SCHEDULES)


def test_the_course_notes_three_cases():
    epochs = np.arange(10)
    np.testing.assert_array_equal(StepDecay(0.1, 0.5, 5)(epochs), [0.1] * 5 + [0.05] * 5)
    cosine = CosineDecay(0.001, 50, alpha=0.001)(epochs)
    np.testing.assert_allclose(
        cosine[[0, 1, 2, 9]], [0.001, 0.000999014, 0.000996061, 0.000922242], rtol=1e-6
    )
    restarts = CosineDecayRestarts(0.1, 10, t_mul=1, m_mul=0.9, alpha=0)(epochs)
    np.testing.assert_allclose(
        restarts[[0, 1, 2, 9]], [0.1, 0.0975528, 0.0904508, 0.00244717], rtol=1e-5
    )


@pytest.mark.parametrize("alpha", [0.0, 0.1, 0.5, 1.0])
@pytest.mark.parametrize("m_mul", [0.0, 0.5, 1.0, 2.0])
def test_alpha_dilutes_the_peaks(alpha, m_mul):
    schedule = CosineDecayRestarts(0.1, 8, t_mul=2, m_mul=m_mul, alpha=alpha)
    peaks = [cycle.peak for cycle in schedule.cycles(200)]
    expected = [0.1 * ((1 - alpha) * m_mul**i + alpha) for i in range(5)]
    np.testing.assert_allclose(peaks, expected, rtol=1e-14)


@pytest.mark.parametrize("first", [1, 3, 5, 7, 10, 20, 30, 50, 100, 1000, 12345])
@pytest.mark.parametrize(
    "t_mul", ["0.5", "0.9", "1", "1.0001", "1.1", "1.2", "1.25", "1.3", "1.5", "2", "2.5", "3", "4"]
)
def test_restarts_are_where_exact_fractions_put_them(first, t_mul):
    schedule = CosineDecayRestarts(1.0, first, t_mul=float(t_mul))
    boundary, length, starts = Fraction(0), Fraction(first), []
    while boundary < 10**12 and len(starts) < 150 and length > Fraction(1, 100):
        starts.append(ceil(boundary))
        boundary, length = boundary + length, length * Fraction(t_mul)
    index = np.arange(len(starts))
    np.testing.assert_array_equal(schedule.pieces.start(index), starts)
    alone = np.array(starts[:-1])[np.diff(starts) > 0]
    # Each start belongs to its own cycle, and the step before does not: as a scalar (the closed
    # form) and in an array (the table).
    np.testing.assert_array_equal(
        schedule.pieces.index(alone),
        [max(i for i in index if starts[i] == start) for start in alone],
    )
    if schedule.t_mul >= 1:
        np.testing.assert_allclose(schedule(np.array(starts)), [schedule(s) for s in starts])


@pytest.mark.parametrize(
    ("schedule", "step"),
    [
        (CosineDecayRestarts(0.1, 10, t_mul=1.1), 21),
        (CosineDecayRestarts(0.1, 5, t_mul=3.0), 605),
        (CosineDecayRestarts(0.1, 10, t_mul=1.3), 10),
    ],
)
def test_restarts_that_keras_misses(schedule, step):
    assert schedule(step) == pytest.approx(0.1)
    assert schedule(np.arange(step + 1))[-1] == pytest.approx(0.1)
    assert schedule(step - 1) < 0.05


def test_cycles_that_shrink_end_in_nan():
    schedule = CosineDecayRestarts(0.1, 10, t_mul=0.5)
    assert schedule.limit == 20
    rates = schedule(np.arange(40))
    assert np.isfinite(rates[:20]).all()
    assert np.isnan(rates[20:]).all()
    assert np.isnan(schedule(20))
    assert np.isnan(schedule(10**12))
    assert [cycle.start for cycle in schedule.cycles(100)] == [0, 10, 15, 18, 19]


def test_a_rate_that_outgrows_float64_is_infinite_and_silent():
    assert ExponentialDecay(1.0, 1, 10.0)(1000) == np.inf


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_no_steps_are_no_rates(schedule):
    assert schedule.example(100)(np.empty((0, 3))).shape == (0, 3)


def test_knots_and_ends():
    assert CosineDecay(0.1, 10).knots(100) == (10,)
    warm = CosineDecay(0.0, 10, warmup_target=0.1, warmup_steps=4)
    assert (warm.knots(100), warm.end) == ((4, 14), 14)
    assert PolynomialDecay(0.1, 10, cycle=True).knots(25) == (11, 21)
    assert PiecewiseConstantDecay([3, 7], [3, 2, 1]).knots(100) == (4, 8)
    assert StepDecay(0.1, 0.5, 5).knots(12) == (5, 10)
    assert ExponentialDecay(0.1, 5, 0.5).knots(10**12) == ()
    assert len(StepDecay(0.1, 0.5, 1).knots(10**12)) <= 1000
    assert len(CosineDecayRestarts(0.1, 1, t_mul=1.0).cycles(10**12)) <= 1000
    assert PolynomialDecay(0.1, 10).cycles(100) == ()
    assert CosineDecay(0.1, 10).cycles(100) == ()
    assert np.isinf(StepDecay(0.1, 0.5, 5).end)
    assert PolynomialDecay(0.1, 10).end == 10


def test_cycles_of_restarts():
    cycles = CosineDecayRestarts(0.1, 10, m_mul=0.5).cycles(69)
    assert [(c.index, c.start, c.length) for c in cycles] == [(0, 0, 10), (1, 10, 20), (2, 30, 40)]
    np.testing.assert_allclose([c.peak for c in cycles], [0.1, 0.05, 0.025])
    assert cycles[0].trough == pytest.approx(0.1 * (1 + np.cos(np.pi * 0.9)) / 2)


def test_cycles_of_a_cyclic_polynomial():
    cycles = PolynomialDecay(1.0, 10, 0.0, cycle=True).cycles(25)
    assert [(c.start, c.trough) for c in cycles] == [(0, 0.0), (11, 0.0), (21, 0.0)]
    np.testing.assert_allclose([c.peak for c in cycles], [1.0, 0.45, 0.3])


REMARKS = [
    (CosineDecay(0.1, 10), []),
    (CosineDecay(0.1, 10, warmup_steps=5), ["warmup_steps has no effect"]),
    (CosineDecay(0.1, 10, warmup_target=0.5, warmup_steps=5), ["ends at step 15"]),
    (CosineDecay(0.1, 10, warmup_target=0.01, warmup_steps=5), ["step 15", "below initial"]),
    (CosineDecay(0.0, 10), ["nothing is learned"]),
    (CosineDecayRestarts(0.1, 10), []),
    (CosineDecayRestarts(0.1, 10, t_mul=0.5), ["end at step 20"]),
    (CosineDecayRestarts(0.1, 10, m_mul=2.0), ["higher than the last"]),
    (CosineDecayRestarts(0.1, 10, m_mul=0.5, alpha=0.1), ["0.55 of the first, not 0.5"]),
    (ExponentialDecay(0.1, 10, 2.0), ["decay_rate is above 1"]),
    (StepDecay(0.1, 2.0, 5), ["drop is above 1"]),
    (StepDecay(0.1, 1.0, 5), []),
    (PolynomialDecay(0.1, 10, 0.2), ["the rate rises"]),
    (PolynomialDecay(0.1, 10), []),
]


@pytest.mark.parametrize(("schedule", "parts"), REMARKS, ids=lambda each: str(each)[:60])
def test_what_is_legal_but_surprising_is_explained(schedule, parts):
    remarks = [str(remark) for remark in schedule.remarks()]
    assert len(remarks) == len(parts)
    for remark, part in zip(remarks, parts, strict=True):
        assert part in remark


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_formula_names_and_fills_in_its_parameters(schedule):
    general, concrete = schedule.example(700).latex()
    assert general.startswith((r"\eta(t) = ", r"\begin"))
    assert "$" not in general + concrete
    assert general != concrete


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_nothing_in_a_formula_changes_nothing(schedule):
    shown = schedule.example(700).latex()[1]
    assert not re.search(
        r"(?<![\d.])([01](\.0)? (\\cdot|\\,)|0(\.0)? [+-])|[+-] -|\^\{1(\.0)?\}|\+ 0\b(?!\.)", shown
    )


def test_the_formula_with_and_without_values():
    general, concrete = CosineDecay(1e-5, 50, alpha=0.1).latex()
    assert r"\eta_0" in general
    assert "T" in general
    assert "10^{-5}" in concrete
    assert "50" in concrete
    assert r"3 \cdot 10^{-6}" in CosineDecay(3e-6, 50).latex()[1]
    assert r"100,\, 200" in PiecewiseConstantDecay([100, 200], [3, 2, 1]).latex()[1]


@pytest.mark.parametrize(
    ("plain", "option"),
    [
        (ExponentialDecay(0.1, 10, 0.5), ExponentialDecay(0.1, 10, 0.5, True)),
        (InverseTimeDecay(0.1, 10, 0.5), InverseTimeDecay(0.1, 10, 0.5, True)),
        (PolynomialDecay(0.1, 10), PolynomialDecay(0.1, 10, cycle=True)),
        (CosineDecayRestarts(0.1, 10), CosineDecayRestarts(0.1, 10, t_mul=1.0)),
        (CosineDecay(0.1, 10), CosineDecay(0.1, 10, warmup_target=0.2, warmup_steps=3)),
        (CosineDecay(0.1, 10), CosineDecay(0.1, 10, warmup_target=0.2)),
    ],
)
def test_an_option_that_changes_the_function_changes_the_formula(plain, option):
    assert plain.latex()[0] != option.latex()[0]
