"""Runs as the authors of the multi-power law have trained them, and others."""

from lrviz.schedules import Constant, CosineDecay, Expression, Linear, Sequence

PEAK, FLOOR, WARMUP = 3e-4, 3e-5, 2160
#: linspace(0, peak, 2160): the peak is at step 2,159.
UP = Linear(0.0, PEAK, WARMUP - 1)


def constant(steps):
    return Sequence((UP, Constant(PEAK)), (WARMUP - 1,))


def cosine(steps):
    return Sequence((UP, CosineDecay(PEAK, steps - WARMUP, FLOOR / PEAK)), (WARMUP,))


def exponential(steps, start, floor=FLOOR):
    """Down by equal factors from step ``start``."""
    down = Expression(
        "peak * share ** (t / T)", steps - start, ("peak", "share"), (PEAK, floor / PEAK)
    )
    return Sequence((UP, Constant(PEAK), down), (WARMUP - 1, start))


def linear(steps, start, floor=0.0):
    """Down by equal amounts from step ``start`` to the last of the steps."""
    down = Linear(PEAK, floor, steps - start - 1)
    return Sequence((UP, Constant(PEAK), down), (WARMUP - 1, start))


def lower(start, rate):
    return Sequence((UP, Constant(PEAK), Constant(rate)), (WARMUP - 1, start))
