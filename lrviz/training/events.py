"""What a fit tells while it runs. Each event names its fit by its place in the spec."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrviz.text import Sentence

#: What a fit's history is kept in; Keras computes in float32 too.
Short = NDArray[np.float32]


@dataclass(frozen=True)
class FitStarted:
    """A fit has begun, on ``device``: the one that really holds the weights."""

    fit: int
    device: str


@dataclass(frozen=True)
class StepsDone:
    """Steps from ``first`` on: the rate that the optimizer applied, and the loss of that batch."""

    fit: int
    first: int
    rates: Short
    losses: Short


@dataclass(frozen=True)
class EpochDone:
    """An epoch has ended.

    ``loss`` is Keras's mean over the epoch's batches; accuracies are NaN where there are no
    classes.
    """

    fit: int
    epoch: int
    loss: float
    val_loss: float
    val_accuracy: float


@dataclass(frozen=True)
class Ensemble:
    """The models at the cycles' ends, and how good their averaged predictions are."""

    steps: tuple[int, ...]
    accuracies: tuple[float, ...]
    accuracy: float


@dataclass(frozen=True)
class FitEnded:
    """A fit has ended, by itself or for the reason in ``problem``."""

    fit: int
    seconds: float
    ensemble: Ensemble | None = None
    problem: Sentence | None = None


@dataclass(frozen=True)
class RunEnded:
    """The run has ended: no event comes after this one."""

    state: str
    problem: Sentence | None = None


Event = FitStarted | StepsDone | EpochDone | FitEnded | RunEnded
