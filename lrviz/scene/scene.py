"""A scene: lines over one run, and how they are looked at."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from lrviz.declared import Declared, Parameter
from lrviz.scene.curve import Curve
from lrviz.scene.lens import Lens
from lrviz.scene.lines import MOST_CURVES, MOST_LABEL, Line
from lrviz.scene.timeline import Timeline
from lrviz.schedules import CosineDecay, CosineDecayRestarts, Schedule, StepDecay
from lrviz.text import Sentence

#: What a new scene begins with; shared, as nothing changes it.
_LENS = Lens()

Unit = Literal["step", "epoch"]
Scale = Literal["linear", "log"]


@dataclass(frozen=True)
class Scene(Declared):
    """Lines over one run, and how they are looked at.

    Attributes:
        lines: 1 to 8 lines, each with an id of its own; at least one is a curve.
        timeline: The run.
        selected: The index of the line whose controls are shown: a curve, the nearest one if it is
            none.
        unit: What the x axis counts.
        scale: The y axis.
        lens: What the lower chart shows.
    """

    lines: tuple[Line, ...]
    timeline: Timeline
    selected: Annotated[int, Parameter(at_least=0, at_most=MOST_CURVES - 1)] = 0
    unit: Annotated[Unit, Parameter()] = "step"
    scale: Annotated[Scale, Parameter()] = "linear"
    lens: Lens = _LENS

    def _normalized(self) -> Mapping[str, object]:
        curves = [at for at, line in enumerate(self.lines) if isinstance(line, Curve)]
        return {"selected": min(curves, key=lambda at: abs(at - self.selected))}

    def _conflicts(self) -> dict[str, Sentence]:
        count = len(self.lines)
        if not 1 <= count <= MOST_CURVES:
            values: dict[str, object] = {"most": MOST_CURVES, "count": count}
            return {"lines": Sentence("A scene has 1 to {most} curves, not {count}.", values)}
        if not self.curves:
            return {"lines": Sentence("A scene needs at least one curve.")}
        if len({line.id for line in self.lines}) < count:
            return {"lines": Sentence("Two curves of a scene have the same id.")}
        return {}

    @property
    def curves(self) -> tuple[Curve, ...]:
        """The lines that are curves: they have controls, code and fits."""
        return tuple(line for line in self.lines if isinstance(line, Curve))

    @property
    def curve(self) -> Curve:
        """The selected curve."""
        line = self.lines[self.selected]
        assert isinstance(line, Curve)
        return line

    @property
    def shown(self) -> tuple[Line, ...]:
        """The lines that are drawn."""
        return tuple(line for line in self.lines if line.shown)

    @property
    def distinct(self) -> "Scene":
        """The scene with a number behind a name that several lines share."""
        names = [line.name for line in self.lines]
        if len(set(names)) == len(names):
            return self
        lines = list[Line]()
        for line in self.lines:
            taken = {each.name for each in lines}
            others = names[len(lines) + 1 :]
            lines.append(_numbered(line, {*taken, *others}) if line.name in taken else line)
        return replace(self, lines=tuple(lines))

    @property
    def free_id(self) -> int:
        """The smallest id that no line has."""
        return free(line.id for line in self.lines)

    def with_line(self, id: int, **changes: object) -> "Scene":
        """The scene with the line of that id changed."""
        lines = tuple(
            replace(line, **changes)  # type: ignore[arg-type]  # replace() is untyped
            if line.id == id
            else line
            for line in self.lines
        )
        return replace(self, lines=lines)

    def over(self, timeline: Timeline) -> "Scene":
        """The scene over another run; lengths that are shares of the run follow it."""
        lines = tuple(line.over(timeline) for line in self.lines)
        return replace(self, timeline=timeline, lines=lines)

    def with_schedule(self, schedule: Schedule) -> "Scene":
        """The scene with the selected curve's schedule changed."""
        return self.with_line(self.curve.id, schedule=schedule)

    def add(self, line: Line) -> "Scene":
        """The scene with ``line`` after the others, with a free id and colour; a curve is selected.

        A scene that is full stays as it is.
        """
        if len(self.lines) >= MOST_CURVES:
            return self
        line = replace(line, id=self.free_id, color=free(each.color for each in self.lines))
        place = len(self.lines) if isinstance(line, Curve) else self.selected
        return replace(self, lines=(*self.lines, line), selected=place)

    def remove(self, id: int) -> "Scene":
        """The scene without the line of that id; the last curve stays."""
        others = [line for line in self.lines if line.id != id]
        return self._of(others) if any(isinstance(each, Curve) for each in others) else self

    def move(self, id: int, place: int) -> "Scene":
        """The scene with the line of that id at ``place``, or at the nearest end."""
        others = [line for line in self.lines if line.id != id]
        moved = [line for line in self.lines if line.id == id]
        at = min(max(place, 0), len(others))
        return self._of([*others[:at], *moved, *others[at:]])

    def _of(self, lines: Sequence[Line]) -> "Scene":
        """The scene with those lines; what was selected stays so, if it is among them."""
        place = lines.index(self.curve) if self.curve in lines else self.selected
        return replace(self, lines=tuple(lines), selected=place)

    def toggle(self, id: int) -> "Scene":
        """The scene with the line of that id shown if it was hidden, and hidden if shown."""
        shown = {line.id: line.shown for line in self.lines}
        return self.with_line(id, shown=not shown.get(id))


def free(taken: Iterable[int]) -> int:
    """The smallest number from 0 on that is not ``taken``."""
    numbers = set(taken)
    return next(each for each in itertools.count() if each not in numbers)


def _numbered(line: Line, taken: set[str]) -> Line:
    """The line with the first number behind its name that makes it another than those taken."""
    ends = (f" ({number})" for number in itertools.count(2))
    labels = (line.name[: MOST_LABEL - len(end)] + end for end in ends)
    return replace(line, label=next(each for each in labels if each not in taken))


def scene_of(*lines: Line, timeline: Timeline, selected: int = 0) -> Scene:
    """A scene of ``lines`` with ids and colours in their order."""
    placed = tuple(replace(line, id=place, color=place) for place, line in enumerate(lines))
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
