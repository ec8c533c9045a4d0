"""Figures: pure functions of a scene, or of what fits have logged."""

from lrviz.figures.axes import Figure, to_json
from lrviz.figures.curves import curves_figure
from lrviz.figures.history import Fit, Measure, losses_figure, measured_figure, rates_figure
from lrviz.figures.lesson import Series, lesson_figure
from lrviz.figures.notes import Note, Tally

__all__ = [
    "Figure",
    "Fit",
    "Measure",
    "Note",
    "Series",
    "Tally",
    "curves_figure",
    "lesson_figure",
    "losses_figure",
    "measured_figure",
    "rates_figure",
    "to_json",
]
