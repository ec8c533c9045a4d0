"""Rates that fall as a power of the step: the inverse square root, and any other."""

import math
from dataclasses import dataclass
from typing import Annotated, ClassVar

from lrviz.declared import Parameter, rate, steps
from lrviz.schedules.base import Handle
from lrviz.schedules.pieces import Edges, Pieces
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

    first_rate: ClassVar[str] = "initial_learning_rate"
    aliases: ClassVar[tuple[str, ...]] = (
        "get_inverse_sqrt_schedule",
        "noam",
        "rsqrt",
        "inverse square root",
        "Attention is all you need",
    )

    initial_learning_rate: Annotated[float, _INITIAL]
    timescale: Annotated[int, _TIMESCALE]

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
        return "initial_learning_rate / sqrt(1 + t / timescale)"


@dataclass(frozen=True)
class Power(Simple):
    """``initial_learning_rate * ((timescale + step) / timescale) ** power``, then a line to 0.

    The line takes the last ``decay_steps`` of ``total_steps``. Behind a warm-up of ``timescale``
    steps it is ``(step / timescale) ** power``: Shen et al. 2024 ("Power Scheduler"), with their
    power of -0.51; a line instead of their exponential tail.
    """

    first_rate: ClassVar[str] = "initial_learning_rate"
    own_length: ClassVar[str] = "total_steps"
    aliases: ClassVar[tuple[str, ...]] = ("power scheduler", "OLMo", "PowerLR")

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
    def _tail(self) -> int:
        """Where the line begins: it is no longer than all of it."""
        return max(self.total_steps - self.decay_steps, 0)

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
    def pieces(self) -> Pieces:
        """The power, the line, and what comes after it."""
        return Edges.at(self._tail, self.total_steps) if self.decay_steps else Edges()

    def closed(self) -> str:
        """The rate at step ``t``."""
        if not self.decay_steps:
            return "initial_learning_rate * (1 + t / timescale) ** power"
        return (
            "s = max(total_steps - decay_steps, 0)\n"
            "h = max(0, min((total_steps - t) / (total_steps - s), 1))\n"
            "initial_learning_rate * (1 + min(t, s) / timescale) ** power * h"
        )
