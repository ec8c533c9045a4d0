"""The immutable state of a room, and what a student and a teacher see of it.

An answer belongs to the question that is open: it stays when its member is away, has left, or has
given up the seat, and goes with the question alone.
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from lrviz.errors import LrvizError
from lrviz.text import Sentence


class RoomError(LrvizError):
    """Something that a room refuses; ``sentence`` says what."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True)
class View:
    """What a student sees of a room.

    Attributes:
        version: Changes whenever ``published`` does.
        published: What the teacher shows.
        answer: The student's own answer to the open question, as it is counted; None: none is.
        given: How often the student has answered that question.
    """

    version: int
    published: str
    answer: float | None = None
    given: int = 0


@dataclass(frozen=True)
class Class:
    """What a teacher sees of a room.

    Attributes:
        version: Changes whenever anything else here does.
        present: How many are there.
        following: How many of those follow.
        away: How many have a seat, and have not been heard of for a while.
        eligible: How many could have answered: who has a seat, or has answered and left.
        answers: Each answer to the open question, and how many gave it.
    """

    version: int
    present: int
    following: int
    away: int
    eligible: int
    answers: tuple[tuple[float, int], ...]

    @property
    def answered(self) -> int:
        """How many have answered the open question."""
        return sum(count for _, count in self.answers)


@dataclass(frozen=True)
class Member:
    """A student: where from, since when nothing was heard of them, and what they answered.

    Attributes:
        address: Where they joined from.
        heard: When they were heard of last.
        seated: Whether they have a seat; who has none is remembered for the answer's sake.
        listens: Whether they were heard of after they had joined.
        away: Whether they have not been heard of for a while.
        following: Whether they follow the teacher.
        answer: To the open question; None: none yet.
        given: How often they have answered it.
    """

    address: str
    heard: float
    seated: bool = True
    listens: bool = False
    away: bool = False
    following: bool = True
    answer: float | None = None
    given: int = 0


@dataclass(frozen=True)
class Room:
    """Everything that a room holds, but for its code.

    Attributes:
        key: What its teacher shows to be its teacher.
        address: Where it was opened from.
        born: When.
        heard: When its teacher was heard of last.
        published: What the teacher shows.
        question: The name of the open question; empty: none is open.
        closed: Whether no more answers to it are taken.
        waiting: What is to be published, its question, and whether that is closed; None: nothing.
        changed: When what is published changed last.
        swept: When the members who are away were last looked for.
        version: Of what is published.
        teacher_version: Of all that the teacher sees.
        members: By their secret names.
    """

    key: str
    address: str
    born: float
    heard: float
    published: str = ""
    question: str = ""
    closed: bool = False
    waiting: tuple[str, str, bool] | None = None
    changed: float = -math.inf
    swept: float = -math.inf
    version: int = 0
    teacher_version: int = 0
    members: Mapping[str, Member] = field(default_factory=dict)

    def view(self, member: str) -> View:
        """What a student sees."""
        own = self.members[member]
        return View(self.version, self.published, own.answer, own.given)

    def overview(self) -> Class:
        """What the teacher sees."""
        seated = [each for each in self.members.values() if each.seated]
        present = [each for each in seated if not each.away]
        answers = Counter(each.answer for each in self.members.values() if each.answer is not None)
        return Class(
            self.teacher_version,
            len(present),
            sum(each.following for each in present),
            len(seated) - len(present),
            len(self.members),
            tuple(sorted(answers.items())),
        )

    def takes(self, question: str) -> bool:
        """Whether answers to that question are taken."""
        return question == self.question != "" and not self.closed

    def knows(self, member: str) -> bool:
        """Whether the member of that secret name has a seat."""
        return member in self.members and self.members[member].seated
