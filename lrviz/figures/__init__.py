"""Figures: pure functions of a scene, or of what fits have logged."""

from lrviz.figures.axes import Figure, to_json
from lrviz.figures.curves import curves_figure
from lrviz.figures.fit import fit_figure
from lrviz.figures.history import Fit, Look, Measure
from lrviz.figures.lesson import Series, lesson_figure
from lrviz.figures.notes import Note, Tally
from lrviz.figures.presented import presented_figure

__all__ = [
    "Figure",
    "Fit",
    "Look",
    "Measure",
    "Note",
    "Series",
    "Tally",
    "curves_figure",
    "fit_figure",
    "lesson_figure",
    "presented_figure",
    "to_json",
]
