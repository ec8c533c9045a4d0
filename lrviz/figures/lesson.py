"""The chart of a lesson: curves covered from a step on, and what was measured, over the run."""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from lrviz.figures.axes import Figure, Trace, enlarge, short
from lrviz.figures.curves import curves_figure, per_tick
from lrviz.figures.notes import Note, Tally, annotate
from lrviz.figures.palette import COLORS
from lrviz.scene import Curve, Scene
from lrviz.scene.lines import drawn
from lrviz.text import Sentence, Translate

#: How much of the height the strip of the rates takes, below what is measured.
_STRIP = 0.2
#: By the series' colour: they are told apart without it, too.
_DOTS = ("circle", "diamond", "square")
#: A class's settings: their colour, how wide the most frequent is drawn, and by how many points.
_CLASS, _WIDEST, _POINTS = 5, 4, 300
_COVER = "rgba(127,140,160,0.22)"


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


def lesson_figure(
    scene: Scene,
    translate: Translate,
    *,
    upto: float | None = None,
    notes: Sequence[Note] = (),
    series: Sequence[Series] = (),
    measure: Sentence | None = None,
    tallies: Sequence[Tally] = (),
    around: Sequence[tuple[Curve, int]] = (),
    large: bool = False,
) -> Figure:
    """The curves of ``scene`` with what a lesson lays over them.

    Args:
        scene: The curves and their run.
        translate: Puts a text into the reader's language.
        upto: From this step on everything is covered.
        notes: Words over the curves.
        series: Measurements beside the curves.
        measure: What the y axis shows instead of the rate; the curves are then drawn below.
        tallies: A class's answers, as bars along their axis.
        around: A class's settings, as curves, and how many have each.
        large: Thick lines and large type, for a projector.
    """
    figure = curves_figure(_named(scene, translate), translate)
    # Beneath the others; the axes are those of the answer.
    figure["data"][:0] = _others(around, scene, translate)
    if measure is not None:
        _move_down(figure, translate)
        _measured(figure, series, measure.translated(translate))
    for each in series:
        figure["data"] += _traces(each, translate)
    if upto is not None:
        _cover(figure, upto)
    annotate(figure, notes, tallies, translate, large=large)
    if large:
        enlarge(figure, 24)
    return figure


def _named(scene: Scene, translate: Translate) -> Scene:
    """The labels of a lesson's lines are texts of ours: they are in the reader's language."""
    lines = (
        replace(line, label=translate(line.label)) if line.label else line for line in scene.lines
    )
    return replace(scene, lines=tuple(lines))


def _others(
    around: Sequence[tuple[Curve, int]], scene: Scene, translate: Translate
) -> Iterator[Trace]:
    """The curves of a class's settings: the wider the more have it, under one name."""
    most = max((count for _, count in around), default=1)
    for place, (curve, count) in enumerate(around):
        x, y, _ = drawn(curve, scene.timeline, _POINTS)
        yield {
            "type": "scatter",
            "mode": "lines",
            "uid": f"class-{place}",
            "legendgroup": "class",
            "name": translate("The class's settings"),
            "showlegend": place == 0,
            "x": short(x / per_tick(scene)),
            "y": short(y),
            "opacity": 0.45,
            "hoverinfo": "skip",
            "line": {"color": COLORS[_CLASS], "width": 1 + _WIDEST * count / most},
        }


def _traces(series: Series, translate: Translate) -> Iterator[Trace]:
    color = COLORS[series.color]
    if series.low:
        band = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False}
        thin = {"color": color, "width": 0}
        yield band | {"x": series.x, "y": series.low, "line": thin}
        fill = {"fill": "tonexty", "fillcolor": f"rgba{(*_rgb(color), 0.22)}"}
        yield band | {"x": series.x, "y": series.high, "line": thin} | fill
    markers: Trace = {"color": color, "size": 9, "symbol": "x-thin"}
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


def _move_down(figure: Figure, translate: Translate) -> None:
    """Draw the curves in a strip below what is measured, over the same steps."""
    for trace in figure["data"]:
        trace |= {"yaxis": "y2", "showlegend": False}
    layout = figure["layout"]
    above = layout["yaxis"]
    layout["yaxis2"] = {
        "range": above.get("range"),
        "tickformat": above["tickformat"],
        "nticks": 3,
        "domain": [0, _STRIP],
        "anchor": "x",
        "fixedrange": True,
        "title": {"text": translate("rate"), "standoff": 8},
    }
    above |= {"domain": [_STRIP + 0.1, 1], "type": "linear", "dtick": None}
    # The numbers of the steps stay below both.
    layout["xaxis"]["anchor"] = "y2"


def _measured(figure: Figure, series: Sequence[Series], title: str) -> None:
    lowest = min(float(np.min(each.low or each.y)) for each in series)
    highest = max(float(np.max(each.high or each.y)) for each in series)
    # What is all far from 0 is not pressed to the upper edge.
    lowest = lowest if lowest > highest / 2 else 0.0
    margin = 0.06 * (highest - lowest) or 1.0
    # The best of dots are the highest: the words of a note above them do not cover these.
    above = 3 * margin if any(each.style == "dots" for each in series) else margin
    layout = figure["layout"]
    layout["yaxis"]["title"]["text"] = title
    layout["yaxis"] |= {
        "uirevision": title,
        "range": [lowest - margin / 2, highest + above],
    }
    left, right = layout["xaxis"]["range"]
    reach = max(max(each.x) for each in series)
    if reach > right:
        layout["xaxis"]["range"] = [left, reach + 0.03 * (reach - left)]


def _cover(figure: Figure, upto: float) -> None:
    """Takes away everything beyond ``upto``: what is covered is not in the page at all."""
    for trace in figure["data"]:
        if "x" in trace:
            keep = np.asarray(trace["x"]) <= upto
        else:
            keep = trace["x0"] + np.arange(len(trace["y"])) * trace["dx"] <= upto
        for name in ("x", "y", "customdata"):
            if len(trace.get(name, ())) == len(keep):
                trace[name] = np.asarray(trace[name])[keep]
        size = trace.get("marker", {}).get("size")
        if np.ndim(size):
            trace["marker"] = trace["marker"] | {"size": np.asarray(size)[keep]}
    layout = figure["layout"]
    end = layout["xaxis"]["range"][1]
    layout["shapes"] = [
        *(shape for shape in layout["shapes"] if shape["x0"] <= upto),
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
    layout["annotations"] = [
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
