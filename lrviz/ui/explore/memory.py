"""What Explore remembers."""

from dataclasses import dataclass

from lrviz.scene import Curve
from lrviz.text import Sentence


@dataclass
class ExploreMemory:
    """What Explore remembers.

    Attributes:
        switched: The curve that is applied otherwise since the last change.
        part: The path of the part of the chosen curve whose lines are shown.
        asked: The numbers that pasted code does not tell.
        problem: What was not understood of it.
        read: The name of the curve that it gave.
    """

    switched: Curve | None = None
    part: str = ""
    asked: tuple[str, ...] = ()
    problem: Sentence | None = None
    read: str = ""
