"""Rates that fall as a power of the step: the inverse square root, and any other."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

import numpy as np

from lrviz.declared import Parameter, rate, steps
from lrviz.schedules.base import Floats, Handle
from lrviz.schedules.simple import Simple
from lrviz.text import mark

_INITIAL = rate(mark("The learning rate at step 0."), r"\eta_0", start=0.1)
_TIMESCALE = steps(
    mark("So many steps count as gone at step 0: after a warm-up, most often its length."),
    r"\tau",
    share_of_run=0.05,
)


@dataclass(frozen=True)
class InverseSqrt(Simple):
    """``initial_learning_rate * sqrt(timescale / (timescale + step))``.

    Behind a warm-up of ``timescale`` steps it is ``1 / sqrt(step)``: Vaswani et al. 2017
    ("Attention is all you need", "Noam"), transformers' ``get_inverse_sqrt_schedule``.
    """

    known_as: ClassVar[tuple[str, ...]] = (
        "get_inverse_sqrt_schedule",
        "noam",
        "rsqrt",
        "inverse square root",
        "Attention is all you need",
    )

    initial_learning_rate: Annotated[float, _INITIAL]
    timescale: Annotated[int, _TIMESCALE]

    @property
    def formula(self) -> str:
        """LaTeX of the rate at step t, with ``$name`` for each parameter."""
        return r"\eta(t) = $initial_learning_rate \sqrt{\frac{$timescale}{$timescale + t}}"

    @property
    def jumps(self) -> bool:
        """It never does."""
        return False

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The parameters that can be dragged in a chart: the same ones, whatever their values."""
        return (
            Handle("initial_learning_rate", "y", 0),
            # There the rate is half of the first.
            Handle("timescale", "x", 3.0 * self.timescale),
        )

    def closed(self) -> str:
        """The rate at step ``t``."""
        return f"{self.initial_learning_rate!r} / sqrt(1 + t / {self.timescale})"

    def _rate(self, step: Floats) -> Floats:
        return np.asarray(self.initial_learning_rate / np.sqrt(1 + step / self.timescale))


@dataclass(frozen=True)
class Power(Simple):
    """``initial_learning_rate * ((timescale + step) / timescale) ** power``, then a line to 0.

    The line takes the last ``decay_steps`` of ``total_steps``. Behind a warm-up of ``timescale``
    steps it is ``(step / timescale) ** power``: Shen et al. 2024 ("Power Scheduler"), with their
    power of -0.51; a line instead of their exponential tail.
    """

    own_length: ClassVar[str] = "total_steps"
    known_as: ClassVar[tuple[str, ...]] = ("power scheduler", "OLMo", "PowerLR")

    initial_learning_rate: Annotated[float, _INITIAL]
    timescale: Annotated[int, _TIMESCALE]
    total_steps: Annotated[
        int, steps(mark("The step at which the rate is 0."), "T", share_of_run=1.0)
    ]
    decay_steps: Annotated[
        int,
        steps(
            mark("The length of the line at the end; 0: there is none."),
            "D",
            share_of_run=0.1,
            zero=True,
        ),
    ]
    power: Annotated[
        float,
        Parameter(
            help=mark("-0.5 is the inverse square root; nearer to 0 it falls more slowly."),
            symbol="b",
            at_least=-10.0,
            at_most=0.0,
            slider=(-1.0, 0.0),
        ),
    ] = -0.51

    @property
    def formula(self) -> str:
        """LaTeX of the rate at step t, with ``$name`` for each parameter."""
        falls = r"$initial_learning_rate \left(\tfrac{$timescale + t}{$timescale}\right)^{$power}"
        if not self.decay_steps:
            return rf"\eta(t) = {falls}"
        if not self._tail:
            return (
                r"\eta(t) = $initial_learning_rate \max\left(1 - \tfrac{t}{$total_steps}, 0\right)"
            )
        tail = r"\eta(s) \, \max\left(\tfrac{$total_steps - t}{$decay_steps}, 0\right)"
        return (
            rf"\eta(t) = \begin{{cases}} {falls} & t \le s \\[4pt] {tail} & t > s \end{{cases}}"
            r", \quad s = $total_steps - $decay_steps"
        )

    @property
    def jumps(self) -> bool:
        """It never does."""
        return False

    @property
    def _length(self) -> int:
        """The length of the line: no longer than all of it."""
        return min(self.decay_steps, self.total_steps)

    @property
    def _tail(self) -> int:
        return self.total_steps - self._length

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The parameters that can be dragged in a chart: the same ones, whatever their values."""
        tail = float(self._tail) if self.decay_steps else math.nan
        return (
            Handle("initial_learning_rate", "y", 0),
            Handle("power", "y", math.floor(self._tail / 2)),
            Handle("decay_steps", "x", tail),
            Handle("total_steps", "x", self.total_steps if self.decay_steps else math.nan),
        )

    @property
    def end(self) -> float:
        """The step from which on the rate is 0; inf without the line."""
        return self.total_steps if self.decay_steps else math.inf

    def _edges(self) -> Sequence[float]:
        return (float(self._tail), float(self.total_steps)) if self.decay_steps else ()

    def closed(self) -> str:
        """The rate at step ``t``."""
        until = f"min(t, {self._tail})" if self.decay_steps else "t"
        falls = f"{self.initial_learning_rate!r} * (1 + {until} / {self.timescale})"
        falls = f"{falls} ** {self.power!r}"
        if not self.decay_steps:
            return falls
        left = f"max(0, min(({self.total_steps} - t) / {self._length}, 1))"
        return f"{falls} * {left}"

    def _rate(self, step: Floats) -> Floats:
        gone = np.minimum(step, float(self._tail)) if self.decay_steps else step
        falls = np.power(1 + gone / self.timescale, self.power)
        falls *= self.initial_learning_rate
        if not self.decay_steps:
            return np.asarray(falls)
        return np.asarray(falls * np.clip((self.total_steps - step) / self._length, 0.0, 1.0))
