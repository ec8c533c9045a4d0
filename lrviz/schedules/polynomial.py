"""Polynomial decay, once or in cycles."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import ArrayLike

from lrviz.declared import Parameter, rate, steps
from lrviz.schedules.base import Floats, Handle
from lrviz.schedules.simple import Simple
from lrviz.schedules.written import minus
from lrviz.text import Sentence, mark


@dataclass(frozen=True)
class PolynomialDecay(Simple):
    """From ``initial_learning_rate`` to ``end_learning_rate``, by a power of what is left.

    ``(initial - end) * (1 - step / decay_steps) ** power + end``, and ``end`` after
    ``decay_steps``. With ``cycle``, ``decay_steps`` is replaced by its first multiple that is not
    below the step: the rate reaches ``end`` at each multiple and restarts one step later, from a
    lower peak each time. As Keras's ``PolynomialDecay``.
    """

    cyclic: ClassVar[bool] = True
    own_length: ClassVar[str] = "decay_steps"
    known_as: ClassVar[tuple[str, ...]] = (
        "PolynomialLR",
        "PolyLRScheduler",
        "polynomial_schedule",
        "poly",
    )

    initial_learning_rate: Annotated[
        float, rate(mark("The learning rate at step 0."), r"\eta_0", start=0.1)
    ]
    decay_steps: Annotated[
        int,
        steps(mark("The number of steps from the first rate to the last."), "T", share_of_run=1.0),
    ]
    end_learning_rate: Annotated[
        float, rate(mark("The learning rate at the end of the decay."), r"\eta_e", zero=True)
    ] = 0.0001
    power: Annotated[
        float,
        Parameter(
            help=mark("1 falls in a line, above 1 fast then slowly, below 1 slowly then fast."),
            symbol="p",
            at_least=0.0,
            at_most=1000.0,
            slider=(0.1, 5.0),
        ),
    ] = 1.0
    cycle: Annotated[
        bool,
        Parameter(
            help=mark("Begin again after each decay_steps, from a lower peak each time."),
            symbol=r"\text{cycle}",
        ),
    ] = False

    @property
    def formula(self) -> str:
        """LaTeX of the rate at step t, with ``$name`` for each parameter."""
        part, where = r"\frac{\min(t, $decay_steps)}{$decay_steps}", ""
        if self.cycle:
            # The cycles are counted from 0, as everywhere.
            part = r"\frac{t}{$decay_steps \, (i + 1)}"
            where = r", \quad i = \max\left(0, \left\lceil t / $decay_steps \right\rceil - 1\right)"
        return (
            r"\eta(t) = ($initial_learning_rate - $end_learning_rate)"
            rf"\left(1 - {part}\right)^{{$power}} + $end_learning_rate{where}"
        )

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The parameters that can be dragged in a chart: the same ones, whatever their values."""
        return (
            Handle("initial_learning_rate", "y", 0),
            Handle("power", "y", self.decay_steps / 2),
            Handle("decay_steps", "x", self.decay_steps),
            Handle("end_learning_rate", "y", self.decay_steps),
        )

    @property
    def jumps(self) -> bool:
        """Whether the rate jumps between its pieces (else its slope changes)."""
        return self.cycle

    @property
    def end(self) -> float:
        """The step from which on the rate stays as it is; inf with ``cycle``."""
        return math.inf if self.cycle else self.decay_steps

    def piece(self, step: ArrayLike) -> Floats:
        """The number of the piece that ``step`` lies on."""
        if not self.cycle:
            return super().piece(step)
        before = np.ceil(np.asarray(step, float) / self.decay_steps) - 1
        return np.asarray(np.maximum(before, 0.0))

    def piece_start(self, index: ArrayLike) -> Floats:
        """The first step of piece ``index``: one after a multiple of ``decay_steps``."""
        if not self.cycle:
            return super().piece_start(index)
        index = np.asarray(index, float)
        return index * self.decay_steps + (index > 0)

    def _laps(self, last_step: int) -> tuple[Floats, Floats, Floats]:
        index, starts, stops = super()._laps(last_step)
        keep = np.full(len(index), self.cycle)
        return index[keep], starts[keep], stops[keep]

    def _lengths(self, index: Floats) -> Floats:
        return np.asarray(float(self.decay_steps))

    def _edges(self) -> Sequence[float]:
        return (float(self.decay_steps),)

    def _rate(self, step: Floats) -> Floats:
        if self.cycle:
            length = self.decay_steps * np.maximum(np.ceil(step / self.decay_steps), 1.0)
            left = 1 - step / length
        else:
            left = 1 - np.minimum(step / self.decay_steps, 1.0)
        span = self.initial_learning_rate - self.end_learning_rate
        return np.asarray(span * left**self.power + self.end_learning_rate)

    def closed(self) -> str:
        """The rate at step ``t``."""
        part = f"t / {self.decay_steps}"
        share = f"u = min({part}, 1)"
        if self.cycle:
            share = f"i = max(0 - floor(0 - {part}) - 1, 0)\nu = t / ({self.decay_steps} * (i + 1))"
        span = minus(self.initial_learning_rate, self.end_learning_rate)
        return f"{share}\n{span} * (1 - u) ** {self.power!r} + {self.end_learning_rate!r}"

    def remarks(self) -> tuple[Sentence, ...]:
        """What is legal here, but may surprise."""
        if self.end_learning_rate <= self.initial_learning_rate:
            return ()
        return (Sentence("end_learning_rate is above initial_learning_rate: the rate rises."),)
