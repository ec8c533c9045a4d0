"""A curve as optax source: its own schedule where there is an exact one, else a function."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from lrviz.declared import MOST_STEPS
from lrviz.export.closed import Code, called, functions, product
from lrviz.export.framework import apply, per_epoch, windows
from lrviz.export.phases import gathered, simpler
from lrviz.export.spoken import JAX, LARGEST_INT
from lrviz.scene import Curve, Timeline
from lrviz.schedules import (
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    Cycle,
    ExponentialDecay,
    Factor,
    Linear,
    OneCycle,
    PiecewiseConstantDecay,
    PolynomialDecay,
    Schedule,
    Sequence,
    StepDecay,
)
from lrviz.schedules.written import over, tidy, times
from lrviz.text import Sentence

#: More cycles than these are not written one by one.
_MOST_CYCLES = 50
#: A rate that others can be multiples of, in 32 bits.
_LEAST = 1e-30


def write(curve: Curve, timeline: Timeline) -> str:
    """Source for optax: ``schedule``, ``optimizer``, and ``rate(step)``."""
    definitions = list[str]()
    last = timeline.last(curve.per)
    made = expression(gathered(curve.schedule), last, "schedule", definitions)
    every = per_epoch(curve, timeline)
    told = "\n\n".join(definitions)
    # optax calls a schedule with the step, whatever it counts.
    given = f"lambda step: {apply('schedule', every)}" if every else "schedule"
    lines = [
        *(["import math", ""] if "math." in told else []),
        *(["import jax.numpy as jnp"] if "jnp." in told + made else []),
        "import optax",
        "",
        *([f"\n{told}\n"] if told else []),
        *([] if made == "schedule" else [f"schedule = {made}"]),
        f"optimizer = optax.sgd({given})",
        "",
        "",
        "def rate(step):",
        f"    return float({apply('schedule', every)})",
    ]
    return "\n".join(lines) + "\n"


def expression(schedule: Schedule, last: int, name: str, definitions: list[str]) -> str:
    """The source of a schedule for a run up to step ``last``.

    What has to be defined for it is added to ``definitions``, by ``name``.
    """
    schedule = simpler(schedule, last, _is_own)
    own = _own(schedule, last)
    if own is not None:
        return own
    if isinstance(schedule, Sequence):
        start = "phase" if name == "schedule" else name
        phases = [
            expression(phase, its_last, f"{start}_{i}", definitions)
            for i, (phase, its_last) in enumerate(windows(schedule, last), start=1)
        ]
        return _joined(phases, list(schedule.boundaries))
    if isinstance(schedule, Factor):
        return _product(schedule, last, name, definitions)
    if isinstance(schedule, CosineDecayRestarts):
        cycles = schedule.cycles(last)
        if (
            schedule.t_mul != 1
            and len(cycles) <= _MOST_CYCLES
            and schedule.end > last
            and schedule.t_mul > 1
        ):
            return _cycles(schedule, cycles, name, definitions)
    definitions.append(functions(schedule, JAX, name))
    return name


def _own(schedule: Schedule, last: int) -> str | None:
    """Optax's own exact schedule for a run up to step ``last``; None: there is none."""
    make = _OWN.get(type(schedule))
    return make(schedule, last) if make else None


def _is_own(schedule: Schedule, last: int) -> bool:
    return _own(schedule, last) is not None


def _product(schedule: Factor, last: int, name: str, definitions: list[str]) -> str:
    parts = {f"{name}_{path}": gathered(part) for path, part in schedule.parts}
    body = ""
    for each, part in parts.items():
        if not isinstance(part, Constant):
            made = expression(part, last, each, definitions)
            body += f"{each} = {made}\n" if made != each else ""
    definitions.append(f"{body}\n\ndef {name}(step):\n    return {product(parts, 'step')}\n")
    return name


def _joined(parts: list[str], boundaries: list[int]) -> str:
    listed = "".join(
        f"        {each},\n" for each in (each.replace("\n", "\n        ") for each in parts)
    )
    starts = [_counted(each) for each in boundaries]
    return f"optax.join_schedules(\n    [\n{listed}    ],\n    {starts},\n)"


def _cycles(
    schedule: CosineDecayRestarts, cycles: tuple[Cycle, ...], name: str, definitions: list[str]
) -> str:
    """Each cycle by itself: by the formula, a float32 would put some restarts a step too late."""
    definitions.append(_CYCLE.replace("cycle(", f"{name}_cycle("))
    starts = [float(schedule._boundary(np.array(float(cycle.index)))) for cycle in cycles]
    first, alpha = schedule.initial_learning_rate, schedule.alpha
    floor = tidy(alpha * first)
    # The peak by the formula: its first whole step may be a little later.
    peaks = [first * ((1 - alpha) * schedule.m_mul**cycle.index + alpha) for cycle in cycles]
    parts = [
        f"{name}_cycle({tidy(peak)!r}, {floor!r}, {tidy(cycle.length)!r}, "
        f"{tidy(cycle.start - start, cycle.start)!r})"
        for cycle, start, peak in zip(cycles, starts, peaks, strict=True)
    ]
    return _joined(parts, [cycle.start for cycle in cycles[1:]])


_CYCLE = '''def cycle(peak, floor, length, begun):
    """Half a cosine; at its first step, so much of a step has gone already."""

    def rate(step):
        part = jnp.clip((step + begun) / length, 0, 1)
        return floor + (peak - floor) * 0.5 * (1 + jnp.cos(jnp.pi * part))

    return rate
'''


def _counted(value: object) -> object:
    """A value; a float where JAX, which counts in 32 bits, would have no whole number for it."""
    return float(value) if isinstance(value, int) and value > LARGEST_INT else value


def _call(name: str, **values: object) -> str:
    """A call of optax's, without what is usual there."""
    given = {key: value for key, value in values.items() if value != _USUAL.get(key)}
    return called(f"optax.{name}", {key: _counted(value) for key, value in given.items()})


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
        return _joined([_call("constant_schedule", value=value) for value in values], starts)
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
    if not whole or len(cycles) > _MOST_CYCLES or schedule.t_mul < 1 or schedule.m_mul == 0:
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


def notes(curve: Curve, timeline: Timeline) -> tuple[Sentence, ...]:
    """What the code does otherwise than the curve, and what bites there."""
    code = write(curve, timeline)
    found = [Sentence("optax calculates in 32 bits: the rates are the same to about six digits.")]
    if "warmup_cosine_decay_schedule" in code:
        found.append(Sentence("optax's decay_steps counts the warm-up, too; Keras's does not."))
    if "cosine_onecycle_schedule" in code:
        found.append(Sentence("transition_steps is one less than total_steps in PyTorch."))
    return tuple(found)
