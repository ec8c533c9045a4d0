"""A scene in other forms: Keras source and CSV."""

from lrviz.export.keras import keras_code
from lrviz.export.table import MOST_ROWS, csv_text, plain_cell, stride

__all__ = ["MOST_ROWS", "csv_text", "keras_code", "plain_cell", "stride"]
