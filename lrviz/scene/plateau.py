"""A rate that only training can tell."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrviz.declared import HIGHEST_RATE, Declared, Parameter
from lrviz.errors import InvalidFit
from lrviz.scene.sampling import POINTS
from lrviz.scene.timeline import Timeline
from lrviz.schedules import Floats
from lrviz.text import mark


@dataclass(frozen=True)
class Plateau(Declared):
    """``ReduceLROnPlateau``: a rate that falls when the validation loss stops falling.

    Nobody can draw its curve beforehand: it is known only by training.
    """

    error: ClassVar[type[InvalidFit]] = InvalidFit
    name: ClassVar[str] = "ReduceLROnPlateau"

    initial_learning_rate: Annotated[
        float,
        Parameter(
            help=mark(
                "The learning rate at step 0. Begin high: a low rate goes on improving, and then "
                "nothing is cut."
            ),
            symbol=r"\eta_0",
            above=0.0,
            at_most=HIGHEST_RATE,
        ),
    ] = 0.5
    factor: Annotated[
        float,
        Parameter(
            help=mark("What the rate is multiplied by when the loss stops falling."),
            symbol="f",
            above=0.0,
            at_most=0.99,
        ),
    ] = 0.5
    patience: Annotated[
        int,
        Parameter(
            help=mark("After how many epochs without a lower validation loss."),
            symbol="p",
            at_least=0,
            at_most=10_000,
            unit=mark("epochs"),
        ),
    ] = 3
    lowest: Annotated[
        float,
        Parameter(
            help=mark("The rate falls no further than this."),
            symbol=r"\eta_{\min}",
            at_least=0.0,
            at_most=HIGHEST_RATE,
        ),
    ] = 0.0
    color: int = 7
    id: int = 0
    shown: ClassVar[bool] = True
    jumps: ClassVar[bool] = True

    def rate(self, step: ArrayLike, timeline: Timeline) -> Floats:
        """NaN at each step: nobody knows."""
        return np.full(np.shape(step), np.nan)[()]

    def steps(self, timeline: Timeline, points: int = POINTS) -> Floats:
        """The run's first and last step."""
        return np.array([0.0, timeline.last_step])

    def jump(self, steps: Floats, timeline: Timeline) -> NDArray[np.bool_]:
        """Nobody knows where it jumps."""
        return np.zeros(len(steps) - 1, bool)

    def restarts(self, timeline: Timeline, upto: int | None = None) -> None:
        """It has none."""
        return None
