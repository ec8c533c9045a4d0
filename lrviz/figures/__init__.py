"""Figures: pure functions of a scene."""

from lrviz.figures.curves import curves_figure, to_json

__all__ = ["curves_figure", "to_json"]
