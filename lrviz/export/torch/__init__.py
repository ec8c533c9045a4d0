"""PyTorch."""

from lrviz.export.torch.read import READS
from lrviz.export.torch.write import notes, write

__all__ = ["READS", "notes", "write"]
