"""What is drawn over a run, and where its points are."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Annotated, NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrviz.declared import Declared, Field, Parameter
from lrviz.scene.sampling import POINTS
from lrviz.scene.timeline import Timeline
from lrviz.schedules import Cycle, Floats

#: So many lines a scene holds at the most, each in one of as many colours.
MOST_CURVES = 8
#: The greatest id of a line.
MOST_ID = 99
MOST_LABEL = 60

#: Steps, rates, and whether a point is a step's (1) or the hold before a jump (0).
Points = tuple[Floats, Floats, Floats]


def clean_label(text: str) -> str:
    """A line's name out of what anybody typed: one line, printable, not too long."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:MOST_LABEL]


@dataclass(frozen=True, kw_only=True)
class Line(Declared, ABC):
    """Anything that has a rate over a run, and is drawn.

    A new kind of line is a subclass that says what its rate is and which steps show all of it, and
    an entry in :data:`lrviz.scene.LINES`. One that jumps or restarts says so, too.

    Attributes:
        color: Its place in the palette, 0 to 7.
        shown: Whether it is drawn.
        label: Its name; empty: its title.
        id: Identifies it among the lines of its scene, whatever else of it changes.
    """

    color: Annotated[int, Parameter(at_least=0, at_most=MOST_CURVES - 1)] = 0
    shown: Annotated[bool, Parameter()] = True
    label: Annotated[str, Parameter(clean=clean_label)] = ""
    id: Annotated[int, Parameter(at_least=0, at_most=MOST_ID)] = 0

    @property
    def title(self) -> str:
        """What kind of line it is: its name where it has no label."""
        return type(self).__name__

    @property
    def name(self) -> str:
        """Its label, or its title where it has none."""
        return self.label or clean_label(self.title)

    @classmethod
    def own(cls) -> tuple[Field, ...]:
        """The fields that this kind of line declares beside those of every line."""
        every = {each.name for each in Line.declared()}
        return tuple(each for each in cls.declared() if each.name not in every)

    @property
    def settings(self) -> Declared:
        """What its values are set in: itself, or a part of it."""
        return self

    @abstractmethod
    def rate(self, step: ArrayLike, timeline: Timeline) -> Floats:
        """The rate at ``step`` (whole numbers from 0, any shape), float64; NaN: not known."""

    @abstractmethod
    def steps(self, timeline: Timeline, points: int = POINTS) -> Floats:
        """Steps of the run that show all of it, at most about ``points``, rising."""

    def over(self, timeline: Timeline) -> Self:
        """The line over another run."""
        return self

    def count(self, timeline: Timeline) -> int:
        """How many rates the run has: one a step."""
        return timeline.steps

    def stride(self, timeline: Timeline) -> int:
        """How many steps lie between two rates."""
        return 1

    @property
    def jumps(self) -> bool:
        """Whether each rate holds until the next one (else it slopes)."""
        return False

    def jump(self, steps: Floats, timeline: Timeline) -> NDArray[np.bool_]:
        """Whether the rate jumps between each of ``steps`` and the next, shape (n - 1,)."""
        return np.zeros(len(steps) - 1, bool)

    def restarts(self, timeline: Timeline, upto: int | None = None) -> tuple[int, ...] | None:
        """The steps at which it restarts, up to ``upto`` (the run's end); None: it cannot."""
        return None

    def cycles(self, timeline: Timeline) -> tuple[Cycle, ...]:
        """The cycles that begin in the run, in strides."""
        return ()


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
