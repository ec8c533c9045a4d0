"""Warm-up, stable, decay: how language models are trained."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from lrviz.declared import Parameter, rate, steps
from lrviz.schedules.base import Handle
from lrviz.schedules.pieces import Edges, Pieces
from lrviz.schedules.simple import Simple
from lrviz.text import Sentence, mark

#: What the last phase's fall is along, from 1 to 0 as ``u`` goes from 0 to 1.
DecayType = Literal["linear", "cosine", "1-sqrt", "exponential"]
_FALLS = {
    "linear": "1 - u",
    "cosine": "0.5 * (1 + cos(pi * u))",
    "1-sqrt": "1 - sqrt(u)",
}


def _length(help: str, symbol: str, share: float) -> Parameter:
    return steps(help, symbol, share_of_run=share, zero=True)


@dataclass(frozen=True)
class WSD(Simple):
    """A line up from ``min_lr_ratio`` of ``learning_rate``, a plateau, and a fall back to that.

    transformers' ``get_wsd_schedule``; Hu et al. 2024 (MiniCPM), Hägele et al. 2024 (the decay
    ``1-sqrt``). "exponential" falls by the same factor at each step, so its floor must be above 0.
    """

    aliases: ClassVar[tuple[str, ...]] = (
        "get_wsd_schedule",
        "warmup-stable-decay",
        "trapezoid",
        "trapezoidal",
        "MiniCPM",
        "DeepSeek",
        "1-sqrt",
    )

    learning_rate: Annotated[
        float, rate(mark("The learning rate of the plateau: the peak."), r"\eta", start=0.1)
    ]
    num_warmup_steps: Annotated[
        int, _length(mark("The length of the rise from the floor."), "W", 0.05)
    ]
    num_stable_steps: Annotated[int, _length(mark("The length of the plateau."), "S", 0.75)]
    num_decay_steps: Annotated[int, _length(mark("The length of the fall."), "D", 0.2)]
    decay_type: Annotated[
        DecayType,
        Parameter(help=mark("The shape of the fall."), symbol=r"\text{decay}"),
    ] = "cosine"
    min_lr_ratio: Annotated[
        float,
        Parameter(
            help=mark("The floor, as a fraction of the peak."),
            symbol="r",
            at_least=0.0,
            at_most=1.0,
            slider=(0.0, 1.0),
        ),
    ] = 0.0

    def _conflicts(self) -> dict[str, Sentence]:
        if self.decay_type != "exponential" or self.min_lr_ratio > 0:
            return {}
        return {
            "min_lr_ratio": Sentence(
                "min_lr_ratio must be greater than 0 for an exponential fall: it never gets to 0."
            )
        }

    @property
    def _decay(self) -> int:
        return self.num_warmup_steps + self.num_stable_steps

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The parameters that can be dragged in a chart: the same ones, whatever their values."""
        middle = self.num_warmup_steps + self.num_stable_steps // 2
        return (
            Handle("learning_rate", "y", middle),
            Handle("num_warmup_steps", "x", self.num_warmup_steps),
            Handle("num_stable_steps", "x", self._decay),
            Handle("num_decay_steps", "x", self.end),
            Handle("min_lr_ratio", "y", self.end),
        )

    @property
    def pieces(self) -> Pieces:
        """The rise, the plateau, the fall, and what comes after it."""
        return Edges.at(self.num_warmup_steps, self._decay, self._decay + self.num_decay_steps)

    def closed(self) -> str:
        """The rate at step ``t``."""
        part = "where(t < s, 0, 1)"
        if self.num_decay_steps:
            part = "max(0, min((t - s) / num_decay_steps, 1))"
        fall = "min_lr_ratio ** u"
        if self.decay_type != "exponential":
            fall = f"(1 - min_lr_ratio) * ({_FALLS[self.decay_type]}) + min_lr_ratio"
        parts = f"s = num_warmup_steps + num_stable_steps\nu = {part}\nb = {fall}\n"
        if not self.num_warmup_steps:
            return f"{parts}learning_rate * b"
        rise = "(1 - min_lr_ratio) * min(t / num_warmup_steps, 1) + min_lr_ratio"
        return f"a = {rise}\n{parts}learning_rate * a * b"
