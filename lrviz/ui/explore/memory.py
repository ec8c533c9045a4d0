"""What Explore remembers."""

from dataclasses import dataclass, field

from lrviz.scene import Curve
from lrviz.view.pasting import Pasted


@dataclass
class ExploreMemory:
    """What Explore remembers beside the page.

    Attributes:
        part: The path of the part of the chosen curve whose lines are shown.
        switched: The curve that is applied otherwise since the last change.
        pasted: What became of the code that was pasted last.
    """

    part: str = ""
    switched: Curve | None = None
    pasted: Pasted = field(default_factory=Pasted)
