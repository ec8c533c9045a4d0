"""A schedule as it is applied in a run."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrviz.declared import Field, Parameter
from lrviz.errors import InvalidFields
from lrviz.scene.lines import Line
from lrviz.scene.sampling import POINTS, sample
from lrviz.scene.shares import SHARE, length_of, parse_share, percent_text, share_text, with_lengths
from lrviz.scene.timeline import Per, Timeline
from lrviz.schedules import Cycle, Floats, Schedule
from lrviz.text import Sentence


@dataclass(frozen=True)
class Curve(Line):
    """A schedule as it is applied in a run, with its name and its colour.

    Attributes:
        schedule: The schedule.
        per: Whether it is called with the step, or once an epoch with the epoch's index.
        shares: Its lengths that follow the run (:mod:`lrviz.scene.shares`).
    """

    schedule: Schedule
    per: Annotated[Per, Parameter()] = "step"
    shares: Annotated[tuple[str, ...], Parameter(pattern=SHARE, least_items=0, most_items=16)] = ()

    @property
    def title(self) -> str:
        """The title of its schedule."""
        return self.schedule.title

    @property
    def settings(self) -> Schedule:
        """Its schedule."""
        return self.schedule

    def share(self, path: str) -> float | None:
        """So many percent of the run as the length at ``path`` is; None: it does not follow it."""
        return dict(map(parse_share, self.shares)).get(path)

    def with_share(self, path: str, percent: float | None) -> "Curve":
        """The curve whose length at ``path`` follows the run from now on, or no more."""
        others = tuple(each for each in self.shares if parse_share(each)[0] != path)
        own = () if percent is None else (share_text(path, percent),)
        return self if others + own == self.shares else replace(self, shares=others + own)

    def over(self, timeline: Timeline) -> "Curve":
        """The curve with the lengths that follow the run as long as that run says.

        Those that its schedule refuses stay as they are: see :meth:`unmet`.
        """
        schedule = with_lengths(self.schedule, self._followed(timeline))
        return self if schedule == self.schedule else replace(self, schedule=schedule)

    def unmet(self, timeline: Timeline) -> dict[str, Sentence]:
        """Why lengths that follow the run are not as long as that run says, by their paths."""
        problems = dict[str, Sentence]()
        for path, length in self._followed(timeline).items():
            try:
                self.schedule.with_values({path: length})
            except InvalidFields as error:
                problems[path] = Sentence(
                    "{percent} % of the run is {length}: {why}",
                    {
                        "percent": percent_text(self.share(path) or 0.0),
                        "length": length,
                        "why": next(iter(error.problems.values())),
                    },
                )
        return problems

    def _followed(self, timeline: Timeline) -> dict[str, int]:
        """How long each length that follows the run should be, by its path."""
        if not self.shares:
            return {}
        paths = {field.path for field in self.schedule.fields() if field.length}
        run, shares = self.count(timeline), map(parse_share, self.shares)
        return {path: length_of(percent, run) for path, percent in shares if path in paths}

    def rate(self, step: ArrayLike, timeline: Timeline) -> Floats:
        """The rate that is applied at ``step`` (whole numbers from 0, any shape), float64."""
        if self.per == "epoch":
            step = np.floor(np.asarray(step, float) / timeline.steps_per_epoch)
        return self.schedule(step)

    def steps(self, timeline: Timeline, points: int = POINTS) -> Floats:
        """Steps of the run that show the whole curve, as :func:`lrviz.scene.sampling.sample`."""
        chosen = sample(self.schedule, timeline.last(self.per), points)
        return chosen * self.stride(timeline)

    def count(self, timeline: Timeline) -> int:
        """How many rates the run has: its steps, or its epochs."""
        return timeline.last(self.per) + 1

    def stride(self, timeline: Timeline) -> int:
        """How many steps lie between two rates: 1, or an epoch's."""
        return 1 if self.per == "step" else timeline.steps_per_epoch

    @property
    def jumps(self) -> bool:
        """Whether each rate holds until the next one (else it slopes)."""
        return self.per == "epoch" or self.schedule.jumps

    def jump(self, steps: Floats, timeline: Timeline) -> NDArray[np.bool_]:
        """Whether the rate jumps between each of ``steps`` and the next, shape (n - 1,)."""
        jump: NDArray[np.bool_] = np.diff(steps) == self.stride(timeline)
        if self.per == "step":
            jump &= self.schedule.jump(steps)
        return jump

    def restarts(self, timeline: Timeline, upto: int | None = None) -> tuple[int, ...] | None:
        """The steps at which it restarts, up to step ``upto``; 1,000 at the most.

        None for a schedule that cannot. Without ``upto``: up to the run's last step.
        """
        return _restarts(self.schedule, self.stride(timeline), timeline.last(self.per), upto)

    def cycles(self, timeline: Timeline) -> tuple[Cycle, ...]:
        """The cycles that begin in the run, in what the curve counts (steps, or epochs)."""
        return _cycles(self.schedule, timeline.last(self.per))


# Asked for by each of those who draw or describe them.
@lru_cache(maxsize=256)
def _restarts(
    schedule: Schedule, stride: int, last: int, upto: int | None
) -> tuple[int, ...] | None:
    restarts = schedule.restarts(last if upto is None else upto // stride)
    return None if restarts is None else tuple(step * stride for step in restarts)


@lru_cache(maxsize=64)
def _cycles(schedule: Schedule, last: int) -> tuple[Cycle, ...]:
    return schedule.cycles(last)


def fields_of(curve: Curve) -> tuple[Field, ...]:
    """The fields of ``curve`` that have a slider now."""
    schedule = curve.schedule
    return tuple(
        field
        for field in schedule.fields()
        if field.slides and schedule.value(field.path) is not None
    )
