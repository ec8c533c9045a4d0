"""What a fit has logged so far, as arrays."""

import csv
import io
from dataclasses import dataclass, field

import numpy as np

from lrviz.export import plain_cell
from lrviz.scene import Line, Timeline
from lrviz.schedules import Floats
from lrviz.training.events import Ensemble, EpochDone, Event, FitEnded, FitStarted, Short, StepsDone
from lrviz.training.spec import FitSpec, Recipe

#: Keras computes in float32: so much, as a share of the highest rate, is no difference.
_ROUNDING = 2e-6
_COLUMNS = (
    "fit",
    "name",
    "step",
    "epoch",
    "planned",
    "logged",
    "loss",
    "val_loss",
    "val_accuracy",
)


@dataclass(frozen=True)
class FitHistory:
    """A fit up to now.

    Attributes:
        line: Where its learning rate comes from.
        recipe: What it trains, and how.
        rates: The rate that the optimizer applied at each step.
        losses: The loss of each step's batch, before that step.
        epochs: What was measured at the end of each epoch.
        started: Whether it has begun.
        ended: What it logged at its end.
        device: The device that really holds the weights.
    """

    line: Line
    recipe: Recipe
    rates: Short
    losses: Short
    epochs: tuple[EpochDone, ...] = ()
    device: str = ""
    ended: FitEnded | None = None

    @property
    def timeline(self) -> Timeline:
        """The whole run, also where it was cut short."""
        return self.recipe.timeline

    @property
    def steps(self) -> int:
        """How many steps are logged."""
        return len(self.rates)

    @property
    def ensemble(self) -> Ensemble | None:
        """The models at the cycles' ends, where there are several."""
        return self.ended.ensemble if self.ended else None

    def planned(self, steps: Floats) -> Floats:
        """The rates that the engine gives; NaN where only training can tell."""
        return self.line.rate(steps, self.timeline)

    def differences(self) -> Floats:
        """The steps at which the log differs from the plan by more than float32's rounding."""
        steps = np.arange(float(self.steps))
        planned = self.planned(steps)
        highest = float(np.nanmax(np.abs(planned), initial=0.0))
        return steps[np.abs(self.rates - planned) > _ROUNDING * highest]

    def largest_difference(self) -> float:
        """The largest distance between log and plan; NaN where there is nothing to compare."""
        apart = np.abs(self.rates - self.planned(np.arange(float(self.steps))))
        return float(np.nanmax(apart)) if np.isfinite(apart).any() else float("nan")


@dataclass
class Histories:
    """The histories of a run's fits, grown event by event."""

    spec: FitSpec
    _rates: list[Short] = field(init=False)
    _losses: list[Short] = field(init=False)
    _histories: list[FitHistory] = field(init=False)

    def __post_init__(self) -> None:
        recipe, count = self.spec.recipe, len(self.spec.lines)
        # Filled from the front; a history shows the part that is filled, and copies nothing.
        self._rates = [np.zeros(recipe.timeline.steps, np.float32) for _ in range(count)]
        self._losses = [np.zeros(recipe.timeline.steps, np.float32) for _ in range(count)]
        empty = np.zeros(0, np.float32)
        self._histories = [FitHistory(each, recipe, empty, empty) for each in self.spec.lines]

    def add(self, event: Event) -> None:
        """Take in an event of a fit."""
        if isinstance(event, StepsDone):
            rates, losses = self._rates[event.fit], self._losses[event.fit]
            last = event.first + len(event.rates)
            rates[event.first : last] = event.rates
            losses[event.first : last] = event.losses
            self._change(event.fit, rates=rates[:last], losses=losses[:last])
        elif isinstance(event, EpochDone):
            self._change(event.fit, epochs=(*self._histories[event.fit].epochs, event))
        elif isinstance(event, FitStarted):
            self._change(event.fit, device=event.device)
        elif isinstance(event, FitEnded):
            self._change(event.fit, ended=event)

    def _change(self, fit: int, **changes: object) -> None:
        self._histories[fit] = FitHistory(**vars(self._histories[fit]) | changes)

    def so_far(self) -> tuple[FitHistory, ...]:
        """The histories up to now; they do not change any more."""
        return tuple(self._histories)


def history_csv(histories: tuple[FitHistory, ...]) -> str:
    """Every logged step of every fit, with the epoch's results in the epoch's last row.

    Columns: fit, name, step, epoch, planned, logged, loss, val_loss, val_accuracy. Numbers are in
    full; what is not known is empty.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for number, history in enumerate(histories, start=1):
        name = plain_cell(history.line.name)
        per_epoch = history.timeline.steps_per_epoch
        tests = {(each.epoch + 1) * per_epoch - 1: each for each in history.epochs}
        steps = np.arange(history.steps)
        rows = zip(
            steps.tolist(),
            (steps // per_epoch).tolist(),
            history.planned(steps.astype(float)).tolist(),
            history.rates.tolist(),
            history.losses.tolist(),
            strict=True,
        )
        for step, epoch, *numbers in rows:
            test = tests.get(step)
            numbers += [test.val_loss, test.val_accuracy] if test else []
            writer.writerow([number, name, step, epoch, *map(_cell, numbers)])
    return out.getvalue()


def _cell(value: float) -> str:
    return "" if value != value else repr(value)
