"""The charts of the real fits (see ``fits.py``): their losses, and how accurate they are."""

from lrviz.figures import Note
from lrviz.learn.lesson import Chart
from lrviz.learn.lessons.fits import AVERAGED, Fits, between, content, fits
from lrviz.scene import Curve, Scene, Timeline, scene_of
from lrviz.schedules import Constant, CosineDecay, CosineDecayRestarts, Schedule
from lrviz.text import Sentence, mark

_DATA = content()
RUN = Timeline(samples=_DATA["samples"], batch_size=_DATA["batch_size"], epochs=_DATA["epochs"])
CYCLE = RUN.steps // _DATA["cycles"]
PER_EPOCH = RUN.steps_per_epoch
#: The last epoch of each cycle.
ENDS = [_DATA["epochs"] // _DATA["cycles"] * cycle - 1 for cycle in range(1, _DATA["cycles"] + 1)]
#: The four cycles with a lower peak, between those that were tried first.
LOWER = "restarts, lower"
_NAMES = {
    "restarts": mark("four cycles, peak {peak}"),
    LOWER: mark("four cycles, peak {peak}"),
    "cosine": mark("one long cosine, peak {peak}"),
    "constant": mark("a constant rate of {peak}"),
}
BOTH = ("restarts", "cosine")
ALL = (*BOTH, "constant")

NOISY, CLEAN, SPIRALS, HIGH = (
    {which: fits(task, which) for which in _DATA["fits"][task]}
    for task in ("noisy", "clean", "spirals", "high")
)
SPIRALS[LOWER] = between("restarts")


def _schedule(which: str, peak: float) -> Schedule:
    if which in ("restarts", LOWER):
        return CosineDecayRestarts(peak, CYCLE, t_mul=1.0)
    return CosineDecay(peak, RUN.steps) if which == "cosine" else Constant(peak)


def _name(which: str, fit: Fits) -> Sentence:
    return Sentence(_NAMES[which], {"peak": fit.peak})


def _scene(task: dict[str, Fits], which: tuple[str, ...]) -> Scene:
    """The rates that were trained with."""
    curves = (Curve(_schedule(each, task[each].peak)) for each in which)
    return scene_of(*curves, timeline=RUN)


def losses(
    task: dict[str, Fits], which: tuple[str, ...] = BOTH, upto: float | None = None
) -> Chart:
    """The loss on the training set; covered from the step ``upto`` on."""
    series = tuple(
        task[each].losses(_name(each, task[each]), color, PER_EPOCH)
        for color, each in enumerate(which)
    )
    return Chart(_scene(task, which), upto, series, Sentence("training loss"))


def accuracies(task: dict[str, Fits], which: tuple[str, ...] = BOTH) -> Chart:
    """Each seed's accuracy on data that no fit has seen, as a dot."""
    series = tuple(
        task[each].accuracies(_name(each, task[each]), color, RUN.steps, color)
        for color, each in enumerate(which)
    )
    return Chart(_scene(task, which), None, series, Sentence("accuracy on unseen data, %"))


#: Parts the averages of the models from the run, over which nothing of them is drawn.
AVERAGED_NOTE = Note(Sentence("averages of four models →"), (1 + AVERAGED) / 2 * RUN.steps)


_TASKS = {
    mark("Digits, noisy labels"): (NOISY, ALL),
    mark("Digits, noisy labels, too high a peak"): (HIGH, BOTH),
    mark("Digits, true labels"): (CLEAN, ALL),
    mark("Two spirals"): (SPIRALS, (*ALL, LOWER)),
}
#: All of them, by their names.
VIEWS = tuple(
    (Sentence(template, {"task": Sentence(title)}), draw(*shown))
    for title, shown in _TASKS.items()
    for template, draw in ((mark("{task}: loss"), losses), (mark("{task}: accuracy"), accuracies))
)
