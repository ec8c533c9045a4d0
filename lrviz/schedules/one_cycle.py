"""One cycle over the whole run: up, and down far below where it began."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from lrviz.declared import Parameter, rate, steps
from lrviz.schedules.base import Handle
from lrviz.schedules.pieces import Edges, Pieces
from lrviz.schedules.simple import Simple
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
    aliases: ClassVar[tuple[str, ...]] = (
        "OneCycleLR",
        "cosine_onecycle_schedule",
        "linear_onecycle_schedule",
        "fit_one_cycle",
        "1cycle",
        "super-convergence",
    )

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
    def pieces(self) -> Pieces:
        """The rise, the fall, and what comes after it."""
        return Edges.at(self._top, max(self.total_steps - 1, 1))

    def closed(self) -> str:
        """The rate at step ``t``."""
        fall = "1 - min((t - s) / (total_steps - 1 - s), 1)"
        if self._top >= self.total_steps - 1:
            fall = "0"
        low = "max_lr / div_factor / final_div_factor"
        if self._top > 0 or fall == "0":
            # Where neither has a step, step 0 is the top.
            rise = "t / s" if self._top > 0 else "1"
            fall = f"where(t <= s, {rise}, {fall})"
            low = f"where(t <= s, max_lr / div_factor, {low})"
        along = "u" if self.anneal_strategy == "linear" else "0.5 * (1 - cos(pi * u))"
        return (
            f"s = pct_start * total_steps - 1\nu = {fall}\na = {low}\na + (max_lr - a) * ({along})"
        )

    def remarks(self) -> tuple[Sentence, ...]:
        """What is legal here, but may surprise."""
        if self._top <= 0:
            return (Sentence("The cycle does not rise: pct_start leaves no step for it."),)
        return ()
