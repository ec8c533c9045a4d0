"""The geometry of a drawn line: where its points are, and which of them are a step's."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lrviz.scene.sampling import POINTS
from lrviz.scene.scene import Curve
from lrviz.scene.timeline import Timeline
from lrviz.schedules import Floats

#: Steps, rates, and whether a point is a step's (1) or the hold before a jump (0).
Points = tuple[Floats, Floats, Floats]


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

    def line(self, curve: Curve, timeline: Timeline) -> Points:
        """The line of ``curve``, for which this was laid out."""
        return self.x, curve.rate(self.steps, timeline)[self.of_rate], self.real


def drawn(curve: Curve, timeline: Timeline, points: int = POINTS) -> Points:
    """The line of ``curve``: steps, rates, and which points are a step's (1) or a hold (0)."""
    return laid(curve, timeline, points).line(curve, timeline)


def laid(curve: Curve, timeline: Timeline, points: int = POINTS) -> Laid:
    """The points of the line of ``curve``; its knots, and whether it jumps there, say where."""
    steps = curve.steps(timeline, points)
    jumps = curve.per == "epoch" or curve.schedule.jumps
    if curve.per == "epoch":
        jump = np.diff(steps) == timeline.steps_per_epoch
    else:
        pieces = curve.schedule.piece(steps)
        jump = (np.diff(steps) == 1) & (pieces[1:] != pieces[:-1]) & jumps
    # Each step after a jump twice: first with the rate from before, which is a hold.
    after = np.flatnonzero(jump) + 1
    of_step = np.repeat(np.arange(len(steps)), np.concatenate(([1], 1 + jump)))
    hold = after + np.arange(len(after))
    of_rate, real = of_step.copy(), np.ones(len(of_step))
    of_rate[hold] -= 1
    real[hold] = 0.0
    x = steps[of_step]
    if jumps:
        # The last rate holds for its whole step, too.
        x, real = np.append(x, timeline.steps), np.append(real, 0.0)
        of_rate = np.append(of_rate, of_rate[-1])
    return Laid(steps, x, of_rate, real)
