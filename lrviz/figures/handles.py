"""Where the selected curve's parameters can be dragged in its chart."""

import math

from lrviz.figures.curves import per_tick
from lrviz.scene import Curve, Scene


def places(curve: Curve, scene: Scene) -> list[float | None]:
    """Where on the x axis of ``scene`` each handle is; None: it has no place now.

    Its height is that of the drawn line.
    """
    ticks = curve.stride(scene.timeline) / per_tick(scene)
    steps = (each.step * ticks for each in curve.schedule.handles)
    return [place if math.isfinite(place) else None for place in steps]
