"""What Keras does otherwise than a curve that is written for it."""

import math

import numpy as np

from lrviz.scene import Curve, Timeline
from lrviz.schedules import CosineDecayRestarts, Schedule
from lrviz.text import Sentence


def notes(curve: Curve, timeline: Timeline) -> tuple[Sentence, ...]:
    """What the code does otherwise than the curve, and what bites there."""
    last = timeline.last(curve.per)
    notes = list[Sentence]()
    late = [
        span.start + step
        for span in curve.schedule.spans(last)
        if isinstance(span.schedule, CosineDecayRestarts) and span.schedule.cycle_limit is None
        for step in _late(span.schedule, span.stop - span.start - 1)
    ]
    if late:
        notes.append(
            Sentence(
                "Keras rounds: {count} of the restarts may come one step late there, the first at "
                "step {first}.",
                {"count": len(late), "first": late[0]},
            )
        )
    if any(_diluted(span.schedule) for span in curve.schedule.spans(last)):
        notes.append(
            Sentence(
                "timm's cycle_decay is not m_mul where alpha is above 0: there each peak is "
                "cycle_decay times the one before, over an absolute lr_min."
            )
        )
    return tuple(notes)


def _late(schedule: CosineDecayRestarts, last: int) -> list[int]:
    """The restarts that fall so near to a whole step that Keras may put them one step late.

    It takes the quotient of two logarithms in 32 bits; of powers of 2 these are exact.
    """
    steps = np.array(schedule.restarts(last), dtype=np.float64)
    if math.log2(schedule.t_mul).is_integer() or not steps.size:
        return []
    grown = 1 + steps * (schedule.t_mul - 1) / schedule.first_decay_steps
    cycle = np.log(grown) / math.log(schedule.t_mul)
    late = cycle <= schedule.pieces.index(steps) * (1 + _NEAR)
    return [int(step) for step in steps[late]]


#: So near, as a share, is near enough for 32 bits to round to the wrong side.
_NEAR = 4e-7


def _diluted(schedule: Schedule) -> bool:
    return isinstance(schedule, CosineDecayRestarts) and schedule.alpha > 0 and schedule.m_mul != 1
