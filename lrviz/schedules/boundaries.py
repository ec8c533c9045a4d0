"""Where cycles begin that each are ``t_mul`` times as long as the one before, exactly."""

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from lrviz.declared import MOST_STEPS
from lrviz.schedules.pieces import Floats, Pieces

#: The first steps of so many cycles are worked out in whole numbers, exactly. Only a t_mul close to
#: 1 has more cycles than that in any run; the others begin where float64 puts them, to a part in
#: 1e12.
_EXACT = 300
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Cycles(Pieces):
    """Cycles of ``first * t_mul**i`` steps.

    Attributes:
        first: The length of the first one, in steps.
        t_mul: Each is so many times as long as the one before. Below 1 they shrink to a point,
            behind which there is no piece.
        most: After so many cycles there is one more piece, without an end; None: they never end.
    """

    first: int
    t_mul: float
    most: int | None = None

    def index(self, step: ArrayLike) -> Floats:
        """The number of the cycle that ``step`` lies in; inf where there is none left."""
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            cycle = self.cycle(np.asarray(step, float))
        return cycle if self.most is None else np.minimum(cycle, float(self.most))

    def start(self, index: ArrayLike) -> Floats:
        """The first whole step of cycle ``index``; beyond the last cycle, where that ends."""
        start = self._start(index)
        if self.most is None:
            return start
        return np.where(np.asarray(index, float) > self.most, math.inf, start)

    @property
    def last(self) -> float:
        """The first step of the piece behind the last cycle; inf where there is none."""
        return math.inf if self.most is None else float(self._start(self.most))

    @property
    def without(self) -> float:
        """The first whole step that no cycle reaches; inf where there is none."""
        return _first_without(self.first, self.t_mul)

    def lengths(self, index: Floats) -> Floats:
        """How long each cycle is by the formula, in steps; not always a whole number."""
        return np.asarray(self.first * np.power(self.t_mul, index))

    def boundary(self, index: Floats) -> Floats:
        """Where cycle ``index`` begins by the formula, not always a whole step."""
        # expm1 keeps its digits where t_mul is close to 1.
        grown = np.expm1(index * math.log(self.t_mul))
        return np.asarray(self.first * grown / (self.t_mul - 1))

    def cycle(self, step: Floats) -> Floats:
        """The number of the cycle that each step lies in, however many may be counted."""
        if self.t_mul == 1:
            return np.asarray(np.floor(step / self.first))
        exact = _first_steps(self.first, self.t_mul)
        if exact[-1] >= min(self.without, step.max(initial=0.0) + 1):
            cycle = np.searchsorted(exact, step, side="right").astype(np.float64) - 1
        else:
            cycle = self._computed(step)
        return cycle if self.t_mul > 1 else np.where(step >= self.without, math.inf, cycle)

    def _computed(self, step: Floats) -> Floats:
        # The closed form may round to the wrong side of a boundary: look at both neighbours.
        left = np.maximum(1 + step * ((self.t_mul - 1) / self.first), 0.0)
        cycle = np.floor(np.log(left) / math.log(self.t_mul))
        cycle = np.maximum(cycle, 0.0)
        cycle = np.where(self._start(cycle + 1) <= step, cycle + 1, cycle)
        cycle = np.where(self._start(cycle) > step, cycle - 1, cycle)
        return cycle.astype(np.float64)

    def _start(self, index: ArrayLike) -> Floats:
        index = np.asarray(index, float)
        if self.t_mul == 1:
            return np.asarray(index * float(self.first))
        exact = _first_steps(self.first, self.t_mul)
        place = np.clip(index, 0, len(exact) - 1).astype(np.intp)
        if index.max(initial=0.0) < len(exact):
            return np.asarray(exact[place])
        with np.errstate(over="ignore", invalid="ignore"):
            start = np.ceil(self.boundary(index) * (1 - _ROUNDING))
        return np.where(index < len(exact), exact[place], np.fmin(start, self.without))


@lru_cache(maxsize=512)
def _first_steps(first: int, t_mul: float) -> Floats:
    """The first whole step of each of the first cycles, exact.

    ``t_mul`` is taken as the decimal number that it was written as: 10 + 10 * 1.1 is step 21,
    though 1.1 as a float64 is a little more than 1.1.
    """
    ratio = Fraction(repr(t_mul))
    begin, length, unit = 0, first, 1
    starts: list[int] = []
    # Beyond the last of these no cycle begins, or none that any run reaches.
    last = math.ceil(first / (1 - ratio)) if ratio < 1 else 4 * MOST_STEPS
    while len(starts) < _EXACT and (not starts or starts[-1] < last):
        starts.append(-(-begin // unit))
        begin, length = (begin + length) * ratio.denominator, length * ratio.numerator
        unit *= ratio.denominator
    return np.array(starts, dtype=np.float64)


@lru_cache(maxsize=512)
def _first_without(first: int, t_mul: float) -> float:
    return math.inf if t_mul >= 1 else float(math.ceil(first / (1 - Fraction(repr(t_mul)))))
