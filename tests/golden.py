"""What Python works out and the browser's modules must find, too: ``python -m tests.golden``.

It writes ``tests/js/golden.json``; ``tests/test_golden.py`` holds it to Python, ``node --test`` to
the modules.
"""

import json
from pathlib import Path

import numpy as np

from lrviz.forecast import LAWS, forecast
from lrviz.forecast.ranking import rank
from lrviz.learn.lessons import LESSONS
from lrviz.lenses.loss import law_payload
from lrviz.lenses.path.landscapes import LANDSCAPES
from lrviz.lenses.path.walks import PARTICLES, loss_at, normals, walk
from lrviz.scene import Curve, Timeline
from lrviz.scene.lines import drawn
from lrviz.schedules import CosineDecayRestarts, PiecewiseConstantDecay
from lrviz.view.question import marker
from tests.forecast.schedules import PEAK, cosine, exponential, linear

FILE = Path(__file__).parent / "js" / "golden.json"
LONG = 72_000
POINTS = 160
RUNS = {
    "cosine": cosine(LONG),
    "wsd": exponential(LONG, 68_000),
    "linear to 0": linear(LONG, 60_000),
    "restarts": CosineDecayRestarts(PEAK, 12_000, t_mul=1.0),
    "at 0 for a while": PiecewiseConstantDecay((20_000, 30_000, 60_000), (PEAK, 0.0, PEAK, 0.0)),
}
RATES = [round(0.1 * (1 - at / 40), 6) for at in range(40)]
SEED, NOISE, MOMENTUM = 7, 0.8, 0.5


def _forecasts():
    law = LAWS[1]
    for name, schedule in RUNS.items():
        x, y, real = drawn(Curve(schedule), Timeline(total_steps=LONG), POINTS)
        steps = np.minimum(x, LONG - 1).astype(int)
        losses = forecast(schedule, LONG, law, steps)
        yield {
            "name": name,
            "law": law_payload(law),
            "steps": x.tolist(),
            "rates": np.float32(y).tolist(),
            # Of a hold before a jump there is no step; before any rate there is no loss.
            "losses": [
                float(f"{loss:.7g}") if at and np.isfinite(loss) else None
                for loss, at in zip(losses, real, strict=True)
            ],
        }


def _walks():
    given = normals(SEED, 2 * PARTICLES * len(RATES)).reshape(len(RATES), PARTICLES, 2)
    for name, ground in LANDSCAPES.items():
        found = walk(ground, RATES, given, start=ground.start, noise=NOISE, momentum=MOMENTUM)
        yield {
            "name": name,
            "ground": {
                "bowl": ground.bowl,
                "wells": ground.wells,
                "lowest": ground.lowest,
            },
            "start": ground.start,
            "value": float(loss_at(ground, 0.3, -0.4)),
            "mean": found.mean.tolist(),
            "x": found.x[-1].tolist(),
            "y": found.y[-1].tolist(),
        }


def _questions():
    """Those that are answered by a marker: where it can go, and where the answer is."""
    for lesson in LESSONS:
        for at, asked in enumerate(lesson.rounds):
            asks = marker(asked, f"{lesson.id}-{at}", None)
            if asks is not None:
                answers = asked.question.answers
                judged = {"right": answers.right, "tolerance": answers.tolerance}
                along = ("id", "axis", "low", "high", "step", "whole")
                yield {name: getattr(asks, name) for name in along} | judged


#: Losses at the end, and the error of a difference: conclusive, a draw, a tie, an error that was
#: not measured, and losses that do not count.
ENDS = (
    ({"a": 2.0, "b": 2.1, "c": 3.0}, 0.02),
    ({"c": 2.0, "b": 2.1, "a": 1.95}, 0.11),
    ({"a": 2.0, "b": 2.0, "c": 2.0}, 0.0),
    ({"a": 2.5, "b": 2.0}, float("nan")),
    ({"a": float("nan"), "b": 2.5, "c": float("nan"), "d": 2.25}, 0.25),
    ({"a": float("nan"), "b": 2.5}, 0.02),
    ({}, 0.02),
)


def _rankings():
    for losses, error in ENDS:
        found = rank(losses, error)
        yield {
            "losses": {name: None if loss != loss else loss for name, loss in losses.items()},
            "error": None if error != error else error,
            "best": found and found.best,
            "second": found and found.second,
            "gap": found and found.gap,
            "conclusive": bool(found and found.conclusive),
        }


def golden() -> dict[str, object]:
    return {
        "rates": RATES,
        "seed": SEED,
        "noise": NOISE,
        "momentum": MOMENTUM,
        "normals": normals(SEED, 8).tolist(),
        "forecasts": [*_forecasts()],
        "rankings": [*_rankings()],
        "walks": [*_walks()],
        "questions": [*_questions()],
    }


if __name__ == "__main__":
    FILE.write_text(json.dumps(golden()) + "\n")
