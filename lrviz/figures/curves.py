"""The learning-rate curves of a scene over its run."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lrviz.figures.axes import (
    NUMBER,
    Figure,
    Trace,
    extent,
    layout,
    mark_at,
    marked,
    rate_limits,
    safe,
    short,
    x_axis,
    y_axis,
)
from lrviz.figures.palette import COLORS, DASHES
from lrviz.scene import Line, Scene, Timeline, Unit
from lrviz.scene.lines import drawn
from lrviz.schedules import Floats
from lrviz.text import Translate

#: What stands before the ``uid`` of the trace that answers to the pointer; see ``live/names.js``.
HOVER = "hover-"
#: At most so many steps answer to the pointer.
_HOVERED = 1000
#: The pointer's box covers the chart where it names more lines than this in full.
_MANY = 4
#: Then names are cut to so many characters, in type of so many pixels.
_BRIEF, _SMALL = 14, 11
#: A run this short shows its steps as dots.
_DOTTED = 60


def curves_figure(scene: Scene, translate: Translate, *, legend: bool = True) -> Figure:
    """Every line of ``scene`` overlaid, the selected one marked at its restarts.

    A line's trace has its id as ``uid``. A hidden line is in the legend only; without
    ``legend`` the page itself lists the lines. A jump is drawn as a jump: the rate of step k holds
    until step k + 1.
    """
    scene = scene.distinct
    traces: list[Trace] = []
    around: list[tuple[float, float]] = []
    chosen = None
    brief = not legend and len(scene.shown) > _MANY
    for line in scene.lines:
        look = _Look(scene.unit, line is scene.curve, brief)
        shared, extents = _traces(line, scene.timeline, look, translate)
        traces += [{**trace} for trace in shared]
        around += extents
        if extents and line is scene.curve:
            [chosen] = extents
    if scene.shown:
        ghost = _other_unit(scene.shown[0], scene.timeline, scene.unit, translate)
        traces.insert(0, {**ghost})
    limits = rate_limits(around, scene.scale, chosen)
    figure: Figure = {"data": traces, "layout": _layout(scene, limits, translate)}
    figure["layout"]["showlegend"] = legend
    if brief:
        figure["layout"]["hoverlabel"] = {"font": {"size": _SMALL}}
    return figure


@dataclass(frozen=True)
class _Look:
    """How a line is drawn: what the x axis counts, and what it is among the others."""

    unit: Unit
    selected: bool
    brief: bool


# Of the lines on a page one at a time changes; and a class looks at the same ones.
@lru_cache(maxsize=256)
def _traces(
    line: Line, timeline: Timeline, look: _Look, translate: Translate
) -> tuple[tuple[Trace, ...], tuple[tuple[float, float], ...]]:
    """The traces of a line, and its extent if it is shown; shared: nobody may change them."""
    ticks, selected = _per_tick(timeline, look.unit), look.selected
    if not line.shown:
        return (_trace(line, ticks, np.zeros(1), np.full(1, np.nan), selected=selected),), ()
    x, y, real = drawn(line, timeline)
    trace = _trace(line, ticks, x, y, selected=selected)
    if _dotted(timeline):
        trace["mode"] = "lines+markers"
        trace["marker"] = {"size": dots(real), "opacity": 1}
    return (trace, _hover(line, timeline, ticks, translate, brief=look.brief)), (extent(y),)


def _hover(
    line: Line, timeline: Timeline, ticks: int, translate: Translate, *, brief: bool
) -> Trace:
    steps = _hovered(timeline)
    cut = brief and len(line.name) > _BRIEF
    name = f"{line.name[: _BRIEF - 1]}…" if cut else line.name
    template = f"{safe(name)}  <b>%{{y:{NUMBER}}}</b>"
    hover = _ghost(line, timeline, ticks) | {
        "uid": f"{HOVER}{line.id}",
        "legendgroup": str(line.id),
        # The page does not show the line itself; the pointer's box takes its swatch from here.
        "line": {"color": COLORS[line.color], "dash": DASHES[line.color], "width": 3},
    }
    if brief:
        # Between the groups of a legend there is a gap.
        del hover["legendgroup"]
    numbers = _cycles_at(line, timeline, steps)
    if numbers is not None:
        hover["customdata"] = short(numbers)
        word = "  " + translate("cycle {number}")
        if np.isfinite(numbers).all():
            template += word.format(number="%{customdata}")
        else:
            # Outside of all cycles there is nothing to say.
            hover["text"] = [
                word.format(number=int(each)) if math.isfinite(each) else ""
                for each in numbers.tolist()
            ]
            template += "%{text}"
    return hover | {"hovertemplate": template + "<extra></extra>"}


def _cycles_at(line: Line, timeline: Timeline, steps: Floats) -> Floats | None:
    """The number of the cycle at each of ``steps``, as the table counts them; NaN: in none.

    None for a line without cycles.
    """
    cycles = line.cycles(timeline)
    if not cycles:
        return None
    stride = line.stride(timeline)
    starts = np.array([cycle.start for cycle in cycles]) * stride
    stops = starts + np.ceil([cycle.length for cycle in cycles]) * stride
    place = np.searchsorted(starts, steps, "right") - 1
    # A phase without cycles may lie before the first one, between two, and behind the last.
    inside = (place >= 0) & (steps < stops[place])
    numbers = np.array([float(cycle.index) for cycle in cycles])
    return np.where(inside, numbers[place], math.nan)


def dotted(scene: Scene) -> bool:
    """Whether each step is shown as a dot, too."""
    return _dotted(scene.timeline)


def _dotted(timeline: Timeline) -> bool:
    return timeline.steps <= _DOTTED


def dots(real: Floats) -> NDArray[np.int8]:
    """The size of the dot at each point of a line."""
    return (7 * real).astype(np.int8)


def _trace(line: Line, ticks: int, x: Floats, y: Floats, *, selected: bool) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "uid": str(line.id),
        "name": safe(line.name),
        "legendgroup": str(line.id),
        "visible": True if line.shown else "legendonly",
        "x": short(x / ticks),
        "y": short(y),
        "hoverinfo": "skip",
        "line": {
            "color": COLORS[line.color],
            "dash": DASHES[line.color],
            # Every point is there for a reason.
            "simplify": False,
            "width": 3.5 if selected else 2,
        },
    }


@lru_cache(maxsize=64)
def _other_unit(line: Line, timeline: Timeline, unit: Unit, translate: Translate) -> Trace:
    """What the pointer's box says beside its heading: the epoch of the step, or the reverse."""
    steps = _hovered(timeline)
    if unit == "step":
        other = steps / timeline.steps_per_epoch
        text = translate("epoch {number}").format(number="%{customdata:.4~g}")
    else:
        other = steps
        text = translate("step {number}").format(number="%{customdata:,d}")
    return _ghost(line, timeline, _per_tick(timeline, unit)) | {
        "uid": "other-unit",
        "line": {"color": "rgba(0,0,0,0)", "width": 0},
        "customdata": short(other),
        "hovertemplate": text + "<extra></extra>",
    }


def _ghost(line: Line, timeline: Timeline, ticks: int) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "showlegend": False,
        "x0": 0,
        "dx": _stride(timeline) / ticks,
        "y": short(line.rate(_hovered(timeline), timeline)),
    }


def _hovered(timeline: Timeline) -> Floats:
    return np.arange(0.0, timeline.steps, _stride(timeline))


def _stride(timeline: Timeline) -> int:
    return -(-timeline.steps // _HOVERED)


def per_tick(scene: Scene) -> int:
    """How many steps one unit of the x axis is."""
    return _per_tick(scene.timeline, scene.unit)


def _per_tick(timeline: Timeline, unit: Unit) -> int:
    return 1 if unit == "step" else timeline.steps_per_epoch


def marks(scene: Scene, restarts: tuple[int, ...] | None) -> list[float]:
    """Where on the x axis the selected curve's restarts, at these steps, are marked."""
    return marked(restarts, per_tick(scene)) if scene.curve.shown else []


def _layout(scene: Scene, limits: Figure, translate: Translate) -> Figure:
    in_steps = scene.unit == "step"
    heading = (
        translate("step {number}").format(number="%{x:,d}")
        if in_steps
        else translate("epoch {number}").format(number="%{x:.4~g}")
    )
    title = translate("step") if in_steps else translate("epoch")
    restarts = scene.curve.restarts(scene.timeline)
    return layout(
        x_axis(title, scene.timeline.steps / per_tick(scene), scene.unit, heading),
        y_axis(translate("learning rate"), scene.scale) | limits,
        [mark_at(at, scene.curve.color) for at in marks(scene, restarts)],
        "scene",
    )
