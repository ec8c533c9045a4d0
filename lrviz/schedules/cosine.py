"""One half of a cosine, after a warm-up if wanted."""

import math
from dataclasses import dataclass
from typing import Annotated, ClassVar

from lrviz.declared import MOST_STEPS, Parameter, rate, steps
from lrviz.schedules.base import Handle
from lrviz.schedules.pieces import Edges, Pieces
from lrviz.schedules.simple import Simple
from lrviz.text import Sentence, mark

ALPHA = Parameter(
    help=mark("The floor, as a fraction of the peak: 0 falls to nothing, 1 does not fall at all."),
    symbol=r"\alpha",
    at_least=0.0,
    at_most=1.0,
    slider=(0.0, 1.0),
)


@dataclass(frozen=True)
class CosineDecay(Simple):
    """From the peak to ``alpha`` times the peak in ``decay_steps``, along half a cosine.

    With ``warmup_target`` the rate first rises in a line from ``initial_learning_rate`` to that
    target in ``warmup_steps``; the target is then the peak, and the decay ends at
    ``warmup_steps + decay_steps``. Without ``warmup_target`` there is no warm-up, whatever
    ``warmup_steps`` says. As Keras's ``CosineDecay``; Loshchilov & Hutter 2017 (SGDR), Goyal et
    al. 2017 for the warm-up. ``exponent`` is optax's: what falls from 1 to 0 is raised to it.
    """

    first_rate: ClassVar[str] = "initial_learning_rate"
    own_length: ClassVar[str] = "decay_steps"
    aliases: ClassVar[tuple[str, ...]] = (
        "CosineAnnealingLR",
        "CosineLRScheduler",
        "cosine_decay_schedule",
        "warmup_cosine_decay_schedule",
        "half a cosine",
    )

    initial_learning_rate: Annotated[
        float,
        rate(
            mark("The learning rate at step 0: the peak, or where the warm-up begins."),
            r"\eta_0",
            zero=True,
            start=0.1,
        ),
    ]
    decay_steps: Annotated[
        int,
        steps(
            mark("The length of the decay from the peak to the floor, without the warm-up."),
            "T",
            share_of_run=1.0,
        ),
    ]
    alpha: Annotated[float, ALPHA] = 0.0
    warmup_target: Annotated[
        float | None,
        rate(
            mark("The peak that the warm-up rises to; off: no warm-up."),
            r"\eta_w",
            zero=True,
            start=0.1,
        ),
    ] = None
    warmup_steps: Annotated[
        int,
        Parameter(
            help=mark("The length of the warm-up. It comes before the decay, not out of it."),
            symbol="T_w",
            unit=mark("steps"),
            at_least=0,
            at_most=MOST_STEPS,
            slider=(0, 1000),
        ),
    ] = 0
    exponent: Annotated[
        float,
        Parameter(
            help=mark("The power of the falling cosine: above 1 it falls sooner, below 1 later."),
            symbol="p",
            at_least=0.0,
            at_most=100.0,
            slider=(0.1, 5.0),
        ),
    ] = 1.0

    @property
    def peak(self) -> float:
        """The rate that the decay begins with."""
        target = self.warmup_target
        return self.initial_learning_rate if target is None else target

    @property
    def _warm(self) -> int:
        return 0 if self.warmup_target is None else self.warmup_steps

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The parameters that can be dragged in a chart: the same ones, whatever their values."""
        warm = float(self._warm) if self._warm else math.nan
        return (
            Handle("initial_learning_rate", "y", 0),
            Handle("warmup_steps", "x", warm),
            Handle("warmup_target", "y", warm),
            Handle("decay_steps", "x", self.end),
            Handle("alpha", "y", self.end),
        )

    @property
    def pieces(self) -> Pieces:
        """The warm-up, the decay, and what comes after it."""
        return Edges.at(self._warm, self._warm + self.decay_steps)

    def closed(self) -> str:
        """The rate at step ``t``."""
        fallen = "(1 - alpha) * (0.5 * (1 + cos(pi * u))) ** exponent + alpha"
        if not self._warm:
            peak = "initial_learning_rate" if self.warmup_target is None else "warmup_target"
            return f"u = min(t / decay_steps, 1)\n{peak} * ({fallen})"
        rise = "(warmup_target - initial_learning_rate) * t / warmup_steps"
        return (
            f"u = max(0, min((t - warmup_steps) / decay_steps, 1))\nh = {fallen}\n"
            f"where(t < warmup_steps, initial_learning_rate + {rise}, warmup_target * h)"
        )

    def remarks(self) -> tuple[Sentence, ...]:
        """What is legal here, but may surprise."""
        remarks = []
        if self.warmup_steps and self.warmup_target is None:
            remarks.append(
                Sentence(
                    "warmup_steps has no effect: without a warmup_target Keras skips the warm-up "
                    "in silence."
                )
            )
        if self._warm:
            remarks.append(
                Sentence(
                    "The warm-up comes on top: the decay begins at step {start} and ends at step "
                    "{end} (warmup_steps + decay_steps).",
                    {"start": self._warm, "end": self._warm + self.decay_steps},
                )
            )
        if self.warmup_target is not None and self.warmup_target < self.initial_learning_rate:
            remarks.append(
                Sentence("warmup_target is below initial_learning_rate: the warm-up falls.")
            )
        if self.peak == 0:
            remarks.append(Sentence("The peak is 0: nothing is learned from there on."))
        return tuple(remarks)
