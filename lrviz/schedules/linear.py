"""A straight line: the warm-up in front of others, or the cooldown behind them."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from lrviz.declared import rate, steps
from lrviz.schedules.base import Handle
from lrviz.schedules.pieces import Edges, Pieces
from lrviz.schedules.simple import Simple
from lrviz.text import mark


@dataclass(frozen=True)
class Linear(Simple):
    """From ``initial_learning_rate`` to ``end_learning_rate`` in ``decay_steps``, in a line.

    ``initial + (end - initial) * min(step / decay_steps, 1)``: up or down. As optax's
    ``linear_schedule(init_value, end_value, transition_steps)``.
    """

    first_rate: ClassVar[str] = "initial_learning_rate"
    own_length: ClassVar[str] = "decay_steps"
    aliases: ClassVar[tuple[str, ...]] = (
        "LinearLR",
        "linear_schedule",
        "get_linear_schedule_with_warmup",
        "warm-up",
        "warmup",
        "cooldown",
    )

    initial_learning_rate: Annotated[
        float, rate(mark("The learning rate at step 0."), r"\eta_0", zero=True, start=0.1)
    ]
    end_learning_rate: Annotated[
        float, rate(mark("The learning rate at the end of the line."), r"\eta_e", zero=True)
    ]
    decay_steps: Annotated[
        int,
        steps(mark("The number of steps from the first rate to the last."), "T", share_of_run=1.0),
    ]

    @classmethod
    def example(cls, run_steps: int) -> "Linear":
        """A line down to nothing."""
        return cls(0.1, 0.0, run_steps)

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The parameters that can be dragged in a chart: the same ones, whatever their values."""
        return (
            Handle("initial_learning_rate", "y", 0),
            Handle("decay_steps", "x", self.decay_steps),
            Handle("end_learning_rate", "y", self.decay_steps),
        )

    @property
    def pieces(self) -> Pieces:
        """The line, and what comes after it."""
        return Edges.at(self.decay_steps)

    def closed(self) -> str:
        """The rate at step ``t``."""
        span = "(end_learning_rate - initial_learning_rate)"
        return f"initial_learning_rate + {span} * min(t / decay_steps, 1)"
