"""Figures: pure functions of a scene."""

from lrviz.figures.curves import curves_figure, drawn, to_json
from lrviz.figures.lesson import Note, Series, Tally, lesson_figure

__all__ = ["Note", "Series", "Tally", "curves_figure", "drawn", "lesson_figure", "to_json"]
