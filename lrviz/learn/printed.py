"""A lesson's charts on paper: plain SVG, in inks and dashes that a copier tells apart, too."""

import html
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from lrviz.learn.lesson import Chart
from lrviz.scene.lines import drawn
from lrviz.schedules import Floats
from lrviz.text import Sentence, Translate, number

#: The size of a chart, without the names below it. All pictures of a sheet have one scale.
WIDTH, _HEIGHT = 320, 106
INKS = ("#000000", "#0072B2", "#D55E00", "#009E73")
#: About how wide a letter is, and one that is as wide as it is high.
_LETTER, _WIDE = 5.8, 11.0
_ROW = 15
#: So many points of a curve are enough at this size.
_POINTS = 200


class Mark(NamedTuple):
    """The look of one entry in the legend: its ink, and whether it is a line, crosses or dots."""

    name: str
    ink: str
    dash: str = ""
    style: str = "line"


class Stroke(NamedTuple):
    """A mark, and its points; none where there is no value."""

    mark: Mark
    x: Floats
    y: Floats


@dataclass(frozen=True)
class Frame:
    """The axes of a picture: their places in pixels, and their limits."""

    left: float
    right: float
    top: float
    bottom: float
    x: tuple[float, float]
    y: tuple[float, float]

    def across(self, x: Floats | float) -> Floats:
        """Pixels from the left."""
        share = (np.asarray(x) - self.x[0]) / (self.x[1] - self.x[0])
        return self.left + (self.right - self.left) * share

    def down(self, y: Floats | float) -> Floats:
        """Pixels from the top."""
        share = (np.asarray(y) - self.y[0]) / (self.y[1] - self.y[0])
        return self.bottom - (self.bottom - self.top) * share


def svg(width: float, height: float, parts: Sequence[str]) -> str:
    """A picture; so wide, as a part of a full chart's width, that all have letters of one size."""
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" style="width:{width / WIDTH:.4f}em" role="img">'
        + "".join(parts)
        + "</svg>"
    )


def letters(x: float, y: float, text: str, anchor: str = "start") -> str:
    """Words in a picture."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{html.escape(text)}</text>'


def legend(marks: Sequence[Mark], top: float, width: float) -> tuple[list[str], float]:
    """The names below a picture, side by side where there is room; and where they end."""
    parts, left, below = list[str](), 0.0, top + _ROW - 4
    for mark in marks:
        places = [2.0, 14.0, 26.0] if mark.style == "line" else [6.0]
        text = places[-1] + 6
        wide = text + sum(
            _WIDE if unicodedata.east_asian_width(each) in "WF" else _LETTER for each in mark.name
        )
        if left and left + wide > width:
            left, below = 0.0, below + _ROW
        parts.append(_drawn(mark, [left + each for each in places], [below - 4] * len(places)))
        parts.append(letters(left + text, below, mark.name))
        left += wide + 10
    return parts, below + 4


def _drawn(mark: Mark, x: Sequence[float], y: Sequence[float]) -> str:
    """A mark's points, as one path."""
    points = zip(x, y, strict=True)
    if mark.style == "crosses":
        path = "".join(f"M{a - 3:.1f} {b - 3:.1f}l6 6m0-6l-6 6" for a, b in points)
        return f'<path d="{path}" stroke="{mark.ink}" stroke-width="1.2" fill="none"/>'
    if mark.style == "dots":
        path = "".join(f"M{a:.1f} {b:.1f}h0" for a, b in points)
        return f'<path d="{path}" stroke="{mark.ink}" stroke-width="4" stroke-linecap="round"/>'
    path = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
    dash = f' stroke-dasharray="{mark.dash}"' if mark.dash else ""
    return f'<polyline points="{path}" fill="none" stroke="{mark.ink}" stroke-width="1.5"{dash}/>'


def place(line: Stroke, frame: Frame) -> str:
    """A line in its frame."""
    return _drawn(line.mark, frame.across(line.x).tolist(), frame.down(line.y).tolist())


def dash(at: int) -> str:
    """How the line number ``at`` is dashed."""
    return f"{4 + 3 * at} 3" if at else ""


def chart_svg(chart: Chart, translate: Translate) -> str:
    """The chart as it is asked about, with its names below."""
    lines = _lines(chart, translate)
    # The axis reaches as high as on the page, whatever is covered.
    whole = _lines(replace(chart, upto=None), translate)
    high = max(float(line.y.max()) for line in whole) * 1.05
    wide = float(chart.scene.timeline.steps)
    measure = (chart.measure or Sentence("learning rate")).translated(translate)
    frame = Frame(47, WIDTH - 37, 20, _HEIGHT - 18, (0, wide), (0, high))
    parts = grid(frame, ticks(wide, 5), ticks(high, 4), measure, translate("step"))
    parts.append(_cover(chart, frame))
    parts += [place(line, frame) for line in lines]
    names, height = legend([line.mark for line in lines], _HEIGHT, WIDTH)
    return svg(WIDTH, height, [*parts, *names])


def grid(
    frame: Frame, x: Sequence[float], y: Sequence[float], measure: str, unit: str
) -> list[str]:
    """The axes: grid lines with their numbers, and titles."""
    parts = [
        letters(0, 11, measure),
        letters(frame.right + 37, frame.bottom + 4, unit, "end"),
    ]
    for tick in x:
        right = float(frame.across(tick))
        parts.append(f'<path d="M{right:.1f} {frame.top}V{frame.bottom}" stroke="#ddd"/>')
        parts.append(letters(right, frame.bottom + 13, f"{tick:,.6g}", "middle"))
    for tick in y:
        down = float(frame.down(tick))
        parts.append(f'<path d="M{frame.left} {down:.1f}H{frame.right}" stroke="#ddd"/>')
        parts.append(letters(frame.left - 5, down + 4, number(tick), "end"))
    return parts


def ticks(end: float, most: int) -> list[float]:
    """Round numbers from 0 to ``end``, at most so many after 0."""
    power = 10.0 ** np.floor(np.log10(end / most))
    step = next(power * each for each in (1, 2, 5, 10) if power * each * most >= end)
    return [float(step * each) for each in range(int(end / step * (1 + 1e-9)) + 1)]


def _lines(chart: Chart, translate: Translate) -> list[Stroke]:
    """The lines of the chart, up to where it is covered."""
    lines = list[Stroke]()
    if chart.measure is None:
        for curve in chart.scene.shown:
            x, y, _ = drawn(curve, chart.scene.timeline, _POINTS)
            mark = Mark(translate(curve.name), INKS[len(lines) % 4], dash(len(lines)))
            lines.append(Stroke(mark, x, y))
    for each in chart.series:
        style = "crosses" if each.style == "crosses" else "line"
        name = each.name.translated(translate)
        mark = Mark(name, INKS[len(lines) % 4], dash(len(lines)), style)
        lines.append(Stroke(mark, np.array(each.x), np.array(each.y)))
    upto = np.inf if chart.upto is None else chart.upto
    seen = [(line, np.isfinite(line.y) & (line.x <= upto)) for line in lines]
    return [Stroke(line.mark, line.x[keep], line.y[keep]) for line, keep in seen]


def _cover(chart: Chart, frame: Frame) -> str:
    """The cover over the rest of the run."""
    if chart.upto is None:
        return ""
    left, down = float(frame.across(chart.upto)), frame.bottom - frame.top
    return (
        f'<rect x="{left:.1f}" y="{frame.top}" width="{frame.right - left:.1f}" height="{down}" '
        'fill="#eee"/>'
        f'<text x="{(left + frame.right) / 2:.1f}" y="{frame.top + down / 2 + 12}" '
        'text-anchor="middle" style="font-size:32px" fill="#999">?</text>'
    )
