"""Keras is the oracle: our schedules are its schedules, but for the restarts that it misplaces."""

import os
from fractions import Fraction
from math import ceil

import numpy as np
import pytest

from lrviz.schedules import (
    SCHEDULES,
    CosineDecay,
    CosineDecayRestarts,
    ExponentialDecay,
    InverseTimeDecay,
    PiecewiseConstantDecay,
    PolynomialDecay,
)
from tests.schedules.oracle import CASES, in_keras

pytestmark = [
    pytest.mark.keras,
    # TensorFlow's own imports warn of what it will have to change itself.
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]


@pytest.fixture(scope="module")
def keras_schedules():
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    from keras.optimizers import schedules

    return schedules


def _restarts(ours, last):
    """Where the restarts are, in exact fractions."""
    if not isinstance(ours, CosineDecayRestarts):
        return set()
    boundary, length, found = Fraction(0), Fraction(ours.first_decay_steps), set()
    while boundary <= last:
        found.add(ceil(boundary))
        boundary, length = boundary + length, length * Fraction(str(ours.t_mul))
    return found


@pytest.mark.parametrize("ours", CASES, ids=str)
def test_equal_to_keras_in_float64(keras_schedules, ours):
    theirs = in_keras(keras_schedules, ours)
    steps = np.arange(130)
    rates, expected = ours(steps), np.array([float(theirs(step)) for step in steps.tolist()])
    differ = np.flatnonzero(~(np.abs(rates - expected) <= 1e-6 * rates.max()))
    # Keras may be late by one step at a restart, never anywhere else, and there ours is the peak.
    assert set(differ.tolist()) <= _restarts(ours, 130)
    for step in differ:
        cycle = ours.cycles(130)[int(ours.pieces.index(step))]
        assert rates[step] == pytest.approx(cycle.peak)


def test_keras_really_misses_a_restart(keras_schedules):
    ours = CosineDecayRestarts(0.1, 10, t_mul=1.1)
    assert float(keras_schedules.CosineDecayRestarts(0.1, 10, t_mul=1.1)(21)) < 0.01
    assert ours(21) == pytest.approx(0.1)


def test_every_schedule_of_keras_is_here(keras_schedules):
    theirs = {
        name
        for name, each in vars(keras_schedules).items()
        if isinstance(each, type) and name != "LearningRateSchedule"
    }
    ours = {schedule.__name__ for schedule in SCHEDULES}
    assert theirs <= ours


def test_constructors_take_what_keras_takes_in_its_order(keras_schedules):
    import inspect

    for schedule in SCHEDULES:
        theirs = getattr(keras_schedules, schedule.__name__, None)
        if theirs is None:
            continue
        expected = inspect.signature(theirs).parameters
        ours = inspect.signature(schedule).parameters
        names = [name for name in expected if name != "name"]
        # What other frameworks have comes behind, and leaves Keras's as it is.
        assert list(ours)[: len(names)] == names
        for name, parameter in list(ours.items())[: len(names)]:
            assert parameter.default == expected[name].default, (schedule, name)


class TestKerasOwnTests:
    """What Keras's own tests of its schedules assert, on our classes, with positional arguments."""

    def test_exponential(self):
        decayed = ExponentialDecay(0.05, 10, 0.96)
        assert decayed(0) == pytest.approx(0.05)
        assert decayed(100) == pytest.approx(0.05 * 0.96 ** (100 / 10))

    def test_staircase(self):
        decayed = ExponentialDecay(0.1, 3, 0.96, True)
        assert decayed(1) == pytest.approx(0.1)
        assert decayed(100) == pytest.approx(0.1 * 0.96 ** (100 // 3))

    def test_piecewise_values(self):
        decayed = PiecewiseConstantDecay([100, 110, 120], [1.0, 0.1, 0.01, 0.001])
        for step, rate in ((-999, 1.0), (100, 1.0), (105, 0.1), (110, 0.1), (120, 0.01)):
            assert decayed(step) == pytest.approx(rate)
        assert decayed(999) == pytest.approx(0.001)

    @pytest.mark.parametrize(
        ("arguments", "step", "rate"),
        [
            ((0.05, 10, 0.0), 5, 0.05 * 0.5),
            ((0.05, 10, 0.0), 10, 0.0),
            ((0.05, 10, 0.001), 5, (0.05 + 0.001) * 0.5),
            ((0.05, 10, 0.001), 10, 0.001),
            ((0.05, 10, 0.001), 15, 0.001),
            ((0.05, 10, 0.001, 1.0, True), 15, (0.05 - 0.001) * 0.25 + 0.001),
            ((0.05, 10, 0.0, 0.5), 5, 0.05 * 0.5**0.5),
            ((0.05, 10, 0.001, 0.5), 5, (0.05 - 0.001) * 0.5**0.5 + 0.001),
            ((0.05, 10, 0.001, 2.0), 5, (0.05 - 0.001) * 0.25 + 0.001),
            ((0.05, 10, 0.001, 1.0, True), 0, 0.05),
        ],
    )
    def test_polynomial(self, arguments, step, rate):
        assert PolynomialDecay(*arguments)(step) == pytest.approx(rate)

    def test_inverse_time(self):
        for step in range(10):
            smooth = InverseTimeDecay(0.1, 10, 0.96)(step)
            stairs = InverseTimeDecay(0.1, 10, 0.96, True)(step)
            assert smooth == pytest.approx(0.1 / (1 + step / 10 * 0.96))
            assert stairs == pytest.approx(0.1 / (1 + 0.96 * (step // 10)))

    def test_cosine(self):
        steps = np.arange(0, 1500, 250)
        fraction = np.minimum(steps, 1000) / 1000
        expected = 0.9 * (1 + np.cos(np.pi * fraction)) / 2 + 0.1
        np.testing.assert_allclose(CosineDecay(1.0, 1000, 0.1)(steps), expected)

    def test_cosine_warm_up(self):
        steps = np.arange(0, 1500, 250)
        rates = CosineDecay(0.0, 10, 0.0, 1.0, 1500)(steps)
        np.testing.assert_allclose(rates, steps / 1500)
        decayed = CosineDecay(0.0, 1000, 0.1, 0.5, 1500)(np.arange(1500, 3000, 250))
        fraction = np.minimum(np.arange(0, 1500, 250), 1000) / 1000
        np.testing.assert_allclose(decayed, 0.5 * (0.9 * (1 + np.cos(np.pi * fraction)) / 2 + 0.1))

    @pytest.mark.parametrize(
        ("arguments", "step", "rate"),
        [
            ((1.0, 1000), 0, 1.0),
            ((1.0, 1000), 250, 0.8535533905932737),
            ((1.0, 1000, 1.0), 1250, 0.8535533905932737),
            ((1.0, 1000, 2.0), 1000, 1.0),
            ((1.0, 1000, 1.0, 0.5), 1000, 0.5),
            ((1.0, 1000, 1.0, 1.0, 0.1), 500, 0.55),
        ],
    )
    def test_restarts(self, arguments, step, rate):
        assert CosineDecayRestarts(*arguments)(step) == pytest.approx(rate)
