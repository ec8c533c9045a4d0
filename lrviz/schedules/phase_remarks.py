"""What may surprise in phases, and between them."""

import math
from collections.abc import Iterator, Sequence

from lrviz.schedules.base import Schedule
from lrviz.schedules.linear import Linear
from lrviz.text import Sentence


def phase_remarks(
    phases: Sequence[Schedule], starts: Sequence[int], ends: Sequence[float], breaks: Sequence[bool]
) -> Iterator[Sentence]:
    """What is to be said of phases that begin at ``starts``.

    ``ends`` are the rates with which all but the last of them end, and ``breaks`` tells whether the
    next one begins with another.
    """
    yield from _warm_up(phases[0], starts)
    stops = [*starts[1:], math.inf]
    for i, (phase, start, stop) in enumerate(zip(phases, starts, stops, strict=True)):
        told: dict[str, object] = {"number": i + 1, "name": phase.title}
        if stop - start < phase.end < math.inf:
            yield Sentence(
                "Phase {number} ({name}) is cut off: it has {length} of its {end} steps.",
                told | {"length": int(stop - start), "end": int(phase.end)},
            )
        if i and breaks[i - 1] and start > 0:
            yield Sentence(
                "The rate jumps from {before} to {after} where phase {number} ({name}) begins, at "
                "step {step}.",
                told | {"before": ends[i - 1], "after": float(phase(0)), "step": start},
            )
        for each in phase.remarks():
            yield Sentence("Phase {number} ({name}): {remark}", told | {"remark": each})


def _warm_up(first: Schedule, starts: Sequence[int]) -> Iterator[Sentence]:
    if not isinstance(first, Linear) or len(starts) < 2 or starts[1] < 2:
        return
    if first.initial_learning_rate == 0 < first.end_learning_rate:
        yield Sentence(
            "The first step of this warm-up has the rate 0, as in transformers and OLMo; "
            "torchtitan begins with 1 / {steps} of the peak, nanoGPT with 1 / {more}.",
            {"steps": first.decay_steps, "more": first.decay_steps + 1},
        )
