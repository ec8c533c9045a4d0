"""optax."""

from lrviz.export.optax.read import READS
from lrviz.export.optax.write import notes, write

__all__ = ["READS", "notes", "write"]
