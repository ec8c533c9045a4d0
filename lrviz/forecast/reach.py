"""How far a curve is from the setting that a law was fitted to and tested on."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np

from lrviz.forecast.law import Setting
from lrviz.scene import Line, Timeline
from lrviz.schedules import Floats
from lrviz.text import Sentence

#: ``tested``: as in the setting. ``near``: outside, and a sentence says how far. ``never``: so far
#: outside that the law does not apply.
Level = Literal["tested", "near", "never"]

#: By this factor more or less a peak, or a warm-up, is still that of the setting;
_ALIKE = 1.3
#: by up to this one a peak, or a run, is outside, but the law still applies.
_NEAR = 3.0
#: A rise after the peak by this share of it is a restart; below it is rounding, or an average.
_RISE = 0.02
#: A warm-up ends at this share of the peak.
_WARM = 0.98


class Reach(NamedTuple):
    """The level of a curve, and a sentence for each difference from the setting."""

    level: Level
    why: tuple[Sentence, ...]


# Of the lines on a page, one at a time changes.
@lru_cache(maxsize=256)
def reach(line: Line, timeline: Timeline, setting: Setting) -> Reach:
    """How far ``line`` over that run is from the setting."""
    steps = line.steps(timeline)
    rates = line.rate(steps, timeline)
    if not (rates >= 0).all() or not 0 < rates.max() < np.inf:
        return Reach("never", (Sentence("The law needs a rate of at least 0 at every step."),))
    limits = [
        *_peak(float(rates.max()), setting),
        *_run(timeline.steps, setting),
        *_warmup(steps, rates, setting),
        *_rises(rates),
    ]
    levels = [level for level, _ in limits]
    level: Level = "never" if "never" in levels else "near" if levels else "tested"
    return Reach(level, tuple(why for each, why in limits if each == level))


_Limits = Iterator[tuple[Level, Sentence]]


def _peak(peak: float, setting: Setting) -> _Limits:
    factor = peak / setting.peak
    values: dict[str, object] = {"peak": peak, "wanted": setting.peak}
    if not 1 / _NEAR <= factor <= _NEAR:
        yield (
            "never",
            Sentence(
                "The law was never tested at a peak of {peak}: it was fitted at {wanted}.", values
            ),
        )
    elif not 1 / _ALIKE <= factor <= _ALIKE:
        yield (
            "near",
            Sentence(
                "Its peak of {peak} is {times} times the {wanted} that the law was fitted at.",
                values | {"times": float(f"{factor:.2g}")},
            ),
        )


def _run(steps: int, setting: Setting) -> _Limits:
    values: dict[str, object] = {"steps": steps, "fewest": setting.fewest, "most": setting.most}
    if not setting.fewest / _NEAR <= steps <= setting.most * _NEAR:
        yield (
            "never",
            Sentence(
                "The law was never tested on a run of {steps} steps: on {fewest} to {most}.", values
            ),
        )
    elif not setting.fewest <= steps <= setting.most:
        yield (
            "near",
            Sentence(
                "The run has {steps} steps; the law was tested on {fewest} to {most}.", values
            ),
        )


def _warmup(steps: Floats, rates: Floats, setting: Setting) -> _Limits:
    length = int(steps[np.argmax(rates >= _WARM * rates.max())])
    if not setting.warmup / _ALIKE <= length <= setting.warmup * _ALIKE:
        yield (
            "near",
            Sentence(
                "It warms up in {steps} steps; the law was fitted to {wanted}.",
                {"steps": length, "wanted": setting.warmup},
            ),
        )


def _rises(rates: Floats) -> _Limits:
    after = rates[int(np.argmax(rates)) :]
    risen = after - np.minimum.accumulate(after)
    if risen.max() > _RISE * rates.max():
        yield "near", Sentence("It rises again: the law was never tested on restarts.")
