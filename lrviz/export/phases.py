"""Schedules said otherwise: in fewer parts, or in simpler ones one after another."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, Literal

from lrviz.errors import InvalidFields
from lrviz.export.framework import windows
from lrviz.schedules import (
    MOST_PHASES,
    WSD,
    Constant,
    CosineDecay,
    ExponentialDecay,
    FlatCosine,
    Linear,
    OneCycle,
    PolynomialDecay,
    Schedule,
    Sequence,
)
from lrviz.schedules.simplify import tidy

#: A schedule and its first step.
Started = tuple[Schedule, int]
#: One schedule for two, of which the first has so many steps; None: there is none.
Join = Callable[[Schedule, int, Schedule], Schedule | None]
#: Whether a framework has a schedule of its own for a run up to a step.
Writable = Callable[[Schedule, int], bool]


def gathered(schedule: Schedule) -> Schedule:
    """The same rates in the fewest parts: no sequences in sequences, no phases without a step."""
    if isinstance(schedule, PolynomialDecay) and schedule.power == 1 and not schedule.cycle:
        first, last = schedule.initial_learning_rate, schedule.end_learning_rate
        schedule = Linear(first, last, schedule.decay_steps)
    if isinstance(schedule, Linear):
        level = schedule.initial_learning_rate == schedule.end_learning_rate
        return Constant(schedule.end_learning_rate) if level else schedule
    if isinstance(schedule, CosineDecay):
        if schedule.end != schedule.decay_steps:
            return schedule
        peak = schedule.peak
        own = replace(schedule, initial_learning_rate=peak, warmup_target=None, warmup_steps=0)
        return own if peak else Constant(0.0)
    if isinstance(schedule, Sequence):
        with suppress(InvalidFields):
            return _in_turn(_flat(schedule, 0, math.inf), _both) or schedule
    return schedule


def split(schedule: Schedule) -> Schedule | None:
    """The same rates by simpler schedules one after another; None: there are none."""
    make = _SPLITS.get(type(schedule))
    with suppress(InvalidFields):
        # What is legal together need not be so in parts.
        return _parts(make(schedule) if make else None)
    return None


def _parts(parts: list[Started] | None) -> Schedule | None:
    if parts is None:
        return None
    started, start = list[Started](), 0
    for part, length in parts:
        if length:
            started.append((gathered(part), start))
        start += length
    return _in_turn(started, _stays)


def stable_of(schedule: Schedule) -> WSD | None:
    """The warm-up, stable phase and decay that a schedule is; None: it is something else."""
    if isinstance(schedule, WSD):
        return schedule
    parts = _spread(schedule)
    phases = list(parts.schedules) if isinstance(parts, Sequence) else [parts]
    begins = parts.boundaries[-1] if isinstance(parts, Sequence) else 0
    fall = phases.pop()
    peak, warm, first = float(fall(0)), 0, None
    if len(phases) == 1 and isinstance(phases[0], Linear):
        warm, first = phases[0].decay_steps, phases[0].initial_learning_rate
    level = [float(each(warm)) for each in phases if isinstance(each, Linear | Constant)]
    shape = _shape(fall)
    if shape is None or not peak or len(phases) > 1 or warm > begins:
        return None
    if level != [peak] * len(phases):
        return None
    kind, steps, low = shape
    if first is not None and not math.isclose(first, low * peak, rel_tol=1e-13):
        return None
    return WSD(peak, warm, begins - warm, steps, kind, low)


def _spread(schedule: Schedule) -> Schedule:
    """The same rates by simpler schedules, wherever there are some."""
    if not isinstance(schedule, Sequence):
        return split(schedule) or schedule
    with suppress(InvalidFields):
        phases = tuple(split(each) or each for each in schedule.schedules)
        spread = Sequence(phases, schedule.boundaries)
        return _in_turn(_flat(spread, 0, math.inf), _stays) or schedule
    return schedule


def _shape(fall: Schedule) -> tuple[Literal["cosine", "linear"], int, float] | None:
    """How a schedule decays, in how many steps, and to which share of its first rate."""
    if isinstance(fall, CosineDecay) and fall.exponent == 1 and fall.end == fall.decay_steps:
        return "cosine", fall.decay_steps, fall.alpha
    if isinstance(fall, Linear) and fall.initial_learning_rate > fall.end_learning_rate:
        low = tidy(fall.end_learning_rate / fall.initial_learning_rate)
        return "linear", fall.decay_steps, low
    return None


def simpler(schedule: Schedule, last: int, writable: Writable) -> Schedule:
    """The same rates up to step ``last``: what is not writable is split into parts that are."""
    if isinstance(schedule, Sequence):
        started = list[Started]()
        for (phase, its_last), start in zip(windows(schedule, last), schedule.starts, strict=True):
            simple = simpler(phase, its_last, writable)
            starts = simple.starts if isinstance(simple, Sequence) else (0,)
            for (part, _), begin in zip(pieces(simple, its_last), starts, strict=True):
                if begin <= its_last:
                    started.append((part, start + begin))
        return _in_turn(started, _apart) or schedule
    parts = None if writable(schedule, last) else split(schedule)
    if parts is None:
        return schedule
    return parts if all(writable(*each) for each in pieces(parts, last)) else schedule


def pieces(schedule: Schedule, last: int) -> list[tuple[Schedule, int]]:
    """The phases of a sequence, or the one schedule, with the last of its own steps of each."""
    return windows(schedule, last) if isinstance(schedule, Sequence) else [(schedule, last)]


def _flat(schedule: Sequence, start: int, stop: float) -> Iterator[Started]:
    """The phases, also of those that are sequences, that have a step before ``stop``."""
    stops = (*schedule.boundaries, math.inf)
    for phase, begin, end in zip(schedule.schedules, schedule.starts, stops, strict=True):
        first, after = start + begin, min(start + end, stop)
        if first >= after:
            continue
        if isinstance(phase, Sequence):
            yield from _flat(phase, first, after)
        else:
            yield gathered(phase), first


def _in_turn(parts: Iterable[Started], join: Join) -> Schedule | None:
    """Schedules one after another, joined where one says what two do; None: they are too many."""
    kept = list[Started]()
    for part, start in parts:
        both = join(kept[-1][0], start - kept[-1][1], part) if kept else None
        if both is None:
            kept.append((part, start))
        else:
            kept[-1] = both, kept[-1][1]
    schedules, starts = zip(*kept, strict=True)
    if len(kept) > MOST_PHASES:
        return None
    return schedules[0] if len(kept) == 1 else Sequence(schedules, starts[1:])


def _apart(first: Schedule, length: int, then: Schedule) -> None:
    """Two schedules that stay two."""


def _stays(first: Schedule, length: int, then: Schedule) -> Schedule | None:
    """``first``, where ``then`` is nothing but the rate that it has come to after ``length``."""
    stays = isinstance(first, Constant) or first.end <= length
    same = isinstance(then, Constant) and float(first(length)) == then.learning_rate
    return first if stays and same else None


def _both(first: Schedule, length: int, then: Schedule) -> Schedule | None:
    """One schedule that says what ``first`` says for ``length`` steps, and ``then`` after it."""
    if not isinstance(first, Linear) or not isinstance(then, CosineDecay):
        return _stays(first, length, then)
    warms = first.decay_steps == length and first.end_learning_rate == then.peak
    if not warms or not then.peak or then.end != then.decay_steps:
        return None
    return replace(
        then,
        initial_learning_rate=first.initial_learning_rate,
        warmup_target=then.peak,
        warmup_steps=length,
    )


def _wsd(schedule: WSD) -> list[Started] | None:
    peak, low, steps = schedule.learning_rate, schedule.min_lr_ratio, schedule.num_decay_steps
    end = tidy(low * peak)
    falls: dict[str, Callable[[], Schedule]] = {
        "linear": lambda: Linear(peak, end, steps),
        "cosine": lambda: CosineDecay(peak, steps, low),
        "exponential": lambda: ExponentialDecay(peak, steps, low, False, end),
    }
    if steps and (schedule.decay_type not in falls or (schedule.decay_type, low) == _JUMPS):
        return None
    warm = schedule.num_warmup_steps
    fall = falls[schedule.decay_type]() if steps else Constant(end)
    rise = Linear(end, peak, warm) if warm else Constant(peak)
    return [(rise, warm), (Constant(peak), schedule.num_stable_steps), (fall, 1)]


#: An exponential decay to 0 is there in one step.
_JUMPS = ("exponential", 0)


def _flat_cosine(schedule: FlatCosine) -> list[Started] | None:
    flat, peak = schedule.pct_start * schedule.total_steps, schedule.learning_rate
    if not flat.is_integer():
        return None
    low = tidy(1 / schedule.div_final)
    left = schedule.total_steps - int(flat)
    fall = CosineDecay(peak, left, low) if left else Constant(tidy(low * peak))
    return [(Constant(peak), int(flat)), (fall, 1)]


def _cosine(schedule: CosineDecay) -> list[Started] | None:
    warm = int(schedule.end) - schedule.decay_steps
    if not warm:
        return None
    rise = Linear(schedule.initial_learning_rate, schedule.peak, warm)
    fall = CosineDecay(
        schedule.peak, schedule.decay_steps, schedule.alpha, exponent=schedule.exponent
    )
    return [(rise, warm), (fall, 1)]


def _one_cycle(schedule: OneCycle) -> list[Started] | None:
    top = schedule.pct_start * schedule.total_steps - 1
    left = schedule.total_steps - 1 - top
    if schedule.anneal_strategy != "linear" or not top.is_integer() or top < 1 or left < 1:
        return None
    rise = Linear(tidy(schedule.initial_lr), schedule.max_lr, int(top))
    return [(rise, int(top)), (Linear(schedule.max_lr, tidy(schedule.min_lr), int(left)), 1)]


_SPLITS: Mapping[type[Schedule], Callable[[Any], list[Started] | None]] = {
    WSD: _wsd,
    FlatCosine: _flat_cosine,
    CosineDecay: _cosine,
    OneCycle: _one_cycle,
}
