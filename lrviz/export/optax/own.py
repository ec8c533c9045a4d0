"""Optax's own schedules that say what schedules of ours do."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from lrviz.declared import MOST_STEPS
from lrviz.export.closed import Code, call
from lrviz.export.numbers import over, times
from lrviz.export.target import LARGEST_INT
from lrviz.schedules import (
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    ExponentialDecay,
    Linear,
    OneCycle,
    PiecewiseConstantDecay,
    PolynomialDecay,
    Schedule,
    StepDecay,
)
from lrviz.schedules.simplify import tidy

#: More cycles than these are not written one by one.
MOST_CYCLES = 50
#: A rate that others can be multiples of, in 32 bits.
_LEAST = 1e-30


def own_call(schedule: Schedule, last: int) -> str | None:
    """Optax's own exact schedule for a run up to step ``last``; None: there is none."""
    make = _OWN.get(type(schedule))
    return make(schedule, last) if make else None


def has_own(schedule: Schedule, last: int) -> bool:
    """Whether there is one."""
    return own_call(schedule, last) is not None


def join(parts: list[str], boundaries: list[int]) -> str:
    """Source of schedules one after another."""
    listed = "".join(
        f"        {each},\n" for each in (each.replace("\n", "\n        ") for each in parts)
    )
    starts = [_counted(each) for each in boundaries]
    return f"optax.join_schedules(\n    [\n{listed}    ],\n    {starts},\n)"


def _counted(value: object) -> object:
    """A value; a float where JAX, which counts in 32 bits, would have no whole number for it."""
    return float(value) if isinstance(value, int) and value > LARGEST_INT else value


def _call(name: str, **values: object) -> str:
    """A call of optax's, without what is usual there."""
    given = {key: value for key, value in values.items() if value != _USUAL.get(key)}
    return call(f"optax.{name}", {key: _counted(value) for key, value in given.items()})


#: The values that are usual in optax, by the names of what its schedules take.
_USUAL: Mapping[str, object] = {
    "alpha": 0.0,
    "exponent": 1.0,
    "staircase": False,
    "pct_start": 0.3,
    "div_factor": 25.0,
    "final_div_factor": 1e4,
}


def _constant(schedule: Constant, _: int) -> str:
    return _call("constant_schedule", value=schedule.learning_rate)


def _step(schedule: StepDecay, _: int) -> str:
    return _call(
        "exponential_decay",
        init_value=schedule.initial_learning_rate,
        transition_steps=schedule.drop_every,
        decay_rate=schedule.drop,
        staircase=True,
    )


def _exponential(schedule: ExponentialDecay, _: int) -> str:
    return _call(
        "exponential_decay",
        init_value=schedule.initial_learning_rate,
        transition_steps=schedule.decay_steps,
        decay_rate=schedule.decay_rate,
        staircase=schedule.staircase,
        end_value=schedule.end_learning_rate,
    )


def _piecewise(schedule: PiecewiseConstantDecay, _: int) -> str:
    # A boundary here is the last step of the old rate; none is behind the longest run.
    starts = [each + 1 for each in schedule.boundaries if each < MOST_STEPS]
    values = schedule.values[: len(starts) + 1]
    if min(values) < _LEAST:
        return join([_call("constant_schedule", value=value) for value in values], starts)
    scales = (over(b, a) for a, b in pairwise(values))
    scaled = ", ".join(
        f"{_counted(start)}: {scale}" for start, scale in zip(starts, scales, strict=True)
    )
    return f"optax.piecewise_constant_schedule({values[0]!r}, {{{scaled}}})"


def _polynomial(schedule: PolynomialDecay, _: int) -> str | None:
    if schedule.cycle:
        return None
    return _call(
        "polynomial_schedule",
        init_value=schedule.initial_learning_rate,
        end_value=schedule.end_learning_rate,
        power=schedule.power,
        transition_steps=schedule.decay_steps,
    )


def _linear(schedule: Linear, _: int) -> str:
    return _call(
        "linear_schedule",
        init_value=schedule.initial_learning_rate,
        end_value=schedule.end_learning_rate,
        transition_steps=schedule.decay_steps,
    )


def _cosine(schedule: CosineDecay, _: int) -> str | None:
    warm, peak = int(schedule.end) - schedule.decay_steps, schedule.peak
    if not peak:
        return None
    if warm:
        return _call(
            "warmup_cosine_decay_schedule",
            init_value=schedule.initial_learning_rate,
            peak_value=peak,
            warmup_steps=warm,
            decay_steps=warm + schedule.decay_steps,
            end_value=Code(times(schedule.alpha, peak)) if schedule.alpha else None,
            exponent=schedule.exponent,
        )
    return _call(
        "cosine_decay_schedule",
        init_value=peak,
        decay_steps=schedule.decay_steps,
        alpha=schedule.alpha,
        exponent=schedule.exponent,
    )


def _restarts(schedule: CosineDecayRestarts, last: int) -> str | None:
    cycles = schedule.cycles(last)
    whole = all(float(cycle.length).is_integer() for cycle in cycles)
    # After the last of its cycles it stays where it is.
    if not whole or len(cycles) > MOST_CYCLES or schedule.t_mul < 1 or schedule.m_mul == 0:
        return None
    floor = tidy(schedule.alpha * schedule.initial_learning_rate)
    parts = "".join(
        f'    {{"init_value": {tidy(cycle.peak)!r}, "peak_value": {tidy(cycle.peak)!r}, '
        f'"warmup_steps": 0, "decay_steps": {int(cycle.length)}, "end_value": {floor!r}}},\n'
        for cycle in cycles
    )
    return f"optax.sgdr_schedule([\n{parts}])"


def _one_cycle(schedule: OneCycle, _: int) -> str | None:
    top = schedule.pct_start * schedule.total_steps - 1
    # Its top is at a whole step, and counted from the whole length.
    share = int(schedule.pct_start * (schedule.total_steps - 1))
    if schedule.anneal_strategy != "cos" or top != share or not 0 < top < schedule.total_steps - 1:
        return None
    return _call(
        "cosine_onecycle_schedule",
        transition_steps=schedule.total_steps - 1,
        peak_value=schedule.max_lr,
        pct_start=schedule.pct_start,
        div_factor=schedule.div_factor,
        final_div_factor=schedule.final_div_factor,
    )


_OWN: Mapping[type[Schedule], Callable[[Any, int], str | None]] = {
    Constant: _constant,
    StepDecay: _step,
    ExponentialDecay: _exponential,
    PiecewiseConstantDecay: _piecewise,
    PolynomialDecay: _polynomial,
    Linear: _linear,
    CosineDecay: _cosine,
    CosineDecayRestarts: _restarts,
    OneCycle: _one_cycle,
}
