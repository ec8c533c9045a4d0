"""How fast the engine is: ratios measured in one run. ``python -m tests.bench.engine``."""

import os
import time
import tracemalloc
from collections.abc import Callable

import numpy as np

from lrviz.scene.sampling import sample
from lrviz.schedules import SCHEDULES, CosineDecayRestarts, Schedule
from tests.schedules.oracle import CASES, in_keras


def seconds(act: Callable[[], object], repeats: int = 7) -> float:
    """The fastest of some runs: what the code costs, without what else the machine does."""
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        act()
        best = min(best, time.perf_counter() - start)
    return best


def against_cos() -> None:
    print("1e6 steps, as a multiple of np.cos of the same array")
    steps = np.arange(1e6)
    others: list[Schedule] = [
        CosineDecayRestarts(0.1, 1000, 1.0, 0.9),
        CosineDecayRestarts(0.1, 1000, 1.5, 0.9, 0.1),
        CosineDecayRestarts(0.1, 10, 0.5),
    ]
    for schedule in [*(each.example(10**6) for each in SCHEDULES), *others]:
        cos = seconds(lambda: np.cos(steps))
        ratio = seconds(lambda s=schedule: s(steps)) / cos
        print(f"  {ratio:6.2f}  {schedule}")


def against_keras() -> None:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    from keras.optimizers import schedules

    print("calling Keras step by step, as a multiple of our time for the same steps (1e6)")
    steps, few = np.arange(1e6), range(1000)
    seen = set()
    for ours in CASES:
        if type(ours) in seen:
            continue
        seen.add(type(ours))
        theirs = in_keras(schedules, ours)
        slow = seconds(lambda s=theirs: [float(s(step)) for step in few], 1) / len(few)
        fast = seconds(lambda s=ours: s(steps)) / len(steps)
        print(f"  {slow / fast:10,.0f}  {type(ours).__name__}")


def against_length() -> None:
    print("1,000 points of a run of 1e12 steps against 1e3: time, peak memory")
    for each in SCHEDULES:
        costs = []
        for length in (10**3, 10**12):
            schedule = each.example(length)
            points = np.rint(np.linspace(0, length - 1, 1000))
            cost = seconds(lambda s=schedule, p=points: s(p), 200)
            tracemalloc.start()
            schedule(points)
            costs.append((cost, tracemalloc.get_traced_memory()[1]))
            tracemalloc.stop()
        (short, little), (long, much) = costs
        choose = seconds(lambda s=schedule: sample(s, 10**12 - 1), 50)
        print(
            f"  {long / short:6.2f} {much / little:6.2f}  {each.__name__} "
            f"({long * 1e6:.0f} µs, and {choose * 1e6:.0f} µs to choose them)"
        )


if __name__ == "__main__":
    against_cos()
    against_keras()
    against_length()
