"""What there is to read of runs: their results in a table, remarks on each fit, how far one is."""

import math
from collections.abc import Iterable, Sequence

from lrviz.figures import Fit, Look
from lrviz.table import Table
from lrviz.text import Sentence, counted
from lrviz.training.history import FitHistory
from lrviz.training.run import Run
from lrviz.view.chart import Switch
from lrviz.view.markdown import escaped

#: The label of each state of a run.
STATES = {
    "waiting": Sentence("waiting"),
    "running": Sentence("training"),
    "done": Sentence("done"),
    "cancelled": Sentence("cancelled"),
    "failed": Sentence("stopped"),
}
#: What the losses may be smoothed by.
SMOOTHINGS = (0.0, 0.6, 0.9, 0.99)
_HEAD = (
    Sentence("Run"),
    Sentence("Schedule"),
    Sentence("State"),
    Sentence("Steps"),
    Sentence("Final loss"),
    Sentence("Best loss"),
    Sentence("Final accuracy"),
    Sentence("Best accuracy"),
    Sentence("Averaged accuracy"),
    Sentence("Seconds"),
    Sentence("Device"),
    Sentence("Largest difference to the plan"),
)
#: The columns that hold text: the schedule, the state, the device.
_TEXTS = (1, 2, 10)


def runs_table(runs: Sequence[Run]) -> Table:
    """The results of every fit of ``runs``, the best of each column in bold."""
    fits = [(place, run, fit) for place, run in enumerate(runs, 1) for fit in run.history]
    results = [_results(fit) for _, _, fit in fits]
    columns = enumerate(zip(*results, strict=True))
    best = [_best(values, lowest=place < 2) for place, values in columns]
    rows = list[tuple[Sentence | str, ...]]()
    for (place, run, fit), values in zip(fits, results, strict=True):
        losses, accuracies = map(_number, values[:2]), map(_percent, values[2:])
        texts = [
            f"**{text}**" if value == top else text
            for text, value, top in zip((*losses, *accuracies), values, best, strict=True)
        ]
        rows.append(
            (
                f"{place}",
                escaped(fit.line.name),
                STATES[run.state],
                f"{fit.steps:,}",
                *texts,
                f"{fit.ended.seconds:.1f}" if fit.ended else "",
                fit.device,
                _number(fit.largest_difference(), ".2g"),
            )
        )
    return Table(_HEAD, tuple(rows), texts=_TEXTS)


def _results(fit: FitHistory) -> tuple[float, ...]:
    """Final and best loss, final and best accuracy, that of the averaged models; NaN: none."""
    losses = [each.val_loss for each in fit.epochs] or [math.nan]
    accuracies = [each.val_accuracy for each in fit.epochs] or [math.nan]
    averaged = fit.ensemble.accuracy if fit.ensemble else math.nan
    return losses[-1], min(losses), accuracies[-1], max(accuracies), averaged


def _best(values: Sequence[float], *, lowest: bool) -> float:
    """The best of a column, where there is something to compare; NaN: nothing is marked."""
    finite = [value for value in values if value == value]
    if len(finite) < 2:
        return math.nan
    return min(finite) if lowest else max(finite)


def _number(value: float, form: str = ".4g") -> str:
    return "–" if value != value else format(value, form)


def _percent(value: float) -> str:
    return "–" if value != value else f"{value:.1%}"


def fit_remarks(fit: FitHistory) -> list[Sentence]:
    """What may surprise in a fit."""
    remarks = []
    if fit.ended is not None and fit.ended.problem is not None:
        remarks.append(fit.ended.problem)
    apart = fit.differences()
    if apart.size:
        remarks.append(
            Sentence(
                "Keras applied another rate than the formula gives at {steps}, first at step "
                "{step}, by {largest} at the most: it computes in float32, and rounding can put a "
                "restart one step late.",
                {
                    "steps": counted("{count} step", "{count} steps", int(apart.size)),
                    "step": int(apart[0]),
                    "largest": fit.largest_difference(),
                },
            )
        )
    if fit.ensemble is not None:
        remarks.append(
            Sentence(
                "The {count} models at the ends of the cycles, averaged, reach an accuracy of "
                "{averaged}; the last model alone {last}.",
                {
                    "count": len(fit.ensemble.steps),
                    "averaged": _percent(fit.ensemble.accuracy),
                    "last": _percent(fit.epochs[-1].val_accuracy),
                },
            )
        )
    return remarks


def progress(run: Run, *, ahead: int, flaw: Sentence | None) -> list[Sentence | str]:
    """How far ``run`` is, behind its state: the parts of one line.

    Args:
        run: The run.
        ahead: How many runs are before it.
        flaw: Why none can begin; None: they can.
    """
    if run.problem is not None:
        return [run.problem]
    if run.state == "waiting":
        if flaw is not None:
            return [flaw]
        many = Sentence("{count} ahead of you", {"count": ahead})
        return [many if ahead else Sentence("next in line")]
    steps, timeline = run.steps, run.spec.recipe.timeline
    parts: list[Sentence | str] = [
        Sentence("step {step} of {steps}", {"step": steps, "steps": run.spec.steps})
    ]
    if run.state != "running":
        return [*parts, f"{run.seconds:.1f} s"]
    # The fits of a run grow together.
    furthest = max(fit.steps for fit in run.history)
    epoch = max(furthest - 1, 0) // timeline.steps_per_epoch + 1
    values: dict[str, object] = {"epoch": epoch, "epochs": timeline.last_epoch + 1}
    parts.append(Sentence("epoch {epoch} of {epochs}", values))
    if steps:
        rest = round(run.seconds / steps * (run.spec.steps - steps))
        parts.append(Sentence("{seconds} s left", {"seconds": rest}))
    return parts


def description(fits: Iterable[Fit]) -> tuple[Sentence, ...]:
    """The chart of ``fits`` in words."""
    return tuple(map(_described, fits))


def _described(fit: Fit) -> Sentence:
    history = fit.history
    steps = counted("{count} step", "{count} steps", history.steps)
    values: dict[str, object] = {"name": fit.name, "steps": steps}
    if not history.steps:
        return Sentence("{name}: nothing is logged yet.", values)
    values |= {"rate": float(history.rates[-1]), "loss": float(history.losses[-1])}
    return Sentence("{name}: {steps}, the last rate {rate}, the last loss {loss}.", values)


def switches(look: Look) -> tuple[Switch, ...]:
    """The switches of how the losses are drawn."""
    return (
        Switch(
            "losses",
            Sentence("losses"),
            {"": Sentence("Auto"), "linear": Sentence("Linear"), "log": Sentence("Log")},
            look.losses or "",
        ),
        Switch(
            "smoothing",
            Sentence("smoothing"),
            {f"{each:g}": f"{each:g}" for each in SMOOTHINGS},
            f"{look.smoothing:g}",
        ),
    )
