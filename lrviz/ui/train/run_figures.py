"""The figures of a run, for the page and for the route from which they grow."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lrviz.figures import Figure, Fit, Measure, losses_figure, measured_figure, rates_figure
from lrviz.scene import Scale
from lrviz.text import Translate
from lrviz.training.history import FitHistory
from lrviz.training.run import Run

if TYPE_CHECKING:
    from lrviz.training.service import Trainer

#: At most so many fits are laid over one another.
_MOST_FITS = 12


def run_figures(
    trainer: "Trainer",
    run: Run,
    compared: Sequence[str],
    scale: Scale,
    translate: Translate,
) -> dict[str, Figure]:
    """The figures of a run as far as it is, each by the key of its chart.

    The runs of the ids ``compared`` are laid over all but the first.
    """
    fits = fits_of(run.history, "")
    overlay = list(fits)
    # By the numbers of the table of runs.
    over = 0
    for number, other in enumerate(trainer.runs(run.owner), start=1):
        if other.id in compared and other is not run:
            over += 1
            overlay += fits_of(other.history, f"{number}: ", over)
    overlay = overlay[:_MOST_FITS]
    recipe = run.spec.recipe
    measures: list[Measure] = ["val_loss"]
    if recipe.data_set.classes and recipe.model != "odometer":
        measures.append("val_accuracy")
    return {
        "fit-rates": rates_figure(fits, translate, scale),
        "fit-losses": losses_figure(overlay, translate),
        **{f"fit-{each}": measured_figure(overlay, each, translate) for each in measures},
    }


def fits_of(histories: tuple[FitHistory, ...], prefix: str, over: int = 0) -> list[Fit]:
    """The fits of a run as they are drawn, their names made different."""
    names = [history.line.name for history in histories]
    found = []
    for place, history in enumerate(histories):
        name = names[place]
        if names.count(name) > 1:
            name = f"{name} ({place + 1})"
        found.append(Fit(f"{prefix}{name}", history.line.color, history, over))
    return found
