"""Figures: pure functions of a scene, or of what fits have logged."""

from lrviz.figures.curves import curves_figure, curves_json, to_json
from lrviz.figures.history import Line, Measure, losses_figure, measured_figure, rates_figure
from lrviz.figures.lesson import Note, Series, Tally, lesson_figure

__all__ = [
    "Line",
    "Measure",
    "Note",
    "Series",
    "Tally",
    "curves_figure",
    "curves_json",
    "lesson_figure",
    "losses_figure",
    "measured_figure",
    "rates_figure",
    "to_json",
]
