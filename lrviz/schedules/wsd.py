"""Warm-up, stable, decay: how language models are trained."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

import numpy as np

from lrviz.declared import Parameter, rate, steps
from lrviz.schedules.base import Floats, Handle
from lrviz.schedules.simple import Simple
from lrviz.schedules.written import minus
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

    known_as: ClassVar[tuple[str, ...]] = (
        "get_wsd_schedule",
        "warmup-stable-decay",
        "trapezoid",
        "trapezoidal",
        "MiniCPM",
        "DeepSeek",
        "1-sqrt",
    )
    first_rate: ClassVar[str] = ""

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
    def formula(self) -> str:
        """LaTeX of the rate at step t, with ``$name`` for each parameter."""
        lines, begin = [], []
        if self.num_warmup_steps:
            part = r"(1 - $min_lr_ratio) \, t / $num_warmup_steps + $min_lr_ratio"
            begin.append("$num_warmup_steps")
            lines.append((rf"$learning_rate \left[{part}\right]", "t < $num_warmup_steps"))
        if self.num_stable_steps:
            begin.append("$num_stable_steps")
            lines.append(("$learning_rate", f"t < {' + '.join(begin)}"))
        lines.append((self._last, r"\text{else}"))
        rate = lines[0][0]
        if len(lines) > 1:
            told = r" \\ ".join(" & ".join(line) for line in lines)
            rate = rf"\begin{{cases}} {told} \end{{cases}}"
        if not self.num_decay_steps:
            return rf"\eta(t) = {rate}"
        since = f"t - ({' + '.join(begin)})" if begin else "t"
        part = rf"\min\left(\tfrac{{{since}}}{{$num_decay_steps}}, 1\right)"
        return rf"\eta(t) = {rate}, \quad u = {part}"

    @property
    def _last(self) -> str:
        """LaTeX of the fall, and of what comes after it."""
        if not self.num_decay_steps:
            return r"$learning_rate \cdot $min_lr_ratio"
        if self.decay_type == "exponential":
            return r"$learning_rate \cdot {$min_lr_ratio}^{u}"
        fall = {
            "linear": "1 - u",
            "cosine": r"\tfrac{1}{2}(1 + \cos \pi u)",
            "1-sqrt": r"1 - \sqrt{u}",
        }[self.decay_type]
        return rf"$learning_rate \left[(1 - $min_lr_ratio)({fall}) + $min_lr_ratio\right]"

    @property
    def jumps(self) -> bool:
        """Only a fall that takes no step is a jump."""
        return self.num_decay_steps == 0 and self.min_lr_ratio < 1

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
    def end(self) -> float:
        """The step from which on the rate stays at its floor."""
        return self._decay + self.num_decay_steps

    def _edges(self) -> Sequence[float]:
        edges = (self.num_warmup_steps, self._decay, self.end)
        return [float(each) for each in dict.fromkeys(edges) if each > 0]

    def closed(self) -> str:
        """The rate at step ``t``."""
        peak, warm, low = self.learning_rate, self.num_warmup_steps, self.min_lr_ratio
        lines, fallen = [], repr(low)
        if self.num_decay_steps:
            lines = [f"u = max(0, min((t - {self._decay}) / {self.num_decay_steps}, 1))"]
            fallen = f"{low!r} ** u"
            if self.decay_type != "exponential":
                fall = _FALLS[self.decay_type]
                fallen = f"{minus(1, low)} * ({fall}) + {low!r}" if low else f"({fall})"
        rate = f"{peak!r} * ({fallen})" if low else f"{peak!r} * {fallen}"
        if self.num_stable_steps or not self.num_decay_steps:
            rate = f"where(t < {self._decay}, {peak!r}, {rate})"
        if warm:
            rise = f"{peak!r} * t / {warm}"
            if low:
                rise = f"{peak!r} * ({minus(1, low)} * t / {warm} + {low!r})"
            rate = f"where(t < {warm}, {rise}, {rate})"
        return "\n".join([*lines, rate])

    def _rate(self, step: Floats) -> Floats:
        if self.num_decay_steps:
            part = np.clip((step - self._decay) / self.num_decay_steps, 0.0, 1.0)
        else:
            part = np.where(step < self._decay, 0.0, 1.0)
        fallen = self._fallen(part)
        if self.num_warmup_steps:
            low = self.min_lr_ratio
            fallen *= (1 - low) * np.minimum(step / self.num_warmup_steps, 1.0) + low
        return np.asarray(fallen * self.learning_rate)

    def _fallen(self, part: Floats) -> Floats:
        """What is left of the peak."""
        low = self.min_lr_ratio
        if self.decay_type == "exponential":
            return np.exp(part * math.log(low))
        if self.decay_type == "linear":
            fall = 1 - part
        elif self.decay_type == "1-sqrt":
            fall = 1 - np.sqrt(part)
        else:
            fall = 0.5 * (1 + np.cos(np.pi * part))
        return np.asarray((1 - low) * fall + low)
