"""Code that is pasted becomes a curve, or a question, or a sentence on why not."""

from collections.abc import Mapping
from dataclasses import dataclass

from lrviz.errors import InvalidCode
from lrviz.export import read
from lrviz.scene import Scene
from lrviz.text import Sentence
from lrviz.view.markdown import escaped


@dataclass(frozen=True)
class Pasted:
    """What became of pasted code.

    Attributes:
        asked: The names of the numbers that are not in the code, those that were answered included.
        problem: What was not understood of it; None: nothing.
        curve: The name of the curve that it gave; empty: none.
    """

    asked: tuple[str, ...] = ()
    problem: Sentence | None = None
    curve: str = ""


def paste(scene: Scene, text: str, answers: Mapping[str, float]) -> tuple[Scene, Pasted]:
    """The scene with the curve that ``text`` is, and what became of it.

    ``answers`` are the numbers that an earlier try asked for, by their names.
    """
    problem, asked = None, tuple(answers)
    try:
        curve = read(text, scene.timeline, answers.get("base_rate"), dict(answers))
    except InvalidCode as error:
        if not error.missing:
            problem = error.sentence
        # An answer stays on the page, and can be another.
        asked = tuple(dict.fromkeys((*answers, *error.missing)))
        # What is understood is kept; what is asked for comes first.
        if error.curve is None or error.missing:
            return scene, Pasted(asked, problem)
        curve = error.curve
        return scene.add(curve), Pasted(asked, problem, curve.name)
    return scene.add(curve), Pasted((), problem, curve.name)


def question(name: str) -> Sentence:
    """How a number is asked for that is not in the code, in Markdown."""
    if name == "base_rate":
        return Sentence("The optimizer's learning rate is not in the text:")
    return Sentence("{name} is not in the text:", {"name": escaped(name)})
