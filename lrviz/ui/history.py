"""What can be undone."""

from dataclasses import dataclass, field

from lrviz.scene import Scene

#: So many changes can be undone.
_UNDONE = 100


@dataclass
class History:
    """The scenes from before, and those that were undone; the newest last."""

    past: list[Scene] = field(default_factory=list)
    future: list[Scene] = field(default_factory=list)

    def note(self, before: Scene, after: Scene) -> None:
        """A change was made; where one looks, and at which curve, is none."""
        if (before.lines, before.timeline) != (after.lines, after.timeline):
            self.past = [*self.past[1 - _UNDONE :], before]
            self.future = []
