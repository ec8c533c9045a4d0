"""A scene: curves over one run, and how they are looked at."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrviz.declared import Declared, Field, Parameter
from lrviz.errors import InvalidFields
from lrviz.scene.lens import Lens
from lrviz.scene.sampling import POINTS, sample
from lrviz.scene.shares import KEPT, kept, length_of, read, told, with_lengths
from lrviz.scene.timeline import Per, Timeline
from lrviz.schedules import CosineDecay, CosineDecayRestarts, Floats, Schedule, StepDecay
from lrviz.text import Sentence

MOST_CURVES = 8
#: The greatest id of a curve.
MOST_ID = 99
MOST_LABEL = 60

#: What a new scene begins with; shared, as nothing changes it.
_LENS = Lens()

Unit = Literal["step", "epoch"]
Scale = Literal["linear", "log"]


def clean_label(text: str) -> str:
    """A curve's name out of what anybody typed: one line, printable, not too long."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:MOST_LABEL]


@dataclass(frozen=True)
class Curve:
    """A schedule as it is applied in a run, with its name and its colour.

    Attributes:
        schedule: The schedule.
        per: Whether it is called with the step, or once an epoch with the epoch's index.
        label: Its name; empty: the schedule's name.
        shown: Whether it is drawn.
        color: Its place in the palette, 0 to 7.
        shares: Its lengths that follow the run (:mod:`lrviz.scene.shares`).
        id: Identifies it among the curves of its scene, whatever else of it changes.
    """

    schedule: Schedule
    per: Annotated[Per, Parameter()] = "step"
    label: Annotated[str, Parameter(clean=clean_label)] = ""
    shown: Annotated[bool, Parameter()] = True
    color: Annotated[int, Parameter(at_least=0, at_most=MOST_CURVES - 1)] = 0
    shares: Annotated[tuple[str, ...], Parameter(pattern=KEPT, least_items=0, most_items=16)] = ()
    id: Annotated[int, Parameter(at_least=0, at_most=MOST_ID)] = 0

    def share(self, path: str) -> float | None:
        """So many percent of the run as the length at ``path`` is; None: it does not follow it."""
        return dict(map(read, self.shares)).get(path)

    def with_share(self, path: str, percent: float | None) -> "Curve":
        """The curve whose length at ``path`` follows the run from now on, or no more."""
        others = tuple(each for each in self.shares if read(each)[0] != path)
        own = () if percent is None else (kept(path, percent),)
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
                        "percent": told(self.share(path) or 0.0),
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
        run, shares = self.count(timeline), map(read, self.shares)
        return {path: length_of(percent, run) for path, percent in shares if path in paths}

    @property
    def name(self) -> str:
        """Its label, or the schedule's title where it has none."""
        return self.label or clean_label(self.schedule.title)

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

    def jump(self, steps: Floats, timeline: Timeline) -> NDArray[np.bool_]:
        """Whether the rate jumps between each of ``steps`` and the next, shape (n - 1,)."""
        jump: NDArray[np.bool_] = np.diff(steps) == self.stride(timeline)
        if self.per == "step":
            jump &= self.schedule.jump(steps)
        return jump

    @property
    def jumps(self) -> bool:
        """Whether each rate holds until the next one (else it slopes)."""
        return self.per == "epoch" or self.schedule.jumps

    def restarts(self, timeline: Timeline, upto: int | None = None) -> tuple[int, ...] | None:
        """The steps at which it restarts, up to step ``upto``; 1,000 at the most.

        None for a schedule that cannot. Without ``upto``: up to the run's last step.
        """
        return _restarts(self.schedule, self.stride(timeline), timeline.last(self.per), upto)


# Asked for by each of those who draw or tell them.
@lru_cache(maxsize=256)
def _restarts(
    schedule: Schedule, stride: int, last: int, upto: int | None
) -> tuple[int, ...] | None:
    found = schedule.restarts(last if upto is None else upto // stride)
    return None if found is None else tuple(step * stride for step in found)


@dataclass(frozen=True)
class Scene(Declared):
    """Curves over one run, and how they are looked at.

    Attributes:
        curves: 1 to 8 curves, each with an id of its own.
        timeline: The run.
        selected: The index of the curve whose controls are shown.
        unit: What the x axis counts.
        scale: The y axis.
        lens: What the lower chart shows.
    """

    curves: tuple[Curve, ...]
    timeline: Timeline
    selected: Annotated[int, Parameter(at_least=0, at_most=MOST_CURVES - 1)] = 0
    unit: Annotated[Unit, Parameter()] = "step"
    scale: Annotated[Scale, Parameter()] = "linear"
    lens: Lens = _LENS

    def _conflicts(self) -> dict[str, Sentence]:
        ids = [curve.id for curve in self.curves]
        if not 1 <= len(ids) <= MOST_CURVES:
            values: dict[str, object] = {"most": MOST_CURVES, "count": len(ids)}
            return {"curves": Sentence("A scene has 1 to {most} curves, not {count}.", values)}
        if len(set(ids)) < len(ids):
            return {"curves": Sentence("Two curves of a scene have the same id.")}
        return {}

    @property
    def curve(self) -> Curve:
        """The selected curve."""
        return self.curves[self.selected]

    @property
    def told_apart(self) -> "Scene":
        """The same scene, in which curves that share a name are numbered: for whoever reads it."""
        names = [curve.name for curve in self.curves]
        if len(set(names)) == len(names):
            return self
        curves = list[Curve]()
        for curve in self.curves:
            taken = {each.name for each in curves}
            others = names[len(curves) + 1 :]
            curves.append(_called(curve, taken, others) if curve.name in taken else curve)
        return replace(self, curves=tuple(curves))

    @property
    def shown(self) -> tuple[Curve, ...]:
        """The curves that are drawn."""
        return tuple(curve for curve in self.curves if curve.shown)

    def with_curve(self, id: int, **changes: object) -> "Scene":
        """The scene with the curve of that id changed."""
        curves = tuple(
            replace(curve, **changes)  # type: ignore[arg-type]  # replace() is untyped
            if curve.id == id
            else curve
            for curve in self.curves
        )
        return replace(self, curves=curves)

    @property
    def free_id(self) -> int:
        """The smallest id that no curve has."""
        return free(curve.id for curve in self.curves)

    def over(self, timeline: Timeline) -> "Scene":
        """The scene over another run; lengths that are shares of the run follow it."""
        curves = tuple(curve.over(timeline) for curve in self.curves)
        return replace(self, timeline=timeline, curves=curves)

    def with_schedule(self, schedule: Schedule) -> "Scene":
        """The scene with the selected curve's schedule changed."""
        return self.with_curve(self.curve.id, schedule=schedule)

    def add(self, curve: Curve) -> "Scene":
        """The scene with ``curve`` after the others, selected, with a free id and colour."""
        if len(self.curves) >= MOST_CURVES:
            return self
        color = free(each.color for each in self.curves)
        curves = (*self.curves, replace(curve, id=self.free_id, color=color))
        return replace(self, curves=curves, selected=len(curves) - 1)

    def remove(self, id: int) -> "Scene":
        """The scene without the curve of that id; the last curve stays."""
        if len(self.curves) == 1:
            return self
        return self._of([curve for curve in self.curves if curve.id != id])

    def move(self, id: int, place: int) -> "Scene":
        """The scene with the curve of that id at ``place``, or at the nearest end."""
        curves = [curve for curve in self.curves if curve.id != id]
        moved = [curve for curve in self.curves if curve.id == id]
        at = min(max(place, 0), len(curves))
        return self._of([*curves[:at], *moved, *curves[at:]])

    def _of(self, curves: "list[Curve]") -> "Scene":
        """The scene with those curves; what was selected stays so, if it is among them."""
        place = curves.index(self.curve) if self.curve in curves else self.selected
        return replace(self, curves=tuple(curves), selected=min(place, len(curves) - 1))

    def toggle(self, id: int) -> "Scene":
        """The scene with the curve of that id shown if it was hidden, and hidden if shown."""
        shown = {curve.id: curve.shown for curve in self.curves}
        return self.with_curve(id, shown=not shown.get(id))


def free(taken: Iterable[int]) -> int:
    """The smallest number from 0 on that is not ``taken``."""
    numbers = set(taken)
    return next(each for each in itertools.count() if each not in numbers)


def _called(curve: Curve, taken: set[str], others: list[str]) -> Curve:
    """The curve with the first number behind its name that no other one has."""
    ends = (f" ({number})" for number in itertools.count(2))
    labels = (curve.name[: MOST_LABEL - len(end)] + end for end in ends)
    free = next(each for each in labels if each not in taken and each not in others)
    return replace(curve, label=free)


def fields_of(curve: Curve) -> tuple[Field, ...]:
    """The fields of ``curve`` that have a slider now."""
    schedule = curve.schedule
    return tuple(
        field
        for field in schedule.fields()
        if field.slides and schedule.value(field.path) is not None
    )


def scene_of(*curves: Curve, timeline: Timeline, selected: int = 0) -> Scene:
    """A scene of ``curves`` with ids and colours in their order."""
    placed = tuple(replace(curve, id=place, color=place) for place, curve in enumerate(curves))
    return Scene(placed, timeline, selected)


def first_scene() -> Scene:
    """What a new visitor sees: three schedules over one run, with three restarts in it."""
    return scene_of(
        Curve(StepDecay(0.1, 0.5, 2), per="epoch"),
        Curve(CosineDecay(0.1, 750)),
        Curve(CosineDecayRestarts(0.1, 50, t_mul=2.0, m_mul=0.9)),
        timeline=Timeline(samples=2400, batch_size=32, epochs=10),
        selected=2,
    )
