"""Cosine decay with warm restarts, each restart on exactly the step that the formula gives."""

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import ArrayLike

from lrviz.declared import MOST_STEPS, Parameter, rate, steps
from lrviz.schedules.base import Floats, Handle, Schedule
from lrviz.schedules.cosine import ALPHA
from lrviz.text import Sentence, mark

# The first steps of so many cycles are worked out in whole numbers, exactly. Only a t_mul close to
# 1 has more cycles than that in any run; the others begin where float64 puts them, to a part in
# 1e12.
_EXACT = 300
_ROUNDING = 1e-12


@lru_cache(maxsize=512)
def _first_steps(first: int, t_mul: float) -> Floats:
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
def _first_without(first: int, t_mul: float) -> float:
    """The first whole step that no cycle reaches; inf where there is none."""
    return math.inf if t_mul >= 1 else float(math.ceil(first / (1 - Fraction(repr(t_mul)))))


@dataclass(frozen=True)
class CosineDecayRestarts(Schedule):
    """Half a cosine again and again: a *warm restart* after each cycle.

    Cycle i begins at ``first_decay_steps * (t_mul**i - 1) / (t_mul - 1)`` (with ``t_mul=1``: at
    ``i * first_decay_steps``), is ``first_decay_steps * t_mul**i`` steps long, and falls from
    ``initial_learning_rate * ((1 - alpha) * m_mul**i + alpha)`` to ``alpha *
    initial_learning_rate``. A step on a boundary belongs to the new cycle. With ``t_mul < 1`` the
    cycles shrink to a point at ``first_decay_steps / (1 - t_mul)``, from which on the rate is NaN.
    As Keras's ``CosineDecayRestarts``, less its rounding; Loshchilov & Hutter 2017 (SGDR).
    """

    restarts: ClassVar[bool] = True

    initial_learning_rate: Annotated[
        float, rate(mark("The learning rate at step 0: the first peak."), r"\eta_0", start=0.1)
    ]
    first_decay_steps: Annotated[
        int,
        steps(
            mark("The length of the first cycle: the first restart is at this step."),
            "T_0",
            share_of_run=1 / 7,
        ),
    ]
    t_mul: Annotated[
        float,
        Parameter(
            help=mark("Each cycle is t_mul times as long as the one before."),
            symbol=r"t_{\mathrm{mul}}",
            above=0.0,
            at_most=1000.0,
            slider=(0.5, 3.0),
        ),
    ] = 2.0
    m_mul: Annotated[
        float,
        Parameter(
            help=mark("Each cycle's peak is m_mul times the one before (with alpha = 0)."),
            symbol=r"m_{\mathrm{mul}}",
            at_least=0.0,
            at_most=1000.0,
            slider=(0.0, 2.0),
        ),
    ] = 1.0
    alpha: Annotated[float, ALPHA] = 0.0

    @property
    def formula(self) -> str:
        """LaTeX of the rate at step t, with ``$name`` for each parameter."""
        if self.t_mul == 1:
            where = (
                r"i = \left\lfloor \tfrac{t}{$first_decay_steps} \right\rfloor, \quad "
                r"u = \tfrac{t}{$first_decay_steps} - i"
            )
        else:
            where = (
                r"s_i = $first_decay_steps \, \tfrac{{$t_mul}^i - 1}{$t_mul - 1}, \quad "
                r"s_i \le t < s_{i+1}, \quad "
                r"u = \tfrac{t - s_i}{$first_decay_steps \cdot {$t_mul}^i}"
            )
        return (
            r"\begin{gathered} \eta(t) = $initial_learning_rate \left[(1 - $alpha)\, {$m_mul}^i "
            r"\, \tfrac{1}{2}(1 + \cos \pi u) + $alpha\right] \\ " + where + r" \end{gathered}"
        )

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The parameters that can be dragged in a chart: the same ones, whatever their values."""
        return (
            Handle("initial_learning_rate", "y", 0),
            Handle("first_decay_steps", "x", self.first_decay_steps),
            Handle("t_mul", "x", float(self.piece_start(2))),
            Handle("m_mul", "y", self.first_decay_steps),
            Handle("alpha", "y", float(self.piece_start(2)) - 1),
        )

    @property
    def limit(self) -> float:
        """Where the cycles shrink to a point, in steps; inf where they do not."""
        return self.first_decay_steps / (1 - self.t_mul) if self.t_mul < 1 else math.inf

    def piece(self, step: ArrayLike) -> Floats:
        """The number of the cycle that ``step`` lies in; inf from :attr:`limit` on."""
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            return self._cycle(np.asarray(step, float))

    def piece_start(self, index: ArrayLike) -> Floats:
        """The first whole step of cycle ``index``; beyond :attr:`limit`, the limit."""
        index = np.asarray(index, float)
        if self.t_mul == 1:
            return index * float(self.first_decay_steps)
        exact = _first_steps(self.first_decay_steps, self.t_mul)
        known = np.clip(index, 0, len(exact) - 1).astype(np.intp)
        if index.max(initial=0.0) < len(exact):
            return np.asarray(exact[known])
        with np.errstate(over="ignore", invalid="ignore"):
            start = np.ceil(self._boundary(index) * (1 - _ROUNDING))
        return np.where(index < len(exact), exact[known], np.fmin(start, self._end))

    def _lengths(self, index: Floats) -> Floats:
        if self.t_mul == 1:
            return np.asarray(float(self.first_decay_steps))
        return self.first_decay_steps * np.power(self.t_mul, index)

    @property
    def _end(self) -> float:
        """The first whole step that has no value; inf where there is none."""
        return _first_without(self.first_decay_steps, self.t_mul)

    def _boundary(self, index: Floats) -> Floats:
        """Where cycle ``index`` begins by the formula, not always a whole step."""
        if self.t_mul == 1:
            return index * float(self.first_decay_steps)
        # expm1 keeps its digits where t_mul is close to 1.
        grown = np.expm1(index * math.log(self.t_mul))
        return self.first_decay_steps * grown / (self.t_mul - 1)

    def _cycle(self, step: Floats) -> Floats:
        if self.t_mul == 1:
            return np.floor(step / self.first_decay_steps)
        known = _first_steps(self.first_decay_steps, self.t_mul)
        if known[-1] >= min(self._end, step.max(initial=0.0) + 1):
            cycle = np.searchsorted(known, step, side="right").astype(np.float64) - 1
        else:
            cycle = self._guessed(step)
        return cycle if self.t_mul > 1 else np.where(step >= self._end, math.inf, cycle)

    def _guessed(self, step: Floats) -> Floats:
        # The closed form may round to the wrong side of a boundary: look at both neighbours.
        left = np.maximum(1 + step * ((self.t_mul - 1) / self.first_decay_steps), 0.0)
        guess = np.floor(np.log(left) / math.log(self.t_mul))
        guess = np.maximum(guess, 0.0)
        guess = np.where(self.piece_start(guess + 1) <= step, guess + 1, guess)
        guess = np.where(self.piece_start(guess) > step, guess - 1, guess)
        return guess.astype(np.float64)

    def _rate(self, step: Floats) -> Floats:
        if not step.size:
            return step.copy()
        last = float(self._cycle(np.minimum(step.max(), self._end - 1)))
        if self.t_mul != 1 and last <= step.size:
            # Fewer cycles than steps: work out each cycle once, and look it up for every step.
            cycle = np.arange(last + 1)
            look_up = np.searchsorted(self.piece_start(cycle), step, side="right") - 1
            begin, length, height = (each[look_up] for each in self._shape(cycle))
        else:
            begin, length, height = self._shape(self._cycle(step))
        part = np.clip((step - begin) / length, 0.0, 1.0)
        swing = height * ((1 - self.alpha) / 2)
        rate = self.initial_learning_rate * (swing * (1 + np.cos(np.pi * part)) + self.alpha)
        return rate if self.t_mul >= 1 else np.where(step < self._end, rate, math.nan)

    def _shape(self, cycle: Floats) -> tuple[Floats, Floats, Floats]:
        """Where each cycle begins, how long it is, and its height as a multiple of the first's."""
        return self._boundary(cycle), self._lengths(cycle), np.power(self.m_mul, cycle)

    def remarks(self) -> tuple[Sentence, ...]:
        """What is legal here, but may surprise."""
        remarks = []
        if self.t_mul < 1:
            remarks.append(
                Sentence(
                    "t_mul is below 1: each cycle is shorter than the one before, and all of them "
                    "together end at step {limit}. From there on the rate is not a number (NaN), "
                    "in Keras too.",
                    {"limit": self.limit},
                )
            )
        if self.m_mul > 1:
            remarks.append(Sentence("m_mul is above 1: each restart goes higher than the last."))
        if self.alpha > 0 and self.m_mul != 1:
            second = (1 - self.alpha) * self.m_mul + self.alpha
            remarks.append(
                Sentence(
                    "alpha dilutes m_mul: the second peak is (1 - alpha) * m_mul + alpha = "
                    "{second} of the first, not {m_mul}.",
                    {"second": second, "m_mul": self.m_mul},
                )
            )
        return tuple(remarks)
