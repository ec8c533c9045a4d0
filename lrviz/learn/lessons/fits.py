"""What Keras really did.

``fits.json`` is written by ``python -m tests.bench.lesson_fits``, ``spiral_peaks.json`` by
``python -m tests.bench.spiral_peaks``.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrviz.figures import Series
from lrviz.text import Sentence

#: So far beside the end of its cycle is a dot drawn, as a share of the run: two schedules' dots
#: would cover one another.
_BESIDE = 0.012
#: Student's t for 95 % of the mean of so many values.
_STUDENT = {20: 2.093}
#: Where the averages of the models are drawn, as a share of the run.
AVERAGED = 1.07


@dataclass(frozen=True)
class Fits:
    """Fits of one task with one schedule, a seed each.

    Attributes:
        peak: The highest rate of the schedule.
        loss: The loss on the training set after each epoch; one row for each seed.
        models: The accuracies of the models at the cycles' ends on data that no fit has seen, in
            percent; one row for each seed.
        ensemble: The accuracy of their averaged predictions, in percent.
        differ: On how much of that data two of them say something else, in percent, on average.
    """

    peak: float
    loss: NDArray[np.float64]
    models: NDArray[np.float64]
    ensemble: NDArray[np.float64]
    differ: NDArray[np.float64]

    @property
    def seeds(self) -> int:
        """How many fits there are."""
        return len(self.loss)

    @property
    def last(self) -> NDArray[np.float64]:
        """The accuracy of each fit's last model, in percent."""
        last: NDArray[np.float64] = self.models[:, -1]
        return last

    def losses(self, name: Sentence, color: int, steps_per_epoch: int) -> Series:
        """The mean of the training loss after each epoch, with a band from lowest to highest."""
        at = tuple(float(step) for step in (np.arange(self.loss.shape[1]) + 1) * steps_per_epoch)
        mean, low, high = (
            tuple(float(f"{value:.5g}") for value in reduce(self.loss, axis=0))
            for reduce in (np.mean, np.min, np.max)
        )
        return Series(name, at, mean, color, low=low, high=high)

    def accuracies(self, name: Sentence, color: int, steps: int, beside: int) -> Series:
        """A dot for each seed: its models at the cycles' ends, and beyond the run their average.

        The dots of the schedule number ``beside`` stand next to those of the one before.
        """
        cycles = self.models.shape[1]
        places = [(cycle + 1) / cycles for cycle in range(cycles)] + [AVERAGED]
        columns = [*self.models.T, self.ensemble]
        shift = _BESIDE * (beside - 0.5)
        x = [(place + shift) * steps for place in places for _ in range(self.seeds)]
        y = [float(value) for column in columns for value in column]
        return Series(name, tuple(x), tuple(y), color, style="dots")


@cache
def content() -> dict[str, Any]:
    """The whole file."""
    return _read("fits.json")


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(
        files("lrviz.learn.lessons").joinpath(name).read_text("utf-8")
    )
    return data


@cache
def fits(task: str, schedule: str) -> Fits:
    """The fits of a task with a schedule (restarts, cosine, constant), at its own best peak.

    Tasks are noisy, clean, spirals; and high: the noisy digits with a peak that is too high.
    """
    return _fits(content()["fits"][task][schedule])


@cache
def between(schedule: str) -> Fits:
    """The fits of the two spirals at the best peak of those between the peaks of ``fits``."""
    return _fits(_read("spiral_peaks.json")[schedule]["best"])


def _fits(data: dict[str, Any]) -> Fits:
    names = ("loss", "models", "ensemble", "differ")
    return Fits(data["peak"], *(np.array([each[name] for each in data["fits"]]) for name in names))


def spread(values: NDArray[np.float64]) -> str:
    """Mean ± standard deviation over the seeds, as people write it."""
    return f"{mean(values)} ± {values.std(ddof=1):.1f}"


def mean(values: NDArray[np.float64]) -> str:
    """The mean over the seeds."""
    # Adding 0 makes -0.0 a plain 0.0.
    return f"{round(float(values.mean()), 1) + 0.0:.1f}"


def interval(values: NDArray[np.float64]) -> dict[str, object]:
    """Between what the mean lies with 95 % confidence: the values of ``{low}`` and ``{high}``."""
    middle, count = float(values.mean()), len(values)
    off = _STUDENT[count] * float(values.std(ddof=1)) / count**0.5
    return {"low": f"{middle - off:.2f}", "high": f"{middle + off:.2f}"}
