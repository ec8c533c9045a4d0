"""The learning-rate curves of a scene over its run."""

import html
from collections.abc import Iterator

import numpy as np
import plotly.graph_objects as go

from lrviz.figures.palette import COLORS, DASHES
from lrviz.insights import cycles
from lrviz.scene import Curve, Scene
from lrviz.schedules import Floats
from lrviz.text import Translate

#: At most so many steps answer to the pointer.
_HOVERED = 1000
#: A run this short shows its steps as dots.
_DOTTED = 60
#: At most so many restarts are marked; the curve shows more well enough.
_MARKED = 40
#: A log axis goes down to this share of the highest rate at the most.
_LOWEST = 1e-6


def curves_figure(scene: Scene, translate: Translate) -> go.Figure:
    """Every curve of ``scene`` overlaid, the selected one marked at its restarts.

    A legend entry's trace has the curve's colour number as ``uid``. A hidden curve is in the
    legend only. A jump is drawn as a jump: the rate of step k holds until step k + 1.
    """
    traces: list[dict[str, object]] = []
    for curve in scene.curves:
        if curve.shown:
            traces.extend(_traces(curve, scene, translate))
        else:
            traces.append(_line(curve, scene, np.zeros(1), np.full(1, np.nan)))
    if scene.shown:
        traces.insert(0, _other_unit(scene, translate))
    # What is built here is valid (the tests look); checking it again would double the cost.
    return go.Figure(data=traces, layout=_layout(scene, translate), _validate=False)


def to_json(figure: go.Figure) -> str:
    """The figure for Plotly's JavaScript; arrays travel as base64."""
    return str(figure.to_json(remove_uids=False))


def drawn(curve: Curve, scene: Scene) -> tuple[Floats, Floats, Floats]:
    """The line of ``curve``: steps, rates, and which points are a step's (1) or a hold (0)."""
    timeline = scene.timeline
    steps = curve.steps(timeline)
    rates = curve.rate(steps, timeline)
    stride = 1 if curve.per == "step" else timeline.steps_per_epoch
    pieces = curve.schedule.piece(steps)
    if curve.per == "epoch":
        jump = np.diff(steps) == stride
    else:
        jump = (np.diff(steps) == 1) & (pieces[1:] != pieces[:-1])
        jump &= curve.schedule.jumps
    at = np.flatnonzero(jump) + 1
    x, y = np.insert(steps, at, steps[at]), np.insert(rates, at, rates[at - 1])
    real = np.insert(np.ones_like(steps), at, 0.0)
    if curve.per == "epoch" or curve.schedule.jumps:
        x, y, real = np.append(x, timeline.steps), np.append(y, rates[-1]), np.append(real, 0.0)
    return x, y, real


def _traces(curve: Curve, scene: Scene, translate: Translate) -> Iterator[dict[str, object]]:
    x, y, real = drawn(curve, scene)
    line = _line(curve, scene, x, y)
    if scene.timeline.steps <= _DOTTED:
        line["mode"] = "lines+markers"
        line["marker"] = {"size": (7 * real).astype(np.int8), "opacity": 1}
    yield line
    steps = _hovered(scene)
    template = f"{safe(curve.name)}  <b>%{{y:.6g}}</b>"
    hover = _ghost(scene, curve.rate(steps, scene.timeline)) | {
        "uid": f"hover-{curve.color}",
        "legendgroup": str(curve.color),
        # Transparent to the eye; the pointer's box takes its colour from here.
        "line": {"color": COLORS[curve.color], "width": 0},
    }
    if curve.schedule.restarts and cycles(curve, scene.timeline):
        units = steps if curve.per == "step" else np.floor(steps / scene.timeline.steps_per_epoch)
        hover["customdata"] = short(curve.schedule.piece(units))
        template += "  " + translate("cycle {number}").format(number="%{customdata}")
    yield hover | {"hovertemplate": template + "<extra></extra>"}


def _line(curve: Curve, scene: Scene, x: Floats, y: Floats) -> dict[str, object]:
    return {
        "type": "scatter",
        "mode": "lines",
        "uid": str(curve.color),
        "name": safe(curve.name),
        "legendgroup": str(curve.color),
        "visible": True if curve.shown else "legendonly",
        "x": short(x / _per_tick(scene)),
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
        "dx": _stride(scene) / _per_tick(scene),
        "y": short(rates),
    }


def _hovered(scene: Scene) -> Floats:
    return np.arange(0.0, scene.timeline.steps, _stride(scene))


def _stride(scene: Scene) -> int:
    return -(-scene.timeline.steps // _HOVERED)


def _per_tick(scene: Scene) -> int:
    return 1 if scene.unit == "step" else scene.timeline.steps_per_epoch


def short(values: Floats) -> Floats | np.typing.NDArray[np.float32]:
    """As float32 where that loses nothing that could be seen; never infinite."""
    finite = np.where(np.isfinite(values), values, np.nan)
    largest = np.nanmax(np.abs(finite), initial=0.0)
    return finite.astype(np.float32) if largest < 2**24 else finite


def safe(name: str) -> str:
    """A name that Plotly shows as it is: it reads some HTML in texts, and % in templates."""
    return html.escape(name, quote=False).replace("%{", "% {")


def _layout(scene: Scene, translate: Translate) -> dict[str, object]:
    in_steps = scene.unit == "step"
    length = scene.timeline.steps / _per_tick(scene)
    return {
        "template": {},
        "hovermode": "x unified",
        "uirevision": "scene",
        "showlegend": True,
        "xaxis": {
            "title": {"text": translate("step") if in_steps else translate("epoch")},
            "range": [-0.01 * length, 1.01 * length],
            "uirevision": scene.unit,
            "exponentformat": "power",
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
            "exponentformat": "power",
            "hoverformat": ".6~g",
            **_y_range(scene),
        },
        "shapes": list(_marks(scene)),
    }


def _y_range(scene: Scene) -> dict[str, object]:
    rates = [curve.rate(curve.steps(scene.timeline), scene.timeline) for curve in scene.shown]
    every = np.concatenate([*rates, np.zeros(1)])
    every = every[np.isfinite(every)]
    highest = float(every.max())
    if highest <= 0 or highest > 1e300:
        return {"rangemode": "tozero"}
    if scene.scale == "linear":
        return {"range": [-0.03 * highest, 1.06 * highest]}
    lowest = max(float(every[every > 0].min()), highest * _LOWEST)
    return {"range": [float(np.log10(lowest)) - 0.1, float(np.log10(highest)) + 0.1]}


def _marks(scene: Scene) -> Iterator[dict[str, object]]:
    curve = scene.curve
    found = cycles(curve, scene.timeline)[1:] if curve.shown else ()
    if len(found) > _MARKED:
        return
    stride = 1 if curve.per == "step" else scene.timeline.steps_per_epoch
    for cycle in found:
        at = cycle.start * stride / _per_tick(scene)
        yield {
            "type": "line",
            "xref": "x",
            "yref": "paper",
            "x0": at,
            "x1": at,
            "y0": 0,
            "y1": 1,
            "layer": "below",
            "opacity": 0.7,
            "line": {"color": COLORS[curve.color], "width": 1, "dash": "dot"},
        }
