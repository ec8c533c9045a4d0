"""Cached properties of the parts of a schedule.

While a slider of one part moves, the others stay the same: theirs are computed once.
"""

import math
from functools import lru_cache

import numpy as np

from lrviz.schedules.base import Handle, Schedule


@lru_cache(maxsize=1024)
def first(part: Schedule) -> float:
    """The rate with which a part begins."""
    return float(part(0))


@lru_cache(maxsize=1024)
def last(part: Schedule, length: int) -> float:
    """The rate with which a part of that length, in steps, ends."""
    steps = np.array([length - 1.0, length])
    # A cycle that would begin anew just there has ended one step before.
    return float(part(steps)[0 if part.jump(steps)[0] else 1])


@lru_cache(maxsize=1024)
def placed(part: Schedule, path: str, start: int, stop: float) -> tuple[Handle, ...]:
    """The handles of the part at ``path``, which holds from ``start`` to ``stop``."""
    return tuple(
        Handle(
            f"{path}.{each.path}",
            each.axis,
            start + each.step if start + each.step <= stop else math.nan,
        )
        for each in part.handles
    )


@lru_cache(maxsize=256)
def knots(part: Schedule, last_step: int) -> tuple[int, ...]:
    """The knots of a part up to a step of its own."""
    return part.knots(last_step)


@lru_cache(maxsize=256)
def restarts(part: Schedule, last_step: int) -> tuple[int, ...] | None:
    """The restarts of a part up to a step of its own; None: it has none."""
    return part.restarts(last_step)
