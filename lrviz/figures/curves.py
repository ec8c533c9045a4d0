"""The learning-rate curves of a scene over its run."""

from collections.abc import Iterator

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
from lrviz.scene import Curve, Scene
from lrviz.scene.lines import Points, drawn
from lrviz.schedules import Floats
from lrviz.text import Translate

#: What stands before the ``uid`` of the trace that answers to the pointer; chart.js knows it, too.
HOVER = "hover-"
#: At most so many steps answer to the pointer.
_HOVERED = 1000
#: A run this short shows its steps as dots.
_DOTTED = 60


def curves_figure(scene: Scene, translate: Translate, *, legend: bool = True) -> Figure:
    """Every curve of ``scene`` overlaid, the selected one marked at its restarts.

    A curve's trace has its colour number as ``uid``. A hidden curve is in the legend only; without
    ``legend`` the page itself lists the curves. A jump is drawn as a jump: the rate of step k holds
    until step k + 1.
    """
    traces: list[Trace] = []
    around = []
    for curve in scene.curves:
        if curve.shown:
            points = drawn(curve, scene.timeline)
            around.append(extent(points[1]))
            traces.extend(_traces(curve, scene, points, translate))
        else:
            traces.append(_line(curve, scene, np.zeros(1), np.full(1, np.nan)))
    if scene.shown:
        traces.insert(0, _other_unit(scene, translate))
    limits = rate_limits(around, scene.scale)
    made = _layout(scene, limits, translate)
    return {"data": traces, "layout": made | {"showlegend": legend}}


def _traces(curve: Curve, scene: Scene, points: Points, translate: Translate) -> Iterator[Trace]:
    x, y, real = points
    trace = _line(curve, scene, x, y)
    if dotted(scene):
        trace["mode"] = "lines+markers"
        trace["marker"] = {"size": dots(real), "opacity": 1}
    yield trace
    steps = _hovered(scene)
    template = f"{safe(curve.name)}  <b>%{{y:{NUMBER}}}</b>"
    hover = _ghost(scene, curve.rate(steps, scene.timeline)) | {
        "uid": f"hover-{curve.color}",
        "legendgroup": str(curve.color),
        # Transparent to the eye; the pointer's box takes its colour from here.
        "line": {"color": COLORS[curve.color], "width": 0},
    }
    if curve.schedule.restarts and curve.schedule.jumps:
        units = steps if curve.per == "step" else np.floor(steps / scene.timeline.steps_per_epoch)
        hover["customdata"] = short(curve.schedule.piece(units))
        template += "  " + translate("cycle {number}").format(number="%{customdata}")
    yield hover | {"hovertemplate": template + "<extra></extra>"}


def dotted(scene: Scene) -> bool:
    """Whether each step is shown as a dot, too."""
    return scene.timeline.steps <= _DOTTED


def dots(real: Floats) -> NDArray[np.int8]:
    """The size of the dot at each point of a line."""
    return (7 * real).astype(np.int8)


def _line(curve: Curve, scene: Scene, x: Floats, y: Floats) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "uid": str(curve.color),
        "name": safe(curve.name),
        "legendgroup": str(curve.color),
        "visible": True if curve.shown else "legendonly",
        "x": short(x / per_tick(scene)),
        "y": short(y),
        "hoverinfo": "skip",
        "line": {
            "color": COLORS[curve.color],
            "dash": DASHES[curve.color],
            # Every point is there for a reason.
            "simplify": False,
            "width": 3.5 if curve is scene.curve else 2,
        },
    }


def _other_unit(scene: Scene, translate: Translate) -> Trace:
    """What the pointer's box says beside its heading: the epoch of the step, or the reverse."""
    steps = _hovered(scene)
    if scene.unit == "step":
        other = steps / scene.timeline.steps_per_epoch
        text = translate("epoch {number}").format(number="%{customdata:.4~g}")
    else:
        other = steps
        text = translate("step {number}").format(number="%{customdata:,d}")
    return _ghost(scene, scene.shown[0].rate(steps, scene.timeline)) | {
        "uid": "other-unit",
        "line": {"color": "rgba(0,0,0,0)", "width": 0},
        "customdata": short(other),
        "hovertemplate": text + "<extra></extra>",
    }


def _ghost(scene: Scene, rates: Floats) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "showlegend": False,
        "x0": 0,
        "dx": _stride(scene) / per_tick(scene),
        "y": short(rates),
    }


def _hovered(scene: Scene) -> Floats:
    return np.arange(0.0, scene.timeline.steps, _stride(scene))


def _stride(scene: Scene) -> int:
    return -(-scene.timeline.steps // _HOVERED)


def per_tick(scene: Scene) -> int:
    """How many steps one unit of the x axis is."""
    return 1 if scene.unit == "step" else scene.timeline.steps_per_epoch


def marks(scene: Scene, found: tuple[int, ...] | None) -> list[float]:
    """Where on the x axis the selected curve's restarts, at these steps, are marked."""
    return marked(found, per_tick(scene)) if scene.curve.shown else []


def _layout(scene: Scene, limits: Figure, translate: Translate) -> Figure:
    in_steps = scene.unit == "step"
    heading = (
        translate("step {number}").format(number="%{x:,d}")
        if in_steps
        else translate("epoch {number}").format(number="%{x:.4~g}")
    )
    title = translate("step") if in_steps else translate("epoch")
    found = scene.curve.restarts(scene.timeline)
    return layout(
        x_axis(title, scene.timeline.steps / per_tick(scene), scene.unit, heading),
        y_axis(translate("learning rate"), scene.scale) | limits,
        [mark_at(at, scene.curve.color) for at in marks(scene, found)],
        "scene",
    )
