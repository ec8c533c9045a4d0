"""Flat, and half a cosine at the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

import numpy as np

from lrviz.declared import Parameter, rate, steps
from lrviz.schedules.base import Floats, Handle
from lrviz.schedules.simple import Simple
from lrviz.schedules.written import minus, over, plain
from lrviz.text import mark


@dataclass(frozen=True)
class FlatCosine(Simple):
    """``learning_rate`` for ``pct_start`` of ``total_steps``, then half a cosine down.

    It ends at ``learning_rate / div_final``. As fastai's ``fit_flat_cos``.
    """

    own_length: ClassVar[str] = "total_steps"
    known_as: ClassVar[tuple[str, ...]] = ("fit_flat_cos", "flat and anneal", "fastai")
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
    def formula(self) -> str:
        """LaTeX of the rate at step t, with ``$name`` for each parameter."""
        if self.pct_start == 1:
            return (
                r"\eta(t) = \begin{cases} $learning_rate & t < $total_steps \\ "
                r"\tfrac{$learning_rate}{$div_final} & \text{else} \end{cases}"
            )
        return (
            r"\begin{gathered} \eta(t) = $learning_rate \left[\left(1 - \tfrac{1}{$div_final}"
            r"\right) \tfrac{1}{2}(1 + \cos \pi u) + \tfrac{1}{$div_final}\right] \\ "
            r"u = \tfrac{\min\left(\max(t, s), $total_steps\right) - s}{$total_steps - s}"
            r", \quad s = $pct_start \cdot $total_steps \end{gathered}"
        )

    @property
    def jumps(self) -> bool:
        """Only where nothing is left for the cosine."""
        return self.pct_start == 1 and self.div_final > 1

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The parameters that can be dragged in a chart: the same ones, whatever their values."""
        return (
            Handle("learning_rate", "y", 0),
            Handle("pct_start", "x", self._flat),
            Handle("total_steps", "x", self.total_steps),
        )

    @property
    def end(self) -> float:
        """The step from which on the rate stays as it is."""
        return self.total_steps

    def _edges(self) -> Sequence[float]:
        edges = (float(np.ceil(self._flat)), float(self.total_steps))
        return sorted({each for each in edges if each > 0})

    def closed(self) -> str:
        """The rate at step ``t``."""
        left, low = self.total_steps - self._flat, 1 / self.div_final
        part = f"max(0, min((t - {plain(self._flat)}) / {plain(left)}, 1))"
        if not left:
            part = f"where(t < {self.total_steps}, 0, 1)"
        floor = over(1, self.div_final)
        fallen = f"{minus(1, low, floor)} * 0.5 * (1 + cos(pi * u)) + {floor}"
        return f"u = {part}\n{self.learning_rate!r} * ({fallen})"

    def _rate(self, step: Floats) -> Floats:
        left, low = self.total_steps - self._flat, 1 / self.div_final
        if left:
            part = np.clip((step - self._flat) / left, 0.0, 1.0)
        else:
            part = np.where(step < self.total_steps, 0.0, 1.0)
        fall = 0.5 * (1 + np.cos(np.pi * part))
        return np.asarray(self.learning_rate * ((1 - low) * fall + low))
