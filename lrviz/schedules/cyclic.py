"""Up and down again and again, between two rates."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from lrviz.declared import MOST_STEPS, Parameter, rate, steps
from lrviz.schedules.base import Handle
from lrviz.schedules.pieces import Periods, Pieces
from lrviz.schedules.simple import Simple
from lrviz.text import Sentence, mark

Mode = Literal["triangular", "triangular2", "exp_range"]
#: What the height is multiplied by, in each mode.
_SCALES = {"triangular": "", "triangular2": " / 2 ** i", "exp_range": " * gamma ** t"}


@dataclass(frozen=True)
class Cyclic(Simple):
    """From ``base_lr`` to ``max_lr`` and back, in ``step_size_up`` and ``step_size_down`` steps.

    "triangular2" halves the height after each cycle, "exp_range" multiplies it by ``gamma`` at
    every step. As torch's ``CyclicLR``; Smith 2017 (cyclical learning rates).
    """

    aliases: ClassVar[tuple[str, ...]] = ("CyclicLR", "CLR", "triangular", "triangular2")
    first_rate: ClassVar[str] = "base_lr"

    base_lr: Annotated[
        float,
        rate(mark("The lower learning rate, at step 0."), r"\eta_{\min}", zero=True, start=0.001),
    ]
    max_lr: Annotated[
        float, rate(mark("The learning rate at the first peak."), r"\eta_{\max}", start=0.1)
    ]
    step_size_up: Annotated[
        int, steps(mark("The length of the rise."), "u", share_of_run=1 / 6)
    ] = 2000
    step_size_down: Annotated[
        int | None,
        Parameter(
            help=mark("The length of the fall; none: as long as the rise."),
            symbol="d",
            unit=mark("steps"),
            at_least=1,
            at_most=MOST_STEPS,
            slider=(1, 100_000),
            scale="log",
            start=2000,
        ),
    ] = None
    mode: Annotated[
        Mode,
        Parameter(help=mark("What becomes of the height of the peaks."), symbol=r"\text{mode}"),
    ] = "triangular"
    gamma: Annotated[
        float,
        Parameter(
            help=mark("The factor of the height at every step, with exp_range."),
            symbol=r"\gamma",
            above=0.0,
            at_most=1.0,
            slider=(0.99, 1.0),
        ),
    ] = 1.0

    @classmethod
    def example(cls, run_steps: int) -> "Cyclic":
        """Three cycles over the run."""
        return cls(0.001, 0.1, max(1, round(run_steps / 6)))

    @property
    def _period(self) -> int:
        return self.step_size_up + (self.step_size_down or self.step_size_up)

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The parameters that can be dragged in a chart: the same ones, whatever their values."""
        return (
            Handle("base_lr", "y", 0),
            Handle("max_lr", "y", self.step_size_up),
            Handle("step_size_up", "x", self.step_size_up),
        )

    @property
    def pieces(self) -> Pieces:
        """Rises and falls in turn."""
        return Periods(self._period, turn=self.step_size_up)

    def closed(self) -> str:
        """The rate at step ``t``."""
        down = "step_size_up" if self.step_size_down is None else "step_size_down"
        return (
            f"P = step_size_up + {down}\n"
            "i = floor(t / P)\n"
            "x = t - i * P\n"
            f"h = min(x / step_size_up, (P - x) / {down})\n"
            f"base_lr + (max_lr - base_lr) * h{_SCALES[self.mode]}"
        )

    def remarks(self) -> tuple[Sentence, ...]:
        """What is legal here, but may surprise."""
        if self.base_lr <= self.max_lr:
            return ()
        return (Sentence("base_lr is above max_lr: each cycle goes down first."),)
