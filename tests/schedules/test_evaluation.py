"""Formulas compiled for NumPy, and with numbers put in."""

import ast

import numpy as np
import pytest

from lrviz.schedules.evaluation import evaluate, powers
from lrviz.schedules.language import formula
from lrviz.schedules.simplify import simplified

STEPS = np.arange(8.0)


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        # What a test of numbers chooses; each branch may be written into, or not.
        ("where(a < 7.25, t * 2, t * 3) + 1", STEPS * 2 + 1),
        ("where(a > 7.25, t * 2, t) * 2.25", STEPS * 2.25),
        ("(where(a > 7.25, t * 2, t / 2) - t) * 1.75", -STEPS / 2 * 1.75),
        (
            "exp(-(t - 1.5)) ** 2 - 2 ** (t / 1.25)",
            np.exp(-(STEPS - 1.5)) ** 2 - 2 ** (STEPS / 1.25),
        ),
        ("a - sqrt(t + 0.25) / (t + 0.125)", 3 - np.sqrt(STEPS + 0.25) / (STEPS + 0.125)),
        ("(t < 3.5 and not t < 1.5) * (a + 4.5)", ((STEPS < 3.5) & (STEPS >= 1.5)) * 7.5),
        ("t", STEPS),
        ("a + 0.375", np.full(8, 3.375)),
    ],
)
def test_a_formula_at_many_steps(text, rates):
    steps = STEPS.copy()
    values = np.broadcast_to(evaluate(text, {"t": steps, "a": 3}), steps.shape)
    np.testing.assert_allclose(values, rates, rtol=1e-15, atol=1e-15)
    # What is given stays as it is.
    np.testing.assert_array_equal(steps, STEPS)
    assert [float(evaluate(text, {"t": step, "a": 3})) for step in STEPS] == values.tolist()


@pytest.mark.parametrize("base", [0.0, 0.3, 1.0, 4.0])
@pytest.mark.parametrize("factor", [1, -1])
def test_powers_as_numpys(base, factor):
    exponents = factor * np.array([0.0, 1.0, 2.5, 600.0, 1e4, 1e12])
    with np.errstate(all="ignore"):
        np.testing.assert_array_equal(powers(base, exponents), np.power(base, exponents))
        own = exponents.copy()
        assert powers(base, own, out=own) is own or base == 1
        np.testing.assert_array_equal(own, np.power(base, exponents))


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("0 - t", "-t"),
        ("0 - (a - 5) * t", "2 * t"),
        ("t + (a - 5) * t", "t - 2 * t"),
        ("t + (a - 4) * t", "t - t"),
        ("t + (a - 5)", "t - 2"),
        ("t - (a - 5)", "t + 2"),
        ("(a - 5) ** t", "(-2) ** t"),
        ("t ** (a - 5)", "t ** (-2)"),
        ("where(a < 5 and t < 2, t, a)", "where(3 < 5 and t < 2, t, 3)"),
        ("where(a < 5, t, a) + where(t < 5, 1, a)", "t + where(t < 5, 1, 3)"),
        ("where(not t < a, a / 7, a / 0)", "where(not t < 3, 3 / 7, 3 / 0)"),
        ("min(a, 2) + max(a, 2, t) * 1 + t / 1 + t ** 1 + 1 ** t", "2 + max(3, 2, t) + t + t + 1"),
        ("0 + t - 0 - 0.1 * a", "t - 0.3"),
    ],
)
def test_numbers_put_into_a_formula(text, simple):
    assert ast.unparse(simplified(formula(text), {"a": 3})) == simple


def test_what_outgrows_a_number_is_not_worked_out():
    assert ast.unparse(simplified(formula("a * a"), {"a": 1e200})) == "1e+200 * 1e+200"
