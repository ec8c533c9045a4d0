"""A scene in other forms: source code of frameworks, and CSV."""

from collections.abc import Callable, Mapping

from lrviz.export import keras
from lrviz.export.table import MOST_ROWS, csv_text, plain_cell, stride
from lrviz.scene import Curve, Timeline

#: How each framework's source code of a curve over a run is written.
FRAMEWORKS: Mapping[str, Callable[[Curve, Timeline], str]] = {"keras": keras.write}

__all__ = ["FRAMEWORKS", "MOST_ROWS", "csv_text", "plain_cell", "stride"]
