"""A curve as PyTorch source: its own scheduler where there is an exact one, else a LambdaLR."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from lrviz.export.closed import Code, called, functions
from lrviz.export.framework import per_epoch, windows
from lrviz.export.spoken import PYTHON
from lrviz.scene import Curve, Timeline
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
    Sequence,
    StepDecay,
    language,
)
from lrviz.text import Sentence

#: A rate that others can be multiples of: what is divided by less may outgrow a float.
_LEAST = 1e-100


@dataclass(frozen=True)
class Own:
    """A scheduler of torch's own.

    Attributes:
        name: Its class.
        values: What it is made with, beside the optimizer.
        lr: The optimizer's rate.
        phase: Whether it may be a phase of a ``SequentialLR``.
    """

    name: str
    values: Mapping[str, object]
    lr: float
    phase: bool = True

    @property
    def call(self) -> str:
        """The source that makes it."""
        return called(self.name, {"optimizer": Code("optimizer"), **self.values}).replace(
            "optimizer=optimizer", "optimizer", 1
        )


def write(curve: Curve, timeline: Timeline) -> str:
    """PyTorch source: ``optimizer``, ``scheduler``, and ``rate(step)``."""
    last, every = timeline.last(curve.per), per_epoch(curve, timeline)
    definitions, lr, call = scheduler(curve.schedule, last)
    modules = ["import math", ""] if "math." in definitions else []
    lines = [
        *modules,
        "import torch",
        "from torch.optim import lr_scheduler",
        "",
        *([definitions] if definitions else []),
        *made(f"torch.optim.SGD(model.parameters(), lr={lr!r})", call, every),
    ]
    return "\n".join(lines) + "\n"


def made(optimizer: str, call: str, every: int) -> list[str]:
    """Source of ``optimizer``, ``scheduler`` and, last and for checking, ``rate(step)``.

    ``rate`` works on a parameter of its own: a step of an optimizer over the reader's would train.
    """
    when = "every epoch" if every else "every optimizer.step()"
    inner = call.replace("\n", "\n    ")
    return [
        "model = torch.nn.Linear(1, 1)  # yours",
        f"optimizer = {optimizer}",
        f"scheduler = {call}",
        f"# In the training loop: scheduler.step() after {when}.",
        "",
        "",
        "def rate(step):",
        '    """The learning rate of a step, to check it; nothing above needs this."""',
        f"    optimizer = {optimizer.replace('model.parameters()', '[torch.zeros(1)]')}",
        f"    scheduler = {inner}",
        f"    for _ in range({'step // ' + str(every) if every else 'step'}):",
        "        optimizer.step()",
        "        scheduler.step()",
        '    return optimizer.param_groups[0]["lr"]',
    ]


def scheduler(schedule: Schedule, last: int) -> tuple[str, float, str]:
    """What must be defined, the optimizer's rate, and the source of the scheduler."""
    own = own_class(schedule, last)
    if own is not None:
        return "", own.lr, f"lr_scheduler.{own.call}"
    if isinstance(schedule, Sequence) and _splits(schedule, last):
        return _sequential(schedule, last)
    definitions = functions(schedule, PYTHON, "schedule")
    # The function gives the rate itself: it is multiplied with the optimizer's, which is 1.
    return f"\n{definitions}\n", 1.0, "lr_scheduler.LambdaLR(optimizer, schedule)"


def own_class(schedule: Schedule, last: int) -> Own | None:
    """The exact scheduler of torch's for a run up to step ``last``; None: there is none."""
    make = _OWN.get(type(schedule))
    return make(schedule, last) if make else None


def _splits(schedule: Sequence, last: int) -> bool:
    """Whether a ``SequentialLR`` gives the same: a boundary at step 0 it gets wrong."""
    rising = all(a < b for a, b in zip(schedule.starts, schedule.boundaries, strict=False))
    return rising and any(_phase(*each) for each in windows(schedule, last))


def _phase(schedule: Schedule, last: int) -> Own | None:
    own = own_class(schedule, last)
    return own if own is not None and own.phase else None


def _sequential(schedule: Sequence, last: int) -> tuple[str, float, str]:
    """Phases as schedulers over one optimizer, whose rate they all multiply."""
    phases = windows(schedule, last)
    owns = [_phase(each, length) for each, length in phases]
    lr = next((each.lr for each in owns if each is not None and each.lr > _LEAST), 1.0)
    definitions, calls = [], []
    for i, ((phase, _), own) in enumerate(zip(phases, owns, strict=True), start=1):
        if own is not None and own.lr == lr:
            calls.append(f"lr_scheduler.{own.call}")
            continue
        definitions.append(functions(phase, PYTHON, f"phase_{i}"))
        part = f"phase_{i}" if lr == 1 else f"lambda step: phase_{i}(step) / {lr!r}"
        calls.append(f"lr_scheduler.LambdaLR(optimizer, {part})")
    listed = "".join(f"        {each},\n" for each in calls)
    call = (
        f"lr_scheduler.SequentialLR(\n    optimizer,\n    [\n{listed}    ],\n"
        f"    milestones={list(schedule.boundaries)},\n)"
    )
    told = "\n\n".join(definitions)
    return (f"\n{told}\n" if told else ""), lr, call


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
    if not others or min(schedule.values) < _LEAST:
        return None
    gamma = others[0] / first
    ratios = (b / a for a, b in pairwise(schedule.values))
    if gamma > language.LARGEST or not all(
        math.isclose(each, gamma, rel_tol=1e-13) for each in ratios
    ):
        return None
    milestones = tuple(each + 1 for each in schedule.boundaries)
    return Own("MultiStepLR", {"milestones": milestones, "gamma": gamma}, first)


def _polynomial(schedule: PolynomialDecay, last: int) -> Own | None:
    if schedule.cycle or schedule.end_learning_rate or schedule.power < 1e-3:
        return None
    values = {"total_iters": schedule.decay_steps, "power": schedule.power}
    return Own("PolynomialLR", values, schedule.initial_learning_rate)


def _linear(schedule: Linear, _: int) -> Own | None:
    first, end = schedule.initial_learning_rate, schedule.end_learning_rate
    lr = max(first, end)
    # It refuses to begin with 0.
    if not first:
        return None
    values = {
        "start_factor": first / lr,
        "end_factor": end / lr,
        "total_iters": schedule.decay_steps,
    }
    return Own("LinearLR", values, lr)


def _cosine(schedule: CosineDecay, last: int) -> Own | None:
    if schedule.exponent != 1 or schedule.knots(last)[:-1] or last > schedule.decay_steps:
        return None
    if schedule.peak != schedule.initial_learning_rate or not schedule.peak:
        return None
    values: dict[str, object] = {"T_max": schedule.decay_steps}
    if schedule.alpha:
        values["eta_min"] = schedule.alpha * schedule.peak
    return Own("CosineAnnealingLR", values, schedule.peak)


def _restarts(schedule: CosineDecayRestarts, last: int) -> Own | None:
    if schedule.m_mul != 1 or schedule.t_mul < 1 or schedule.t_mul % 1 or schedule.end <= last:
        return None
    values: dict[str, object] = {"T_0": schedule.first_decay_steps}
    if schedule.t_mul != 1:
        values["T_mult"] = int(schedule.t_mul)
    if schedule.alpha:
        values["eta_min"] = schedule.alpha * schedule.initial_learning_rate
    return Own("CosineAnnealingWarmRestarts", values, schedule.initial_learning_rate)


def _one_cycle(schedule: OneCycle, last: int) -> Own | None:
    # It ends with an error one step after the last.
    if last + 1 >= schedule.total_steps or schedule.pct_start * schedule.total_steps <= 1:
        return None
    values = {each.name: schedule.value(each.name) for each in schedule.declared()}
    return Own("OneCycleLR", values | {"cycle_momentum": False}, schedule.initial_lr, phase=False)


def _cyclic(schedule: Cyclic, _: int) -> Own:
    values = {each.name: schedule.value(each.name) for each in schedule.declared()}
    return Own("CyclicLR", values | {"cycle_momentum": False}, schedule.base_lr, phase=False)


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


def notes(curve: Curve, timeline: Timeline) -> tuple[Sentence, ...]:
    """What the code does otherwise than the curve, and what bites there."""
    code = write(curve, timeline)
    found = [sentence for name, sentence in _BITES.items() if name in code]
    if "LambdaLR" in code:
        sentence = Sentence(
            "PyTorch has no scheduler of its own for all of this: a LambdaLR calls the formula."
        )
        found.insert(0, sentence)
    return tuple(found)


#: What bites with a scheduler of torch's.
_BITES: Mapping[str, Sentence] = {
    "CosineAnnealingLR": Sentence(
        "CosineAnnealingLR rises again after T_max; Keras's and optax's stay down."
    ),
    "OneCycleLR": Sentence("OneCycleLR ends with an error after total_steps."),
    "MultiStepLR": Sentence(
        "A milestone is the first step of the new rate; a boundary in Keras is the last of the old."
    ),
    "SequentialLR": Sentence(
        "In a SequentialLR every phase counts from 0; its own rates are multiples of the "
        "optimizer's."
    ),
}
