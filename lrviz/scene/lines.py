"""The geometry of a drawn line: where its points are, and which of them are a step's."""

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrviz.scene.sampling import POINTS
from lrviz.scene.timeline import Timeline
from lrviz.schedules import Floats

#: Steps, rates, and whether a point is a step's (1) or the hold before a jump (0).
Points = tuple[Floats, Floats, Floats]


class Line(Protocol):
    """Anything that has a rate over the run, and is drawn."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def id(self) -> int:
        """Identifies it among the lines of a scene, or of a run."""

    @property
    def color(self) -> int:
        """Its place in the palette."""

    @property
    def shown(self) -> bool:
        """Whether it is drawn."""

    @property
    def jumps(self) -> bool:
        """Whether each rate holds until the next one (else it slopes)."""

    def rate(self, step: ArrayLike, timeline: Timeline) -> Floats:
        """The rate at ``step`` (whole numbers from 0, any shape), float64; NaN: not known."""

    def steps(self, timeline: Timeline, points: int = POINTS) -> Floats:
        """Steps of the run that show all of it, at most about ``points``, rising."""

    def jump(self, steps: Floats, timeline: Timeline) -> NDArray[np.bool_]:
        """Whether the rate jumps between each of ``steps`` and the next, shape (n - 1,)."""

    def restarts(self, timeline: Timeline, upto: int | None = None) -> tuple[int, ...] | None:
        """The steps at which it restarts, up to ``upto`` (the run's end); None: it cannot."""


class Laid(NamedTuple):
    """Where the points of a line are, whatever the rates.

    Attributes:
        steps: The steps at which the rate is worked out.
        x: The steps at which the points are.
        of_rate: For each point, the index in ``steps`` of the rate that it has.
        real: For each point, whether it is a step's (1) or the hold before a jump (0).
    """

    steps: Floats
    x: Floats
    of_rate: NDArray[np.intp]
    real: Floats

    def points(self, line: Line, timeline: Timeline) -> Points:
        """The points of ``line``, for which this was laid out."""
        return self.x, line.rate(self.steps, timeline)[self.of_rate], self.real


def drawn(line: Line, timeline: Timeline, points: int = POINTS) -> Points:
    """The points of ``line``: steps, rates, and which points are a step's (1) or a hold (0)."""
    return laid(line, timeline, points).points(line, timeline)


def laid(line: Line, timeline: Timeline, points: int = POINTS) -> Laid:
    """The points of ``line``; its knots, and whether it jumps there, say where."""
    steps = line.steps(timeline, points)
    # Each step after a jump twice: first with the rate from before, which is a hold.
    jump = line.jump(steps, timeline)
    after = np.flatnonzero(jump) + 1
    of_step = np.repeat(np.arange(len(steps)), np.concatenate(([1], 1 + jump)))
    hold = after + np.arange(len(after))
    of_rate, real = of_step.copy(), np.ones(len(of_step))
    of_rate[hold] -= 1
    real[hold] = 0.0
    x = steps[of_step]
    if line.jumps:
        # The last rate holds for its whole step, too.
        x, real = np.append(x, timeline.steps), np.append(real, 0.0)
        of_rate = np.append(of_rate, of_rate[-1])
    return Laid(steps, x, of_rate, real)
