"""Rates that fall by a factor: exponential, inverse time, and in equal steps."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from lrviz.declared import Parameter, rate, steps
from lrviz.schedules.base import Handle
from lrviz.schedules.pieces import Edges, Periods, Pieces
from lrviz.schedules.simple import Simple
from lrviz.text import Sentence, mark

_INITIAL = rate(mark("The learning rate at step 0."), r"\eta_0", start=0.1)
_STAIRCASE = Parameter(
    help=mark("Change only at every multiple of decay_steps, and hold the rate in between."),
    symbol=r"\text{stairs}",
)


class _Staircase(Simple):
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
    def pieces(self) -> Pieces:
        """The stairs."""
        return Periods(self.decay_steps) if self.staircase else Edges()

    def _quotient(self) -> str:
        """How often ``decay_steps`` have gone by."""
        return "floor(t / decay_steps)" if self.staircase else "t / decay_steps"


@dataclass(frozen=True)
class ExponentialDecay(_Staircase):
    """``initial_learning_rate * decay_rate ** (step / decay_steps)``.

    With ``staircase`` the exponent is floored. As Keras's ``ExponentialDecay``; it goes no further
    than to ``end_learning_rate``, as optax's ``exponential_decay`` with its ``end_value``.
    """

    first_rate: ClassVar[str] = "initial_learning_rate"
    aliases: ClassVar[tuple[str, ...]] = ("ExponentialLR", "exponential_decay", "gamma")

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

    def closed(self) -> str:
        """The rate at step ``t``."""
        decayed = f"initial_learning_rate * decay_rate ** ({self._quotient()})"
        if self.end_learning_rate is None:
            return decayed
        limit = "max(d, end_learning_rate), min(d, end_learning_rate)"
        return f"d = {decayed}\nwhere(decay_rate < 1, {limit})"

    def remarks(self) -> tuple[Sentence, ...]:
        """What is legal here, but may surprise."""
        return _growth("decay_rate", self.decay_rate)


@dataclass(frozen=True)
class InverseTimeDecay(_Staircase):
    """``initial_learning_rate / (1 + decay_rate * step / decay_steps)``.

    With ``staircase`` the quotient ``step / decay_steps`` is floored. As Keras's
    ``InverseTimeDecay``.
    """

    first_rate: ClassVar[str] = "initial_learning_rate"
    aliases: ClassVar[tuple[str, ...]] = ("inverse time", "1/t", "hyperbolic")

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

    def closed(self) -> str:
        """The rate at step ``t``."""
        return f"initial_learning_rate / (1 + decay_rate * ({self._quotient()}))"


@dataclass(frozen=True)
class StepDecay(Simple):
    """``initial_learning_rate * drop ** floor(step / drop_every)``.

    The step decay of many course notes, mostly applied to the epoch through a
    ``LearningRateScheduler``: ``start * drop ** floor(epoch / epochs_drop)``. Keras has no class of
    that name; its ``ExponentialDecay`` with ``staircase=True`` is the same function.
    """

    first_rate: ClassVar[str] = "initial_learning_rate"
    aliases: ClassVar[tuple[str, ...]] = ("StepLR", "StepLRScheduler", "step_size", "ResNet")

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
    def handles(self) -> tuple[Handle, ...]:
        """The parameters that can be dragged in a chart: the same ones, whatever their values."""
        return (
            Handle("initial_learning_rate", "y", 0),
            Handle("drop_every", "x", self.drop_every),
            Handle("drop", "y", self.drop_every),
        )

    @property
    def pieces(self) -> Pieces:
        """The stairs."""
        return Periods(self.drop_every)

    def closed(self) -> str:
        """The rate at step ``t``."""
        return "initial_learning_rate * drop ** floor(t / drop_every)"

    def remarks(self) -> tuple[Sentence, ...]:
        """What is legal here, but may surprise."""
        return _growth("drop", self.drop)


def _growth(name: str, factor: float) -> tuple[Sentence, ...]:
    if factor <= 1:
        return ()
    return (Sentence("{name} is above 1: the rate grows instead of falling.", {"name": name}),)
