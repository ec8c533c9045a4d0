"""A schedule made of another: its own ``alpha``, and that of the one inside, are two fields."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from lrviz.declared import Parameter
from lrviz.export import keras
from lrviz.schedules import Floats, Schedule
from lrviz.text import mark


@dataclass(frozen=True)
class Scaled(Schedule):
    """``alpha`` times the rate of ``inner``."""

    inner: Schedule
    alpha: Annotated[
        float,
        Parameter(help=mark("A rate."), symbol="a", at_least=0.0, at_most=2.0, slider=(0.0, 2.0)),
    ] = 1.0

    @property
    def formula(self) -> str:
        return r"$alpha \cdot f(t)"

    def _rate(self, step: Floats) -> Floats:
        return self.alpha * self.inner(step)


def written(schedule: Scaled) -> keras.Source:
    """Its Keras source: a class must be defined first."""
    inner = keras.source(schedule.inner)
    definitions = f"""{inner.definitions}
class Scaled(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, alpha, inner):
        self.alpha, self.inner = alpha, inner

    def __call__(self, step):
        return self.alpha * self.inner(step)

    def get_config(self):
        return {{"alpha": self.alpha, "inner": self.inner}}
"""
    return keras.Source(f"Scaled({schedule.alpha!r}, {inner.expression})", definitions)


@dataclass(frozen=True)
class Chain(Schedule):
    """The mean of some schedules: parts in a tuple are called by their places."""

    schedules: tuple[Schedule, ...]

    @property
    def formula(self) -> str:
        return r"\frac{1}{n} \sum_i f_i(t)"

    def _rate(self, step: Floats) -> Floats:
        return np.mean([schedule(step) for schedule in self.schedules], axis=0)
