"""What Keras really did: ``fits.json``, written by ``python -m tests.bench.lesson_fits``."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from lrviz.figures import Series
from lrviz.text import Sentence


@dataclass(frozen=True)
class Fits:
    """Fits of one task with one schedule, a seed each."""

    loss: np.typing.NDArray[np.float64]
    last: np.typing.NDArray[np.float64]
    ensemble: np.typing.NDArray[np.float64]

    @property
    def seeds(self) -> int:
        """How many fits there are."""
        return len(self.last)

    def series(self, name: Sentence, color: int, steps_per_epoch: int) -> Series:
        """The mean of the training loss after each epoch, with a band from lowest to highest."""
        at = tuple(float(step) for step in (np.arange(self.loss.shape[1]) + 1) * steps_per_epoch)
        mean, low, high = (
            tuple(float(f"{value:.5g}") for value in reduce(self.loss, axis=0))
            for reduce in (np.mean, np.min, np.max)
        )
        return Series(name, at, mean, color, low=low, high=high)


@cache
def content() -> dict[str, Any]:
    """The whole file."""
    found: dict[str, Any] = json.loads(
        files("lrviz.lessons").joinpath("fits.json").read_text("utf-8")
    )
    return found


def fits(task: str, schedule: str) -> Fits:
    """The fits of ``task`` (noisy, clean, spirals) with ``schedule`` (restarts, cosine)."""
    rows = content()["fits"][task][schedule]
    return Fits(*(np.array([row[name] for row in rows]) for name in ("loss", "last", "ensemble")))


def spread(values: np.typing.NDArray[np.float64]) -> str:
    """Mean ± standard deviation over the seeds, as people write it."""
    return f"{values.mean():.1f} ± {values.std(ddof=1):.1f}"
