"""Schedules one after another."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray

from lrviz.declared import MOST_STEPS, Field, Parameter
from lrviz.schedules.base import MOST_PIECES, Handle, Schedule
from lrviz.schedules.composed import Composed
from lrviz.schedules.phases import (
    MOST_PHASES,
    Joint,
    boundary_problems,
    end_rates,
    follower_problems,
    joints,
    phase_remarks,
    resolved,
)
from lrviz.schedules.pieces import Floats
from lrviz.text import Sentence, mark


def _places(help: str, first: int) -> Parameter:
    return Parameter(
        help=help,
        symbol="i",
        at_least=first,
        at_most=MOST_PHASES - 1,
        least_items=0,
        most_items=MOST_PHASES,
    )


@dataclass(frozen=True)
class Sequence(Composed):
    """Phases: ``schedules[i]`` holds up to step ``boundaries[i]``, which belongs to the next one.

    A phase counts its own steps from 0, as in ``optax.join_schedules``: after the first, it gets
    step - boundary. The first rate of a phase in ``tied`` is the last one of the phase before it;
    the own length (``decay_steps``) of one in ``fitted`` is that of the phase, unless it is the
    last. ``schedules`` holds the phases with these values. At most 16 phases, 3 levels deep.
    """

    aliases: ClassVar[tuple[str, ...]] = ("SequentialLR", "join_schedules", "phases")
    separator: ClassVar[str] = " > "

    schedules: tuple[Schedule, ...]
    boundaries: Annotated[
        tuple[int, ...],
        Parameter(
            help=mark("The first step of each phase but the first; rising."),
            symbol="b",
            unit=mark("steps"),
            at_least=0,
            at_most=MOST_STEPS,
            slider=(1, 100_000),
            scale="run",
            least_items=0,
            most_items=MOST_PHASES - 1,
            most_fields=MOST_PHASES - 1,
        ),
    ] = ()
    tied: Annotated[
        tuple[int, ...],
        _places(mark("The phases, counted from 0, that begin where the one before ended."), 1),
    ] = ()
    fitted: Annotated[
        tuple[int, ...],
        _places(mark("The phases, counted from 0, whose own length is that of the phase."), 0),
    ] = ()

    def _normalized(self) -> Mapping[str, object]:
        tied, fitted = (tuple(sorted(set(places))) for places in (self.tied, self.fitted))
        phases = resolved(self.schedules, self.boundaries, tied, fitted)
        return {"schedules": phases, "tied": tied, "fitted": fitted}

    def _conflicts(self) -> dict[str, Sentence]:
        return (
            boundary_problems(len(self.schedules), self.boundaries)
            or self._depth_problem("boundaries")
            or follower_problems(self.schedules, self.tied, self.fitted)
        )

    def _followers(self) -> set[str]:
        """The paths of the fields whose values follow from the place of their phase."""
        lengths = {
            f"{i}.{self.schedules[i].own_length}" for i in self.fitted if i < len(self.boundaries)
        }
        return lengths | {f"{i}.{self.schedules[i].first_rate}" for i in self.tied}

    def _fields(self, prefix: str) -> Iterator[Field]:
        followers = {prefix + path for path in self._followers()}
        return (field for field in super()._fields(prefix) if field.path not in followers)

    @property
    def parts(self) -> tuple[tuple[str, Schedule], ...]:
        """The phases, by their places."""
        return tuple((f"{i}", phase) for i, phase in enumerate(self.schedules))

    @property
    def starts(self) -> tuple[int, ...]:
        """The first step of each phase."""
        return (0, *self.boundaries)

    @property
    def stops(self) -> tuple[float, ...]:
        """The step before which each phase ends; inf: the last one has no end."""
        return (*self.boundaries, math.inf)

    @cached_property
    def ends(self) -> tuple[float, ...]:
        """The rate with which each phase but the last ends."""
        return end_rates(self.schedules, self.starts)

    @cached_property
    def _joints(self) -> tuple[Joint, ...]:
        return tuple(joints(self.schedules, self.starts, self.ends))

    @property
    def formula(self) -> str:
        """LaTeX of the rate at step t, by its pieces."""
        lines = []
        for i, (start, stop) in enumerate(zip(self.starts, self.stops, strict=True)):
            time = rf"t - {start}" if start else "t"
            where = rf"t < {stop}" if stop < math.inf else r"\text{else}"
            lines.append(rf"\eta_{{{i + 1}}}({time}) & {where}")
        return r"\eta(t) = \begin{cases} " + r" \\ ".join(lines) + r" \end{cases}"

    @property
    def jumps(self) -> bool:
        """Whether the rate jumps in a phase, or between two."""
        return super().jumps or any(joint.jumps for joint in self._joints)

    def jump(self, steps: Floats) -> NDArray[np.bool_]:
        """Whether the rate jumps between each of ``steps`` and the next, shape (n - 1,)."""
        result = np.zeros(len(steps) - 1, bool)
        for phase, start, place in self._slices(steps):
            result[place.start : place.stop - 1] = phase.jump(steps[place] - start)
        begins = np.searchsorted(steps, [joint.step for joint in self._joints]).tolist()
        for joint, index in zip(self._joints, begins, strict=True):
            if 0 < index < len(steps):
                result[index - 1] = joint.jumps
        return result

    def restarts(self, last_step: int) -> tuple[int, ...]:
        """Those of its phases, and where a phase begins higher than the one before ended."""
        up = {
            joint.step
            for joint in self._joints
            if joint.jumps and joint.after > joint.before and joint.step <= last_step
        }
        return tuple(sorted({*super().restarts(last_step), *up})[:MOST_PIECES])

    @property
    def end(self) -> float:
        """The step from which on the rate stays as it is; inf where it never does."""
        return self.starts[-1] + self.schedules[-1].end

    @property
    def handles(self) -> tuple[Handle, ...]:
        """Those of each phase, where that holds; and each boundary."""
        followers = self._followers()
        return (
            *(handle for handle in super().handles if handle.path not in followers),
            *(Handle(f"boundaries.{i}", "x", step) for i, step in enumerate(self.boundaries)),
        )

    def _slices(self, steps: Floats) -> Iterator[tuple[Schedule, int, slice]]:
        """Each phase that has some of the rising ``steps``, its start, and the slice of these."""
        cuts = (0, *np.searchsorted(steps, self.boundaries).tolist(), len(steps))
        for phase, start, (low, high) in zip(
            self.schedules, self.starts, pairwise(cuts), strict=True
        ):
            if low < high:
                yield phase, start, slice(low, high)

    def _rate(self, step: Floats) -> Floats:
        rates = np.empty_like(step)
        if not bool((step[1:] >= step[:-1]).all()):
            order = np.argsort(step)
            rates[order] = self._rate(step[order])
            return rates
        for phase, start, place in self._slices(step):
            rates[place] = phase._rate(step[place] - start)
        return rates

    def remarks(self) -> tuple[Sentence, ...]:
        """What is legal here, but may surprise: in its phases, and between them."""
        return tuple(phase_remarks(self.schedules, self.starts, self._joints))
