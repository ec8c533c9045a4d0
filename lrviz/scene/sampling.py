"""Which steps to evaluate, so that a drawn curve is true at a bounded cost."""

import numpy as np

from lrviz.schedules import Floats, Schedule, Simple

#: About how many points a curve is drawn with.
POINTS = 1000
#: So many at least show each part of one.
_LEAST = 40


def sample(schedule: Schedule, last: int, points: int = POINTS) -> Floats:
    """Whole steps from 0 to ``last`` that show all of ``schedule``.

    Every step where they fit into ``points``. Else those of each part, in proportion to its length.

    Returns:
        float64 of shape (n,), rising, with ``n`` at most about ``points``.
    """
    if last < points:
        return np.arange(last + 1.0)
    spans = schedule.spans(last)
    together = sum(span.stop - span.start for span in spans)
    least = min(_LEAST, points // (2 * len(spans)))
    rest = points - least * len(spans)
    parts = [np.array([0.0, last])]
    for span in spans:
        length = span.stop - span.start
        assert isinstance(span.schedule, Simple)
        share = least + rest * length // together
        parts.append(span.start + _sampled(span.schedule, length - 1, share))
    return np.unique(np.concatenate(parts)) if len(spans) > 1 else parts[1]


def _sampled(schedule: Simple, last: int, points: int) -> Floats:
    """As :func:`sample`, of a schedule that is not made of others.

    Evenly spread steps with both sides of each knot; and where there are more knots than that
    allows, both sides of the first and the last knot in each stretch: the highest and lowest rates
    of a saw-tooth are beside its knots, so the envelope is true. The cost does not depend on
    ``last``.
    """
    if last < points:
        return np.arange(last + 1.0)
    pieces = float(schedule.pieces.index(last))
    if pieces <= points / 4:
        edges = _spread(last, points - 2 * int(pieces))
        starts = schedule.pieces.start(np.arange(1.0, pieces + 1))
        return _whole(last, edges, starts - 1, starts)
    edges = _spread(last, points // 5)
    begin, end = edges[:-1], edges[1:] - 1
    first = schedule.pieces.start(schedule.pieces.index(begin) + 1)
    final = schedule.pieces.start(schedule.pieces.index(end))
    first, final = np.clip(first, begin, end), np.clip(final, begin, end)
    return _whole(last, edges, first - 1, first, final - 1, final)


def _spread(last: int, count: int) -> Floats:
    return np.rint(np.linspace(0.0, last, count))


def _whole(last: int, *steps: Floats) -> Floats:
    every = np.unique(np.concatenate(steps))
    return every[(every >= 0) & (every <= last)]
