"""The curves as they are presented to a class: large, with their names at the lines' ends."""

import math
from collections.abc import Sequence

from lrviz.figures.axes import Figure, enlarge, safe
from lrviz.figures.curves import curves_figure
from lrviz.figures.palette import COLORS
from lrviz.scene import Scene
from lrviz.text import Translate

#: The type's size, about the width of a letter in it, and the most room for names, in pixels.
_SIZE, _LETTER, _MOST_ROOM = 20, 11, 260
#: So far apart are two names at least, as a share of the plot's height.
_APART = 0.075


def presented_figure(scene: Scene, translate: Translate) -> Figure:
    """Every shown curve of ``scene``, large; see :func:`lrviz.figures.curves.curves_figure`."""
    figure = curves_figure(scene, translate, legend=False)
    enlarge(figure, _SIZE)
    scene = scene.distinct
    shown = scene.shown
    longest = max((len(curve.name) for curve in shown), default=0)
    layout = figure["layout"]
    layout["margin"] = {"r": min(_LETTER * longest + 24, _MOST_ROOM)}
    last = scene.timeline.last_step
    ends = [_height(float(curve.rate(last, scene.timeline)), layout["yaxis"]) for curve in shown]
    layout["annotations"] = [
        {
            "text": f"<b>{safe(curve.name)}</b>" if curve is scene.curve else safe(curve.name),
            "xref": "paper",
            "yref": "paper",
            "x": 1,
            "y": height,
            "xanchor": "left",
            "yanchor": "middle",
            "xshift": 8,
            "showarrow": False,
            "font": {"size": _SIZE, "color": COLORS[curve.color]},
        }
        for curve, height in zip(shown, _apart(ends), strict=True)
    ]
    return figure


def _height(rate: float, axis: Figure) -> float:
    """Where a rate is on the y axis: 0 at its foot, 1 at its top."""
    low, high = axis.get("range") or (0.0, 1.0)
    if axis["type"] == "log":
        rate = math.log10(rate) if rate > 0 else low
    share = (rate - low) / (high - low)
    return min(max(share, 0.0), 1.0) if math.isfinite(share) else 0.0


def _apart(heights: Sequence[float]) -> list[float]:
    """The heights, moved up as far as names need that would lie over one another."""
    placed = dict[int, float]()
    below = -1.0
    for index in sorted(range(len(heights)), key=heights.__getitem__):
        below = placed[index] = max(heights[index], below + _APART)
    # What was moved beyond the top comes down again, and pushes those beneath it.
    above = 1.0 + _APART
    for index in sorted(placed, key=placed.__getitem__, reverse=True):
        above = placed[index] = min(placed[index], above - _APART)
    return [placed[index] for index in range(len(heights))]
