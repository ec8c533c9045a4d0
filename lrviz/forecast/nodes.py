"""The steps of a run between which its rate is a straight line, within a tolerance."""

import numpy as np
from numpy.typing import NDArray

from lrviz.schedules import Floats

Steps = NDArray[np.intp]

#: The number of stretches of a run before any is halved.
_STRETCHES = 512
#: One is halved where the rate is further from its straight line than this share of the peak, or
_STRAIGHT = 1e-3
#: falls or rises by more than this share of itself, as long as it is not next to nothing.
_STEEP = 0.25
_NOTHING = 1e-2
#: The largest number of nodes, about: a saw-tooth of more teeth is sampled more coarsely.
_MOST = 65_536
#: The places in a stretch at which the rate is compared with the straight line.
_PROBES = (0.25, 0.5, 0.8)
#: Behind a jump the loss falls steeply: extra nodes at growing distances, in steps.
_BEHIND = np.unique(np.round(1.5 ** np.arange(20)).astype(np.intp))
#: A change by this share of the peak in one step is a jump; at most so many get extra nodes.
_JUMP, _JUMPS = 0.02, 200


def nodes(rates: Floats) -> Steps:
    """Steps of the run, rising, the first and the last among them; all, where there are few."""
    last = len(rates) - 1
    if last < 2 * _STRETCHES:
        return np.arange(last + 1)
    peak = float(rates.max())
    edges = np.linspace(0, last, _STRETCHES + 1).astype(np.intp)
    begin, end = edges[:-1], edges[1:]
    kept = [edges]
    while begin.size and sum(map(len, kept)) < _MOST:
        halved = ~_straight(rates, begin, end, peak) & (end - begin > 1)
        begin, end = begin[halved], end[halved]
        middle = (begin + end) // 2
        kept.append(middle)
        begin, end = np.concatenate([begin, middle]), np.concatenate([middle, end])
    every: Steps = np.unique(np.concatenate(kept))
    jump = (np.diff(every) == 1) & (np.abs(np.diff(rates[every])) > _JUMP * peak)
    jumps = every[1:][jump][:_JUMPS]
    behind = (jumps[:, None] + _BEHIND).ravel()
    every = np.unique(np.concatenate([every, behind[behind < last]]))
    return every


def _straight(rates: Floats, begin: Steps, end: Steps, peak: float) -> NDArray[np.bool_]:
    """Whether the rate is a straight line between each of ``begin`` and its ``end``."""
    first, final = rates[begin], rates[end]
    high = np.maximum(np.maximum(first, final), _NOTHING * peak)
    straight: NDArray[np.bool_] = np.abs(final - first) <= _STEEP * high
    length = end - begin
    for share in _PROBES:
        step = (share * length).astype(np.intp)
        line = first + (final - first) * step / length
        straight &= np.abs(rates[begin + step] - line) <= _STRAIGHT * peak
    return straight
