"""What every figure shares: its axes and their limits, restart marks, how arrays are written.

A figure is a plain dict of ``data`` and ``layout``, as Plotly's JavaScript takes it.
"""

import base64
import html
import json
import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrviz.figures.palette import COLORS
from lrviz.scene import Scale
from lrviz.schedules import Floats

#: A figure, a trace, a shape: what Plotly takes.
Figure = dict[str, Any]
Trace = dict[str, Any]
Shape = dict[str, Any]

#: At most so many restarts are marked; the curve shows more well enough.
MARKED = 40
#: How rates are written on axes and beside the pointer: four digits, 1.2e-9.
NUMBER = ".4~g"
#: A log axis that spans more decades than this has no ticks between them.
_DECADES = 1.5
#: Plotly finds the limits of what is higher by itself.
_LARGEST = 1e300
#: A log axis goes down to this share of a curve's highest value at the most,
_LOWEST = 1e-6
#: and up to so many times that of the chosen one.
_HIGHEST = 1e6
#: A log axis of nothing above 0, as exponents.
_EMPTY = (-6.0, 0.0)


def to_json(figure: Figure) -> str:
    """The figure for Plotly's JavaScript; arrays travel as base64."""
    return json.dumps(figure, default=_packed, allow_nan=False)


def _packed(array: NDArray[np.generic]) -> dict[str, str]:
    return {
        "dtype": array.dtype.str[1:],
        "bdata": base64.b64encode(array.tobytes()).decode("ascii"),
    }


def layout(x_axis: Figure, y_axis: Figure, shapes: Sequence[Shape], revision: str) -> Figure:
    """The layout that all figures share; a zoom is kept as long as ``revision`` is the same."""
    return {
        "template": {},
        "hovermode": "x unified",
        "uirevision": revision,
        "showlegend": True,
        "xaxis": x_axis,
        "yaxis": y_axis,
        "shapes": [*shapes],
    }


def x_axis(title: str, length: float, revision: str, heading: str) -> Figure:
    """The x axis of a run of that length; ``heading`` stands above the pointer's box."""
    return {
        "title": {"text": title},
        "range": [-0.01 * length, 1.01 * length],
        "uirevision": revision,
        "exponentformat": "SI",
        "unifiedhovertitle": {"text": heading},
    }


def y_axis(title: str, scale: str) -> Figure:
    """The y axis, but for its range."""
    return {
        "title": {"text": title, "standoff": 14},
        "type": scale,
        "uirevision": scale,
        "tickformat": NUMBER,
        "hoverformat": NUMBER,
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


def rate_limits(
    around: Iterable[tuple[float, float]],
    scale: Scale,
    chosen: tuple[float, float] | None = None,
) -> Figure:
    """The limits of the y axis of lines with these extents.

    A log axis always holds the ``chosen`` one of them; what is far below or above it may be beyond.
    """
    positive = [each for each in around if each[0] > 0]
    highest = max((high for high, _ in positive), default=0.0)
    if scale == "linear":
        plain = 0 < highest <= _LARGEST
        return {"range": [-0.03 * highest, 1.06 * highest]} if plain else {"rangemode": "tozero"}
    if not positive:
        return _limits(*_EMPTY, scale)
    # What falls to 0, or nearly, does not stretch the axis.
    lowest = min(max(low, high * _LOWEST) for high, low in positive)
    if chosen is not None and chosen[0] > 0:
        lowest = max(lowest, chosen[0] * _LOWEST)
        highest = min(highest, chosen[0] * _HIGHEST)
    else:
        lowest = max(lowest, highest * _LOWEST)
    return _limits(math.log10(lowest) - 0.1, math.log10(highest) + 0.1, scale)


def value_limits(values: Floats, scale: str) -> Figure:
    """The limits of the y axis of finite values, at least one of them; below 0, too."""
    low, high = float(values.min()), float(values.max())
    if scale == "log" and high > 0:
        low = max(float(values[values > 0].min()), high * _LOWEST)
        low, high = math.log10(low), math.log10(high)
    margin = 0.05 * (high - low) or 0.05 * abs(high) or 1.0
    return _limits(low - margin, high + margin, scale)


def _limits(low: float, high: float, scale: str) -> Figure:
    """Over several decades of a log axis one tick each; else Plotly chooses."""
    tick = 1 if scale == "log" and high - low > _DECADES else None
    return {"range": [low, high], "dtick": tick}


def marked(restarts: Sequence[int] | None, per_tick: int = 1) -> list[float]:
    """Where the restarts at these steps are on the x axis; empty: too many to mark."""
    if not restarts or len(restarts) > MARKED:
        return []
    return [step / per_tick for step in restarts]


def mark_at(at: float, color: int) -> Shape:
    """The mark of a restart of the curve of that colour."""
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
        "line": {"color": COLORS[color], "width": 1, "dash": "dot"},
    }


def short(values: Floats) -> NDArray[np.generic]:
    """In as few bytes as lose nothing that could be seen; never infinite."""
    finite = np.where(np.isfinite(values), values, np.nan)
    largest = np.nanmax(np.abs(finite), initial=0.0)
    if largest < 2**16 and (finite >= 0).all() and (finite % 1 == 0).all():
        return finite.astype(np.uint8 if largest < 2**8 else np.uint16)
    return finite.astype(np.float32) if largest < 2**24 else finite


def safe(name: str) -> str:
    """A name that Plotly shows as it is: it reads some HTML in texts, and % in templates."""
    return html.escape(name, quote=False).replace("%{", "% {")


def enlarge(figure: Figure, size: int) -> None:
    """Thick lines, and type of that many pixels: for a projector."""
    figure["layout"]["font"] = {"size": size}
    for trace in figure["data"]:
        line = trace["line"]
        if line.get("width"):
            trace["line"] = line | {"width": line["width"] * 2}
