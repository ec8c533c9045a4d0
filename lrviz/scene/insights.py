"""What a run will really do, in figures and in plain sentences."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from lrviz.scene import Line, Scene, Timeline
from lrviz.schedules import Floats
from lrviz.text import Sentence, counted, mark, number

#: Runs up to this length are summed step by step; longer ones from the drawn samples.
_EXACT = 100_000


@dataclass(frozen=True)
class Summary:
    """A line over a run in four rates; ``exact`` tells whether each step was looked at."""

    final: float
    mean: float
    lowest: float
    highest: float
    exact: bool


# Of the lines on a page, one at a time changes.
@lru_cache(maxsize=64)
def summary(line: Line, timeline: Timeline) -> Summary:
    """The final, mean, smallest and largest rate of the run (NaN once a rate is NaN)."""
    exact = timeline.last_step < _EXACT
    if not exact:
        steps = line.steps(timeline)
        return summaries_of_lines(steps, line.rate(steps, timeline)[np.newaxis])[0]
    rates = line.rate(np.arange(timeline.steps), timeline)
    with np.errstate(over="ignore", invalid="ignore"):
        mean = float(np.mean(rates))
    low, high = float(np.min(rates)), float(np.max(rates))
    return Summary(float(rates[-1]), mean, low, high, exact)


def summaries_of_lines(steps: Floats, rates: Floats) -> list[Summary]:
    """As :func:`summary`, of lines drawn at the same steps, shape (lines, steps); not exact."""
    with np.errstate(over="ignore", invalid="ignore"):
        means = np.trapezoid(rates, steps) / max(float(steps[-1]), 1.0)
    columns = (rates[:, -1], means, rates.min(axis=1), rates.max(axis=1))
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [Summary(final, mean, low, high, exact=False) for final, mean, low, high in rows]


def readout(numbers: Summary, restarts: Sequence[int] | None) -> dict[str, str]:
    """The figures that stand beneath a chart, by their names (English, translated where shown).

    ``restarts`` are those of :meth:`lrviz.scene.Line.restarts`.
    """
    about = "" if numbers.exact else "≈ "
    figures = {
        mark("Final rate"): number(numbers.final),
        mark("Mean rate"): about + number(numbers.mean),
        mark("Smallest rate"): number(numbers.lowest),
    }
    return figures if restarts is None else figures | {mark("Restarts"): f"{len(restarts):,}"}


def length(timeline: Timeline) -> Sentence:
    """How long the run is."""
    return Sentence(
        "{steps} in all, {per} per epoch",
        {
            "steps": counted("{count} step", "{count} steps", timeline.steps),
            "per": timeline.steps_per_epoch,
        },
    )


def run_sum(timeline: Timeline) -> Sentence:
    """The run's length as the sum that it is."""
    steps = counted("{count} step", "{count} steps", timeline.steps)
    if timeline.total_steps is not None:
        return Sentence("{steps}", {"steps": steps})
    epochs = counted("{count} epoch", "{count} epochs", timeline.epochs)
    together = timeline.batch_size * timeline.devices * timeline.gradient_accumulation_steps
    values: dict[str, object] = {"epochs": epochs, "steps": steps}
    if timeline.samples % together:
        # What is not a whole number of steps is rounded, in every epoch.
        values["epoch"] = epoch_sum(timeline)
        return Sentence("{epoch} × {epochs} = {steps}", values)
    values |= {"samples": timeline.samples, "batch": _batch(timeline)}
    return Sentence("{samples} × {epochs} / {batch} = {steps}", values)


def epoch_sum(timeline: Timeline) -> str:
    """The steps of an epoch as the quotient that they are, rounded as the run rounds it."""
    low, high = "⌊⌋" if timeline.drop_last else "⌈⌉"
    batches = f"{low}{timeline.samples:,} / {_batch(timeline, accumulated=False)}{high}"
    if timeline.gradient_accumulation_steps == 1:
        return batches
    return f"⌈{batches} / {timeline.gradient_accumulation_steps:,}⌉"


def _batch(timeline: Timeline, *, accumulated: bool = True) -> str:
    factors = [timeline.batch_size, timeline.devices]
    if accumulated:
        factors.append(timeline.gradient_accumulation_steps)
    texts = [f"{each:,}" for place, each in enumerate(factors) if each > 1 or not place]
    return texts[0] if len(texts) == 1 else f"({' × '.join(texts)})"


def description(scene: Scene) -> tuple[Sentence, ...]:
    """The chart in words, for those who do not see it."""
    timeline = scene.timeline
    first = Sentence(
        "Learning rate against the step, over {steps} ({epochs}).",
        {
            "steps": counted("{count} step", "{count} steps", timeline.steps),
            "epochs": counted("{count} epoch", "{count} epochs", timeline.last_epoch + 1),
        },
    )
    return (first, *(_described(line, timeline) for line in scene.distinct.shown))


def _unknown(line: Line, timeline: Timeline) -> bool:
    """Whether no step of the run has a rate that is known."""
    return bool(np.isnan(line.rate(line.steps(timeline), timeline)).all())


def _described(line: Line, timeline: Timeline) -> Sentence:
    numbers = summary(line, timeline)
    if math.isnan(numbers.lowest) and _unknown(line, timeline):
        return Sentence("{name}: only training can tell its rate.", {"name": line.name})
    values = {
        "name": line.name,
        "first": float(line.rate(0, timeline)),
        "final": numbers.final,
        "lowest": numbers.lowest,
        "highest": numbers.highest,
    }
    cycles = line.cycles(timeline)
    if len(cycles) < 2:
        return Sentence(
            "{name}: from {first} to {final}, lowest {lowest}, highest {highest}.", values
        )
    values["restarts"] = len(cycles) - 1
    values["at"] = ", ".join(str(cycle.start) for cycle in cycles[1:6])
    return Sentence(
        "{name}: from {first} to {final}, lowest {lowest}, highest {highest}; "
        "restarts: {restarts}, the first at {at}.",
        values,
    )
