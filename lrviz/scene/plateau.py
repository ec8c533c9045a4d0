"""A rate that is known only by training."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import ArrayLike

from lrviz.declared import HIGHEST_RATE, Parameter
from lrviz.errors import InvalidFit
from lrviz.scene.lines import Line
from lrviz.scene.sampling import POINTS
from lrviz.scene.timeline import Timeline
from lrviz.schedules import Floats
from lrviz.text import mark


@dataclass(frozen=True)
class Plateau(Line):
    """``ReduceLROnPlateau``: a rate that falls when the validation loss stops falling.

    It is known only by training: beforehand there is nothing to draw.
    """

    error: ClassVar[type[InvalidFit]] = InvalidFit

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

    @property
    def title(self) -> str:
        """The name of Keras's callback."""
        return "ReduceLROnPlateau"

    @property
    def jumps(self) -> bool:
        """Each rate holds until it is cut."""
        return True

    def rate(self, step: ArrayLike, timeline: Timeline) -> Floats:
        """NaN at each step: not known beforehand."""
        return np.full(np.shape(step), np.nan)[()]

    def steps(self, timeline: Timeline, points: int = POINTS) -> Floats:
        """The run's first and last step."""
        return np.array([0.0, timeline.last_step])
