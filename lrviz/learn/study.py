"""What the Learn tab shows, in a link: a lesson and how far it is, or a lesson that a teacher made.

``lesson=restart&at=1&answer=300.0&shown=true&done=steps,cosine`` · ``room=K7M2QX`` ·
``lesson=own&hide=alpha,m_mul&title=...&words=...``. Every value is bounded and checked.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from lrviz.text import Sentence, quoted

#: The id of a lesson that a teacher made: its words and scene are in the link itself.
OWN = "own"
#: A link holds at most so many rounds, names in a list, and characters of a teacher's words.
MOST_ROUNDS = 20
MOST_NAMES = 24
MOST_TITLE = 80
MOST_WORDS = 1500

_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
#: Letters and digits that nobody mixes up when they are read aloud or off a wall.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE = re.compile(f"[{CODE_LETTERS}]{{6}}")


@dataclass(frozen=True)
class Study:
    """Where a learner is.

    Attributes:
        lesson: The id of the open lesson; empty: none; :data:`OWN`: the one made by a teacher.
        at: The number of the round, from 0; the number of rounds: the free try.
        answer: What was answered in this round; None: nothing yet.
        shown: Whether the answer to this round is revealed.
        done: The ids of the lessons that were gone through.
        room: The code of the room that is followed; empty: none.
        projector: Whether the page is shown to a class: large, and nothing but the lesson.
        hidden: The controls that a teacher took away.
        title: The title of a teacher's lesson.
        words: What a teacher wrote; plain text.
    """

    lesson: str = ""
    at: int = 0
    answer: float | None = None
    shown: bool = False
    done: tuple[str, ...] = ()
    room: str = ""
    projector: bool = False
    hidden: tuple[str, ...] = ()
    title: str = ""
    words: str = ""

    def query(self) -> list[tuple[str, str]]:
        """What of this differs from a study that has not begun, as names and values of a link."""
        answer = "" if self.answer is None else repr(self.answer)
        values = {
            "lesson": self.lesson,
            "at": str(self.at) if self.at else "",
            "answer": answer,
            "shown": "true" if self.shown else "",
            "done": ",".join(self.done),
            "room": self.room,
            "projector": "true" if self.projector else "",
            "hide": ",".join(self.hidden),
            "title": self.title,
            "words": self.words,
        }
        return [(name, value) for name, value in values.items() if value]


#: A study that has not begun.
NOT_BEGUN = Study()


def read_study(given: dict[str, str]) -> tuple[Study, tuple[Sentence, ...]]:
    """The study in a link's values, which are taken out of ``given``, and what was not understood.

    Never raises.
    """
    study = NOT_BEGUN
    problems = []
    for name, (field, read) in _READ.items():
        text = given.pop(name, "")
        if not text:
            continue
        try:
            study = replace(study, **{field: read(text)})  # type: ignore[arg-type]  # as declared
        except ValueError:
            problems.append(
                Sentence(
                    "{name} = {value} was not understood.",
                    {"name": quoted(name), "value": quoted(text)},
                )
            )
    return study, tuple(problems)


def clean_title(text: str) -> str:
    """A title out of what anybody typed: one line, printable, not too long."""
    return " ".join(_printable(text).split())[:MOST_TITLE].strip()


def clean_words(text: str) -> str:
    """A teacher's words out of what anybody typed: lines of printable text, not too long."""
    lines = [_printable(line).rstrip() for line in text[: 4 * MOST_WORDS].splitlines()]
    return "\n".join(lines).strip()[:MOST_WORDS].strip()


def _printable(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text)


def _name(text: str) -> str:
    return _matched(_NAME, text)


def _names(text: str) -> tuple[str, ...]:
    names = tuple(_name(each) for each in text.split(","))
    if len(names) > MOST_NAMES:
        raise ValueError
    return tuple(dict.fromkeys(names))


def _round(text: str) -> int:
    if text not in map(str, range(MOST_ROUNDS + 1)):
        raise ValueError
    return int(text)


def _answer(text: str) -> float:
    number = float(text[:40])
    if not math.isfinite(number):
        raise ValueError
    return number


def _code(text: str) -> str:
    return _matched(_CODE, text.upper())


def _matched(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError
    return text


def _true(text: str) -> bool:
    if text != "true":
        raise ValueError
    return True


#: Each name in a link: the field it is for, and how it is read (ValueError: not understood).
_READ: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "lesson": ("lesson", _name),
    "at": ("at", _round),
    "answer": ("answer", _answer),
    "shown": ("shown", _true),
    "done": ("done", _names),
    "room": ("room", _code),
    "projector": ("projector", _true),
    "hide": ("hidden", _names),
    "title": ("title", clean_title),
    "words": ("words", clean_words),
}
