"""Schedules one after another."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray

from lrviz.declared import MOST_STEPS, Field, Parameter
from lrviz.errors import InvalidFields
from lrviz.schedules.base import Floats, Handle, Schedule, Span
from lrviz.schedules.composed import Composed, same
from lrviz.schedules.parts import first, last, placed
from lrviz.schedules.phase_remarks import phase_remarks
from lrviz.text import Sentence, mark

MOST_PHASES = 16


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
    step - boundary. A phase in ``tied`` begins with the rate that the one before it ended with; the
    own length (``decay_steps``) of one in ``fitted`` is that of the phase, unless it is the last.
    At most 16 phases, 3 levels deep.
    """

    known_as: ClassVar[tuple[str, ...]] = ("SequentialLR", "join_schedules", "phases")

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

    def __post_init__(self) -> None:
        object.__setattr__(self, "schedules", tuple(self.schedules))
        super().__post_init__()
        for name in ("tied", "fitted"):
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))
        for place in self.fitted:
            self._put(place, self.schedules[place].own_length, self._room(place))
        for place in self.tied:
            self.__dict__.pop("ends", None)
            self._put(place, self.schedules[place].first_rate, self.ends[place - 1])
        # What was worked out of other phases is not these ones'.
        self.__dict__.pop("ends", None)

    def _conflicts(self) -> dict[str, Sentence]:
        count = len(self.schedules)
        if count > MOST_PHASES:
            return {"boundaries": Sentence("At most {most} phases.", {"most": MOST_PHASES})}
        if count != len(self.boundaries) + 1:
            return {
                "boundaries": Sentence(
                    "boundaries must hold one number less than there are phases: {needed}, not "
                    "{given}.",
                    {"needed": count - 1, "given": len(self.boundaries)},
                )
            }
        for before, after in pairwise(self.boundaries):
            if before > after:
                return {
                    "boundaries": Sentence(
                        "boundaries must rise, but {after} comes after {before}.",
                        {"before": before, "after": after},
                    )
                }
        return self._depth_problem("boundaries") or self._tie_problem()

    def _tie_problem(self) -> dict[str, Sentence]:
        follows = [("tied", place, "first_rate") for place in self.tied]
        follows += [("fitted", place, "own_length") for place in self.fitted]
        for name, place, field in follows:
            if place >= len(self.schedules):
                return {name: Sentence("There is no phase {number}.", {"number": place})}
            phase = self.schedules[place]
            if not getattr(phase, field):
                return {
                    name: Sentence(
                        "{name} has nothing of its own that could follow its place.",
                        {"name": type(phase).__name__},
                    )
                }
        return {}

    def _room(self, place: int) -> int | None:
        """The length of a phase; None: the last one's is the run's to tell."""
        if place >= len(self.boundaries):
            return None
        return max(1, self.boundaries[place] - self.starts[place])

    def _put(self, place: int, path: str, value: float | None) -> None:
        """Set a field of a phase that follows its place."""
        if value is None:
            return
        try:
            phase = self.schedules[place].with_values({path: value})
        except InvalidFields as error:
            problems = {f"{place}.{each}": why for each, why in error.problems.items()}
            raise self.error(problems) from error
        phases = (*self.schedules[:place], phase, *self.schedules[place + 1 :])
        object.__setattr__(self, "schedules", phases)

    def _followers(self) -> set[str]:
        """The fields that are not set by themselves."""
        lengths = {
            f"{i}.{self.schedules[i].own_length}" for i in self.fitted if i < len(self.boundaries)
        }
        return lengths | {f"{i}.{self.schedules[i].first_rate}" for i in self.tied}

    def _fields(self, prefix: str) -> Iterator[Field]:
        follows = {prefix + each for each in self._followers()}
        return (each for each in super()._fields(prefix) if each.path not in follows)

    @property
    def parts(self) -> tuple[tuple[str, Schedule], ...]:
        """The phases, by their places."""
        return tuple((f"{i}", each) for i, each in enumerate(self.schedules))

    @property
    def title(self) -> str:
        """Its phases' titles, one after another."""
        titles = (
            f"({each.title})" if isinstance(each, Composed) else each.title
            for each in self.schedules
        )
        return " > ".join(titles)

    @property
    def starts(self) -> tuple[int, ...]:
        """The first step of each phase."""
        return (0, *self.boundaries)

    def windows(self, last_step: int) -> tuple[Span, ...]:
        """Where each phase holds, up to ``last_step``; empty ones are left out."""
        stops = (*(min(each, last_step + 1) for each in self.boundaries), last_step + 1)
        spans = zip(self.starts, stops, self.schedules, strict=True)
        return tuple(Span(*each) for each in spans if each[0] < each[1])

    @cached_property
    def ends(self) -> tuple[float, ...]:
        """The rate with which each phase but the last ends."""
        ends = list[float]()
        for phase, (start, stop) in zip(self.schedules, pairwise(self.starts), strict=False):
            if stop == start:
                ends.append(ends[-1] if ends else first(phase))
            else:
                ends.append(last(phase, stop - start))
        return tuple(ends)

    @property
    def formula(self) -> str:
        """LaTeX of the rate at step t, by its pieces."""
        lines = []
        for i, start in enumerate(self.starts):
            time = rf"t - {start}" if start else "t"
            where = rf"t < {self.boundaries[i]}" if i < len(self.boundaries) else r"\text{else}"
            lines.append(rf"\eta_{{{i + 1}}}({time}) & {where}")
        return r"\eta(t) = \begin{cases} " + r" \\ ".join(lines) + r" \end{cases}"

    @property
    def jumps(self) -> bool:
        """Whether the rate jumps in a phase, or between two."""
        return super().jumps or any(self._breaks)

    @cached_property
    def _breaks(self) -> tuple[bool, ...]:
        """Whether the rate jumps at each boundary."""
        begins = map(first, self.schedules[1:])
        return tuple(not same(end, begin) for end, begin in zip(self.ends, begins, strict=True))

    def jump(self, steps: Floats) -> NDArray[np.bool_]:
        """Whether the rate jumps between each of ``steps`` and the next, shape (n - 1,)."""
        found = np.zeros(len(steps) - 1, bool)
        cuts = [0, *np.searchsorted(steps, self.boundaries).tolist(), len(steps)]
        before = 0
        for place, (low, high) in enumerate(pairwise(cuts)):
            if low == high:
                continue
            phase, start = self.schedules[place], self.starts[place]
            found[low : high - 1] = phase.jump(steps[low:high] - start)
            if low:
                found[low - 1] = not same(self.ends[place - 1], first(phase))
                if before < place - 1:
                    found[low - 1] = not same(self.ends[before], first(phase))
            before = place
        return found

    def restarts(self, last_step: int) -> tuple[int, ...]:
        """Those of its phases, and where a phase begins higher than the one before ended."""
        up = {
            step
            for step, end, broken, phase in zip(
                self.boundaries, self.ends, self._breaks, self.schedules[1:], strict=True
            )
            if broken and first(phase) > end and 0 < step <= last_step
        }
        return tuple(sorted({*super().restarts(last_step), *up}))[:1000]

    @property
    def end(self) -> float:
        """The step from which on the rate stays as it is; inf where it never does."""
        return self.starts[-1] + self.schedules[-1].end

    @property
    def handles(self) -> tuple[Handle, ...]:
        """Those of each phase, where that holds; and each boundary."""
        found, follows = list[Handle](), self._followers()
        for i, phase in enumerate(self.schedules):
            start = self.starts[i]
            stop = self.boundaries[i] if i < len(self.boundaries) else math.inf
            found += [
                each for each in placed(phase, f"{i}", start, stop) if each.path not in follows
            ]
        return (
            *found,
            *(Handle(f"boundaries.{i}", "x", step) for i, step in enumerate(self.boundaries)),
        )

    def _rate(self, step: Floats) -> Floats:
        if not bool((step[1:] >= step[:-1]).all()):
            order = np.argsort(step)
            unsorted = np.empty_like(step)
            unsorted[order] = self._rate(step[order])
            return unsorted
        cuts = [0, *np.searchsorted(step, self.boundaries).tolist(), step.size]
        rates = np.empty_like(step)
        for phase, start, (low, high) in zip(
            self.schedules, self.starts, pairwise(cuts), strict=True
        ):
            if low < high:
                rates[low:high] = phase._rate(step[low:high] - start)
        return rates

    def remarks(self) -> tuple[Sentence, ...]:
        """What is legal here, but may surprise: in its phases, and between them."""
        return tuple(phase_remarks(self.schedules, self.starts, self.ends, self._breaks))
