"""The lens of code: the selected curve as source of a framework."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from lrviz.declared import Parameter
from lrviz.export import FRAMEWORKS
from lrviz.lenses.kind import Choice, Kind
from lrviz.scene import Scene
from lrviz.text import Sentence, mark

FrameworkName = Literal["keras", "torch", "optax", "transformers"]


@dataclass(frozen=True)
class CodeLens(Kind):
    """The code of the selected curve.

    Attributes:
        framework: What it is written for, a key of :data:`lrviz.export.FRAMEWORKS`.
    """

    name = "code"
    title = mark("Code")

    framework: Annotated[FrameworkName, Parameter()] = "keras"

    @property
    def choice(self) -> Choice:
        """The frameworks."""
        return Choice(
            "framework",
            Sentence("Framework"),
            Sentence("What the code is written for."),
            tuple((name, framework.title) for name, framework in FRAMEWORKS.items()),
            self.framework,
        )

    def payload(self, scene: Scene) -> Mapping[str, object]:
        """The code, and the texts around it."""
        framework = FRAMEWORKS[self.framework]
        name = scene.distinct.curve.name
        return {
            "code": framework.write(scene.curve, scene.timeline),
            "texts": {
                "label": Sentence(
                    "{name} for {framework}", {"name": name, "framework": framework.title}
                ),
                "copy": Sentence("Copy"),
                "copied": Sentence("Copied."),
            },
        }

    def remarks(self, scene: Scene) -> list[Sentence]:
        """What the code does otherwise than the curve, and what bites there."""
        return list(FRAMEWORKS[self.framework].notes(scene.curve, scene.timeline))
