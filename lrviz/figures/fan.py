"""What the selected curve would be at every stop of one slider: all that a drag needs."""

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from lrviz.declared import Field
from lrviz.figures.axes import extent, extents, mark_at, rate_limits
from lrviz.figures.curves import dots, dotted, marks, per_tick
from lrviz.figures.handles import places
from lrviz.scene import Curve, Scene, Timeline
from lrviz.scene.insights import Summary, readout, summaries_of_lines
from lrviz.scene.lines import Laid, drawn, laid
from lrviz.schedules import Floats, Simple
from lrviz.schedules.base import MOST_PIECES

#: Points a line, about; fewer than in the figure, as a hundred lines travel at once.
_POINTS = 400
#: Every part begins at a multiple of so many bytes, where any number may begin.
_ALIGNED = 8


def fan_bytes(scene: Scene, field: Field) -> bytes:
    """The lines of the selected curve at every stop of the slider of ``field``.

    A head in JSON and three arrays, little-endian, each padded to a multiple of 8 bytes. The first
    4 bytes are the length of the head (uint32), which begins at byte 8. Its ``arrays`` tell type
    and length of the arrays: ``x`` (differences of steps; most stops share the points of another),
    ``y`` (float32; the lines of all stops, one after another) and ``dots`` (int8, markers' sizes;
    empty unless the run is so short that steps are dots).

    For each stop that the schedule does not refuse, the head has its text in ``stops``, in
    ``lines`` the number of its x, in ``marks`` the restarts (on the x axis), in ``range`` that of
    the y axis (null: left to the chart), in ``handles`` the place of each handle on the x axis
    (null: none) and in ``readout`` the figures, in the order of
    :func:`lrviz.scene.insights.readout`. ``sizes`` are the lengths of the parts of ``x``.
    """
    timeline = scene.timeline
    others = [curve for curve in scene.shown if curve is not scene.curve]
    around = [extent(drawn(curve, timeline, _POINTS)[1]) for curve in others]
    curves = _at_stops(scene.curve, field, timeline)
    restarts = [curve.restarts(timeline) for curve in curves]
    lines, shapes = _laid_out(curves, restarts, timeline)
    rates: list[Floats] = []
    ranges: list[object] = []
    summaries: list[Summary] = []
    for number, alike in groupby(zip(lines, curves, strict=True), itemgetter(0)):
        shape = shapes[number]
        block = np.stack([shape.points(curve, timeline)[1] for _, curve in alike])
        rates.append(block.ravel())
        ranges += [
            rate_limits([*around, each], scene.scale, each).get("range") for each in extents(block)
        ]
        summaries += summaries_of_lines(shape.x, block)
    figures = [readout(*each) for each in zip(summaries, restarts, strict=True)]
    arrays = [
        _differences([shape.x for shape in shapes]),
        _short(np.concatenate(rates)),
        dots(np.concatenate([shape.real for shape in shapes if dotted(scene)] or [np.zeros(0)])),
    ]
    head = {
        "stops": [field.text(curve.schedule.value(field.path)) for curve in curves],
        "lines": lines,
        "marks": [marks(scene, each) for each in restarts],
        "range": ranges,
        "handles": [places(curve, scene) for curve in curves],
        "readout": [list(each.values()) for each in figures],
        "sizes": [len(shape.x) for shape in shapes],
        "perTick": per_tick(scene),
        "mark": mark_at(0, scene.curve.color),
        "arrays": [(array.dtype.str[1:], len(array)) for array in arrays],
    }
    return _packed(head, arrays)


def _at_stops(curve: Curve, field: Field, timeline: Timeline) -> list[Curve]:
    run = curve.count(timeline)
    schedules = (
        curve.schedule.with_value(field, stop)
        for stop in field.stops(curve.schedule.value(field.path), run)
    )
    return [replace(curve, schedule=each) for each in schedules if each is not None]


def _laid_out(
    curves: Sequence[Curve], restarts: Sequence[tuple[int, ...] | None], timeline: Timeline
) -> tuple[list[int], list[Laid]]:
    """Where the points of each curve's line are: a number, and what it stands for.

    Curves with the same knots have the same points.
    """
    lines: list[int] = []
    shapes: list[Laid] = []
    last: object = None
    for curve, at in zip(curves, restarts, strict=True):
        # A simple schedule's knots are its restarts.
        knots = at if isinstance(curve.schedule, Simple) else None
        if knots is None:
            knots = curve.schedule.knots(timeline.last(curve.per))
        if last != (knots, curve.schedule.jumps) or len(knots) >= MOST_PIECES:
            last = (knots, curve.schedule.jumps)
            shapes.append(laid(curve, timeline, _POINTS))
        lines.append(len(shapes) - 1)
    return lines, shapes


def _packed(head: dict[str, object], arrays: Sequence[NDArray[np.generic]]) -> bytes:
    text = _padded(json.dumps(head, allow_nan=False).encode(), b" ")
    parts = (_padded(array.tobytes(), b"\0") for array in arrays)
    return b"".join((_padded(len(text).to_bytes(4, "little"), b"\0"), text, *parts))


def _differences(lines: list[Floats]) -> NDArray[np.generic]:
    steps = np.concatenate([np.diff(line, prepend=0.0) for line in lines])
    for kind, limit in (("<u2", 2**16), ("<f4", 2**24)):
        if steps.max() < limit:
            return steps.astype(kind)
    return steps.astype("<f8")


def _short(rates: Floats) -> NDArray[np.generic]:
    largest = float(np.finfo(np.float32).max)
    return np.where(np.abs(rates) <= largest, rates, math.nan).astype("<f4")


def _padded(data: bytes, with_: bytes) -> bytes:
    return data + with_ * (-len(data) % _ALIGNED)
