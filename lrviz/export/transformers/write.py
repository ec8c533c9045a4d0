"""A curve as transformers source: its own schedule where there is an exact one, else torch's."""

from collections.abc import Callable, Mapping
from typing import Any

from lrviz.export.closed import call
from lrviz.export.framework import per_epoch
from lrviz.export.phases import gathered, split, stable_of
from lrviz.export.torch.write import notes as torch_notes
from lrviz.export.torch.write import scheduler_lines
from lrviz.export.torch.write import write as write_torch
from lrviz.scene import Curve, Timeline
from lrviz.schedules import (
    WSD,
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    InverseSqrt,
    Linear,
    PolynomialDecay,
    Schedule,
    Sequence,
)
from lrviz.text import Sentence

#: The function of transformers, its values, and the optimizer's rate.
Own = tuple[str, dict[str, object], float]


def write(curve: Curve, timeline: Timeline) -> str:
    """Source for transformers: ``optimizer``, ``scheduler``, and ``rate(step)``."""
    own = own_schedule(curve.schedule, timeline.last(curve.per))
    if own is None:
        return write_torch(curve, timeline)
    name, values, lr = own
    source = call(name, values).replace("(", "(optimizer, " if values else "(optimizer", 1)
    optimizer = f"torch.optim.AdamW(model.parameters(), lr={lr!r})"
    lines = [
        "import torch",
        "import transformers",
        "",
        *scheduler_lines(optimizer, f"transformers.{source}", per_epoch(curve, timeline)),
    ]
    return "\n".join(lines) + "\n"


def own_schedule(schedule: Schedule, last: int) -> Own | None:
    """Transformers' own exact schedule for a run up to step ``last``; None: there is none."""
    schedule = gathered(schedule)
    if isinstance(schedule, Constant):
        return "get_constant_schedule", {}, schedule.learning_rate
    if isinstance(schedule, Linear) and not schedule.initial_learning_rate:
        values: dict[str, object] = {"num_warmup_steps": schedule.decay_steps}
        return "get_constant_schedule_with_warmup", values, schedule.end_learning_rate
    warm, peak, rest = _warmed(schedule)
    make = _OWN.get(type(rest)) if rest is not None else None
    own = make(rest, warm, last) if make else None
    # The warm-up goes from 0 to the rate that it all begins with.
    if own is not None and (not warm or peak == own[2]):
        name, values, lr = own
        return name, {"num_warmup_steps": warm} | values, lr
    stable = stable_of(schedule)
    return _wsd(stable) if stable else None


def _warmed(schedule: Schedule) -> tuple[int, float, Schedule | None]:
    """The length and the peak of a warm-up from 0, and what comes behind it."""
    parts = split(schedule) if isinstance(schedule, CosineDecay) else schedule
    if not isinstance(parts, Sequence):
        return 0, 0.0, schedule
    first, *others = parts.schedules
    if len(others) != 1 or not isinstance(first, Linear) or first.initial_learning_rate:
        return 0, 0.0, None
    warm = parts.boundaries[0]
    if first.decay_steps != warm:
        return 0, 0.0, None
    return warm, first.end_learning_rate, others[0]


def _linear(rest: Linear, warm: int, last: int) -> Own | None:
    if not rest.initial_learning_rate:
        return None
    if rest.end_learning_rate:
        first, end = rest.initial_learning_rate, rest.end_learning_rate
        return _polynomial(PolynomialDecay(first, rest.decay_steps, end), warm, last)
    values: dict[str, object] = {"num_training_steps": warm + rest.decay_steps}
    return "get_linear_schedule_with_warmup", values, rest.initial_learning_rate


def _cosine(rest: CosineDecay, warm: int, last: int) -> Own | None:
    # Behind its end it would rise again.
    if rest.exponent != 1 or last > warm + rest.decay_steps or not rest.peak:
        return None
    if rest.end > rest.decay_steps or rest.peak != rest.initial_learning_rate:
        return None
    values: dict[str, object] = {"num_training_steps": warm + rest.decay_steps}
    if not rest.alpha:
        return "get_cosine_schedule_with_warmup", values, rest.peak
    values["min_lr_rate"] = rest.alpha
    return "get_cosine_with_min_lr_schedule_with_warmup", values, rest.peak


def _restarts(rest: CosineDecayRestarts, warm: int, last: int) -> Own | None:
    if rest.t_mul != 1 or rest.m_mul != 1 or rest.alpha:
        return None
    first = rest.first_decay_steps
    count = rest.cycle_limit or max(1, -(-(last + 1 - warm) // first))
    together = count * first
    # It finds the cycle by a quotient, which may round to the wrong side.
    kept = (int(count * (each * first / together)) == each for each in range(count))
    if count > 1000 or not all(kept):
        return None
    values: dict[str, object] = {"num_training_steps": warm + together, "num_cycles": count}
    return (
        "get_cosine_with_hard_restarts_schedule_with_warmup",
        values,
        rest.initial_learning_rate,
    )


def _polynomial(rest: PolynomialDecay, warm: int, _: int) -> Own | None:
    if rest.cycle or rest.initial_learning_rate <= rest.end_learning_rate or not rest.power:
        return None
    values: dict[str, object] = {
        "num_training_steps": warm + rest.decay_steps,
        "lr_end": rest.end_learning_rate,
    }
    if rest.power != 1:
        values["power"] = rest.power
    return "get_polynomial_decay_schedule_with_warmup", values, rest.initial_learning_rate


def _inverse_sqrt(rest: InverseSqrt, warm: int, _: int) -> Own:
    return "get_inverse_sqrt_schedule", {"timescale": rest.timescale}, rest.initial_learning_rate


def _wsd(schedule: WSD) -> Own | None:
    if schedule.decay_type == "exponential":
        return None
    values: dict[str, object] = {
        "num_warmup_steps": schedule.num_warmup_steps,
        "num_stable_steps": schedule.num_stable_steps,
        "num_decay_steps": schedule.num_decay_steps,
    }
    if schedule.decay_type != "cosine":
        values["decay_type"] = schedule.decay_type
    if schedule.min_lr_ratio:
        values["min_lr_ratio"] = schedule.min_lr_ratio
    return "get_wsd_schedule", values, schedule.learning_rate


_OWN: Mapping[type[Schedule], Callable[[Any, int, int], Own | None]] = {
    Linear: _linear,
    CosineDecay: _cosine,
    CosineDecayRestarts: _restarts,
    PolynomialDecay: _polynomial,
    InverseSqrt: _inverse_sqrt,
}


def notes(curve: Curve, timeline: Timeline) -> tuple[Sentence, ...]:
    """What the code does otherwise than the curve, and what bites there."""
    own = own_schedule(curve.schedule, timeline.last(curve.per))
    if own is None:
        remark = Sentence("transformers has no schedule for this: it is PyTorch's.")
        return (remark, *torch_notes(curve, timeline))
    name, values, _ = own
    notes = list[Sentence]()
    if "num_training_steps" in values:
        notes.append(Sentence("num_training_steps counts the warm-up, too."))
    if "hard_restarts" in name:
        notes.append(Sentence("After num_training_steps the rate is 0 for ever."))
    elif "cosine" in name:
        notes.append(
            Sentence("After num_training_steps it rises again: num_cycles counts whole waves.")
        )
    return tuple(notes)
