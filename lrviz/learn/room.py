"""What a room holds, and what one sees of it."""

import math
from dataclasses import dataclass, field


@dataclass(frozen=True)
class View:
    """What a student sees of a room; ``version`` changes whenever ``published`` does."""

    version: int
    published: str


@dataclass(frozen=True)
class Class:
    """What a teacher sees of a room: how many are there, follow, and gave which answer."""

    version: int
    present: int
    following: int
    answers: tuple[tuple[float, int], ...]

    @property
    def answered(self) -> int:
        """How many have answered the open question."""
        return sum(count for _, count in self.answers)


@dataclass
class Member:
    """A student in a room: since when nothing was heard of them, and what they answered."""

    heard: float
    address: str
    following: bool = True
    answer: float | None = None
    answered: float = -math.inf


@dataclass
class Room:
    """A room as the server knows it."""

    key: str
    address: str
    born: float
    heard: float
    published: str = ""
    question: str = ""
    version: int = 0
    changed: float = -math.inf
    waiting: tuple[str, str] | None = None
    members: dict[str, Member] = field(default_factory=dict)
    #: The version of what the teacher sees.
    teacher_version: int = 0
    #: When it was last looked for members who have left.
    swept: float = -math.inf
