"""The chart of a lesson: curves covered from a step on, notes over them, a class's answers."""

import html
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import plotly.graph_objects as go

from lrviz.figures.curves import curves_figure
from lrviz.figures.palette import COLORS
from lrviz.scene import Scene
from lrviz.text import Sentence, Translate

Kind = Literal["right", "answer", "hint"]

#: White on each of these has a contrast of at least 4.5, on either theme's background.
_FILLS: dict[Kind, str] = {"right": "#14713F", "answer": "#A8420F", "hint": "#3D4F66"}
#: Where along a level its words stand: two levels may be close together.
_LEVEL: dict[Kind, float] = {"answer": 0.25, "hint": 0.5, "right": 0.65}
#: How high a chart is on a phone, and a note, in pixels.
_LOW_CHART = 220
_NOTE = 38
#: How much of the height the strip of the rates takes, below what is measured.
_STRIP = 0.2
#: By the series' colour: they are told apart without it, too.
_DOTS = ("circle", "diamond", "square")
_COVER = "rgba(127,140,160,0.22)"
#: About how many characters of a note stand in one line.
_LINE = 26
#: A class's answers fill at most this share of the chart.
_TALLEST = 0.55


@dataclass(frozen=True)
class Note:
    """Words in a chart: at a step (a line from top to bottom), a rate (a level), or a point.

    Attributes:
        text: The words; few of them.
        step: Where on the x axis, in steps.
        rate: Where on the y axis.
        kind: What is right, what was answered, or a hint.
    """

    text: Sentence
    step: float | None = None
    rate: float | None = None
    kind: Kind = "hint"


@dataclass(frozen=True)
class Series:
    """Something measured: y over x, with a band from ``low`` to ``high`` where given."""

    name: Sentence
    x: tuple[float, ...]
    y: tuple[float, ...]
    color: int = 1
    style: Literal["line", "crosses", "dots"] = "line"
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()


@dataclass(frozen=True)
class Tally:
    """How many gave an answer, where it lies on an axis."""

    axis: Literal["x", "y"]
    answer: float
    count: int


def lesson_figure(
    scene: Scene,
    translate: Translate,
    *,
    upto: float | None = None,
    notes: Sequence[Note] = (),
    series: Sequence[Series] = (),
    measure: Sentence | None = None,
    tallies: Sequence[Tally] = (),
    large: bool = False,
) -> go.Figure:
    """The curves of ``scene`` with what a lesson lays over them.

    Args:
        scene: The curves and their run.
        translate: Puts a text into the reader's language.
        upto: From this step on everything is covered.
        notes: Words over the curves.
        series: Measurements beside the curves.
        measure: What the y axis shows instead of the rate; the curves are then drawn below.
        tallies: A class's answers, as bars along their axis.
        large: Thick lines and large type, for a projector.
    """
    figure = curves_figure(scene, translate)
    if measure is not None:
        _move_down(figure, translate)
        _measured(figure, series, measure.translated(translate))
    for each in series:
        figure.add_traces(list(_traces(each, translate)))
    if upto is not None:
        _cover(figure, upto)
    shapes, words = list(figure.layout.shapes or ()), list(figure.layout.annotations or ())
    shapes += _bars(tallies)
    row, heights = 0, list[float]()
    ends = figure.layout.xaxis.range[1], figure.layout.yaxis.range
    for note in notes:
        row += note.rate is None
        shapes += _lines(note, large)
        made = _words(note, translate, row, large) | _inside(note, *ends)
        if note.rate is not None and made["showarrow"]:
            made["ay"] = _apart(made["ay"], note.rate, ends[1], heights)
        words.append(made)
    figure.layout.shapes, figure.layout.annotations = shapes, words
    if large:
        _enlarge(figure)
    return figure


def _traces(series: Series, translate: Translate) -> Iterator[dict[str, object]]:
    color = COLORS[series.color]
    if series.low:
        band = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False}
        thin = {"color": color, "width": 0}
        yield band | {"x": series.x, "y": series.low, "line": thin}
        fill = {"fill": "tonexty", "fillcolor": f"rgba{(*_rgb(color), 0.22)}"}
        yield band | {"x": series.x, "y": series.high, "line": thin} | fill
    markers: dict[str, object] = {"color": color, "size": 9, "symbol": "x-thin"}
    markers["line"] = {"width": 2.5, "color": color}
    if series.style == "dots":
        symbol = _DOTS[series.color % len(_DOTS)]
        markers = {"color": color, "size": 8, "symbol": symbol, "opacity": 0.5}
    yield {
        "type": "scatter",
        "mode": "lines" if series.style == "line" else "markers",
        "x": series.x,
        "y": series.y,
        "uid": f"series-{series.color}",
        "name": html.escape(series.name.translated(translate), quote=False),
        "line": {"color": color, "width": 3},
        "marker": markers,
        "hovertemplate": "%{y:.4~g}",
    }


def _rgb(color: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(color[1:]))


def _move_down(figure: go.Figure, translate: Translate) -> None:
    """Draw the curves in a strip below what is measured, over the same steps."""
    figure.update_traces(yaxis="y2", showlegend=False)
    above = figure.layout.yaxis
    figure.layout.yaxis2 = {
        "range": above.range,
        "tickformat": above.tickformat,
        "nticks": 3,
        "domain": [0, _STRIP],
        "anchor": "x",
        "fixedrange": True,
        "title": {"text": translate("rate"), "standoff": 8},
    }
    above.domain = [_STRIP + 0.1, 1]
    above.type, above.dtick = "linear", None
    # The numbers of the steps stay below both.
    figure.layout.xaxis.anchor = "y2"


def _measured(figure: go.Figure, series: Sequence[Series], title: str) -> None:
    lowest = min(float(np.min(each.low or each.y)) for each in series)
    highest = max(float(np.max(each.high or each.y)) for each in series)
    # What is all far from 0 is not pressed to the upper edge.
    lowest = lowest if lowest > highest / 2 else 0.0
    margin = 0.06 * (highest - lowest) or 1.0
    figure.layout.yaxis.title.text = title
    figure.layout.yaxis.uirevision = title
    figure.layout.yaxis.range = [lowest - margin / 2, highest + margin]
    left, right = figure.layout.xaxis.range
    reach = max(max(each.x) for each in series)
    if reach > right:
        figure.layout.xaxis.range = [left, reach + 0.03 * (reach - left)]


def _cover(figure: go.Figure, upto: float) -> None:
    """Takes away everything beyond ``upto``: what is covered is not in the page at all."""
    for trace in figure.data:
        if trace.x is not None:
            keep = np.asarray(trace.x) <= upto
        else:
            keep = (trace.x0 or 0) + np.arange(len(trace.y)) * (trace.dx or 1) <= upto
        for name in ("x", "y", "customdata"):
            values = getattr(trace, name, None)
            if values is not None and len(values) == len(keep):
                trace[name] = np.asarray(values)[keep]
        size = trace.marker.size if trace.marker else None
        if size is not None and np.ndim(size):
            trace.marker.size = np.asarray(size)[keep]
    end = figure.layout.xaxis.range[1]
    figure.layout.shapes = [
        *(shape for shape in figure.layout.shapes or () if shape.x0 <= upto),
        {
            "type": "rect",
            "xref": "x",
            "yref": "paper",
            "x0": upto,
            "x1": end,
            "y0": 0,
            "y1": 1,
            "fillcolor": _COVER,
            "line": {"width": 0},
            "layer": "below",
        },
    ]
    figure.layout.annotations = [
        {
            "text": "?",
            "x": (upto + end) / 2,
            "y": 0.5,
            "xref": "x",
            "yref": "paper",
            "showarrow": False,
            "font": {"size": 64},
            "opacity": 0.35,
        }
    ]


def _lines(note: Note, large: bool) -> Iterator[dict[str, object]]:
    line = {"color": _FILLS[note.kind], "width": 5 if large else 3}
    if note.kind == "answer":
        line["dash"] = "dash"
    if note.step is not None and note.rate is None:
        places = {"xref": "x", "yref": "paper", "x0": note.step, "x1": note.step, "y0": 0, "y1": 1}
        yield {"type": "line", "line": line} | places
    if note.rate is not None and note.step is None:
        places = {"xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": note.rate, "y1": note.rate}
        yield {"type": "line", "line": line} | places


def _words(note: Note, translate: Translate, row: int, large: bool) -> dict[str, Any]:
    made: dict[str, Any] = {
        "text": _wrapped(note.text.translated(translate)),
        "font": {"color": "#FFFFFF", "size": 24 if large else 13},
        "bgcolor": _FILLS[note.kind],
        "borderpad": 4,
        "align": "left",
        "showarrow": False,
        "xref": "paper" if note.step is None else "x",
        "yref": "paper" if note.rate is None else "y",
        "x": _LEVEL[note.kind] if note.step is None else note.step,
        "y": 1 if note.rate is None else note.rate,
    }
    if note.step is not None and note.rate is not None:
        return made | {
            "showarrow": True,
            "arrowcolor": _FILLS[note.kind],
            "arrowwidth": 2,
            "ax": 30,
            "ay": -46,
        }
    if note.rate is None:
        # One below the other: lines that are close together keep their words apart.
        return made | {"yanchor": "top", "yshift": -(row - 1) * (60 if large else 30)}
    return made | {"yanchor": "bottom", "yshift": 4}


def _apart(
    away: float, rate: float, rates: tuple[float, float] | None, heights: list[float]
) -> float:
    """How far from its point a note stands: not as high as another one; ``heights`` are theirs."""
    point = -_LOW_CHART * rate / rates[1] if rates else 0.0
    places = [sign * times * away for times in (1, 1.9, 2.8) for sign in (1, -1)]
    free = (
        each
        for each in places
        if -_LOW_CHART <= point + each <= 0
        and all(abs(point + each - other) >= _NOTE for other in heights)
    )
    found = next(free, away)
    heights.append(point + found)
    return found


def _inside(note: Note, right: float, rates: tuple[float, float] | None) -> dict[str, Any]:
    """Keeps the words of a note away from the chart's edges."""
    made: dict[str, Any] = {}
    if note.step is not None and note.step > 0.7 * right:
        made["ax" if note.rate is not None else "xanchor"] = (
            -30 if note.rate is not None else "right"
        )
    elif note.step is not None and note.rate is None and note.step < 0.15 * right:
        made["xanchor"] = "left"
    if note.step is not None and note.rate is not None and rates and note.rate > 0.8 * rates[1]:
        made["ay"] = 46
    return made


def _wrapped(text: str) -> str:
    wide = sum(unicodedata.east_asian_width(each) in "WF" for each in text) > len(text) / 4
    lines = textwrap.wrap(text, _LINE * 2 // 3 if wide else _LINE, break_long_words=False)
    return "<br>".join(html.escape(line, quote=False) for line in lines)


def _bars(tallies: Sequence[Tally]) -> Iterator[dict[str, object]]:
    most = max((each.count for each in tallies), default=1)
    for each in tallies:
        long = _TALLEST * each.count / most
        other = "y" if each.axis == "x" else "x"
        yield {
            "type": "line",
            f"{each.axis}ref": each.axis,
            f"{other}ref": "paper",
            f"{each.axis}0": each.answer,
            f"{each.axis}1": each.answer,
            f"{other}0": 0,
            f"{other}1": long,
            "line": {"color": _FILLS["answer"], "width": 9},
            "opacity": 0.75,
            "label": {
                "text": f"{each.count}",
                "textposition": "end",
                "textangle": 0,
                "font": {"size": 15},
            },
        }


def _enlarge(figure: go.Figure) -> None:
    figure.layout.font.size = 24
    for trace in figure.data:
        if trace.line.width:
            trace.line.width = trace.line.width * 2
