"""Where in a lesson one is, and what of that is a learner's own.

In a link: ``lesson=restart&at=1&answer=300.0&shown=true&done=steps,cosine`` · ``room=K7M2QX`` ·
``lesson=own&hide=alpha,m_mul&title=...&words=...``. Every value is bounded and checked.
"""

from dataclasses import dataclass
from typing import Annotated

from lrviz.declared import Declared, Parameter

#: The id of a teacher's own lesson: its words and scene are in the link itself.
OWN = "own"
#: A link holds at most so many rounds, names in a list, and characters of a teacher's words.
MOST_ROUNDS = 20
MOST_NAMES = 24
MOST_HIDDEN = 60
MOST_TITLE = 80
MOST_WORDS = 1500

_NAME = r"[a-z][a-z0-9_]{0,31}"
#: Letters and digits that nobody mixes up when they are read aloud or off a wall.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def clean_title(text: str) -> str:
    """A typed title in one line, without what cannot be printed, cut to ``MOST_TITLE``."""
    return " ".join(_printable(text).split())[:MOST_TITLE].strip()


def clean_words(text: str) -> str:
    """A teacher's typed words, without what cannot be printed, cut to ``MOST_WORDS``."""
    lines = [_printable(line).rstrip() for line in text[: 4 * MOST_WORDS].splitlines()]
    return "\n".join(lines).strip()[:MOST_WORDS].strip()


def _printable(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text)


_NAMES = Parameter(pattern=_NAME, least_items=0, most_items=MOST_NAMES)
#: Names of controls: paths of fields, those of a phase with its place in front.
_PATHS = Parameter(pattern=r"[a-z0-9][a-z0-9_.]{0,63}", least_items=0, most_items=MOST_HIDDEN)


@dataclass(frozen=True)
class Study(Declared):
    """What of a lesson is open: the same for a teacher and for all who follow.

    Attributes:
        lesson: The id of the open lesson; empty: none; :data:`OWN`: a teacher's own.
        at: The number of the round, from 0; the number of rounds: the free try.
        revealed: Whether the answer to this round is revealed.
        hidden: The controls that a teacher took away.
        title: The title of a teacher's lesson.
        words: What a teacher wrote; plain text.
    """

    lesson: Annotated[str, Parameter(pattern=_NAME)] = ""
    at: Annotated[int, Parameter(at_least=0, at_most=MOST_ROUNDS)] = 0
    revealed: Annotated[bool, Parameter()] = False
    hidden: Annotated[tuple[str, ...], _PATHS] = ()
    title: Annotated[str, Parameter(clean=clean_title)] = ""
    words: Annotated[str, Parameter(clean=clean_words)] = ""


@dataclass(frozen=True)
class Learner(Declared):
    """What in the Learn tab is this reader's own.

    Attributes:
        answer: The answer given in this round; None: none yet.
        done: The ids of the finished lessons.
        room: The code of the room that one is in; empty: none.
        projector: Whether the page is shown to a class: large, and nothing but the lesson.
    """

    answer: Annotated[float | None, Parameter()] = None
    done: Annotated[tuple[str, ...], _NAMES] = ()
    room: Annotated[str, Parameter(pattern=f"[{CODE_LETTERS}]{{6}}", clean=str.upper)] = ""
    projector: Annotated[bool, Parameter()] = False
