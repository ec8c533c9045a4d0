"""How phases depend on their places in a sequence, and what happens where one follows another."""

import math
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from lrviz.declared import Value
from lrviz.errors import InvalidFields, InvalidSchedule
from lrviz.schedules.base import Schedule
from lrviz.schedules.linear import Linear
from lrviz.schedules.parts import first, last
from lrviz.text import Sentence

MOST_PHASES = 16


class Joint(NamedTuple):
    """Where a phase that has steps follows another one that has.

    Attributes:
        place: The place of the phase that begins.
        step: Its first step.
        before: The rate with which the one before it ends.
        after: The rate with which it begins.
    """

    place: int
    step: int
    before: float
    after: float

    @property
    def jumps(self) -> bool:
        """Whether the two rates differ by more than rounding."""
        equal = math.isclose(self.before, self.after)
        return not (equal or (math.isnan(self.before) and math.isnan(self.after)))


def boundary_problems(count: int, boundaries: Sequence[int]) -> dict[str, Sentence]:
    """Why those cannot be the boundaries of ``count`` phases; empty where they can."""
    if count > MOST_PHASES:
        return {"boundaries": Sentence("At most {most} phases.", {"most": MOST_PHASES})}
    if count != len(boundaries) + 1:
        return {
            "boundaries": Sentence(
                "boundaries must hold one number less than there are phases: {needed}, not "
                "{given}.",
                {"needed": count - 1, "given": len(boundaries)},
            )
        }
    for before, after in pairwise(boundaries):
        if before > after:
            return {
                "boundaries": Sentence(
                    "boundaries must rise, but {after} comes after {before}.",
                    {"before": before, "after": after},
                )
            }
    return {}


def follower_problems(
    phases: Sequence[Schedule], tied: Sequence[int], fitted: Sequence[int]
) -> dict[str, Sentence]:
    """Which of those places has no phase, or one without a value that could follow its place."""
    followers = [("tied", place, "first_rate") for place in tied]
    followers += [("fitted", place, "own_length") for place in fitted]
    for name, place, attribute in followers:
        if place >= len(phases):
            return {name: Sentence("There is no phase {number}.", {"number": place})}
        if not getattr(phases[place], attribute):
            return {
                name: Sentence(
                    "{name} has nothing of its own that could follow its place.",
                    {"name": type(phases[place]).__name__},
                )
            }
    return {}


def resolved(
    schedules: Sequence[Schedule],
    boundaries: Sequence[int],
    tied: Container[int],
    fitted: Container[int],
) -> tuple[Schedule, ...]:
    """The phases with the values that follow from their places.

    A phase in ``fitted`` takes its length, unless it is the last; one in ``tied`` its first rate
    from the end of the phase before it.

    Raises:
        InvalidSchedule: A phase does not take such a value; the problems are at its field's path,
            such as ``1.decay_steps``.
    """
    starts, phases = (0, *boundaries), list[Schedule]()
    for place, phase in enumerate(schedules):
        values: dict[str, Value] = {}
        if place in fitted and place < len(boundaries):
            values[phase.own_length] = max(1, boundaries[place] - starts[place])
        if place in tied:
            values[phase.first_rate] = end_rates(phases, starts)[-1]
        try:
            phases.append(phase.with_values(values) if values else phase)
        except InvalidFields as error:
            problems = {f"{place}.{path}": why for path, why in error.problems.items()}
            raise InvalidSchedule(problems) from error
    return tuple(phases)


def end_rates(phases: Sequence[Schedule], starts: Sequence[int]) -> tuple[float, ...]:
    """The rate with which each phase but the one of the last start ends.

    A phase without a step ends with the rate of the one before it.
    """
    rates = list[float]()
    for phase, (start, stop) in zip(phases, pairwise(starts), strict=False):
        if stop > start:
            rates.append(last(phase, stop - start))
        else:
            rates.append(rates[-1] if rates else first(phase))
    return tuple(rates)


def joints(
    phases: Sequence[Schedule], starts: Sequence[int], ends: Sequence[float]
) -> Iterator[Joint]:
    """Where the phases, with those starts and end rates, follow one another."""
    for place, (start, stop) in enumerate(pairwise((*starts, math.inf))):
        if 0 < start < stop:
            yield Joint(place, int(start), ends[place - 1], first(phases[place]))


def phase_remarks(
    phases: Sequence[Schedule], starts: Sequence[int], joints: Sequence[Joint]
) -> Iterator[Sentence]:
    """What is legal in the phases and where they follow one another, but may surprise."""
    yield from _warm_up(phases[0], starts)
    jumps = {joint.place: joint for joint in joints if joint.jumps}
    for i, (phase, (start, stop)) in enumerate(
        zip(phases, pairwise((*starts, math.inf)), strict=True)
    ):
        values: dict[str, object] = {"number": i + 1, "name": phase.title}
        if stop - start < phase.end < math.inf:
            yield Sentence(
                "Phase {number} ({name}) is cut off: it has {length} of its {end} steps.",
                values | {"length": int(stop - start), "end": int(phase.end)},
            )
        if i in jumps:
            yield Sentence(
                "The rate jumps from {before} to {after} where phase {number} ({name}) begins, at "
                "step {step}.",
                values | {"before": jumps[i].before, "after": jumps[i].after, "step": int(start)},
            )
        for each in phase.remarks():
            yield Sentence("Phase {number} ({name}): {remark}", values | {"remark": each})


def _warm_up(first: Schedule, starts: Sequence[int]) -> Iterator[Sentence]:
    if not isinstance(first, Linear) or len(starts) < 2 or starts[1] < 2:
        return
    if first.initial_learning_rate == 0 < first.end_learning_rate:
        yield Sentence(
            "The first step of this warm-up has the rate 0, as in transformers and OLMo; "
            "torchtitan begins with 1 / {steps} of the peak, nanoGPT with 1 / {more}.",
            {"steps": first.decay_steps, "more": first.decay_steps + 1},
        )
