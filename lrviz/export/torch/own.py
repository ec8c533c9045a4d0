"""Torch's own schedulers that say what schedules of ours do."""

import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass
from itertools import pairwise
from typing import Any

from lrviz.export.closed import Code, call
from lrviz.export.numbers import over, times
from lrviz.schedules import (
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    Cyclic,
    ExponentialDecay,
    Linear,
    OneCycle,
    PiecewiseConstantDecay,
    PolynomialDecay,
    Schedule,
    StepDecay,
    language,
)
from lrviz.text import Sentence

#: A rate that others can be multiples of: what is divided by less may outgrow a float.
LEAST = 1e-100
#: ``LinearLR`` refuses to begin with 0: it begins with this share of its last rate.
ALMOST_0 = 1e-20


#: A line from 0 of which a run has less is no more than its beginning.
_SEEN = 1e-6


@dataclass(frozen=True)
class Own:
    """A scheduler of torch's own.

    Attributes:
        name: Its class.
        values: What it is made with, beside the optimizer.
        lr: The optimizer's rate.
        phase: Whether it may be a phase of a ``SequentialLR``.
        multiplies: Whether all that it does is to multiply the rate that it finds.
        note: What it does otherwise.
    """

    name: str
    values: Mapping[str, object]
    lr: float
    phase: bool = True
    multiplies: bool = True
    note: Sentence | None = None

    @property
    def call(self) -> str:
        """The source that makes it."""
        values = {"optimizer": Code("optimizer"), **self.values}
        source = call(self.name, values).replace("optimizer=optimizer", "optimizer", 1)
        return f"lr_scheduler.{source}"


def own_class(schedule: Schedule, last: int, lr: float | None = None) -> Own | None:
    """The exact scheduler of torch's for a run up to step ``last``; None: there is none.

    ``lr`` is the optimizer's rate, where there is no choice.
    """
    make = _OWN.get(type(schedule))
    own = make(schedule, last) if make else None
    if lr is None or own is None or own.lr == lr:
        return own
    return _line(schedule, last, lr) if isinstance(schedule, Linear) else None


def as_phase(schedule: Schedule, last: int, lr: float | None, final: bool) -> Own | None:
    """The same for a phase of a ``SequentialLR``; ``final``: no other one comes behind it."""
    own = own_class(schedule, last, lr)
    if own is None and lr and isinstance(schedule, Constant) and not final:
        value = schedule.learning_rate
        if value <= lr:
            values = {"factor": Code(over(value, lr)), "total_iters": last + 1}
            return Own("ConstantLR", values, lr)
    return own if own is not None and own.phase else None


def _constant(schedule: Constant, _: int) -> Own:
    return Own("ConstantLR", {"factor": 1.0}, schedule.learning_rate)


def _step(schedule: StepDecay, _: int) -> Own:
    values = {"step_size": schedule.drop_every, "gamma": schedule.drop}
    return Own("StepLR", values, schedule.initial_learning_rate)


def _exponential(schedule: ExponentialDecay, _: int) -> Own | None:
    if schedule.end_learning_rate is not None:
        return None
    lr, rate, steps = schedule.initial_learning_rate, schedule.decay_rate, schedule.decay_steps
    if schedule.staircase:
        return Own("StepLR", {"step_size": steps, "gamma": rate}, lr)
    gamma = Code(f"{rate!r} ** (1 / {steps})") if steps > 1 else rate
    return Own("ExponentialLR", {"gamma": gamma}, lr)


def _piecewise(schedule: PiecewiseConstantDecay, _: int) -> Own | None:
    first, *others = schedule.values
    if not others or min(schedule.values) < LEAST:
        return None
    gamma = others[0] / first
    ratios = (b / a for a, b in pairwise(schedule.values))
    if gamma > language.LARGEST or not all(
        math.isclose(each, gamma, rel_tol=1e-13) for each in ratios
    ):
        return None
    milestones = tuple(each + 1 for each in schedule.boundaries)
    values = {"milestones": milestones, "gamma": Code(over(others[0], first))}
    return Own("MultiStepLR", values, first)


def _polynomial(schedule: PolynomialDecay, last: int) -> Own | None:
    if schedule.cycle or schedule.end_learning_rate or schedule.power < 1e-3:
        return None
    values = {"total_iters": schedule.decay_steps, "power": schedule.power}
    return Own("PolynomialLR", values, schedule.initial_learning_rate)


def _linear(schedule: Linear, last: int) -> Own | None:
    return _line(schedule, last, max(schedule.initial_learning_rate, schedule.end_learning_rate))


def _line(schedule: Linear, last: int, lr: float) -> Own | None:
    """A line as shares of the optimizer's rate."""
    first, end = schedule.initial_learning_rate, schedule.end_learning_rate
    if lr < LEAST or max(first, end) > lr or 0 < first / lr < LEAST:
        return None
    if not first and (last < 1 or last < _SEEN * schedule.decay_steps or schedule.decay_steps == 1):
        # It is nothing but its first steps.
        return None
    values: dict[str, object] = {"start_factor": Code(over(first or ALMOST_0 * end, lr))}
    if end != lr:
        values["end_factor"] = Code(over(end, lr))
    values["total_iters"] = schedule.decay_steps
    return Own("LinearLR", values, lr, note=None if first else _BEGINS)


#: What is otherwise in a line from 0.
_BEGINS = Sentence("LinearLR cannot begin with 0: here it begins with 1e-20 of its last rate.")


def _cosine(schedule: CosineDecay, last: int) -> Own | None:
    if schedule.exponent != 1 or schedule.knots(last)[:-1] or last > schedule.decay_steps:
        return None
    if schedule.peak != schedule.initial_learning_rate or not schedule.peak:
        return None
    values: dict[str, object] = {"T_max": schedule.decay_steps}
    if schedule.alpha:
        values["eta_min"] = Code(times(schedule.alpha, schedule.peak))
    return Own("CosineAnnealingLR", values, schedule.peak, multiplies=not schedule.alpha)


def _restarts(schedule: CosineDecayRestarts, last: int) -> Own | None:
    if schedule.m_mul != 1 or schedule.t_mul < 1 or schedule.t_mul % 1 or schedule.end <= last:
        return None
    values: dict[str, object] = {"T_0": schedule.first_decay_steps}
    if schedule.t_mul != 1:
        values["T_mult"] = int(schedule.t_mul)
    if schedule.alpha:
        values["eta_min"] = Code(times(schedule.alpha, schedule.initial_learning_rate))
    lr = schedule.initial_learning_rate
    return Own("CosineAnnealingWarmRestarts", values, lr, multiplies=False)


def _one_cycle(schedule: OneCycle, last: int) -> Own | None:
    # It is stepped once more after the last step, and at total_steps + 1 ends with an error;
    # without a way down, at total_steps.
    length = schedule.total_steps - (schedule.pct_start == 1)
    if last >= length or schedule.pct_start * schedule.total_steps <= 1:
        return None
    return _whole("OneCycleLR", schedule, schedule.max_lr)


def _cyclic(schedule: Cyclic, _: int) -> Own:
    return _whole("CyclicLR", schedule, schedule.base_lr)


def _whole(name: str, schedule: Schedule, lr: float) -> Own:
    """A schedule that is declared as torch's is: what is usual there is not told."""
    values: dict[str, object] = {
        each.name: schedule.value(each.name)
        for each in schedule.declared()
        if each.default is MISSING or schedule.value(each.name) != each.default
    }
    # Torch would change the momentum, too; and refuses to where there is none.
    values["cycle_momentum"] = False
    return Own(name, values, lr, phase=False, multiplies=False)


_OWN: Mapping[type[Schedule], Callable[[Any, int], Own | None]] = {
    Constant: _constant,
    StepDecay: _step,
    ExponentialDecay: _exponential,
    PiecewiseConstantDecay: _piecewise,
    PolynomialDecay: _polynomial,
    Linear: _linear,
    CosineDecay: _cosine,
    CosineDecayRestarts: _restarts,
    OneCycle: _one_cycle,
    Cyclic: _cyclic,
}
