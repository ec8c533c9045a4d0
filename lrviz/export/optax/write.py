"""A curve as optax source: its own schedule where there is an exact one, else a function."""

import numpy as np

from lrviz.export.closed import functions, product
from lrviz.export.framework import apply, per_epoch, windows
from lrviz.export.optax.own import MOST_CYCLES, has_own, join, own_call
from lrviz.export.phases import gathered, simpler
from lrviz.export.target import JAX
from lrviz.scene import Curve, Timeline
from lrviz.schedules import Constant, CosineDecayRestarts, Cycle, Factor, Schedule, Sequence
from lrviz.schedules.simplify import tidy
from lrviz.text import Sentence


def write(curve: Curve, timeline: Timeline) -> str:
    """Source for optax: ``schedule``, ``optimizer``, and ``rate(step)``."""
    definitions = list[str]()
    last = timeline.last(curve.per)
    source = expression(gathered(curve.schedule), last, "schedule", definitions)
    every = per_epoch(curve, timeline)
    defined = "\n\n".join(definitions)
    # optax calls a schedule with the step, whatever it counts.
    given = f"lambda step: {apply('schedule', every)}" if every else "schedule"
    lines = [
        *(["import math", ""] if "math." in defined else []),
        *(["import jax.numpy as jnp"] if "jnp." in defined + source else []),
        "import optax",
        "",
        *([f"\n{defined}\n"] if defined else []),
        *([] if source == "schedule" else [f"schedule = {source}"]),
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
    schedule = simpler(schedule, last, has_own)
    own = own_call(schedule, last)
    if own is not None:
        return own
    if isinstance(schedule, Sequence):
        start = "phase" if name == "schedule" else name
        phases = [
            expression(phase, its_last, f"{start}_{i}", definitions)
            for i, (phase, its_last) in enumerate(windows(schedule, last), start=1)
        ]
        return join(phases, list(schedule.boundaries))
    if isinstance(schedule, Factor):
        return _product(schedule, last, name, definitions)
    if isinstance(schedule, CosineDecayRestarts) and _one_by_one(schedule, last):
        return _cycles(schedule, schedule.cycles(last), name, definitions)
    definitions.append(functions(schedule, JAX, name))
    return name


def _product(schedule: Factor, last: int, name: str, definitions: list[str]) -> str:
    parts = {f"{name}_{path}": gathered(part) for path, part in schedule.parts}
    body = ""
    for each, part in parts.items():
        if not isinstance(part, Constant):
            source = expression(part, last, each, definitions)
            body += f"{each} = {source}\n" if source != each else ""
    definitions.append(f"{body}\n\ndef {name}(step):\n    return {product(parts, 'step')}\n")
    return name


def _one_by_one(schedule: CosineDecayRestarts, last: int) -> bool:
    """Whether its cycles can be written one by one."""
    few = len(schedule.cycles(last)) <= MOST_CYCLES
    return few and schedule.t_mul > 1 and schedule.end > last


def _late(schedule: Schedule, last: int) -> bool:
    """Whether a formula finds its cycles by a quotient of logarithms, which 32 bits round."""
    if not isinstance(schedule, CosineDecayRestarts) or has_own(schedule, last):
        return False
    return schedule.t_mul != 1 and not _one_by_one(schedule, last)


def _cycles(
    schedule: CosineDecayRestarts, cycles: tuple[Cycle, ...], name: str, definitions: list[str]
) -> str:
    """Each cycle by itself: by the formula, a float32 would put some restarts a step too late."""
    definitions.append(_CYCLE.replace("cycle(", f"{name}_cycle("))
    starts = [float(schedule.pieces.boundary(np.array(float(cycle.index)))) for cycle in cycles]
    first, alpha = schedule.initial_learning_rate, schedule.alpha
    floor = tidy(alpha * first)
    # The peak by the formula: its first whole step may be a little later.
    peaks = [first * ((1 - alpha) * schedule.m_mul**cycle.index + alpha) for cycle in cycles]
    parts = [
        f"{name}_cycle({tidy(peak)!r}, {floor!r}, {tidy(cycle.length)!r}, "
        f"{tidy(cycle.start - start, cycle.start)!r})"
        for cycle, start, peak in zip(cycles, starts, peaks, strict=True)
    ]
    return join(parts, [cycle.start for cycle in cycles[1:]])


_CYCLE = '''def cycle(peak, floor, length, begun):
    """Half a cosine; at its first step, so much of a step has gone already."""

    def rate(step):
        part = jnp.clip((step + begun) / length, 0, 1)
        return floor + (peak - floor) * 0.5 * (1 + jnp.cos(jnp.pi * part))

    return rate
'''


def notes(curve: Curve, timeline: Timeline) -> tuple[Sentence, ...]:
    """What the code does otherwise than the curve, and what bites there."""
    code = write(curve, timeline)
    notes = [Sentence("optax calculates in 32 bits: the rates are the same to about six digits.")]
    last = timeline.last(curve.per)
    spans = [(span.schedule, span.stop - span.start - 1) for span in curve.schedule.spans(last)]
    if any(_late(each, its_last) for each, its_last in spans):
        notes.append(
            Sentence("In 32 bits a restart of these cycles may come at another step than here.")
        )
    if "warmup_cosine_decay_schedule" in code:
        notes.append(Sentence("optax's decay_steps counts the warm-up, too; Keras's does not."))
    if "cosine_onecycle_schedule" in code:
        notes.append(Sentence("transition_steps is one less than total_steps in PyTorch."))
    return tuple(notes)
