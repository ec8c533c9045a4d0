"""Up and down again and again, between two rates."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

import numpy as np
from numpy.typing import ArrayLike

from lrviz.declared import MOST_STEPS, Parameter, rate, steps
from lrviz.schedules.base import Floats, Handle
from lrviz.schedules.simple import Simple
from lrviz.schedules.written import minus
from lrviz.text import Sentence, mark

Mode = Literal["triangular", "triangular2", "exp_range"]


@dataclass(frozen=True)
class Cyclic(Simple):
    """From ``base_lr`` to ``max_lr`` and back, in ``step_size_up`` and ``step_size_down`` steps.

    "triangular2" halves the height after each cycle, "exp_range" multiplies it by ``gamma`` at
    every step. As torch's ``CyclicLR``; Smith 2017 (cyclical learning rates).
    """

    known_as: ClassVar[tuple[str, ...]] = ("CyclicLR", "CLR", "triangular", "triangular2")
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
    def formula(self) -> str:
        """LaTeX of the rate at step t, with ``$name`` for each parameter."""
        factor = {"triangular": "", "triangular2": r" \, 2^{-i}", "exp_range": r" \, {$gamma}^{t}"}
        down = "$step_size_up" if self.step_size_down is None else "$step_size_down"
        return (
            rf"\begin{{gathered}} \eta(t) = $base_lr + ($max_lr - $base_lr) \, h"
            rf"{factor[self.mode]}, \quad h = \min\left(\tfrac{{x}}{{$step_size_up}}, "
            rf"\tfrac{{P - x}}{{{down}}}\right) \\ P = $step_size_up + {down}, \quad "
            r"i = \left\lfloor \tfrac{t}{P} \right\rfloor, \quad x = t - i P \end{gathered}"
        )

    @property
    def jumps(self) -> bool:
        """It never does."""
        return False

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The parameters that can be dragged in a chart: the same ones, whatever their values."""
        return (
            Handle("base_lr", "y", 0),
            Handle("max_lr", "y", self.step_size_up),
            Handle("step_size_up", "x", self.step_size_up),
        )

    def piece(self, step: ArrayLike) -> Floats:
        """The number of the piece that ``step`` lies on: rises are even, falls are odd."""
        step = np.asarray(step, float)
        cycle = np.floor(step / self._period)
        return np.asarray(2 * cycle + (step - cycle * self._period >= self.step_size_up))

    def piece_start(self, index: ArrayLike) -> Floats:
        """The first step of piece ``index``."""
        index = np.asarray(index, float)
        cycle = np.floor(index / 2)
        return np.asarray(cycle * self._period + (index - 2 * cycle) * self.step_size_up)

    def closed(self) -> str:
        """The rate at step ``t``."""
        up, down = self.step_size_up, self._period - self.step_size_up
        lines = [
            f"i = floor(t / {self._period})",
            f"x = t - i * {self._period}",
            f"h = min(x / {up}, ({self._period} - x) / {down})",
        ]
        factor = {
            "triangular": "",
            "triangular2": " / 2 ** i",
            "exp_range": f" * {self.gamma!r} ** t",
        }
        span = minus(self.max_lr, self.base_lr)
        return "\n".join([*lines, f"{self.base_lr!r} + {span} * h{factor[self.mode]}"])

    def _rate(self, step: Floats) -> Floats:
        period, down = self._period, self._period - self.step_size_up
        cycle = np.floor(step / period)
        within = step - cycle * period
        height = np.minimum(within / self.step_size_up, (period - within) / down)
        height *= self.max_lr - self.base_lr
        scale: Callable[[], Floats] | None = {
            "triangular2": lambda: np.exp2(-cycle),
            "exp_range": lambda: np.exp(step * np.log(self.gamma)),
        }.get(self.mode)
        return np.asarray(self.base_lr + (height * scale() if scale else height))

    def remarks(self) -> tuple[Sentence, ...]:
        """What is legal here, but may surprise."""
        if self.base_lr <= self.max_lr:
            return ()
        return (Sentence("base_lr is above max_lr: each cycle goes down first."),)
