"""One schedule times another."""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from lrviz.schedules.base import MOST_PIECES, Laps, Schedule
from lrviz.schedules.composed import Composed
from lrviz.schedules.pieces import Floats
from lrviz.text import Sentence


@dataclass(frozen=True)
class Factor(Composed):
    """``base(step) * factor(step)``.

    As torch's ``ChainedScheduler``, or as a rate that is scaled with the batch size. A factor is a
    schedule whose "rates" are numbers to multiply with: 1 leaves the base as it is.
    """

    aliases: ClassVar[tuple[str, ...]] = ("ChainedScheduler", "scaled", "times")
    separator: ClassVar[str] = " × "

    base: Schedule
    factor: Schedule

    def _conflicts(self) -> dict[str, Sentence]:
        return self._depth_problem("factor")

    @property
    def parts(self) -> tuple[tuple[str, Schedule], ...]:
        """Both, by their names."""
        return (("base", self.base), ("factor", self.factor))

    @property
    def formula(self) -> str:
        """LaTeX of the rate at step t."""
        return r"\eta(t) = \eta_{1}(t) \cdot \eta_{2}(t)"

    def jump(self, steps: Floats) -> NDArray[np.bool_]:
        """Whether one of both jumps between each of ``steps`` and the next, shape (n - 1,)."""
        return self.base.jump(steps) | self.factor.jump(steps)

    def laps(self, last_step: int) -> Laps:
        """Where the cycles of both are: where both restart, each lasts until the next begins."""
        starts, lengths = self._laps(last_step)
        # Where both begin at once, the factor's is the one.
        starts, place = np.unique(starts[::-1], return_index=True)
        lengths = lengths[::-1][place]
        if all(part.laps(0).starts.size for _, part in self.parts):
            lengths = np.minimum(lengths, np.diff(starts, append=math.inf))
        return Laps(starts[:MOST_PIECES], lengths[:MOST_PIECES])

    @property
    def end(self) -> float:
        """The step from which on both stay as they are; inf where one never does."""
        ends = [part.end for _, part in self.parts if part.end > 0]
        return max(ends, default=math.inf)

    def _rate(self, step: Floats) -> Floats:
        return np.asarray(self.base._rate(step) * self.factor._rate(step))

    def remarks(self) -> tuple[Sentence, ...]:
        """What is legal in one of both, but may surprise."""
        return tuple(
            Sentence("{name}: {remark}", {"name": type(part).__name__, "remark": each})
            for _, part in self.parts
            for each in part.remarks()
        )
