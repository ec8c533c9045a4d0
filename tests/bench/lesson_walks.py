"""The walks behind lessons 8 and 9: ``python -m tests.bench.lesson_walks [seeds]``.

Writes ``lrviz/learn/walks.json``, in about a minute. A walk is what the lens draws: 64
particles, the rates as float32, and the noise of the seed.
"""

import json
import sys
from pathlib import Path

import numpy as np

import lrviz.learn
from lrviz.learn.walks import FALL, PICTURES, RUN, Picture
from lrviz.lenses.path.landscapes import LANDSCAPES
from lrviz.lenses.path.walks import PARTICLES, Walk, normals, rates_of, walk
from lrviz.scene import Curve
from lrviz.schedules import Floats, Schedule

FILE = Path(lrviz.learn.__file__).with_name("walks.json")
SEEDS = 200
#: So many are walked at once.
TOGETHER = 50


def noise(seeds: range) -> Floats:
    """What those seeds give: of shape (moves, seeds, particles, 2)."""
    shape = RUN.steps, PARTICLES, 2
    return np.stack([normals(seed, np.prod(shape)).reshape(shape) for seed in seeds], axis=1)


def walked(picture: Picture, schedule: Schedule, given: Floats) -> Walk:
    """The clouds of all those seeds."""
    ground = LANDSCAPES[picture.ground]
    return walk(ground, rates_of(Curve(schedule), RUN), given, start=ground.start)


def end_of(found: Walk) -> list[float]:
    """Each cloud's end, as it is kept."""
    ends = found.counted if found.ground.counted else found.mean[-1]
    return kept(ends)


def kept(values: Floats) -> list[float]:
    """Numbers as the file has them."""
    return [float(f"{value:.4g}") for value in values]


def measured(seeds: range) -> dict[str, object]:
    """What the file says of those seeds."""
    ends: dict[str, dict[str, list[float]]] = {name: {} for name in PICTURES}
    before: dict[str, list[float]] = {}
    for first in range(seeds.start, seeds.stop, TOGETHER):
        given = noise(range(first, min(first + TOGETHER, seeds.stop)))
        for title, picture in PICTURES.items():
            for name, schedule in (picture.schedules | picture.others).items():
                found = walked(picture, schedule, given)
                ends[title].setdefault(name, []).extend(end_of(found))
                if title == "valley":
                    before.setdefault(name, []).extend(kept(found.mean[FALL]))
    return {"seeds": len(seeds), "ends": ends, "before": before}


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
    FILE.write_text(json.dumps(measured(range(count))) + "\n")
