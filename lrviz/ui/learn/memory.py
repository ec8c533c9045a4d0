"""What the Learn tab remembers of a session, and keeps out of the link."""

from collections.abc import Callable
from dataclasses import dataclass, field

from lrviz.scene import Scene


@dataclass
class Desk:
    """A learner's or a teacher's desk.

    Attributes:
        kept: What was on the page before a lesson put its own curves there.
        pending: An answer that is not given yet, by the round it is for.
        member: The secret name of this session in the room that it is in; empty: in none.
        key: The key of the room that is taught here; empty: none is.
        code: The code of that room.
        following: Whether what the teacher shows is shown here too.
        version: Of what the teacher shows, the version that is on the page.
        adopted: What the teacher shows, as it was put on the page.
        sent: The question that was answered in the room.
        counted: The question to which the class's answers are shown; its teacher shows them.
        notice: The sentence that says what a room refused.
        publish: Shows a scene to the room that is taught here.
        chart: The name of the chart that the controls belong to.
        title: The title of a lesson that is being made.
        words: Its words.
        hidden: What it hides.
    """

    kept: Scene | None = None
    pending: dict[str, float] = field(default_factory=dict)
    member: str = ""
    key: str = ""
    code: str = ""
    following: bool = True
    version: int = -1
    adopted: Scene | None = None
    sent: str = ""
    counted: str = ""
    notice: str = ""
    publish: Callable[[Scene], None] | None = None
    chart: str = "lesson"
    title: str = ""
    words: str = ""
    hidden: list[str] = field(default_factory=list)

    def write(self, **draft: object) -> None:
        """Take a part of the lesson that is being made."""
        vars(self).update(draft)
