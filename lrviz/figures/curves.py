"""The learning-rate curves of a scene over its run."""

import base64
import html
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from lrviz.figures.palette import COLORS, DASHES
from lrviz.scene import Curve, Scale, Scene
from lrviz.scene.insights import restarts
from lrviz.scene.lines import Points, drawn
from lrviz.schedules import Floats
from lrviz.text import Translate

#: At most so many steps answer to the pointer.
_HOVERED = 1000
#: A run this short shows its steps as dots.
_DOTTED = 60
#: At most so many restarts are marked; the curve shows more well enough.
_MARKED = 40
#: How rates are written on axes and beside the pointer: four digits, 1.2e-9.
RATE = ".4~g"
#: A log axis that spans more decades than this has no ticks between them.
_DECADES = 1.5
#: A log axis goes down to this share of the highest rate at the most.
_LOWEST = 1e-6


def curves_figure(scene: Scene, translate: Translate) -> go.Figure:
    """Every curve of ``scene`` overlaid, the selected one marked at its restarts.

    A legend entry's trace has the curve's colour number as ``uid``. A hidden curve is in the
    legend only. A jump is drawn as a jump: the rate of step k holds until step k + 1.
    """
    data, layout = _parts(scene, translate)
    # What is built here is valid (the tests look); checking it again would double the cost.
    return go.Figure(data=data, layout=layout, _validate=False)


def curves_json(scene: Scene, translate: Translate) -> str:
    """:func:`to_json` of :func:`curves_figure`, for a page that changes often.

    Plotly copies a figure's parts when it is made and again when it is written, which costs three
    times as much as working them out.
    """
    data, layout = _parts(scene, translate)
    return json.dumps({"data": data, "layout": layout}, default=_packed)


def to_json(figure: go.Figure) -> str:
    """The figure for Plotly's JavaScript; arrays travel as base64."""
    return str(figure.to_json(remove_uids=False))


def _packed(array: NDArray[np.generic]) -> dict[str, str]:
    """An array as Plotly writes it."""
    return {
        "dtype": array.dtype.str[1:],
        "bdata": base64.b64encode(array.tobytes()).decode("ascii"),
    }


def _parts(scene: Scene, translate: Translate) -> tuple[list[dict[str, object]], dict[str, object]]:
    traces: list[dict[str, object]] = []
    around = []
    for curve in scene.curves:
        if curve.shown:
            line = drawn(curve, scene.timeline)
            around.append(extent(line[1]))
            traces.extend(_traces(curve, scene, line, translate))
        else:
            traces.append(_line(curve, scene, np.zeros(1), np.full(1, np.nan)))
    if scene.shown:
        traces.insert(0, _other_unit(scene, translate))
    layout = _layout(scene, translate)
    return traces, layout | {"yaxis": layout["yaxis"] | y_range(around, scene.scale)}


def _traces(
    curve: Curve, scene: Scene, line: Points, translate: Translate
) -> Iterator[dict[str, object]]:
    x, y, real = line
    trace = _line(curve, scene, x, y)
    if dotted(scene):
        trace["mode"] = "lines+markers"
        trace["marker"] = {"size": dots(real), "opacity": 1}
    yield trace
    steps = _hovered(scene)
    template = f"{safe(curve.name)}  <b>%{{y:.4~g}}</b>"
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


def _line(curve: Curve, scene: Scene, x: Floats, y: Floats) -> dict[str, object]:
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


def _other_unit(scene: Scene, translate: Translate) -> dict[str, object]:
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


def _ghost(scene: Scene, rates: Floats) -> dict[str, object]:
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


def short(values: Floats) -> Floats | NDArray[np.float32]:
    """As float32 where that loses nothing that could be seen; never infinite."""
    finite = np.where(np.isfinite(values), values, np.nan)
    largest = np.nanmax(np.abs(finite), initial=0.0)
    return finite.astype(np.float32) if largest < 2**24 else finite


def safe(name: str) -> str:
    """A name that Plotly shows as it is: it reads some HTML in texts, and % in templates."""
    return html.escape(name, quote=False).replace("%{", "% {")


def _layout(scene: Scene, translate: Translate) -> dict[str, Any]:
    in_steps = scene.unit == "step"
    length = scene.timeline.steps / per_tick(scene)
    found = restarts(scene.curve, scene.timeline)
    return {
        "template": {},
        "hovermode": "x unified",
        "uirevision": "scene",
        "showlegend": True,
        "xaxis": {
            "title": {"text": translate("step") if in_steps else translate("epoch")},
            "range": [-0.01 * length, 1.01 * length],
            "uirevision": scene.unit,
            "exponentformat": "SI",
            "unifiedhovertitle": {
                "text": translate("step {number}").format(number="%{x:,d}")
                if in_steps
                else translate("epoch {number}").format(number="%{x:.4~g}")
            },
        },
        "yaxis": {
            "title": {"text": translate("learning rate"), "standoff": 14},
            "type": scene.scale,
            "uirevision": scene.scale,
            "tickformat": RATE,
            "hoverformat": RATE,
        },
        "shapes": [mark_at(scene, at) for at in marked(found, scene)],
    }


def extents(lines: Floats) -> list[tuple[float, float]]:
    """The highest rate of each line, shape (lines, points), and the lowest above 0 (inf: none)."""
    finite = np.isfinite(lines)
    highest = lines.max(axis=1, where=finite, initial=0.0)
    lowest = lines.min(axis=1, where=finite & (lines > 0), initial=math.inf)
    return list(zip(highest.tolist(), lowest.tolist(), strict=True))


def extent(rates: Floats) -> tuple[float, float]:
    """As :func:`extents`, of one line."""
    return extents(rates[np.newaxis])[0]


def y_range(around: Iterable[tuple[float, float]], scale: Scale) -> dict[str, object]:
    """The y axis of lines with these extents."""
    highest, lowest = 0.0, math.inf
    for high, low in around:
        highest, lowest = max(highest, high), min(lowest, low)
    if highest <= 0 or highest > 1e300:
        return {"rangemode": "tozero"}
    if scale == "linear":
        return {"range": [-0.03 * highest, 1.06 * highest]}
    lowest = max(lowest, highest * _LOWEST)
    ends = [math.log10(lowest) - 0.1, math.log10(highest) + 0.1]
    return {"range": ends, "dtick": dtick(ends, scale)}


def dtick(ends: Sequence[float], scale: str) -> int | None:
    """Over several decades of a log axis one tick each; else Plotly chooses."""
    return 1 if scale == "log" and ends[1] - ends[0] > _DECADES else None


def marked(found: Sequence[int] | None, scene: Scene) -> list[float]:
    """Where the restarts at these steps are on the x axis; empty: too many to mark."""
    if not found or not scene.curve.shown or len(found) > _MARKED:
        return []
    return [step / per_tick(scene) for step in found]


def mark_at(scene: Scene, at: float) -> dict[str, object]:
    """The mark of a restart of the selected curve."""
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": at,
        "x1": at,
        "y0": 0,
        "y1": 1,
        "layer": "below",
        "opacity": 0.7,
        "line": {"color": COLORS[scene.curve.color], "width": 1, "dash": "dot"},
    }
