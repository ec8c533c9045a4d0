"""What the selected curve would be at every stop of one slider: all that a drag needs."""

import json
import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lrviz.figures.curves import (
    Laid,
    dots,
    dotted,
    drawn,
    extent,
    laid,
    mark_at,
    marked,
    per_tick,
    y_range,
)
from lrviz.insights import readout, restarts, summary_of_line
from lrviz.scene import Curve, Scene
from lrviz.schedules import Field, Floats
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

    For each stop the head has its text in ``stops``, in ``lines`` the number of its x (-1: the
    schedule refuses it, there is no line), in ``marks`` the restarts (on the x axis), in ``range``
    that of the y axis (null: left to the chart) and in ``readout`` the figures, in the order of
    :func:`lrviz.insights.readout`. ``sizes`` are the lengths of the parts of ``x``.
    """
    timeline = scene.timeline
    others = [curve for curve in scene.shown if curve is not scene.curve]
    around = [extent(drawn(curve, timeline, _POINTS)[1]) for curve in others]
    stops = field.stops(getattr(scene.curve.schedule, field.name))
    shapes: list[Laid] = []
    known: object = None
    rates: list[Floats] = []
    rows: list[tuple[int, list[float], object, list[str]]] = []
    for stop in stops:
        schedule = scene.curve.schedule.with_value(field, stop)
        if schedule is None:
            rows.append((-1, [], None, []))
            continue
        curve = replace(scene.curve, schedule=schedule)
        found = restarts(curve, timeline)
        knots = schedule.knots(timeline.last(curve.per)) if found is None else found
        if known != (knots, schedule.jumps) or len(knots) >= MOST_PIECES:
            known = (knots, schedule.jumps)
            shapes.append(laid(curve, timeline, _POINTS))
        x, y, _ = shapes[-1].line(curve, timeline)
        rates.append(y)
        count = None if found is None else len(found)
        rows.append(
            (
                len(shapes) - 1,
                marked(found, scene),
                y_range([*around, extent(y)], scene.scale).get("range"),
                list(readout(summary_of_line(x, y), count).values()),
            )
        )
    arrays = [
        _differences([shape.x for shape in shapes]),
        _short(np.concatenate(rates)),
        dots(np.concatenate([shape.real for shape in shapes if dotted(scene)] or [np.zeros(0)])),
    ]
    lines, marks, ranges, readouts = zip(*rows, strict=True)
    head = {
        "stops": [field.text(stop) for stop in stops],
        "lines": lines,
        "marks": marks,
        "range": ranges,
        "readout": readouts,
        "sizes": [len(shape.x) for shape in shapes],
        "perTick": per_tick(scene),
        "mark": mark_at(scene, 0),
        "arrays": [(array.dtype.str[1:], len(array)) for array in arrays],
    }
    text = _padded(json.dumps(head, allow_nan=False).encode(), b" ")
    parts = (_padded(array.tobytes(), b"\0") for array in arrays)
    return b"".join((_padded(len(text).to_bytes(4, "little"), b"\0"), text, *parts))


def fields_of(curve: Curve) -> tuple[Field, ...]:
    """The fields of ``curve`` that have a slider now."""
    schedule = curve.schedule
    return tuple(
        field
        for field in schedule.fields()
        if field.parameter.slider is not None and getattr(schedule, field.name) is not None
    )


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
