"""Polynomial decay, once or in cycles."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from lrviz.declared import Parameter, rate, steps
from lrviz.schedules.base import Handle
from lrviz.schedules.pieces import Edges, Periods, Pieces
from lrviz.schedules.simple import Simple
from lrviz.text import Sentence, mark


@dataclass(frozen=True)
class PolynomialDecay(Simple):
    """From ``initial_learning_rate`` to ``end_learning_rate``, by a power of what is left.

    ``(initial - end) * (1 - step / decay_steps) ** power + end``, and ``end`` after
    ``decay_steps``. With ``cycle``, ``decay_steps`` is replaced by its first multiple that is not
    below the step: the rate reaches ``end`` at each multiple and restarts one step later, from a
    lower peak each time. As Keras's ``PolynomialDecay``.
    """

    first_rate: ClassVar[str] = "initial_learning_rate"
    own_length: ClassVar[str] = "decay_steps"
    aliases: ClassVar[tuple[str, ...]] = (
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
    def handles(self) -> tuple[Handle, ...]:
        """The parameters that can be dragged in a chart: the same ones, whatever their values."""
        return (
            Handle("initial_learning_rate", "y", 0),
            Handle("power", "y", self.decay_steps / 2),
            Handle("decay_steps", "x", self.decay_steps),
            Handle("end_learning_rate", "y", self.decay_steps),
        )

    @property
    def pieces(self) -> Pieces:
        """The decay, and what comes after it; with ``cycle``, cycles that end on a multiple."""
        return Periods(self.decay_steps, late=1) if self.cycle else Edges.at(self.decay_steps)

    @property
    def cyclic(self) -> bool:
        """Whether it begins again."""
        return self.cycle

    def closed(self) -> str:
        """The rate at step ``t``."""
        part = "u = min(t / decay_steps, 1)"
        if self.cycle:
            # The cycles are counted from 0, as everywhere.
            part = "i = max(-floor(-(t / decay_steps)) - 1, 0)\nu = t / (decay_steps * (i + 1))"
        span = "(initial_learning_rate - end_learning_rate)"
        return f"{part}\n{span} * (1 - u) ** power + end_learning_rate"

    def remarks(self) -> tuple[Sentence, ...]:
        """What is legal here, but may surprise."""
        if self.end_learning_rate <= self.initial_learning_rate:
            return ()
        return (Sentence("end_learning_rate is above initial_learning_rate: the rate rises."),)
