"""What fits have logged, over the steps of their run; true at a bounded cost while it grows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lrviz.figures.axes import (
    MARKED,
    NUMBER,
    Figure,
    Shape,
    Trace,
    layout,
    mark_at,
    marked,
    safe,
    short,
    value_limits,
    x_axis,
    y_axis,
)
from lrviz.figures.palette import COLORS
from lrviz.scene import Scale
from lrviz.scene.lines import Points, drawn
from lrviz.schedules import Floats
from lrviz.text import Translate
from lrviz.training.events import Short
from lrviz.training.history import FitHistory

#: About how many points a line has.
_POINTS = 600
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
class Fit:
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


def rates_figure(fits: Sequence[Fit], translate: Translate, scale: Scale = "linear") -> Figure:
    """The applied rate of each fit over the planned one, with restarts and differences marked."""
    traces: list[Trace] = []
    shapes: list[Shape] = []
    for fit in fits:
        traces += _rates(fit, translate)
        shapes += _restarts(fit)
    return _figure(traces, fits, translate, translate("learning rate"), shapes, scale)


def losses_figure(fits: Sequence[Fit], translate: Translate) -> Figure:
    """The loss of every step's batch, faint, and its moving mean."""
    traces: list[Trace] = []
    for fit in fits:
        losses = fit.history.losses
        at = extremes(losses, _POINTS)
        faint = _trace(fit, "raw", at, losses[at])
        traces.append(faint | {"opacity": 0.25, "hoverinfo": "skip", "showlegend": False})
    for fit in fits:
        mean = _moving_mean(fit.history)
        at = extremes(mean, _POINTS)
        traces.append(_trace(fit, "mean", at, mean[at]) | _hover(fit.name))
    shapes = [shape for fit in fits for shape in _restarts(fit)]
    return _figure(traces, fits, translate, translate("loss of the batch"), shapes)


def measured_figure(fits: Sequence[Fit], measure: Measure, translate: Translate) -> Figure:
    """The loss or the accuracy on the test set, at the last step of every epoch."""
    traces: list[Trace] = []
    for fit in fits:
        epochs = fit.history.epochs
        steps = np.array([float(each.epoch + 1) for each in epochs])
        steps = steps * fit.history.timeline.steps_per_epoch - 1
        values = np.array([getattr(each, measure) for each in epochs], np.float32)
        at = extremes(values, _POINTS)
        found = _trace(fit, measure, steps[at], values[at]) | _hover(fit.name)
        found["mode"] = "lines+markers" if len(epochs) <= 60 else "lines"
        symbol = _SYMBOLS[fit.over % len(_SYMBOLS)]
        traces.append(found | {"marker": {"size": 5 if not fit.over else 7, "symbol": symbol}})
    titles = {
        "val_loss": translate("loss on the test set"),
        "val_accuracy": translate("accuracy on the test set"),
    }
    return _figure(traces, fits, translate, titles[measure], [])


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


def _rates(fit: Fit, translate: Translate) -> Iterator[Trace]:
    history = fit.history
    plan, apart = drawn(history.line, history.timeline), history.differences()[:MARKED]
    x, y, _ = plan
    if np.isfinite(y).any():
        planned = _trace(fit, "planned", x, y)
        planned["name"] = safe(translate("{name}, planned").format(name=fit.name))
        yield planned | {
            "line": {"color": COLORS[fit.color], "width": 1.5, "dash": "dot"},
            "opacity": 0.8,
            "hoverinfo": "skip",
        }
    applied = _trace(fit, "applied", *_applied(history, plan, apart))
    applied["name"] = safe(translate("{name}, applied").format(name=fit.name))
    applied["line"] = {"color": COLORS[fit.color], "width": 3, "simplify": False}
    yield applied | _hover(fit.name)
    if apart.size:
        crosses = _trace(fit, "apart", apart, history.rates[apart.astype(int)])
        crosses["name"] = translate("Keras differs from the plan")
        yield crosses | {
            "mode": "markers",
            "marker": {"symbol": "x-thin-open", "size": 12, "color": COLORS[1]},
        }


def _restarts(fit: Fit) -> list[Shape]:
    found = fit.history.line.restarts(fit.history.timeline)
    return [mark_at(at, fit.color) for at in marked(found)]


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


def _applied(history: FitHistory, plan: Points, apart: Floats) -> tuple[Floats, Short]:
    """The points of the rates that were applied; as in the plan, each holds for its whole step."""
    rates, count = history.rates, history.steps
    x, planned, real = plan
    if np.isfinite(planned).any():
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


def _trace(fit: Fit, kind: str, x: Floats | NDArray[np.intp], y: Floats | Short) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "uid": f"{_token(fit.name)}-{kind}",
        "name": safe(fit.name),
        "legendgroup": fit.name,
        "x": short(np.asarray(x, float)),
        "y": short(np.asarray(y, float)),
        "line": {
            "color": COLORS[fit.color],
            "width": 2,
            "simplify": False,
            "dash": _DASHES[fit.over % len(_DASHES)],
        },
    }


def _token(name: str) -> str:
    """``name`` in letters and digits: Plotly puts a trace's ``uid`` into CSS selectors."""
    return re.sub(r"[^A-Za-z0-9]", lambda found: f"_{ord(found[0]):x}", name)


def _hover(name: str) -> Trace:
    return {"hovertemplate": f"{safe(name)}  <b>%{{y:{NUMBER}}}</b><extra></extra>"}


def _y_axis(traces: list[Trace], title: str, scale: Scale | None) -> Figure:
    every = np.concatenate([np.zeros(0), *(np.asarray(trace["y"], float) for trace in traces)])
    every = every[np.isfinite(every)]
    if not every.size:
        return y_axis(title, "linear") | {"range": [0, 1]}
    low, high = float(every.min()), float(every.max())
    kind = scale or ("log" if low > 0 and high > _WIDE * low else "linear")
    return y_axis(title, kind) | value_limits(every, kind)


def _figure(
    traces: list[Trace],
    fits: Sequence[Fit],
    translate: Translate,
    title: str,
    shapes: list[Shape],
    scale: Scale | None = None,
) -> Figure:
    length = max((fit.history.timeline.steps for fit in fits), default=1)
    heading = translate("step {number}").format(number="%{x:,d}")
    axes = (
        x_axis(translate("step"), length, str(length), heading),
        _y_axis(traces, title, scale),
    )
    return {"data": traces, "layout": layout(*axes, shapes, "fit") | {"height": 330}}
