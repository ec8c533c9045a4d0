"""What lrviz knows of a framework: how a curve is written in it, and what it does otherwise."""

from collections.abc import Callable
from dataclasses import dataclass

from lrviz.scene import Curve, Timeline
from lrviz.schedules import Schedule, Sequence
from lrviz.text import Sentence


@dataclass(frozen=True)
class Framework:
    """A framework.

    Attributes:
        title: Its name, as it writes it.
        write: Python source of a curve over a run. Executed, it leaves ``rate(step) -> float``, the
            learning rate of a step of the run, beside the framework's own object.
        read: The curve that Python source describes, over a run, from a base rate where the source
            has none; raises :class:`lrviz.errors.InvalidCode`.
        notes: What the written code does otherwise than the curve, and what bites there.
    """

    title: str
    write: Callable[[Curve, Timeline], str]
    read: Callable[..., Curve]
    notes: Callable[[Curve, Timeline], tuple[Sentence, ...]]


def apply(object_: str, per_epoch: int) -> str:
    """What the rate of a step is called with: the step, or its epoch."""
    return f"{object_}(step // {per_epoch})" if per_epoch else f"{object_}(step)"


def per_epoch(curve: Curve, timeline: Timeline) -> int:
    """How many steps an epoch has, where the curve counts epochs; else 0."""
    return timeline.steps_per_epoch if curve.per == "epoch" else 0


def windows(schedule: Sequence, last: int) -> list[tuple[Schedule, int]]:
    """Each phase, and the last of its own steps that a run up to step ``last`` has."""
    stops = (*schedule.boundaries, last + 1)
    return [
        (phase, max(stop - start - 1, 0))
        for phase, start, stop in zip(schedule.schedules, schedule.starts, stops, strict=True)
    ]
