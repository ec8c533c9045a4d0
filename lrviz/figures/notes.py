"""What is written and drawn over a lesson's chart: notes, and a class's answers."""

import html
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from lrviz.figures.axes import Figure, Shape
from lrviz.text import Sentence, Translate

Kind = Literal["right", "answer", "hint"]

#: White on each of these has a contrast of at least 4.5, on either theme's background.
_FILLS: dict[Kind, str] = {"right": "#14713F", "answer": "#A8420F", "hint": "#3D4F66"}
#: Where along a level its words stand: two levels may be close together.
_LEVEL: dict[Kind, float] = {"answer": 0.25, "hint": 0.5, "right": 0.65}
#: How high a chart is on a phone, and a note, in pixels.
_LOW_CHART = 220
_NOTE = 38
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
class Tally:
    """How many gave an answer, where it lies on an axis."""

    axis: Literal["x", "y"]
    answer: float
    count: int


def annotate(
    figure: Figure,
    notes: Sequence[Note],
    tallies: Sequence[Tally],
    translate: Translate,
    *,
    large: bool,
) -> None:
    """Lay the notes and the class's answers over ``figure``."""
    layout = figure["layout"]
    shapes, annotations = list(layout["shapes"]), list(layout.get("annotations", ()))
    shapes += _bars(tallies)
    row, heights = 0, list[float]()
    ends = layout["xaxis"]["range"][1], layout["yaxis"].get("range")
    for note in notes:
        row += note.rate is None
        shapes += _lines(note, large)
        words = _words(note, translate, row, large) | _inside(note, *ends)
        if note.rate is not None and words["showarrow"]:
            words["ay"] = _apart(words["ay"], note.rate, ends[1], heights)
        annotations.append(words)
    layout["shapes"], layout["annotations"] = shapes, annotations


def _lines(note: Note, large: bool) -> Iterator[Shape]:
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
    words: dict[str, Any] = {
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
        return words | {
            "showarrow": True,
            "arrowcolor": _FILLS[note.kind],
            "arrowwidth": 2,
            "ax": 30,
            "ay": -46,
        }
    if note.rate is None:
        # One below the other: lines that are close together keep their words apart.
        return words | {"yanchor": "top", "yshift": -(row - 1) * (60 if large else 30)}
    return words | {"yanchor": "bottom", "yshift": 4}


def _apart(away: float, rate: float, rates: Sequence[float] | None, heights: list[float]) -> float:
    """How far from its point a note stands: not as high as another one; ``heights`` are theirs."""
    point = -_LOW_CHART * rate / rates[1] if rates else 0.0
    places = [sign * times * away for times in (1, 1.9, 2.8) for sign in (1, -1)]
    free = (
        each
        for each in places
        if -_LOW_CHART <= point + each <= 0
        and all(abs(point + each - other) >= _NOTE for other in heights)
    )
    place = next(free, away)
    heights.append(point + place)
    return place


def _inside(note: Note, right: float, rates: Sequence[float] | None) -> dict[str, Any]:
    """Keeps the words of a note away from the chart's edges."""
    moved: dict[str, Any] = {}
    if note.step is not None and note.step > 0.7 * right:
        moved["ax" if note.rate is not None else "xanchor"] = (
            -30 if note.rate is not None else "right"
        )
    elif note.step is not None and note.rate is None and note.step < 0.15 * right:
        moved["xanchor"] = "left"
    if note.step is not None and note.rate is not None and rates and note.rate > 0.8 * rates[1]:
        moved["ay"] = 46
    return moved


def _wrapped(text: str) -> str:
    wide = sum(unicodedata.east_asian_width(each) in "WF" for each in text) > len(text) / 4
    lines = textwrap.wrap(text, _LINE * 2 // 3 if wide else _LINE, break_long_words=False)
    return "<br>".join(html.escape(line, quote=False) for line in lines)


def _bars(tallies: Sequence[Tally]) -> Iterator[Shape]:
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
