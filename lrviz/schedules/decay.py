"""Rates that fall by a factor: exponential, inverse time, and in equal steps."""

import math
from dataclasses import dataclass
from typing import Annotated, ClassVar

import numpy as np

from lrviz.declared import Parameter, rate, steps
from lrviz.schedules.base import Floats, Handle
from lrviz.schedules.simple import Periodic
from lrviz.text import Sentence, mark

_INITIAL = rate(mark("The learning rate at step 0."), r"\eta_0", start=0.1)
_STAIRCASE = Parameter(
    help=mark("Change only at every multiple of decay_steps, and hold the rate in between."),
    symbol=r"\text{stairs}",
)


class _Staircase(Periodic):
    """What the decays by ``decay_steps``, in stairs or not, have in common."""

    decay_steps: int
    staircase: bool

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The parameters that can be dragged in a chart: the same ones, whatever their values."""
        return (
            Handle("initial_learning_rate", "y", 0),
            Handle("decay_steps", "x", self.decay_steps),
            Handle("decay_rate", "y", self.decay_steps),
        )

    @property
    def period(self) -> float:
        """The length of a stair; inf without stairs."""
        return self.decay_steps if self.staircase else math.inf


@dataclass(frozen=True)
class ExponentialDecay(_Staircase):
    """``initial_learning_rate * decay_rate ** (step / decay_steps)``.

    With ``staircase`` the exponent is floored. As Keras's ``ExponentialDecay``; it goes no further
    than to ``end_learning_rate``, as optax's ``exponential_decay`` with its ``end_value``.
    """

    known_as: ClassVar[tuple[str, ...]] = ("ExponentialLR", "exponential_decay", "gamma")

    initial_learning_rate: Annotated[float, _INITIAL]
    decay_steps: Annotated[
        int,
        steps(
            mark("The rate is multiplied by decay_rate once in so many steps."),
            "T",
            share_of_run=0.1,
        ),
    ]
    decay_rate: Annotated[
        float,
        Parameter(
            help=mark("The factor that each decay_steps brings; above 1 the rate grows."),
            symbol=r"\gamma",
            above=0.0,
            at_most=1e6,
            slider=(0.01, 1.0),
            start=0.7,
        ),
    ]
    staircase: Annotated[bool, _STAIRCASE] = False
    end_learning_rate: Annotated[
        float | None,
        rate(
            mark("The floor, where the rate falls; the ceiling, where it grows; off: none."),
            r"\eta_e",
            zero=True,
            start=0.01,
        ),
    ] = None

    @property
    def formula(self) -> str:
        """LaTeX of the rate at step t, with ``$name`` for each parameter."""
        power = r"\,t / $decay_steps"
        if self.staircase:
            power = r"\lfloor t / $decay_steps \rfloor"
        decayed = rf"$initial_learning_rate \cdot {{$decay_rate}}^{{{power}}}"
        if self.end_learning_rate is None:
            return rf"\eta(t) = {decayed}"
        word = r"\max" if self.decay_rate < 1 else r"\min"
        return rf"\eta(t) = {word}\left({decayed},\, $end_learning_rate\right)"

    def closed(self) -> str:
        """The rate at step ``t``."""
        power = f"t / {self.decay_steps}"
        if self.staircase:
            power = f"floor({power})"
        decayed = f"{self.initial_learning_rate!r} * {self.decay_rate!r} ** ({power})"
        if self.end_learning_rate is None:
            return decayed
        word = "max" if self.decay_rate < 1 else "min"
        return f"{word}({decayed}, {self.end_learning_rate!r})"

    def _rate(self, step: Floats) -> Floats:
        exponent = step / self.decay_steps
        if self.staircase:
            exponent = np.floor(exponent)
        decayed = np.power(self.decay_rate, exponent)
        decayed *= self.initial_learning_rate
        if self.end_learning_rate is None:
            return decayed
        limit = np.maximum if self.decay_rate < 1 else np.minimum
        return np.asarray(limit(decayed, self.end_learning_rate))

    def remarks(self) -> tuple[Sentence, ...]:
        """What is legal here, but may surprise."""
        return _growth("decay_rate", self.decay_rate)


@dataclass(frozen=True)
class InverseTimeDecay(_Staircase):
    """``initial_learning_rate / (1 + decay_rate * step / decay_steps)``.

    With ``staircase`` the quotient ``step / decay_steps`` is floored. As Keras's
    ``InverseTimeDecay``.
    """

    known_as: ClassVar[tuple[str, ...]] = ("inverse time", "1/t", "hyperbolic")

    initial_learning_rate: Annotated[float, _INITIAL]
    decay_steps: Annotated[
        int,
        steps(
            mark("In so many steps the divisor grows by decay_rate."),
            "T",
            share_of_run=0.1,
        ),
    ]
    decay_rate: Annotated[
        float,
        Parameter(
            help=mark("By how much the divisor grows in each decay_steps."),
            symbol=r"\gamma",
            at_least=0.0,
            at_most=1e6,
            slider=(0.01, 10.0),
            scale="log",
            start=0.5,
        ),
    ]
    staircase: Annotated[bool, _STAIRCASE] = False

    @property
    def formula(self) -> str:
        """LaTeX of the rate at step t, with ``$name`` for each parameter."""
        quotient = r"\frac{t}{$decay_steps}"
        if self.staircase:
            quotient = rf"\left\lfloor {quotient} \right\rfloor"
        return rf"\eta(t) = \frac{{$initial_learning_rate}}{{1 + $decay_rate \cdot {quotient}}}"

    def _rate(self, step: Floats) -> Floats:
        quotient = step / self.decay_steps
        if self.staircase:
            quotient = np.floor(quotient)
        return self.initial_learning_rate / (1 + self.decay_rate * quotient)

    def closed(self) -> str:
        """The rate at step ``t``."""
        quotient = f"t / {self.decay_steps}"
        if self.staircase:
            quotient = f"floor({quotient})"
        return f"{self.initial_learning_rate!r} / (1 + {self.decay_rate!r} * {quotient})"


@dataclass(frozen=True)
class StepDecay(Periodic):
    """``initial_learning_rate * drop ** floor(step / drop_every)``.

    The step decay of many course notes, mostly applied to the epoch through a
    ``LearningRateScheduler``: ``start * drop ** floor(epoch / epochs_drop)``. Keras has no class of
    that name; its ``ExponentialDecay`` with ``staircase=True`` is the same function.
    """

    known_as: ClassVar[tuple[str, ...]] = ("StepLR", "StepLRScheduler", "step_size", "ResNet")

    initial_learning_rate: Annotated[float, _INITIAL]
    drop: Annotated[
        float,
        Parameter(
            help=mark("The factor of each drop; above 1 the rate grows."),
            symbol="d",
            above=0.0,
            at_most=1e6,
            slider=(0.01, 1.0),
            start=0.5,
        ),
    ]
    drop_every: Annotated[
        int,
        steps(
            mark("How many steps lie between two drops: epochs, if applied every epoch."),
            "T",
            share_of_run=0.2,
        ),
    ]

    @property
    def formula(self) -> str:
        """LaTeX of the rate at step t, with ``$name`` for each parameter."""
        return r"\eta(t) = $initial_learning_rate \cdot {$drop}^{\lfloor t / $drop_every \rfloor}"

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The parameters that can be dragged in a chart: the same ones, whatever their values."""
        return (
            Handle("initial_learning_rate", "y", 0),
            Handle("drop_every", "x", self.drop_every),
            Handle("drop", "y", self.drop_every),
        )

    @property
    def period(self) -> float:
        """The length of a stair."""
        return self.drop_every

    def _rate(self, step: Floats) -> Floats:
        return self.initial_learning_rate * np.power(self.drop, np.floor(step / self.drop_every))

    def closed(self) -> str:
        """The rate at step ``t``."""
        return f"{self.initial_learning_rate!r} * {self.drop!r} ** floor(t / {self.drop_every})"

    def remarks(self) -> tuple[Sentence, ...]:
        """What is legal here, but may surprise."""
        return _growth("drop", self.drop)


def _growth(name: str, factor: float) -> tuple[Sentence, ...]:
    if factor <= 1:
        return ()
    return (Sentence("{name} is above 1: the rate grows instead of falling.", {"name": name}),)
