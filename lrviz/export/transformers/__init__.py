"""transformers."""

from lrviz.export.transformers.read import READS
from lrviz.export.transformers.write import notes, write

__all__ = ["READS", "notes", "write"]
