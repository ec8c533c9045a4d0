"""One cycle over the whole run: up, and down far below where it began."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

import numpy as np

from lrviz.declared import Parameter, rate, steps
from lrviz.schedules.base import Floats, Handle
from lrviz.schedules.simple import Simple
from lrviz.schedules.written import minus, over, plain
from lrviz.text import Sentence, mark

Anneal = Literal["cos", "linear"]


def _divisor(help: str, symbol: str, last: float) -> Parameter:
    return Parameter(
        help=help, symbol=symbol, at_least=1.0, at_most=1e12, slider=(1.0, last), scale="log"
    )


@dataclass(frozen=True)
class OneCycle(Simple):
    """From ``max_lr / div_factor`` up to ``max_lr``, and down by ``final_div_factor`` more.

    The rise ends at step ``pct_start * total_steps - 1``, the fall at the last of ``total_steps``;
    after that the rate stays. As torch's ``OneCycleLR``, which ends with an error there; Smith &
    Topin 2017 (super-convergence), in the form that fastai gave it.
    """

    own_length: ClassVar[str] = "total_steps"
    known_as: ClassVar[tuple[str, ...]] = (
        "OneCycleLR",
        "cosine_onecycle_schedule",
        "linear_onecycle_schedule",
        "fit_one_cycle",
        "1cycle",
        "super-convergence",
    )
    first_rate: ClassVar[str] = ""

    max_lr: Annotated[float, rate(mark("The highest learning rate."), r"\eta_{\max}", start=0.1)]
    total_steps: Annotated[
        int, steps(mark("The length of the cycle: up and down."), "T", share_of_run=1.0)
    ]
    pct_start: Annotated[
        float,
        Parameter(
            help=mark("The share of the cycle that goes up."),
            symbol="p",
            at_least=0.0,
            at_most=1.0,
            slider=(0.0, 1.0),
        ),
    ] = 0.3
    anneal_strategy: Annotated[
        Anneal,
        Parameter(help=mark("Along half a cosine, or in a line."), symbol=r"\text{anneal}"),
    ] = "cos"
    div_factor: Annotated[
        float,
        _divisor(mark("The cycle begins at max_lr divided by this."), "d", 1000.0),
    ] = 25.0
    final_div_factor: Annotated[
        float,
        _divisor(mark("It ends at its first rate divided by this."), "f", 1e6),
    ] = 1e4

    @property
    def initial_lr(self) -> float:
        """The rate at step 0."""
        return self.max_lr / self.div_factor

    @property
    def min_lr(self) -> float:
        """The rate at the last step."""
        return self.initial_lr / self.final_div_factor

    @property
    def _top(self) -> float:
        """The step of the highest rate; not always a whole one."""
        return self.pct_start * self.total_steps - 1

    @property
    def formula(self) -> str:
        """LaTeX of the rate at step t, with ``$name`` for each parameter."""
        along = r"\tfrac{1}{2}(1 - \cos \pi u)" if self.anneal_strategy == "cos" else "u"
        low = r"\tfrac{$max_lr}{$div_factor \cdot $final_div_factor}"
        left = r"1 - \min\left(\tfrac{t - s}{$total_steps - 1 - s}, 1\right)"
        if self._top >= self.total_steps - 1:
            left = "0"
        # Without a rise all of it is the fall; where that has no step either, step 0 is the top.
        if self._top > 0 or left == "0":
            low = _halves(r"\tfrac{$max_lr}{$div_factor}", low)
            left = _halves(r"\tfrac{t}{s}" if self._top > 0 else "1", left)
        return (
            rf"\begin{{gathered}} \eta(t) = a + ($max_lr - a)\, {along}, \quad "
            rf"s = $pct_start \cdot $total_steps - 1 \\ a = {low}, \quad u = {left} "
            r"\end{gathered}"
        )

    @property
    def jumps(self) -> bool:
        """It never does."""
        return False

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The parameters that can be dragged in a chart: the same ones, whatever their values."""
        top = max(self._top, 0.0)
        return (
            Handle("div_factor", "y", 0),
            Handle("max_lr", "y", top),
            Handle("pct_start", "x", top),
            Handle("total_steps", "x", self.end),
        )

    @property
    def end(self) -> float:
        """The step from which on the rate stays as it is."""
        return max(self.total_steps - 1, 1)

    def _edges(self) -> Sequence[float]:
        edges = (np.ceil(self._top), self.end)
        return sorted({float(each) for each in edges if each > 0})

    def closed(self) -> str:
        """The rate at step ``t``."""
        top, last, until = self._top, self.total_steps - 1, plain(self._top)
        fall = f"where(t <= {until}, 0, 1)"
        if last > top:
            fall = f"min((t - {until}) / {plain(last - top)}, 1)"
        down = self._above(self.min_lr, (self.div_factor, self.final_div_factor), "1 - v")
        if top <= 0:
            return f"v = {fall}\n{down}"
        up = self._above(self.initial_lr, (self.div_factor,), "u")
        return f"u = min(t / {until}, 1)\nv = {fall}\nwhere(t <= {until}, {up}, {down})"

    def _above(self, low: float, divisors: tuple[float, ...], part: str) -> str:
        source = over(self.max_lr, *divisors)
        span = minus(self.max_lr, low, source)
        if self.anneal_strategy == "linear":
            return f"{source} + {span} * ({part})"
        return f"{source} + {span} * 0.5 * (1 - cos(pi * ({part})))"

    def _rate(self, step: Floats) -> Floats:
        top, last = self._top, self.total_steps - 1
        fall = np.clip((step - top) / (last - top), 0.0, 1.0) if last > top else step * 0.0 + 1.0
        rise = np.clip(step / top, 0.0, 1.0) if top > 0 else step * 0.0 + 1.0
        up = step <= top
        # One of both halves holds at each step: so much of the way up is gone, or left.
        part = np.where(up, rise, 1 - fall)
        if self.anneal_strategy == "cos":
            part = 0.5 * (1 - np.cos(np.pi * part))
        low = np.where(up, self.initial_lr, self.min_lr)
        return np.asarray(low + (self.max_lr - low) * part)

    def remarks(self) -> tuple[Sentence, ...]:
        """What is legal here, but may surprise."""
        if self._top <= 0:
            return (Sentence("The cycle does not rise: pct_start leaves no step for it."),)
        return ()


def _halves(rise: str, fall: str) -> str:
    """LaTeX of what holds up to the highest rate, and of what after it."""
    return rf"\begin{{cases}} {rise} & t \le s \\[4pt] {fall} & t > s \end{{cases}}"
