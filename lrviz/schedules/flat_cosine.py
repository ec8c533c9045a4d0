"""Flat, and half a cosine at the end."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from lrviz.declared import Parameter, rate, steps
from lrviz.schedules.base import Handle
from lrviz.schedules.pieces import Edges, Pieces
from lrviz.schedules.simple import Simple
from lrviz.text import mark


@dataclass(frozen=True)
class FlatCosine(Simple):
    """``learning_rate`` for ``pct_start`` of ``total_steps``, then half a cosine down.

    It ends at ``learning_rate / div_final``. As fastai's ``fit_flat_cos``.
    """

    own_length: ClassVar[str] = "total_steps"
    aliases: ClassVar[tuple[str, ...]] = ("fit_flat_cos", "flat and anneal", "fastai")
    first_rate: ClassVar[str] = "learning_rate"

    learning_rate: Annotated[
        float, rate(mark("The learning rate of the flat part."), r"\eta", start=0.1)
    ]
    total_steps: Annotated[
        int, steps(mark("The length of both parts together."), "T", share_of_run=1.0)
    ]
    pct_start: Annotated[
        float,
        Parameter(
            help=mark("The share of the steps that is flat."),
            symbol="p",
            at_least=0.0,
            at_most=1.0,
            slider=(0.0, 1.0),
        ),
    ] = 0.75
    div_final: Annotated[
        float,
        Parameter(
            help=mark("It ends at the learning rate divided by this."),
            symbol="d",
            at_least=1.0,
            at_most=1e12,
            slider=(1.0, 1e6),
            scale="log",
        ),
    ] = 1e5

    @property
    def _flat(self) -> float:
        return self.pct_start * self.total_steps

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The parameters that can be dragged in a chart: the same ones, whatever their values."""
        return (
            Handle("learning_rate", "y", 0),
            Handle("pct_start", "x", self._flat),
            Handle("total_steps", "x", self.total_steps),
        )

    @property
    def pieces(self) -> Pieces:
        """The flat part, the cosine, and what comes after it."""
        return Edges.at(self._flat, self.total_steps)

    def closed(self) -> str:
        """The rate at step ``t``."""
        part = "max(0, min((t - s) / (total_steps - s), 1))"
        if self._flat == self.total_steps:
            part = "where(t < total_steps, 0, 1)"
        fallen = "(1 - 1 / div_final) * (0.5 * (1 + cos(pi * u))) + 1 / div_final"
        return f"s = pct_start * total_steps\nu = {part}\nlearning_rate * ({fallen})"
