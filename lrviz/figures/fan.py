"""What the selected curve would be at every stop of one slider: all that a drag needs."""

import base64
import json
import math

import numpy as np

from lrviz.figures.curves import (
    Line,
    dots,
    dotted,
    drawn,
    extent,
    mark_at,
    marked,
    per_tick,
    y_range,
)
from lrviz.insights import readout, restarts, summary_of_line
from lrviz.scene import Curve, Scene
from lrviz.schedules import Field

#: Points a line, about; fewer than in the figure, as a hundred lines travel at once.
_POINTS = 400


def fan_json(scene: Scene, field: Field) -> str:
    """The lines of the selected curve at every stop of the slider of ``field``, as JSON.

    ``stops`` are the values as text. For each stop there
    are ``sizes`` (points of its line), ``marks`` (restarts, on the x axis), ``range`` (the y axis;
    null: left to the chart) and ``readout`` (figures, in the order of
    :func:`lrviz.insights.readout`). ``x`` (differences of steps, float32 where that is exact) and
    ``y`` (float32) hold the lines one after another in base64; ``dots`` their markers' sizes
    (int8) in a run so short that steps are dots. A stop that the schedule refuses has no points.
    """
    value = getattr(scene.curve.schedule, field.name)
    others = [curve for curve in scene.shown if curve is not scene.curve]
    around = [extent(drawn(curve, scene, _POINTS)[1]) for curve in others]
    stops = field.stops(value)
    lines: list[Line] = []
    rows: list[dict[str, object]] = []
    for stop in stops:
        schedule = scene.curve.schedule.with_value(field, stop)
        if schedule is None:
            lines.append((np.zeros(0),) * 3)
            rows.append({"marks": [], "range": None, "readout": []})
            continue
        at_stop = scene.with_schedule(schedule)
        x, y, _ = line = drawn(at_stop.curve, at_stop, _POINTS)
        lines.append(line)
        found = restarts(at_stop.curve, scene.timeline)
        count = None if found is None else len(found)
        rows.append(
            {
                "marks": marked(found, scene),
                "range": y_range([*around, extent(y)], scene.scale).get("range"),
                "readout": list(readout(summary_of_line(x, y), count).values()),
            }
        )
    x = np.concatenate([np.diff(line[0], prepend=0.0) for line in lines])
    y = np.concatenate([line[1] for line in lines])
    largest = float(np.finfo(np.float32).max)
    packed: dict[str, object] = {
        "stops": [field.text(stop) for stop in stops],
        "perTick": per_tick(scene),
        "mark": mark_at(scene, 0),
        "sizes": [len(line[0]) for line in lines],
        "x": _base64(x.astype(np.float32 if x.max(initial=0) < 2**24 else np.float64)),
        "y": _base64(np.where(np.abs(y) <= largest, y, math.nan).astype(np.float32)),
        **{name: [row[name] for row in rows] for name in ("marks", "range", "readout")},
    }
    if dotted(scene):
        packed["dots"] = _base64(dots(np.concatenate([line[2] for line in lines])))
    return json.dumps(packed, allow_nan=False)


def fields_of(curve: Curve) -> tuple[Field, ...]:
    """The fields of ``curve`` that have a slider now."""
    schedule = curve.schedule
    return tuple(
        field
        for field in schedule.fields()
        if field.parameter.slider is not None and getattr(schedule, field.name) is not None
    )


def _base64(values: np.typing.NDArray[np.generic]) -> str:
    return base64.b64encode(values.tobytes()).decode("ascii")
