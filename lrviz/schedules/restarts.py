"""Cosine decay with warm restarts, each restart on exactly the step that the formula gives."""

import math
from dataclasses import dataclass
from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrviz.declared import MOST_STEPS, Parameter, rate, steps
from lrviz.schedules.base import Floats, Handle
from lrviz.schedules.boundaries import ROUNDING, first_steps, first_without
from lrviz.schedules.cosine import ALPHA
from lrviz.schedules.simple import Simple
from lrviz.schedules.written import minus, times
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

    cyclic: ClassVar[bool] = True
    known_as: ClassVar[tuple[str, ...]] = (
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
    def formula(self) -> str:
        """LaTeX of the rate at step t, with ``$name`` for each parameter."""
        if self.t_mul == 1:
            where = (
                r"i = \left\lfloor \tfrac{t}{$first_decay_steps} \right\rfloor, \quad "
                r"u = \tfrac{t}{$first_decay_steps} - i"
            )
        else:
            where = (
                r"s_i = $first_decay_steps \, \tfrac{{$t_mul}^i - 1}{$t_mul - 1}, \quad "
                r"s_i \le t < s_{i+1}, \quad "
                r"u = \tfrac{t - s_i}{$first_decay_steps \cdot {$t_mul}^i}"
            )
        rate = (
            r"$initial_learning_rate \left[(1 - $alpha)\, {$m_mul}^i \, "
            r"\tfrac{1}{2}(1 + \cos \pi u) + $alpha\right]"
        )
        if self.cycle_limit is not None:
            rest = r"$initial_learning_rate \cdot $alpha & i \ge $cycle_limit"
            rate = rf"\begin{{cases}} {rate} & i < $cycle_limit \\[4pt] {rest} \end{{cases}}"
        return rf"\begin{{gathered}} \eta(t) = {rate} \\ {where} \end{{gathered}}"

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The parameters that can be dragged in a chart: the same ones, whatever their values."""
        return (
            Handle("initial_learning_rate", "y", 0),
            Handle("first_decay_steps", "x", self.first_decay_steps),
            Handle("t_mul", "x", float(self.piece_start(2))),
            Handle("m_mul", "y", self.first_decay_steps),
            Handle("alpha", "y", float(self.piece_start(2)) - 1),
        )

    @property
    def limit(self) -> float:
        """Where the cycles shrink to a point, in steps; inf where they do not."""
        return self.first_decay_steps / (1 - self.t_mul) if self.t_mul < 1 else math.inf

    @property
    def end(self) -> float:
        """The step from which on the rate stays at its floor; inf without ``cycle_limit``."""
        return math.inf if self.cycle_limit is None else float(self._start(self.cycle_limit))

    def piece(self, step: ArrayLike) -> Floats:
        """The number of the cycle that ``step`` lies in; inf from :attr:`limit` on.

        What comes after ``cycle_limit`` cycles is the last piece.
        """
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            cycle = self._cycle(np.asarray(step, float))
        return cycle if self.cycle_limit is None else np.minimum(cycle, float(self.cycle_limit))

    def piece_start(self, index: ArrayLike) -> Floats:
        """The first whole step of cycle ``index``; beyond :attr:`limit`, the limit."""
        start = self._start(index)
        if self.cycle_limit is None:
            return start
        return np.where(np.asarray(index, float) > self.cycle_limit, math.inf, start)

    def jump(self, steps: Floats) -> NDArray[np.bool_]:
        """Whether a cycle begins between each of ``steps`` and the next, shape (n - 1,)."""
        return super().jump(steps) & (steps[1:] < self.end)

    def restarts(self, last_step: int) -> tuple[int, ...]:
        """The steps up to ``last_step`` at which a cycle begins, but for the first."""
        return tuple(step for step in self.knots(last_step) if step < self.end)

    def _start(self, index: ArrayLike) -> Floats:
        index = np.asarray(index, float)
        if self.t_mul == 1:
            return index * float(self.first_decay_steps)
        exact = first_steps(self.first_decay_steps, self.t_mul)
        known = np.clip(index, 0, len(exact) - 1).astype(np.intp)
        if index.max(initial=0.0) < len(exact):
            return np.asarray(exact[known])
        with np.errstate(over="ignore", invalid="ignore"):
            start = np.ceil(self._boundary(index) * (1 - ROUNDING))
        return np.where(index < len(exact), exact[known], np.fmin(start, self._end))

    def _lengths(self, index: Floats) -> Floats:
        if self.t_mul == 1:
            return np.asarray(float(self.first_decay_steps))
        return self.first_decay_steps * np.power(self.t_mul, index)

    @property
    def _end(self) -> float:
        """The first whole step that has no value; inf where there is none."""
        return first_without(self.first_decay_steps, self.t_mul)

    def _boundary(self, index: Floats) -> Floats:
        """Where cycle ``index`` begins by the formula, not always a whole step."""
        # expm1 keeps its digits where t_mul is close to 1.
        grown = np.expm1(index * math.log(self.t_mul))
        return self.first_decay_steps * grown / (self.t_mul - 1)

    def _cycle(self, step: Floats) -> Floats:
        if self.t_mul == 1:
            return np.floor(step / self.first_decay_steps)
        known = first_steps(self.first_decay_steps, self.t_mul)
        if known[-1] >= min(self._end, step.max(initial=0.0) + 1):
            cycle = np.searchsorted(known, step, side="right").astype(np.float64) - 1
        else:
            cycle = self._guessed(step)
        return cycle if self.t_mul > 1 else np.where(step >= self._end, math.inf, cycle)

    def _guessed(self, step: Floats) -> Floats:
        # The closed form may round to the wrong side of a boundary: look at both neighbours.
        left = np.maximum(1 + step * ((self.t_mul - 1) / self.first_decay_steps), 0.0)
        guess = np.floor(np.log(left) / math.log(self.t_mul))
        guess = np.maximum(guess, 0.0)
        guess = np.where(self._start(guess + 1) <= step, guess + 1, guess)
        guess = np.where(self._start(guess) > step, guess - 1, guess)
        return guess.astype(np.float64)

    def _rate(self, step: Floats) -> Floats:
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
        return part if self.t_mul >= 1 else np.where(step < self._end, part, math.nan)

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
            return part, np.power(self.m_mul, cycle)
        # Fewer cycles than steps: work out each height once.
        heights = np.power(self.m_mul, np.arange(first, last + 1))
        return part, heights[(cycle - first).astype(np.intp)]

    def _uneven(self, step: Floats) -> tuple[Floats, Floats | float]:
        """As :meth:`_even`, where each cycle is ``t_mul`` times as long as the one before."""
        bounds = np.minimum([step.min(), step.max()], self._end - 1)
        first, last = self._cycle(bounds).tolist()
        if last - first >= step.size:
            begin, length, height = self._shape(self._cycle(step))
        elif first >= last:
            begin, length, height = self._shape(np.asarray(last))
        else:
            cycles = np.arange(first, last + 1)
            starts = self._start(cycles)[1:]
            if (step[1:] >= step[:-1]).all():
                # To look for the few cycles among the steps is less than the other way round.
                cuts = np.searchsorted(step, starts).tolist()
                place = np.repeat(np.arange(len(cycles)), np.diff([0, *cuts, step.size]))
            else:
                place = np.searchsorted(starts, step, side="right")
            begin, length, height = (each[place] for each in self._shape(cycles))
        return (step - begin) / length, height

    def closed(self) -> str:
        """The rate at step ``t``."""
        first, rate, floor = self.first_decay_steps, self.initial_learning_rate, self.alpha
        if self.t_mul == 1:
            lines = [f"i = floor(t / {first})", f"u = (t - i * {first}) / {first}"]
        else:
            ratio = repr(self.t_mul)
            grown = f"1 + t * ({ratio} - 1) / {first}"
            if self.t_mul < 1:
                grown = f"max({grown}, 1e-12)"
            # Rounding must not put a restart one step late.
            lines = [
                f"i = floor(log({grown}) / log({ratio}) + 1e-9)",
                f"u = ({grown}) / {ratio} ** i",
                f"u = max(0, min((u - 1) / ({ratio} - 1), 1))",
            ]
        height = "" if self.m_mul == 1 else f"{self.m_mul!r} ** i * "
        fallen = f"{height}0.5 * (1 + cos(pi * u))"
        if floor:
            fallen = f"({minus(1, floor)} * {fallen} + {floor!r})"
        made = f"{rate!r} * {fallen}"
        if min(self.end, self._end) <= MOST_STEPS:
            made = f"where(t < {min(self.end, self._end):.0f}, {made}, {times(floor, rate)})"
        return "\n".join([*lines, made])

    def _shape(self, cycle: Floats) -> tuple[Floats, Floats, Floats]:
        """Where each cycle begins, how long it is, and its height as a multiple of the first's."""
        return self._boundary(cycle), self._lengths(cycle), np.power(self.m_mul, cycle)

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
