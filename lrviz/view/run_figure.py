"""The figure of a run, for the page and for the route from which it grows."""

from collections.abc import Sequence

from lrviz.figures import Figure, Fit, Look, Measure, fit_figure
from lrviz.text import Translate
from lrviz.training.history import FitHistory
from lrviz.training.run import Run
from lrviz.training.spec import Recipe

#: At most so many fits are laid over one another.
_MOST_FITS = 12


def run_figure(
    run: Run, runs: Sequence[Run], compared: Sequence[str], look: Look, translate: Translate
) -> Figure:
    """The figure of a run as far as it is; those of ``runs`` with ids ``compared`` lie over it."""
    fits = fits_of(run.history, "")
    overlay = list(fits)
    # By the numbers of the table of runs.
    over = 0
    for number, other in enumerate(runs, start=1):
        if other.id in compared and other is not run:
            over += 1
            overlay += fits_of(other.history, f"{number}: ", over)
    return fit_figure(fits, overlay[:_MOST_FITS], measures_of(run.spec.recipe), look, translate)


def measures_of(recipe: Recipe) -> list[Measure]:
    """What the test set says of fits of ``recipe``."""
    if recipe.data_set.classes and recipe.model != "odometer":
        return ["val_loss", "val_accuracy"]
    return ["val_loss"]


def fits_of(histories: tuple[FitHistory, ...], prefix: str, over: int = 0) -> list[Fit]:
    """The fits of a run as they are drawn, under distinct names."""
    names = [history.line.name for history in histories]
    fits = []
    for place, history in enumerate(histories):
        name = names[place]
        if names.count(name) > 1:
            name = f"{name} ({place + 1})"
        fits.append(Fit(f"{prefix}{name}", history.line.color, history, over))
    return fits
