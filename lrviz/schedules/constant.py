"""A rate that stays as it is, and one that a table gives."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, ClassVar

import numpy as np

from lrviz.declared import HIGHEST_RATE, MOST_ITEMS, MOST_STEPS, Parameter, rate
from lrviz.schedules.base import Handle
from lrviz.schedules.pieces import Edges, Floats
from lrviz.schedules.simple import Simple
from lrviz.schedules.typeset import latex_of
from lrviz.text import Sentence, mark


@dataclass(frozen=True)
class Constant(Simple):
    """The same rate at every step: the line that the others are compared with."""

    aliases: ClassVar[tuple[str, ...]] = (
        "ConstantLR",
        "constant_schedule",
        "get_constant_schedule",
        "flat",
    )
    first_rate: ClassVar[str] = "learning_rate"

    learning_rate: Annotated[
        float, rate(mark("The learning rate at every step."), r"\eta_0", zero=True, start=0.1)
    ]

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The parameters that can be dragged in a chart: the same ones, whatever their values."""
        return (Handle("learning_rate", "y", 0),)

    def closed(self) -> str:
        """The rate at step ``t``."""
        return "learning_rate"


@dataclass(frozen=True)
class PiecewiseConstantDecay(Simple):
    """``values[i]`` up to and including step ``boundaries[i]``, and ``values[-1]`` after the last.

    A boundary still has the old value, as in Keras's ``PiecewiseConstantDecay``.
    """

    aliases: ClassVar[tuple[str, ...]] = (
        "MultiStepLR",
        "MultiStepLRScheduler",
        "piecewise_constant_schedule",
        "milestones",
    )
    first_rate: ClassVar[str] = "values.0"

    boundaries: Annotated[
        tuple[int, ...],
        Parameter(
            help=mark("The last step of each value but the last; rising."),
            symbol="b",
            unit=mark("steps"),
            at_least=0,
            at_most=MOST_STEPS,
            slider=(1, 100_000),
            scale="run",
            share_of_run=(0.4, 0.8),
        ),
    ]
    values: Annotated[
        tuple[float, ...],
        Parameter(
            help=mark("The learning rates: one more than there are boundaries."),
            symbol="v",
            at_least=0.0,
            at_most=HIGHEST_RATE,
            slider=(1e-5, 10.0),
            scale="log",
            start=(0.1, 0.02, 0.004),
            most_items=101,
        ),
    ]

    def _conflicts(self) -> dict[str, Sentence]:
        for before, after in zip(self.boundaries, self.boundaries[1:], strict=False):
            if before >= after:
                return {
                    "boundaries": Sentence(
                        "boundaries must rise, but {after} comes after {before}.",
                        {"before": before, "after": after},
                    )
                }
        if len(self.values) != len(self.boundaries) + 1:
            return {
                "values": Sentence(
                    "values must hold one number more than boundaries: {needed}, not {given}.",
                    {"needed": len(self.boundaries) + 1, "given": len(self.values)},
                )
            }
        return {}

    @property
    def handles(self) -> tuple[Handle, ...]:
        """Each boundary at the step from which the next value holds; each value on its line."""
        if len(self.values) > MOST_ITEMS:
            return ()
        starts = (0.0, *self.pieces.edges)
        ends = (Handle(f"boundaries.{i}", "x", start) for i, start in enumerate(starts[1:]))
        # Where the last line ends only a run can tell.
        middles = [(start + end) / 2 for start, end in pairwise(starts)]
        rates = (Handle(f"values.{i}", "y", step) for i, step in enumerate((*middles, starts[-1])))
        return (*rates, *ends)

    def latex(self) -> tuple[str, ...]:
        """The formula with its symbols, and again with the values put in."""
        rate = r"\eta(t) = v_i, \quad i = \left|\{\,j : b_j < t\,\}\right|"
        tables = rf"b = ({latex_of(self.boundaries)}), \; v = ({latex_of(self.values)})"
        return rate, rf"{rate}, \quad {tables}"

    def closed(self) -> str:
        """The rate at step ``t``."""
        rate = f"values_{len(self.boundaries)}"
        for i in reversed(range(len(self.boundaries))):
            rate = f"where(t <= boundaries_{i}, values_{i}, {rate})"
        return rate

    def _rate(self, step: Floats) -> Floats:
        return np.array(self.values)[np.searchsorted(self.boundaries, step, side="left")]

    @property
    def pieces(self) -> Edges:
        """The values, one after another."""
        return Edges.at(*(boundary + 1 for boundary in self.boundaries))
