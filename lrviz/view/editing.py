"""How curves are edited: a scene, what is looked at of its chosen curve, and edits of both."""

from collections.abc import Callable
from dataclasses import dataclass

from lrviz.scene import Curve, Scene
from lrviz.scene.phases import simple_path


@dataclass(frozen=True)
class Editing:
    """A scene that is edited, and what of its chosen curve is looked at.

    Attributes:
        scene: The scene.
        part: The path of the part whose lines are shown, as it was chosen last.
        switched: The curve that is applied otherwise since the last change.
    """

    scene: Scene
    part: str = ""
    switched: Curve | None = None

    @property
    def shown_part(self) -> str:
        """The path of the part whose lines are shown; empty: the schedule has no parts."""
        return simple_path(self.scene.curve.schedule, self.part)


#: An edit: what becomes of that by a message with these two texts. Anything may be sent: what means
#: nothing changes nothing. It raises :class:`lrviz.errors.InvalidFields` where the reader is to
#: know why it cannot be.
Edit = Callable[[Editing, str, str], Editing]
