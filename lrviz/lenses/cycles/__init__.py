"""The lens of cycles: the selected curve's cycles in a table."""

from dataclasses import dataclass

from lrviz.lenses.kind import Kind
from lrviz.scene import Scene
from lrviz.text import mark


@dataclass(frozen=True)
class CyclesLens(Kind):
    """The table of the selected curve's cycles: text of the page, no view in the chart."""

    name = "cycles"
    title = mark("Cycles")

    def payload(self, scene: Scene) -> None:
        """Nothing is drawn."""
