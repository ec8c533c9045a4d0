"""The form of a recipe: what is chosen, which numbers matter, and why nothing may be trained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from lrviz.page import Page
from lrviz.scene import Plateau
from lrviz.scene.insights import length
from lrviz.text import Sentence, quoted
from lrviz.training.data import DATA
from lrviz.training.spec import Model, Optimizer, Recipe
from lrviz.view.panel import Row, rows_of
from lrviz.view.subject import PLATEAU, RECIPE, schedule_of
from lrviz.view.typed import Typed

_MODELS: dict[Model, Sentence | str] = {
    "linear": Sentence("Linear"),
    "one": Sentence("One hidden layer"),
    "two": Sentence("Two hidden layers"),
    "odometer": Sentence("Odometer: one weight that adds up the rates"),
}
#: The labels of what has another name in Keras.
_TITLES = {
    "units": Sentence("units of a hidden layer"),
    "redrawn": Sentence("share of wrong labels"),
}


@dataclass(frozen=True)
class Choice:
    """A field of a recipe that is one of a few: its label, and the label of each option."""

    field: str
    label: Sentence
    options: Mapping[str, Sentence | str]


def choices(recipe: Recipe, devices: Sequence[str]) -> list[Choice]:
    """What of a recipe is one of a few; ``devices`` are those of the workers."""
    data: dict[str, Sentence | str] = {name: Sentence(each.title) for name, each in DATA.items()}
    every = [
        Choice("data", Sentence("Data"), data),
        Choice("model", Sentence("Model"), {name: label for name, label in _MODELS.items()}),
        Choice("optimizer", Sentence("Optimizer"), {each: each for each in get_args(Optimizer)}),
    ]
    if len(devices) > 1 or recipe.device not in ("", *devices):
        names = dict.fromkeys(filter(None, (*devices, recipe.device)))
        options = {"": Sentence("TensorFlow chooses")} | {each: each for each in names}
        every.append(Choice("device", Sentence("Device"), options))
    return every


def recipe_rows(recipe: Recipe) -> list[Row]:
    """The lines of the numbers that matter to a fit of ``recipe``."""
    declared = {field.name: field for field in Recipe.declared()}
    rows = rows_of(RECIPE, [declared[name] for name in _numbers(recipe)])
    return [replace(row, title=_TITLES.get(row.field.name, "")) for row in rows]


def _numbers(recipe: Recipe) -> list[str]:
    numbers = ["batch_size", "epochs", "seed"]
    if recipe.hidden:
        numbers.append("units")
    if recipe.optimizer in ("SGD", "Nesterov"):
        numbers.append("momentum")
    if recipe.data == "noisy-digits":
        numbers.append("redrawn")
    return numbers


def difference(page: Page) -> Sentence | None:
    """How the fit's run differs from the one that the curves are drawn over; None: not at all."""
    run, fit = page.scene.timeline, page.recipe.timeline
    if (run.steps, run.steps_per_epoch) == (fit.steps, fit.steps_per_epoch):
        return None
    return Sentence(
        "**Explore shows another run:** {run}. This fit: {fit}.",
        {"run": length(run), "fit": length(fit)},
    )


def refusal(page: Page, typed: Typed) -> Sentence | None:
    """Why nothing may be trained as long as a value stays refused, which gets the focus."""
    plateau = [field.path for field in Plateau.own()] if page.with_plateau else []
    if typed.refuses(page, RECIPE, _numbers(page.recipe)) or typed.refuses(page, PLATEAU, plateau):
        return Sentence("Nothing was trained: correct the value in red first.")
    trained = {line.id for line in page.trained}
    for curve in (each for each in page.scene.distinct.curves if each.id in trained):
        for why in typed.refused(schedule_of(curve)).values():
            values: dict[str, object] = {"name": quoted(curve.name), "why": why}
            return Sentence("Nothing was trained: correct {name} in Explore first. {why}", values)
    return None
