"""A curve as PyTorch source: its own scheduler where there is an exact one, else a LambdaLR."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lrviz.declared import HIGHEST_RATE
from lrviz.export.closed import functions
from lrviz.export.framework import per_epoch
from lrviz.export.numbers import over, times
from lrviz.export.phases import gathered, pieces, simpler
from lrviz.export.target import PYTHON
from lrviz.export.torch.own import LEAST, Own, as_phase, own_class
from lrviz.scene import Curve, Timeline
from lrviz.schedules import Constant, Factor, Schedule, Sequence
from lrviz.text import Sentence


@dataclass(frozen=True)
class Scheduler:
    """Source of a scheduler.

    Attributes:
        call: What makes it.
        lr: The optimizer's rate.
        definitions: What must be defined first.
        remark: A comment on the optimizer's rate.
        notes: Why it is no scheduler of torch's own, where it is none, and what it does otherwise.
    """

    call: str
    lr: str
    definitions: str = ""
    notes: tuple[Sentence, ...] = ()
    remark: str = ""


def write(curve: Curve, timeline: Timeline) -> str:
    """PyTorch source: ``optimizer``, ``scheduler``, and ``rate(step)``."""
    last, every = timeline.last(curve.per), per_epoch(curve, timeline)
    written = scheduler(curve.schedule, last)
    modules = ["import math", ""] if "math." in written.definitions else []
    optimizer = f"torch.optim.SGD(model.parameters(), lr={written.lr})"
    lines = [
        *modules,
        "import torch",
        "from torch.optim import lr_scheduler",
        "",
        *([f"\n{written.definitions}\n"] if written.definitions else []),
        *scheduler_lines(optimizer, written.call, every, written.remark),
    ]
    return "\n".join(lines) + "\n"


def scheduler_lines(optimizer: str, call: str, every: int, remark: str = "") -> list[str]:
    """Source of ``optimizer``, ``scheduler`` and, last and for checking, ``rate(step)``.

    ``rate`` works on a parameter of its own: a step of an optimizer over the reader's would train.
    """
    when = "every epoch" if every else "every optimizer.step()"
    inner = call.replace("\n", "\n    ")
    return [
        "model = torch.nn.Linear(1, 1)  # yours",
        f"optimizer = {optimizer}" + (f"  # {remark}" if remark else ""),
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


def scheduler(schedule: Schedule, last: int) -> Scheduler:
    """The scheduler of a schedule for a run up to step ``last``."""
    schedule = gathered(schedule)
    own = own_class(schedule, last)
    if own is not None:
        return Scheduler(own.call, repr(own.lr), notes=_notes([own]))
    if isinstance(schedule, Factor):
        return _chained(schedule, last) or _formula(schedule, last)
    phases = simpler(schedule, last, _is_phase)
    sequential = _sequential(phases, last) if isinstance(phases, Sequence) else None
    return sequential or _formula(schedule, last)


def _is_phase(schedule: Schedule, last: int) -> bool:
    return as_phase(schedule, last, None, True) is not None


def _formula(schedule: Schedule, last: int) -> Scheduler:
    """A function that gives the rate itself: it is multiplied with the optimizer's, which is 1."""
    definitions = functions(schedule, PYTHON, "schedule")
    call = "lr_scheduler.LambdaLR(optimizer, schedule)"
    remark = "schedule gives the rate itself"
    return Scheduler(call, "1.0", definitions, (_why(schedule, last),), remark)


def _notes(owns: Iterable[Own]) -> tuple[Sentence, ...]:
    return tuple(dict.fromkeys(own.note for own in owns if own.note))


def _why(schedule: Schedule, last: int) -> Sentence:
    """Why a formula is called."""
    own, end = own_class(schedule, last), schedule.end
    if isinstance(schedule, Constant):
        return Sentence(
            "ConstantLR goes back to the optimizer's rate after total_iters: a LambdaLR does not."
        )
    if own is not None and not own.phase:
        values: dict[str, object] = {"name": own.name}
        return Sentence(
            "{name} is not made to be a phase of a SequentialLR: a LambdaLR calls the formula.",
            values,
        )
    if end <= last:
        # OneCycleLR has no step at its end.
        shorter = simpler(schedule, int(end) - 1, _is_phase)
        owns = [own_class(*each) for each in pieces(shorter, int(end) - 1)]
        own = owns[-1]
        if own is not None and all(owns):
            return Sentence(
                "PyTorch's {name} does not hold its last rate: a LambdaLR calls the formula, "
                "which does.",
                {"name": own.name},
            )
    return Sentence(
        "PyTorch has no scheduler of its own for all of this: a LambdaLR calls the formula."
    )


def _chained(schedule: Factor, last: int) -> Scheduler | None:
    """Schedulers that multiply one rate."""
    parts = [gathered(part) for _, part in schedule.parts]
    owns = [own for own in (own_class(part, last) for part in parts) if own and own.multiplies]
    if len(owns) < len(parts) or not LEAST <= owns[0].lr * owns[1].lr <= HIGHEST_RATE:
        return None
    lr = times(owns[0].lr, owns[1].lr)
    acting = [own for own, part in zip(owns, parts, strict=True) if not isinstance(part, Constant)]
    if len(acting) < 2:
        return Scheduler((acting or owns)[0].call, lr, notes=_notes(acting))
    # It works out its rate from the last one, but only by itself or as the first.
    acting.sort(key=lambda own: own.name != "CosineAnnealingLR")
    if acting[1].name == "CosineAnnealingLR":
        return None
    listed = "".join(f"        {own.call},\n" for own in acting)
    return Scheduler(
        f"lr_scheduler.ChainedScheduler(\n    [\n{listed}    ]\n)", lr, notes=_notes(acting)
    )


def _sequential(schedule: Sequence, last: int) -> Scheduler | None:
    """Phases as schedulers over one optimizer, whose rate they all multiply."""
    phases = pieces(schedule, last)
    final = [i == len(phases) - 1 for i, _ in enumerate(phases)]

    def fits(lr: float | None) -> list[Own | None]:
        return [as_phase(*each, lr, end) for each, end in zip(phases, final, strict=True)]

    rates = dict.fromkeys(own.lr for own in fits(None) if own is not None and own.lr > LEAST)
    if not rates:
        return None
    lr = max(rates, key=lambda each: sum(own is not None for own in fits(each)))
    owns = fits(lr)
    definitions, calls, why = list[str](), list[str](), dict[Sentence, None]()
    for i, ((phase, its_last), own) in enumerate(zip(phases, owns, strict=True), start=1):
        if own is not None:
            calls.append(own.call)
            continue
        why[_why(phase, its_last)] = None
        if isinstance(phase, Constant):
            part = f"lambda step: {over(phase.learning_rate, lr)}"
        else:
            definitions.append(functions(phase, PYTHON, f"phase_{i}"))
            part = f"phase_{i}" if lr == 1 else f"lambda step: phase_{i}(step) / {lr!r}"
        calls.append(f"lr_scheduler.LambdaLR(optimizer, {part})")
    listed = "".join(f"        {each},\n" for each in calls)
    call = (
        f"lr_scheduler.SequentialLR(\n    optimizer,\n    [\n{listed}    ],\n"
        f"    milestones={list(schedule.boundaries)},\n)"
    )
    notes = (*why, *_notes(own for own in owns if own))
    return Scheduler(call, repr(lr), "\n\n".join(definitions), notes)


def notes(curve: Curve, timeline: Timeline) -> tuple[Sentence, ...]:
    """What the code does otherwise than the curve, and what bites there."""
    written = scheduler(curve.schedule, timeline.last(curve.per))
    bites = [sentence for name, sentence in _BITES.items() if name in written.call]
    return (*written.notes, *bites)


#: What bites with what is written.
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
