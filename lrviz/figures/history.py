"""What fits have logged, over the steps of their run; true at a bounded cost while it grows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from lrviz.figures.curves import RATE, dtick, safe, short
from lrviz.figures.palette import COLORS
from lrviz.scene import Curve, Scale, scene_of
from lrviz.scene.lines import drawn
from lrviz.schedules import Floats
from lrviz.text import Translate
from lrviz.training.events import Short
from lrviz.training.history import FitHistory

#: About how many points a line has.
_POINTS = 600
#: A log axis goes down to this share of the highest value at the most.
_LOWEST = 1e-6
#: At most so many restarts and differences are marked.
_MARKED = 40
#: The smoothed loss is the mean of this share of the run's steps.
_SMOOTH = 0.02
#: By the place of the run among those that are laid over one another.
_DASHES = ("solid", "dash", "dot", "longdash", "dashdot")
_SYMBOLS = ("circle", "diamond-open", "square-open", "triangle-up-open", "x-open")
#: A loss that spans more than this is drawn on a log axis.
_WIDE = 100.0

#: What is measured on the test set at the end of each epoch.
Measure = Literal["val_loss", "val_accuracy"]


@dataclass(frozen=True)
class Line:
    """A fit as it is drawn.

    Attributes:
        name: Its name in the legend.
        color: Its place in the palette.
        history: What it has logged.
        over: 0, or which of the runs that are laid over the first: each has its own dashes.
    """

    name: str
    color: int
    history: FitHistory
    over: int = 0


def rates_figure(lines: Sequence[Line], translate: Translate, scale: Scale = "linear") -> go.Figure:
    """The applied rate of each fit over the planned one, with restarts and differences marked."""
    traces: list[dict[str, object]] = []
    shapes: list[dict[str, object]] = []
    for line in lines:
        traces += _rates(line, translate)
        shapes += _restarts(line)
    return _figure(traces, lines, translate, translate("learning rate"), shapes, scale)


def losses_figure(lines: Sequence[Line], translate: Translate) -> go.Figure:
    """The loss of every step's batch, faint, and its moving mean."""
    traces: list[dict[str, object]] = []
    for line in lines:
        losses = line.history.losses
        at = extremes(losses, _POINTS)
        faint = _trace(line, "raw", at, losses[at])
        traces.append(faint | {"opacity": 0.25, "hoverinfo": "skip", "showlegend": False})
    for line in lines:
        mean = _moving_mean(line.history)
        at = extremes(mean, _POINTS)
        traces.append(_trace(line, "mean", at, mean[at]) | _hover(line.name))
    shapes = [shape for line in lines for shape in _restarts(line)]
    return _figure(traces, lines, translate, translate("loss of the batch"), shapes)


def measured_figure(lines: Sequence[Line], measure: Measure, translate: Translate) -> go.Figure:
    """The loss or the accuracy on the test set, at the last step of every epoch."""
    traces: list[dict[str, object]] = []
    for line in lines:
        epochs = line.history.epochs
        steps = np.array([float(each.epoch + 1) for each in epochs])
        steps = steps * line.history.timeline.steps_per_epoch - 1
        values = np.array([getattr(each, measure) for each in epochs], np.float32)
        at = extremes(values, _POINTS)
        found = _trace(line, measure, steps[at], values[at]) | _hover(line.name)
        found["mode"] = "lines+markers" if len(epochs) <= 60 else "lines"
        symbol = _SYMBOLS[line.over % len(_SYMBOLS)]
        traces.append(found | {"marker": {"size": 5 if not line.over else 7, "symbol": symbol}})
    titles = {
        "val_loss": translate("loss on the test set"),
        "val_accuracy": translate("accuracy on the test set"),
    }
    return _figure(traces, lines, translate, titles[measure], [])


def extremes(values: Short | Floats, points: int) -> NDArray[np.intp]:
    """Where to look so that about ``points`` values show all: each stretch's lowest and highest.

    The first, the last and the places beside which a value is missing (NaN) are among them.
    """
    count = len(values)
    if count <= points:
        return np.arange(count)
    width = -(-count // (points // 2))
    padded = np.full(-(-count // width) * width, np.nan)
    padded[:count] = values
    stretches = padded.reshape(-1, width)
    known = ~np.isnan(stretches)
    lowest = np.where(known, stretches, np.inf).argmin(axis=1)
    highest = np.where(known, stretches, -np.inf).argmax(axis=1)
    begin = np.arange(len(stretches)) * width
    found = np.concatenate([[0, count - 1], begin + lowest, begin + highest])
    unique: NDArray[np.intp] = np.unique(found).astype(np.intp)
    return unique


def _rates(line: Line, translate: Translate) -> Iterator[dict[str, object]]:
    history = line.history
    if isinstance(history.source, Curve):
        scene = scene_of(history.source, timeline=history.timeline)
        x, y, _ = drawn(scene.curve, scene.timeline)
        planned = _trace(line, "planned", x, y)
        planned["name"] = safe(translate("{name}, planned").format(name=line.name))
        yield planned | {
            "line": {"color": COLORS[line.color], "width": 1.5, "dash": "dot"},
            "opacity": 0.8,
            "hoverinfo": "skip",
        }
    applied = _trace(line, "applied", *_applied(history))
    applied["name"] = safe(translate("{name}, applied").format(name=line.name))
    applied["line"] = {"color": COLORS[line.color], "width": 3, "simplify": False}
    yield applied | _hover(line.name)
    apart = history.differences()[:_MARKED]
    if apart.size:
        marked = _trace(line, "apart", apart, history.rates[apart.astype(int)])
        marked["name"] = translate("Keras differs from the plan")
        yield marked | {
            "mode": "markers",
            "marker": {"symbol": "x-thin-open", "size": 12, "color": COLORS[1]},
        }


def _restarts(line: Line) -> Iterator[dict[str, object]]:
    source, timeline = line.history.source, line.history.timeline
    if not isinstance(source, Curve) or not source.schedule.restarts:
        return
    stride = 1 if source.per == "step" else timeline.steps_per_epoch
    found = source.schedule.cycles(timeline.last(source.per))[1:]
    if len(found) > _MARKED:
        return
    for cycle in found:
        yield {
            "type": "line",
            "xref": "x",
            "yref": "paper",
            "x0": cycle.start * stride,
            "x1": cycle.start * stride,
            "y0": 0,
            "y1": 1,
            "layer": "below",
            "opacity": 0.6,
            "line": {"color": COLORS[line.color], "width": 1, "dash": "dot"},
        }


def _moving_mean(history: FitHistory) -> Floats:
    """The mean of the last losses at each step; of fewer at the beginning."""
    losses = history.losses.astype(float)
    width = max(1, round(history.timeline.steps * _SMOOTH))
    total = np.concatenate([[0.0], np.cumsum(losses)])
    last = np.arange(1, len(losses) + 1)
    first = np.maximum(last - width, 0)
    with np.errstate(invalid="ignore"):
        mean: Floats = (total[last] - total[first]) / (last - first)
    return mean


def _applied(history: FitHistory) -> tuple[Floats, Short]:
    """The points of the rates that were applied; as in the plan, each holds for its whole step."""
    rates, count = history.rates, history.steps
    if isinstance(history.source, Curve):
        x, _, real = drawn(history.source, history.timeline)
        apart = history.differences()[:_MARKED]
        # Where the plan jumps, and around each step at which Keras did otherwise.
        jumps = np.concatenate([x[real == 0], apart, apart + 1]).astype(int)
    else:
        jumps = np.flatnonzero(np.diff(rates)) + 1
        # What changes more often than that looks like a slope anyway.
        jumps = jumps if len(jumps) <= _POINTS else jumps[:0]
    jumps = np.unique(jumps[(jumps > 0) & (jumps < count)])
    at = np.unique(np.concatenate([extremes(rates, _POINTS), jumps - 1, jumps]))
    holds = np.searchsorted(at, jumps)
    ends = bool(jumps.size) and count == history.timeline.steps
    x = np.append(np.insert(at, holds, jumps), [count] * ends).astype(float)
    y = np.append(np.insert(rates[at], holds, rates[jumps - 1]), rates[-1:][:ends])
    return x, y


def _trace(
    line: Line, kind: str, x: Floats | NDArray[np.intp], y: Floats | Short
) -> dict[str, object]:
    return {
        "type": "scatter",
        "mode": "lines",
        "uid": f"{_token(line.name)}-{kind}",
        "name": safe(line.name),
        "legendgroup": line.name,
        "x": short(np.asarray(x, float)),
        "y": short(np.asarray(y, float)),
        "line": {
            "color": COLORS[line.color],
            "width": 2,
            "simplify": False,
            "dash": _DASHES[line.over % len(_DASHES)],
        },
    }


def _token(name: str) -> str:
    """``name`` in letters and digits: Plotly puts a trace's ``uid`` into CSS selectors."""
    return re.sub(r"[^A-Za-z0-9]", lambda found: f"_{ord(found[0]):x}", name)


def _hover(name: str) -> dict[str, object]:
    return {"hovertemplate": f"{safe(name)}  <b>%{{y:.4~g}}</b><extra></extra>"}


def _y_axis(traces: list[dict[str, object]], scale: Scale | None) -> dict[str, object]:
    every = np.concatenate([np.zeros(0), *(np.asarray(trace["y"], float) for trace in traces)])
    every = every[np.isfinite(every)]
    if not every.size:
        return {"type": "linear", "uirevision": "linear", "range": [0, 1]}
    low, high = float(every.min()), float(every.max())
    kind = scale or ("log" if low > 0 and high > _WIDE * low else "linear")
    if kind == "log" and high > 0:
        low = max(float(every[every > 0].min()), high * _LOWEST)
        low, high = float(np.log10(low)), float(np.log10(high))
    margin = 0.05 * (high - low) or 0.05 * abs(high) or 1.0
    ends = [low - margin, high + margin]
    return {"type": kind, "uirevision": kind, "range": ends, "dtick": dtick(ends, kind)}


def _figure(
    traces: list[dict[str, object]],
    lines: Sequence[Line],
    translate: Translate,
    title: str,
    shapes: list[dict[str, object]],
    scale: Scale | None = None,
) -> go.Figure:
    length = max((line.history.timeline.steps for line in lines), default=1)
    layout = {
        "template": {},
        "height": 330,
        "hovermode": "x unified",
        "uirevision": "fit",
        "showlegend": True,
        "xaxis": {
            "title": {"text": translate("step")},
            "range": [-0.01 * length, 1.01 * length],
            "uirevision": str(length),
            "exponentformat": "SI",
            "unifiedhovertitle": {"text": translate("step {number}").format(number="%{x:,d}")},
        },
        "yaxis": {
            "title": {"text": title, "standoff": 14},
            "tickformat": RATE,
            "hoverformat": RATE,
            **_y_axis(traces, scale),
        },
        "shapes": shapes,
    }
    # What is built here is valid (the tests look); checking it again would double the cost.
    return go.Figure(data=traces, layout=layout, _validate=False)
