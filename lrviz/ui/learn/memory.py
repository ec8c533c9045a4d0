"""What the Learn tab remembers of a session, and keeps out of the link."""

from dataclasses import dataclass, field

from lrviz.learn.room import View
from lrviz.page import Page
from lrviz.scene import Scene
from lrviz.text import Sentence
from lrviz.ui.session import Session


@dataclass
class LearnMemory:
    """A learner's or a teacher's.

    Attributes:
        kept: What was on the page before a lesson put its own curves there.
        pending: An answer that is not given yet, by the round it is for.
        view: Which of a lesson's charts is looked at in its free try.
        member: The secret name of this session in the room that it is in; empty: in none.
        key: The key of the room that is taught here; empty: none is.
        code: The code of that room.
        refused: The code of a room that had no seat here; its teacher's browser has the key to it.
        following: Whether what the teacher shows is shown here too.
        version: Of what the teacher shows, the version that is on the page.
        adopted: What the teacher shows, as it was put on the page.
        published: The page that was shown last to the room that is taught here.
        seen: The room, as this session has seen it last; None: it has not.
        counted: The question to which the class's answers are shown; its teacher shows them.
        notice: What a room refused; None: nothing.
        title: The title of a lesson that is being made.
        words: Its words.
        hidden: What it hides.
    """

    kept: Scene | None = None
    pending: dict[str, float] = field(default_factory=dict)
    view: int = 0
    member: str = ""
    key: str = ""
    code: str = ""
    refused: str = ""
    following: bool = True
    version: int = -1
    adopted: Page | None = None
    published: Page | None = None
    seen: View | None = None
    counted: str = ""
    notice: Sentence | None = None
    title: str = ""
    words: str = ""
    hidden: list[str] = field(default_factory=list)

    def write(self, **draft: object) -> None:
        """Take a part of the lesson that is being made."""
        vars(self).update(draft)


def memory_of(session: Session) -> LearnMemory:
    """What the tab remembers of this session."""
    return session.memory(LearnMemory)
