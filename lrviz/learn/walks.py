"""The walks of lessons 8 and 9: ``walks.json``, written by ``python -m tests.bench.lesson_walks``.

One cloud of 64 particles proves nothing: what a lesson states holds for the clouds of all seeds,
and the one that is drawn is the most ordinary of them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from lrviz.lenses.path import PathLens
from lrviz.lenses.path.landscapes import Landscape
from lrviz.scene import Curve, Scene, Timeline, scene_of
from lrviz.schedules import (
    WSD,
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    ExponentialDecay,
    Floats,
    Schedule,
)
from lrviz.text import Sentence, mark

RUN = Timeline(total_steps=750)
HIGH, LOW = 0.1, 0.02
#: Where the bowl's floor is a tenth of that of the high rate.
TENTH = 0.0114
#: Before this step WSD has not begun to fall.
FALL = 640
#: The highest rate at which the first step off the cliff ends in the good basin for all.
BEARABLE = 0.058
_COSINE = CosineDecay(HIGH, RUN.steps)
_WSD = WSD(HIGH, 40, 600, 110, "linear")


@dataclass(frozen=True)
class Picture:
    """A landscape, and the schedules that walk over it by name.

    Attributes:
        ground: The landscape.
        schedules: Those that are drawn.
        others: Those that are mentioned, and not drawn.
    """

    ground: Landscape
    schedules: Mapping[str, Schedule]
    others: Mapping[str, Schedule]


PICTURES: Mapping[str, Picture] = {
    "bowl": Picture(
        "bowl",
        {"high": Constant(HIGH), "low": Constant(LOW), "tenth": Constant(TENTH)},
        {"hundredth": Constant(HIGH / 100)},
    ),
    "valley": Picture(
        "valley", {mark("low rate"): Constant(LOW), mark("cosine"): _COSINE, "WSD": _WSD}, {}
    ),
    "cliff": Picture(
        "cliff",
        {mark("no warm-up"): _COSINE, mark("warm-up"): _WSD},
        {
            "bearable": CosineDecay(BEARABLE, RUN.steps),
            "too high": CosineDecay(0.076, RUN.steps),
            "two steps": WSD(HIGH, 2, 638, 110, "linear"),
        },
    ),
    "basins": Picture(
        "basins",
        {
            mark("one decay"): ExponentialDecay(HIGH, 100, 0.5),
            mark("one cosine"): _COSINE,
            mark("three restarts"): CosineDecayRestarts(HIGH, 188, t_mul=1.0),
        },
        {f"{rate}": Constant(rate) for rate in (0.04, 0.05, 0.06, 0.07, 0.1)},
    ),
}


@cache
def content() -> dict[str, Any]:
    """The whole file."""
    data: dict[str, Any] = json.loads(
        files("lrviz.learn").joinpath("walks.json").read_text("utf-8")
    )
    return data


def seeds() -> int:
    """How many clouds were walked with each schedule."""
    return int(content()["seeds"])


def ends(picture: str, name: str) -> Floats:
    """Each seed's end: how many are counted, where the ground counts them, else the mean loss."""
    return np.array(content()["ends"][picture][name], float)


def before_the_fall(name: str) -> Floats:
    """Each seed's mean loss in the valley at step :data:`FALL`."""
    return np.array(content()["before"][name], float)


@cache
def ordinary(picture: str) -> int:
    """The seed whose drawn ends are, together, nearest to their means."""
    drawn = [ends(picture, name) for name in PICTURES[picture].schedules]
    away = sum(((each - each.mean()) / (each.std() or 1.0)) ** 2 for each in drawn)
    return int(np.argmin(away))


def lowest_to_highest(values: Floats) -> Sentence:
    """From the lowest to the highest of some seeds, as people write it."""
    low, high = (float(f"{value:.2g}") for value in (values.min(), values.max()))
    return Sentence("{low} to {high}", {"low": low, "high": high})


def mean(values: Floats) -> float:
    """The mean over the seeds, in three digits."""
    return float(f"{values.mean():.3g}")


def scene(*curves: tuple[Schedule, str], on: str = "", selected: int = 0) -> Scene:
    """Schedules over the run by their names; with that picture's lens beneath them."""
    drawn = (Curve(schedule, label=label) for schedule, label in curves)
    result = scene_of(*drawn, timeline=RUN, selected=selected)
    if not on:
        return result
    return replace(result, lens=PathLens(seed=ordinary(on)).on(PICTURES[on].ground).lens)


def drawn(picture: str, *names: str) -> tuple[tuple[Schedule, str], ...]:
    """Some of a picture's schedules, with their names."""
    return tuple((PICTURES[picture].schedules[name], name) for name in names)
