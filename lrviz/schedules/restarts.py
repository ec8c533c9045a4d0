"""Cosine decay with warm restarts, each restart on exactly the step that the formula gives."""

import math
from dataclasses import dataclass
from typing import Annotated, ClassVar

import numpy as np

from lrviz.declared import Parameter, rate, steps
from lrviz.schedules.base import Handle
from lrviz.schedules.boundaries import Cycles
from lrviz.schedules.cosine import ALPHA
from lrviz.schedules.evaluation import powers
from lrviz.schedules.formula import Formula
from lrviz.schedules.pieces import Floats
from lrviz.schedules.simple import Simple
from lrviz.schedules.typeset import typeset
from lrviz.text import Sentence, mark


@dataclass(frozen=True)
class CosineDecayRestarts(Simple):
    """Half a cosine again and again: a *warm restart* after each cycle.

    Cycle i begins at ``first_decay_steps * (t_mul**i - 1) / (t_mul - 1)`` (with ``t_mul=1``: at
    ``i * first_decay_steps``), is ``first_decay_steps * t_mul**i`` steps long, and falls from
    ``initial_learning_rate * ((1 - alpha) * m_mul**i + alpha)`` to ``alpha *
    initial_learning_rate``. A step on a boundary belongs to the new cycle. With ``t_mul < 1`` the
    cycles shrink to a point at ``first_decay_steps / (1 - t_mul)``, from which on the rate is NaN.
    As Keras's ``CosineDecayRestarts``, less its rounding; Loshchilov & Hutter 2017 (SGDR). After
    ``cycle_limit`` cycles (timm's) the rate stays at its floor.
    """

    first_rate: ClassVar[str] = "initial_learning_rate"
    aliases: ClassVar[tuple[str, ...]] = (
        "CosineAnnealingWarmRestarts",
        "CosineLRScheduler",
        "sgdr_schedule",
        "get_cosine_with_hard_restarts_schedule_with_warmup",
        "SGDR",
        "warm restarts",
        "cycle_mul",
        "cycle_decay",
    )

    initial_learning_rate: Annotated[
        float, rate(mark("The learning rate at step 0: the first peak."), r"\eta_0", start=0.1)
    ]
    first_decay_steps: Annotated[
        int,
        steps(
            mark("The length of the first cycle: the first restart is at this step."),
            "T_0",
            share_of_run=1 / 7,
        ),
    ]
    t_mul: Annotated[
        float,
        Parameter(
            help=mark("Each cycle is t_mul times as long as the one before."),
            symbol=r"t_{\mathrm{mul}}",
            above=0.0,
            at_most=1000.0,
            slider=(0.5, 3.0),
        ),
    ] = 2.0
    m_mul: Annotated[
        float,
        Parameter(
            help=mark("Each cycle's peak is m_mul times the one before (with alpha = 0)."),
            symbol=r"m_{\mathrm{mul}}",
            at_least=0.0,
            at_most=1000.0,
            slider=(0.0, 2.0),
        ),
    ] = 1.0
    alpha: Annotated[float, ALPHA] = 0.0
    cycle_limit: Annotated[
        int | None,
        Parameter(
            help=mark("After so many cycles the rate stays at its floor; none: they never end."),
            symbol="n",
            at_least=1,
            at_most=1_000_000,
            slider=(1, 20),
            start=3,
        ),
    ] = None

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The parameters that can be dragged in a chart: the same ones, whatever their values."""
        return (
            Handle("initial_learning_rate", "y", 0),
            Handle("first_decay_steps", "x", self.first_decay_steps),
            Handle("t_mul", "x", float(self.pieces.start(2))),
            Handle("m_mul", "y", self.first_decay_steps),
            Handle("alpha", "y", float(self.pieces.start(2)) - 1),
        )

    @property
    def pieces(self) -> Cycles:
        """The cycles, and what comes after ``cycle_limit`` of them."""
        return Cycles(self.first_decay_steps, self.t_mul, self.cycle_limit)

    @property
    def cyclic(self) -> bool:
        """They are cycles."""
        return True

    @property
    def limit(self) -> float:
        """Where the cycles shrink to a point, in steps; inf where they do not."""
        return self.first_decay_steps / (1 - self.t_mul) if self.t_mul < 1 else math.inf

    @property
    def jumps(self) -> bool:
        """Whether the rate jumps at a restart: if there is one, and it begins above the floor."""
        return self.cycle_limit != 1 and self.m_mul > 0 and self.alpha < 1

    @property
    def end(self) -> float:
        """The step from which on the rate stays at its floor; inf without ``cycle_limit``."""
        return self.pieces.last

    def restarts(self, last_step: int) -> tuple[int, ...]:
        """The steps up to ``last_step`` at which a cycle begins, but for the first."""
        return tuple(step for step in self.knots(last_step) if step < self.end)

    def closed(self) -> str:
        """The rate at step ``t``; the engine itself finds a cycle exactly, without logarithms."""
        height = "(1 - alpha) * m_mul ** i * (0.5 * (1 + cos(pi * u))) + alpha"
        rate = f"initial_learning_rate * ({height})"
        if self.cycle_limit is not None or self.t_mul < 1:
            rate = f"h = {height}\n{self._limited()}"
        if self.t_mul == 1:
            return (
                "i = floor(t / first_decay_steps)\n"
                f"u = (t - i * first_decay_steps) / first_decay_steps\n{rate}"
            )
        grown = "1 + t * (t_mul - 1) / first_decay_steps"
        if self.t_mul < 1:
            grown = f"max({grown}, 1e-12)"
        return (
            # Rounding must not put a restart one step late.
            f"i = floor(log({grown}) / log(t_mul) + 1e-9)\n"
            "s = first_decay_steps * (t_mul ** i - 1) / (t_mul - 1)\n"
            "u = max(0, min((t - s) / (first_decay_steps * t_mul ** i), 1))\n"
            f"{rate}"
        )

    def _limited(self) -> str:
        """The rate where cycles of height ``h`` have an end: the floor behind it, or nothing."""
        rate = "initial_learning_rate * h"
        if self.cycle_limit is not None:
            rate = f"where(i < cycle_limit, {rate}, initial_learning_rate * alpha)"
        if self.t_mul >= 1:
            return rate
        return f"where(t >= first_decay_steps / (1 - t_mul), 0 / 0, {rate})"

    @classmethod
    def _typeset(cls, formula: Formula) -> str:
        symbols = cls.symbols() | {"s": "s_i"}
        # Which cycle a step is in is seen from where these begin, if the formula says where.
        begins = any(name == "s" for name, _ in formula.parts)
        return typeset(formula, symbols, {"i": r"s_i \le t < s_{i+1}"} if begins else {})

    def _rate(self, step: Floats) -> Floats:
        # Each restart is on exactly the step that the formula gives; heights are worked out once.
        if not step.size:
            return step.copy()
        part, height = self._even(step) if self.t_mul == 1 else self._uneven(step)
        part = np.clip(part, 0.0, 1.0)
        part *= np.pi
        part = np.cos(part)
        part += 1
        part *= height * ((1 - self.alpha) / 2)
        part += self.alpha
        part *= self.initial_learning_rate
        if self.cycle_limit is not None:
            part = np.where(step < self.end, part, self.alpha * self.initial_learning_rate)
        return part if self.t_mul >= 1 else np.where(step < self.pieces.without, part, math.nan)

    def _even(self, step: Floats) -> tuple[Floats, Floats | float]:
        """How far each step is in its cycle, from 0 to 1, and the height of that cycle.

        The height is a multiple of the first one's. Here all cycles are equally long.
        """
        part = step / self.first_decay_steps
        cycle = np.floor(part)
        part -= cycle
        if self.m_mul == 1:
            return part, 1.0
        first, last = float(cycle.min()), float(cycle.max())
        if last - first >= step.size:
            return part, powers(self.m_mul, cycle)
        # Fewer cycles than steps: work out each height once.
        heights = powers(self.m_mul, np.arange(first, last + 1))
        return part, heights[(cycle - first).astype(np.intp)]

    def _uneven(self, step: Floats) -> tuple[Floats, Floats | float]:
        """As :meth:`_even`, where each cycle is ``t_mul`` times as long as the one before."""
        pieces = self.pieces
        bounds = np.minimum([step.min(), step.max()], pieces.without - 1)
        first, last = pieces.cycle(bounds).tolist()
        if last - first >= step.size:
            begin, length, height = self._shape(pieces.cycle(step))
        elif first >= last:
            begin, length, height = self._shape(np.asarray(last))
        else:
            cycles = np.arange(first, last + 1)
            starts = Cycles(self.first_decay_steps, self.t_mul).start(cycles)[1:]
            if (step[1:] >= step[:-1]).all():
                # To look for the few cycles among the steps is less than the other way round.
                cuts = np.searchsorted(step, starts).tolist()
                place = np.repeat(np.arange(len(cycles)), np.diff([0, *cuts, step.size]))
            else:
                place = np.searchsorted(starts, step, side="right")
            begin, length, height = (each[place] for each in self._shape(cycles))
        return (step - begin) / length, height

    def _shape(self, cycle: Floats) -> tuple[Floats, Floats, Floats]:
        """Where each cycle begins, how long it is, and its height as a multiple of the first's."""
        pieces = self.pieces
        return pieces.boundary(cycle), pieces.lengths(cycle), powers(self.m_mul, cycle)

    def remarks(self) -> tuple[Sentence, ...]:
        """What is legal here, but may surprise."""
        remarks = []
        if self.t_mul < 1:
            remarks.append(
                Sentence(
                    "t_mul is below 1: each cycle is shorter than the one before, and all of them "
                    "together end at step {limit}. From there on the rate is not a number (NaN), "
                    "in Keras too.",
                    {"limit": self.limit},
                )
            )
        if self.m_mul > 1:
            remarks.append(Sentence("m_mul is above 1: each restart goes higher than the last."))
        if self.alpha > 0 and self.m_mul != 1:
            second = (1 - self.alpha) * self.m_mul + self.alpha
            remarks.append(
                Sentence(
                    "alpha dilutes m_mul: the second peak is (1 - alpha) * m_mul + alpha = "
                    "{second} of the first, not {m_mul}.",
                    {"second": second, "m_mul": self.m_mul},
                )
            )
        return tuple(remarks)
