"""Keras 3."""

from lrviz.export.keras.notes import notes
from lrviz.export.keras.read import READS
from lrviz.export.keras.write import Source, applied, source, write

__all__ = ["READS", "Source", "applied", "notes", "source", "write"]
