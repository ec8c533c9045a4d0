"""Losses as they were forecast, and as they were: over the steps of a run."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lrviz.figures.axes import (
    NUMBER,
    Figure,
    Trace,
    layout,
    safe,
    short,
    value_limits,
    x_axis,
    y_axis,
)
from lrviz.figures.palette import COLORS
from lrviz.schedules import Floats
from lrviz.text import Translate

#: Losses fall steeply at first: the axis shows what comes after this share of the run.
_EARLY = 0.15


@dataclass(frozen=True, eq=False)
class Forecast:
    """A curve's losses.

    Attributes:
        name: The curve's.
        color: Its place in the palette.
        steps: Where they are forecast, rising.
        losses: The forecasts.
        at: Where they were measured, if it was trained.
        measured: And what was measured there.
        fitted: Whether the law was fitted to it, so that it is no forecast.
    """

    name: str
    color: int
    steps: Floats
    losses: Floats
    at: Floats
    measured: Floats
    fitted: bool


def forecast_figure(forecasts: Sequence[Forecast], steps: int, translate: Translate) -> Figure:
    """Lines for what the law says, dots for what was measured."""
    traces = [trace for each in enumerate(forecasts) for trace in _traces(*each, translate)]
    late = np.concatenate(
        [
            y[x >= _EARLY * steps]
            for each in forecasts
            for x, y in ((each.steps, each.losses), (each.at, each.measured))
        ]
    )
    late = late[np.isfinite(late)]
    below = x_axis(
        translate("step"), steps, "step", translate("step {number}").format(number="%{x:,d}")
    )
    beside = y_axis(translate("loss of the batch"), "linear")
    if late.size:
        beside |= value_limits(late, "linear")
    return {"data": traces, "layout": layout(below, beside, [], "forecast") | {"height": 320}}


def _traces(place: int, forecast: Forecast, translate: Translate) -> list[Trace]:
    color = COLORS[forecast.color]
    template = translate("{name}, fitted") if forecast.fitted else translate("{name}, forecast")
    line: Trace = {
        "type": "scatter",
        "mode": "lines",
        "uid": f"forecast-{place}",
        "name": safe(template.format(name=forecast.name)),
        "x": short(forecast.steps),
        "y": short(forecast.losses),
        "line": {"color": color, "width": 2, "dash": "solid" if forecast.fitted else "dash"},
        "hovertemplate": f"%{{y:{NUMBER}}}",
    }
    if not len(forecast.at):
        return [line]
    dots: Trace = {
        "type": "scatter",
        "mode": "markers",
        "uid": f"measured-{place}",
        "name": safe(translate("{name}, measured").format(name=forecast.name)),
        "x": short(forecast.at),
        "y": short(forecast.measured),
        "marker": {"color": color, "size": 6},
        "hovertemplate": f"%{{y:{NUMBER}}}",
    }
    return [line, dots]
