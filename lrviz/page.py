"""A page: a scene, and where its reader is. It is all that a link holds."""

from dataclasses import dataclass, replace
from typing import Annotated, Literal

from lrviz.declared import Declared, Parameter
from lrviz.learn.study import Learner, Study
from lrviz.locale import Language
from lrviz.scene import MOST_CURVES, MOST_ID, Line, Plateau, Scene, first_scene
from lrviz.training.spec import Recipe

#: What a new page begins with; shared, as nothing changes them.
_STUDY, _LEARNER, _RECIPE, _PLATEAU = Study(), Learner(), Recipe(), Plateau()

Tab = Literal["explore", "train", "learn"]


@dataclass(frozen=True)
class Page(Declared):
    """A scene, and where its reader is.

    Attributes:
        scene: The picture.
        language: What the page is written in.
        tab: Which part of the page is open.
        run: The id of the training run that is looked at; empty: none.
        chosen: The ids of the curves to train with; empty: the selected one's.
        with_plateau: Whether ``plateau`` is trained with, too.
        study: What of a lesson is open.
        learner: What in the Learn tab is this reader's own.
        recipe: The model and how it is trained.
        plateau: A rate that falls by itself.
    """

    scene: Scene
    language: Annotated[Language, Parameter()] = "en"
    tab: Annotated[Tab, Parameter()] = "explore"
    run: Annotated[str, Parameter(pattern=r"[A-Za-z0-9_-]{1,64}")] = ""
    chosen: Annotated[
        tuple[int, ...],
        Parameter(at_least=0, at_most=MOST_ID, least_items=0, most_items=MOST_CURVES),
    ] = ()
    with_plateau: Annotated[bool, Parameter()] = False
    study: Study = _STUDY
    learner: Learner = _LEARNER
    recipe: Recipe = _RECIPE
    plateau: Plateau = _PLATEAU

    @property
    def trained(self) -> tuple[Line, ...]:
        """The lines that would be trained with."""
        scene = self.scene.distinct
        lines: list[Line] = [each for each in scene.curves if each.id in self.chosen]
        if not lines and not self.with_plateau:
            lines = [scene.curve]
        if self.with_plateau:
            taken = {line.color for line in scene.lines}
            color = max(set(range(MOST_CURVES)) - taken, default=MOST_CURVES - 1)
            lines.append(replace(self.plateau, id=scene.free_id, color=color))
        return tuple(lines)


def first_page() -> Page:
    """What a new visitor sees."""
    return Page(first_scene())
