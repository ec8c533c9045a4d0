"""A law, and its argument: the rates of a run."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrviz.schedules import Floats

#: The longest run that is forecast: the rate of each step is evaluated.
MOST_STEPS = 2_000_000


@dataclass(frozen=True, eq=False)
class Rates:
    """The rates of a run, one a step, and their sums.

    Attributes:
        each: The rate of each step, float64 of shape (steps,); at least 0, and finite.
    """

    each: Floats

    @cached_property
    def sums(self) -> Floats:
        """``S1``: the sum of the rates up to each step, that step's among them."""
        return np.cumsum(self.each)


@dataclass(frozen=True)
class Setting:
    """The range of runs that a law was fitted to and tested on.

    Attributes:
        peak: The highest rate.
        warmup: The steps of the linear warm-up.
        fewest: The shortest run, in steps.
        most: The longest run, in steps.
    """

    peak: float
    warmup: int
    fewest: int
    most: int


@dataclass(frozen=True)
class Errors:
    """The errors of a law's forecasts, compared with measured losses; NaN: not measured.

    Attributes:
        curve: The mean error over the steps of a curve, as a share of the loss.
        end: The largest error of the loss at a run's end, as a share of it.
        gap: The largest error of the difference between the final losses of two runs.
    """

    curve: float = float("nan")
    end: float = float("nan")
    gap: float = float("nan")


#: The errors of a law that was not compared with any run.
UNKNOWN = Errors()


class Law(Protocol):
    """A loss as a function of the rates up to a step."""

    @property
    def name(self) -> str:
        """The model that it describes."""

    @property
    def source(self) -> str:
        """The publication of the law and its constants."""

    @property
    def errors(self) -> Errors:
        """The errors of its forecasts."""

    def losses(self, rates: Rates, at: NDArray[np.intp]) -> Floats:
        """The loss after each of the steps ``at``, of the same shape."""


def forecast(
    rate: Callable[[Floats], ArrayLike], steps: int, law: Law, at: ArrayLike | None = None
) -> Floats:
    """The loss of a run with the learning rate ``rate``, as ``law`` forecasts it.

    Args:
        rate: A schedule, or any function from an array of steps (whole numbers from 0, float64)
            to the array of their rates.
        steps: How many steps the run has, 1 to 2,000,000.
        law: The law.
        at: The steps after which the loss is evaluated, 0 to ``steps - 1``, of any shape; None:
            after each step of the run, in order.

    Returns:
        float64, of the shape of ``at``. A rate of 0 changes nothing; before the first rate above 0
        the laws have no finite loss (``inf``). From the first rate on that is not finite, or is
        below 0, the loss is NaN.

    Raises:
        ValueError: ``steps`` or ``at`` is out of range.
    """
    if not 1 <= steps <= MOST_STEPS:
        raise ValueError(f"steps must be 1 to {MOST_STEPS:,}, got {steps}")
    wanted = np.arange(steps) if at is None else np.asarray(at)
    if wanted.size and not (wanted.min() >= 0 and wanted.max() < steps):
        raise ValueError(f"at must be steps of the run, 0 to {steps - 1:,}")
    wanted = wanted.astype(np.intp)
    each = np.asarray(rate(np.arange(float(steps))), float)
    each = np.broadcast_to(each, (steps,))
    wrong = np.flatnonzero(~(each >= 0) | np.isinf(each))
    if not wrong.size:
        return law.losses(Rates(each), wanted.ravel()).reshape(wanted.shape)
    end = int(wrong[0])
    losses = np.full(wanted.shape, np.nan)
    valid = wanted < end
    if end:
        losses[valid] = law.losses(Rates(each[:end]), wanted[valid])
    return losses
