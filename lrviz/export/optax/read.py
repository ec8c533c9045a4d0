"""How optax's schedules are read."""

import math
from collections.abc import Mapping
from itertools import accumulate

from lrviz.export.given import NEEDED, Given, Reads, delayed, warmed
from lrviz.export.reading import Reading
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
    Sequence,
)


def _constant(reading: Reading, given: Given) -> Schedule:
    return Constant(given.number("value"))


def _linear(reading: Reading, given: Given) -> Schedule:
    first = given.number("init_value")
    line = Linear(first, given.number("end_value"), given.count("transition_steps"))
    return delayed(first, given.count("transition_begin"), line)


def _polynomial(reading: Reading, given: Given) -> Schedule:
    first, last = given.number("init_value"), given.number("end_value")
    falls: Schedule
    if given.number("power") == 1:
        falls = Linear(first, last, given.count("transition_steps"))
    else:
        steps = given.count("transition_steps")
        falls = PolynomialDecay(first, steps, last, given.number("power"))
    return delayed(first, given.count("transition_begin"), falls)


def _exponential(reading: Reading, given: Given) -> Schedule:
    first = given.number("init_value")
    return delayed(first, given.count("transition_begin"), _decay(given, first))


def _decay(given: Given, first: float) -> Schedule:
    end = given("end_value")
    return ExponentialDecay(
        first,
        given.count("transition_steps"),
        given.number("decay_rate"),
        bool(given("staircase")),
        None if end is None else given.number("end_value"),
    )


def _cosine(reading: Reading, given: Given) -> Schedule:
    return CosineDecay(
        given.number("init_value"),
        given.count("decay_steps"),
        given.number("alpha"),
        exponent=given.number("exponent"),
    )


def _warm_cosine(reading: Reading, given: Given) -> Schedule:
    peak, warm = given.number("peak_value"), given.count("warmup_steps")
    low, power = given.number("end_value"), given.number("exponent")
    # Its decay_steps count the warm-up, too.
    rest = CosineDecay(
        peak, given.count("decay_steps") - warm, low / peak if peak else 0.0, exponent=power
    )
    return warmed(peak, warm, rest, given.number("init_value"))


def _warm_constant(reading: Reading, given: Given) -> Schedule:
    peak = given.number("peak_value")
    return warmed(peak, given.count("warmup_steps"), Constant(peak), given.number("init_value"))


def _warm_exponential(reading: Reading, given: Given) -> Schedule:
    peak = given.number("peak_value")
    rest = delayed(peak, given.count("transition_begin"), _decay(given, peak))
    return warmed(peak, given.count("warmup_steps"), rest, given.number("init_value"))


def _piecewise(reading: Reading, given: Given) -> Schedule:
    scales = given("boundaries_and_scales") or {}
    if not isinstance(scales, dict):
        given.refuse("boundaries_and_scales", scales)
    values = [given.number("init_value")]
    for each in sorted(scales):
        values.append(values[-1] * scales[each])
    if len(values) == 1:
        return Constant(values[0])
    boundaries = tuple(round(each) - 1 for each in sorted(scales))
    return PiecewiseConstantDecay(boundaries, tuple(values))


def _one_cycle(reading: Reading, given: Given) -> Schedule:
    steps = given.count("transition_steps")
    # Its top is at a whole step.
    share = (int(given.number("pct_start") * steps) + 1) / (steps + 1)
    peak, first = given.number("peak_value"), given.number("div_factor")
    return OneCycle(peak, steps + 1, share, "cos", first, given.number("final_div_factor"))


def _linear_one_cycle(reading: Reading, given: Given) -> Schedule:
    steps, peak = given.count("transition_steps"), given.number("peak_value")
    first = peak / given.number("div_factor")
    top, back = (int(given.number(each) * steps) for each in ("pct_start", "pct_final"))
    last = first / given.number("final_div_factor")
    lines = (
        Linear(first, peak, top),
        Linear(peak, first, back - top),
        Linear(first, last, steps - back),
    )
    return Sequence(lines, (top, back))


def _sgdr(reading: Reading, given: Given) -> Schedule:
    inner = list[Given]()
    for each in given.items("cosine_kwargs"):
        if not isinstance(each, dict):
            given.refuse("cosine_kwargs", each)
        inner.append(Given(reading, READS["warmup_cosine_decay_schedule"], given.inner(each)))
    cycles = [
        [each.number(name) for name in ("init_value", "peak_value", "warmup_steps", "decay_steps")]
        + [each.number("end_value")]
        for each in inner
    ]
    restarts = _restarts(cycles)
    if restarts is not None:
        return restarts
    phases = tuple(_warm_cosine(reading, each) for each in inner)
    ends = list(accumulate(round(cycle[3]) for cycle in cycles))
    return Sequence(phases, tuple(ends[:-1])) if len(phases) > 1 else phases[0]


def _restarts(cycles: list[list[float]]) -> Schedule | None:
    """Cycles of which each is t_mul times as long, and m_mul times as high, as the one before."""
    if len(cycles) < 2:
        return None
    (_, peak, _, length, floor), (_, second, _, longer, _), *_ = cycles
    if not length or not 0 <= floor < peak:
        return None
    alpha = floor / peak
    t_mul, m_mul = longer / length, (second / peak - alpha) / (1 - alpha)
    for i, (first, high, warm, steps, low) in enumerate(cycles):
        expected = peak * ((1 - alpha) * m_mul**i + alpha)
        alike = math.isclose(high, expected, rel_tol=1e-12) and low == floor
        if not alike or warm or first != high or not math.isclose(steps, length * t_mul**i):
            return None
    return CosineDecayRestarts(peak, round(length), t_mul, m_mul, alpha, len(cycles))


def _joined(reading: Reading, given: Given) -> Schedule:
    return reading.sequence(given, "schedules", "boundaries")


_DECAY = {
    "transition_steps": NEEDED,
    "decay_rate": NEEDED,
    "transition_begin": 0,
    "staircase": False,
    "end_value": None,
}
_WARM = {"init_value": NEEDED, "peak_value": NEEDED, "warmup_steps": NEEDED}
_TRANSITION = {"transition_steps": NEEDED, "transition_begin": 0}

READS: Mapping[str, Reads] = {
    "constant_schedule": Reads({"value": NEEDED}, _constant),
    "linear_schedule": Reads({"init_value": NEEDED, "end_value": NEEDED, **_TRANSITION}, _linear),
    "polynomial_schedule": Reads(
        {"init_value": NEEDED, "end_value": NEEDED, "power": NEEDED, **_TRANSITION}, _polynomial
    ),
    "exponential_decay": Reads({"init_value": NEEDED, **_DECAY}, _exponential),
    "cosine_decay_schedule": Reads(
        {"init_value": NEEDED, "decay_steps": NEEDED, "alpha": 0.0, "exponent": 1.0}, _cosine
    ),
    "warmup_cosine_decay_schedule": Reads(
        {**_WARM, "decay_steps": NEEDED, "end_value": 0.0, "exponent": 1.0}, _warm_cosine
    ),
    "warmup_constant_schedule": Reads(_WARM, _warm_constant),
    "warmup_exponential_decay_schedule": Reads({**_WARM, **_DECAY}, _warm_exponential),
    "piecewise_constant_schedule": Reads(
        {"init_value": NEEDED, "boundaries_and_scales": None}, _piecewise
    ),
    "cosine_onecycle_schedule": Reads(
        {
            "transition_steps": NEEDED,
            "peak_value": NEEDED,
            "pct_start": 0.3,
            "div_factor": 25.0,
            "final_div_factor": 1e4,
        },
        _one_cycle,
    ),
    "linear_onecycle_schedule": Reads(
        {
            "transition_steps": NEEDED,
            "peak_value": NEEDED,
            "pct_start": 0.3,
            "pct_final": 0.85,
            "div_factor": 25.0,
            "final_div_factor": 1e4,
        },
        _linear_one_cycle,
    ),
    "sgdr_schedule": Reads({"cosine_kwargs": NEEDED}, _sgdr),
    "join_schedules": Reads({"schedules": NEEDED, "boundaries": NEEDED}, _joined),
}
