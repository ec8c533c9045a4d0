"""What is watched for while a fit runs: when to keep a model, and why it is stopped."""

import math

from lrviz.scene import Line, Timeline
from lrviz.text import Sentence

#: The models at the last so many cycles' ends are kept.
_MOST_SNAPSHOTS = 20


def why_stopped(step: int, rate: float, loss: float) -> Sentence:
    """Why a fit with this rate, or this loss, at a step is stopped."""
    if not math.isfinite(rate):
        return Sentence(
            "The learning rate of step {step} is not a number, so the fit was stopped there.",
            {"step": step},
        )
    return Sentence(
        "The loss grew beyond all bounds (to {loss} at step {step}): the rate is too high for "
        "this model and data. The fit was stopped there.",
        {"loss": loss, "step": step},
    )


def cycle_ends(line: Line, timeline: Timeline) -> frozenset[int]:
    """The last step of each cycle that the run completes."""
    restarts = line.restarts(timeline, upto=timeline.steps) or ()
    return frozenset([restart - 1 for restart in restarts][-_MOST_SNAPSHOTS:])
