"""Figures: pure functions of a scene, or of what fits have logged."""

from lrviz.figures.curves import curves_figure, to_json
from lrviz.figures.history import Line, Measure, losses_figure, measured_figure, rates_figure

__all__ = [
    "Line",
    "Measure",
    "curves_figure",
    "losses_figure",
    "measured_figure",
    "rates_figure",
    "to_json",
]
