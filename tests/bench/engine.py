"""How fast the engine is: ratios measured in one run. ``python -m tests.bench.engine``."""

import os
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress

import numpy as np

from lrviz.errors import InvalidCode, InvalidSchedule
from lrviz.export import read
from lrviz.figures.fan import fan_bytes
from lrviz.forecast import LAWS, forecast
from lrviz.scene import Curve, Scene, Timeline, fields_of, scene_of
from lrviz.scene.sampling import sample
from lrviz.schedules import (
    SCHEDULES,
    WSD,
    CosineDecayRestarts,
    Expression,
    Field,
    Linear,
    Schedule,
    Sequence,
)
from tests.export.hostile import FORMULAS, PASTES
from tests.forecast.schedules import cosine, exponential
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


def forecasts() -> None:
    """The law at 72,000 steps, and with the time that the schedule itself takes."""
    print("72,000 steps forecast at 400, in ms; and the schedule's own share")
    at, steps = np.linspace(3000, 71_999, 400).astype(int), np.arange(72_000.0)
    for schedule in (cosine(72_000), exponential(72_000, 68_000), CosineDecayRestarts(3e-4, 1200)):
        whole = seconds(lambda s=schedule: forecast(s, 72_000, LAWS[1], at))
        own = seconds(lambda s=schedule: s(steps))
        print(f"  {whole * 1e3:6.2f}  {own * 1e3:6.2f}  {str(schedule)[:70]}")


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


def composed() -> None:
    """What composition and typed formulas cost beside their parts, and beside NumPy by hand."""
    steps, part = np.arange(1e6), np.arange(2.5e5)
    phases = (
        Linear(0.0, 0.1, 250_000),
        CosineDecayRestarts(0.1, 1000),
        WSD(0.1, 1000, 200_000, 49_000),
        Linear(0.1, 0.0, 250_000),
    )
    sequence = Sequence(phases, (250_000, 500_000, 750_000))
    parts = sum(seconds(lambda p=phase: p(part)) for phase in phases)
    print(f"{seconds(lambda: sequence(steps)) / parts:6.2f}  four phases, as their parts")
    typed = Expression("peak * (1 + cos(pi * min(t / T, 1))) / 2", 10**6, ("peak",), (0.1,))
    by_hand = seconds(lambda: 0.1 * (1 + np.cos(np.pi * np.minimum(steps / 1e6, 1))) / 2)
    print(f"{seconds(lambda: typed(steps)) / by_hand:6.2f}  a formula, as NumPy by hand")


def grabs() -> None:
    """A fan of a composed curve's slider, as one of a single curve's."""
    run = Timeline(total_steps=10_000)
    alone = scene_of(Curve(CosineDecayRestarts(0.1, 500)), timeline=run)
    whole = Sequence(
        (Linear(0.0, 0.1, 500), alone.curve.schedule, Linear(0.1, 0.0, 500)), (500, 9500)
    )
    together = scene_of(Curve(whole), timeline=run)
    cost = seconds(lambda: fan_bytes(alone, _field(alone, "m_mul")))
    for path in ("1.m_mul", "0.end_learning_rate", "boundaries.0"):
        ratio = seconds(lambda p=path: fan_bytes(together, _field(together, p))) / cost
        print(f"{ratio:6.2f}  a fan of {path}, as of one curve ({cost * 1e3:.0f} ms)")


def _field(scene: Scene, path: str) -> Field:
    return next(each for each in fields_of(scene.curve) if each.path == path)


def hostile() -> None:
    """The slowest answers to what means harm, in milliseconds of CPU."""
    took = list[tuple[float, str]]()
    for text in PASTES:
        begin = time.process_time()
        with suppress(InvalidCode):
            read(text, Timeline(total_steps=160), 0.1)
        took.append((time.process_time() - begin, text))
    for text in FORMULAS:
        begin = time.process_time()
        with suppress(InvalidSchedule):
            Expression(text)(np.arange(1000))
        took.append((time.process_time() - begin, text))
    for slow, text in sorted(took, reverse=True)[:5]:
        print(f"{slow * 1e3:6.1f} ms of {len(took)} texts  {text[:60]!r}")


if __name__ == "__main__":
    against_cos()
    forecasts()
    composed()
    grabs()
    hostile()
    against_keras()
    against_length()
