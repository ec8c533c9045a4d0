"""What fits have logged, over the steps of their run; true at a bounded cost while it grows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lrviz.figures.axes import MARKED, NUMBER, Shape, Trace, mark_at, marked, safe, short
from lrviz.figures.palette import COLORS
from lrviz.scene import Scale, Unit
from lrviz.scene.lines import Points, drawn
from lrviz.schedules import Floats
from lrviz.text import Translate
from lrviz.training.events import Short
from lrviz.training.history import FitHistory

#: About how many points a line has.
_POINTS = 600
#: So many values are smoothed at a time.
_BLOCK = 64
#: By the place of the run among those that are laid over one another.
_DASHES = ("solid", "dash", "dot", "longdash", "dashdot")
_SYMBOLS = ("circle", "diamond-open", "square-open", "triangle-up-open", "x-open")

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


@dataclass(frozen=True)
class Look:
    """How the fits are looked at.

    Attributes:
        scale: The axis of the rates.
        losses: The axes of the losses; None: log where they span decades.
        smoothing: The weight of what was before in the losses' moving average; 0: none.
        unit: What the x axis counts.
    """

    scale: Scale = "linear"
    losses: Scale | None = None
    smoothing: float = 0.9
    unit: Unit = "step"

    def tick(self, fit: Fit) -> int:
        """How many steps one unit of the x axis is."""
        return 1 if self.unit == "step" else fit.history.timeline.steps_per_epoch


def rates_traces(fit: Fit, look: Look, translate: Translate) -> Iterator[Trace]:
    """The applied rate over the planned one, and where they differ."""
    history, tick = fit.history, look.tick(fit)
    plan, apart = drawn(history.line, history.timeline), history.differences()[:MARKED]
    x, y, _ = plan
    if np.isfinite(y).any():
        planned = _trace(fit, "planned", x / tick, y)
        planned["name"] = safe(translate("{name}, planned").format(name=fit.name))
        yield planned | {
            # Until there is something applied it stands in the legend.
            "showlegend": not history.steps,
            "line": {"color": COLORS[fit.color], "width": 1.5, "dash": "dot"},
            "opacity": 0.8,
            "hoverinfo": "skip",
        }
    at, rates = _applied(history, plan, apart)
    applied = _trace(fit, "applied", at / tick, rates) | {"showlegend": True}
    applied["line"] = {"color": COLORS[fit.color], "width": 3, "simplify": False}
    yield applied | _hover(fit.name)
    if apart.size:
        crosses = _trace(fit, "apart", apart / tick, history.rates[apart.astype(int)])
        crosses["name"] = translate("Keras differs from the plan")
        yield crosses | {
            "mode": "markers",
            "showlegend": True,
            "marker": {"symbol": "x-thin-open", "size": 12, "color": COLORS[1]},
        }


def losses_traces(fit: Fit, look: Look) -> Iterator[Trace]:
    """The loss of every step's batch, faint, and smoothed."""
    losses, tick = fit.history.losses, look.tick(fit)
    if look.smoothing:
        at = extremes(losses, _POINTS)
        faint = _trace(fit, "raw", at / tick, losses[at])
        yield faint | {"opacity": 0.25, "hoverinfo": "skip"}
    mean = smoothed(losses.astype(float), look.smoothing)
    at = extremes(mean, _POINTS)
    shown = _trace(fit, "mean", at / tick, mean[at]) | _hover(fit.name)
    # A run that is laid over has no rate in the picture: its entry in the legend is here.
    yield shown | {"showlegend": fit.over > 0}


def measured_trace(fit: Fit, look: Look, measure: Measure) -> Trace:
    """The loss or the accuracy on the test set, at the last step of every epoch."""
    epochs = fit.history.epochs
    steps = np.array([float(each.epoch + 1) for each in epochs])
    steps = steps * fit.history.timeline.steps_per_epoch - 1
    values = np.array([getattr(each, measure) for each in epochs], np.float32)
    at = extremes(values, _POINTS)
    trace = _trace(fit, measure, steps[at] / look.tick(fit), values[at]) | _hover(fit.name)
    trace["mode"] = "lines+markers" if len(epochs) <= 60 else "lines"
    symbol = _SYMBOLS[fit.over % len(_SYMBOLS)]
    return trace | {"marker": {"size": 5 if not fit.over else 7, "symbol": symbol}}


def smoothed(values: Floats, weight: float) -> Floats:
    """The exponential moving average, without its bias towards 0, as TensorBoard has it.

    ``s_t = weight * s_(t-1) + (1 - weight) * x_t``, divided by ``1 - weight**(t + 1)``.
    """
    if not weight or not values.size:
        return values
    # Block by block: within one, the powers of the weight stay far from underflow.
    padded = np.zeros(-(-len(values) // _BLOCK) * _BLOCK)
    padded[: len(values)] = values
    powers = weight ** np.arange(_BLOCK)
    with np.errstate(invalid="ignore", over="ignore"):
        blocks = np.cumsum(padded.reshape(-1, _BLOCK) / powers, axis=1) * powers * (1 - weight)
        before = 0.0
        for block in blocks:
            block += before * weight * powers
            before = block[-1]
    average: Floats = blocks.ravel()[: len(values)]
    return average / (1 - weight ** np.arange(1.0, len(values) + 1))


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
    finite = ~np.isnan(stretches)
    lowest = np.where(finite, stretches, np.inf).argmin(axis=1)
    highest = np.where(finite, stretches, -np.inf).argmax(axis=1)
    begin = np.arange(len(stretches)) * width
    places = np.concatenate([[0, count - 1], begin + lowest, begin + highest])
    unique: NDArray[np.intp] = np.unique(places).astype(np.intp)
    return unique


def restarts(fit: Fit, look: Look) -> list[Shape]:
    """The marks of the restarts of a fit."""
    steps = fit.history.line.restarts(fit.history.timeline)
    return [mark_at(at / look.tick(fit), fit.color) for at in marked(steps)]


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
        "showlegend": False,
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
    return re.sub(r"[^A-Za-z0-9]", lambda match: f"_{ord(match[0]):x}", name)


def _hover(name: str) -> Trace:
    return {"hovertemplate": f"{safe(name)}  <b>%{{y:{NUMBER}}}</b><extra></extra>"}
