"""Where cycles begin that each are ``t_mul`` times as long as the one before, exactly."""

import math
from fractions import Fraction
from functools import lru_cache

import numpy as np

from lrviz.declared import MOST_STEPS
from lrviz.schedules.base import Floats

#: The first steps of so many cycles are worked out in whole numbers, exactly. Only a t_mul close to
#: 1 has more cycles than that in any run; the others begin where float64 puts them, to a part in
#: 1e12.
_EXACT = 300
ROUNDING = 1e-12


@lru_cache(maxsize=512)
def first_steps(first: int, t_mul: float) -> Floats:
    """The first whole step of each of the first cycles, exact.

    ``t_mul`` is taken as the decimal number that it was written as: 10 + 10 * 1.1 is step 21,
    though 1.1 as a float64 is a little more than 1.1.
    """
    ratio = Fraction(repr(t_mul))
    begin, length, unit = 0, first, 1
    found: list[int] = []
    # Beyond the last of these no cycle begins, or none that any run reaches.
    last = math.ceil(first / (1 - ratio)) if ratio < 1 else 4 * MOST_STEPS
    while len(found) < _EXACT and (not found or found[-1] < last):
        found.append(-(-begin // unit))
        begin, length = (begin + length) * ratio.denominator, length * ratio.numerator
        unit *= ratio.denominator
    return np.array(found, dtype=np.float64)


@lru_cache(maxsize=512)
def first_without(first: int, t_mul: float) -> float:
    """The first whole step that no cycle reaches; inf where there is none."""
    return math.inf if t_mul >= 1 else float(math.ceil(first / (1 - Fraction(repr(t_mul)))))
