"""Lesson 4: how high a restart goes."""

from lrviz.figures import Note
from lrviz.learn.lesson import (
    Answers,
    Chart,
    Choose,
    Lesson,
    Mistake,
    PredictRate,
    Round,
    SetParameter,
)
from lrviz.scene import Curve, Scene, Timeline, scene_of
from lrviz.schedules import CosineDecayRestarts
from lrviz.text import Sentence, mark

_PEAK, _FIRST = 0.1, 100


def _scene(m_mul: float, alpha: float = 0.0, t_mul: float = 1.0) -> Scene:
    schedule = CosineDecayRestarts(_PEAK, _FIRST, t_mul=t_mul, m_mul=m_mul, alpha=alpha)
    return scene_of(Curve(schedule), timeline=Timeline(total_steps=400))


_DILUTED = _scene(2.0, 0.1)
_PEAKS = [cycle.peak for cycle in _DILUTED.curve.schedule.cycles(_DILUTED.timeline.last_step)]
_ROOT = 0.5**0.5

_HALF = Round(
    chart=Chart(_scene(1.0), upto=105),
    question=SetParameter(
        Sentence(
            "alpha = 0. Set m_mul so that the third peak is half as high as the first (the first "
            "peak is step 0)."
        ),
        Answers(
            right=_ROOT,
            tolerance=0.011,
            why=Sentence(
                "Two restarts lead to the third peak: m_mul × m_mul = 0.5, so m_mul = {root}.",
                {"root": _ROOT},
            ),
            mistakes=(
                Mistake(
                    0.5,
                    Sentence(
                        "With 0.5 the second peak is half of the first already, and the third a "
                        "quarter: m_mul applies at every restart."
                    ),
                ),
                Mistake(
                    0.5 ** (1 / 3),
                    Sentence(
                        "That would be three restarts. Only two lie between the first peak and the "
                        "third."
                    ),
                ),
                Mistake(
                    0.75,
                    Sentence("Not by equal amounts, by equal factors: 1, m_mul, m_mul², …"),
                ),
                Mistake(1.0, Sentence("With 1 every peak is as high as the first.")),
            ),
            too_low=Sentence("Too low: the third peak is m_mul² of the first."),
            too_high=Sentence("Too high: the third peak is m_mul² of the first."),
        ),
        field="m_mul",
        stops=tuple(percent / 100 for percent in range(5, 155, 5)),
    ),
    notes=(
        Note(Sentence("Half of the first peak: {rate}", {"rate": _PEAK / 2}), None, 0.05, "right"),
    ),
    sentence=Sentence(
        "With alpha = 0 every restart multiplies the peak by m_mul: 1, m_mul, m_mul², … of the "
        "first."
    ),
)

_ALPHA = Round(
    chart=Chart(_DILUTED, upto=98),
    question=PredictRate(
        Sentence(
            "Now m_mul = 2 and alpha = 0.1; the first peak is {peak}. How high is the third peak, "
            "at step 200?",
            {"peak": _PEAK},
        ),
        Answers(
            right=_PEAKS[2],
            tolerance=0.006,
            why=Sentence(
                "alpha dilutes it: (1 − 0.1) × 2² + 0.1 = {times} times the first.",
                {"times": _PEAKS[2] / _PEAK},
            ),
            mistakes=(
                Mistake(
                    4 * _PEAK,
                    Sentence(
                        "That would be without alpha. Only the part above the floor, 1 − alpha, is "
                        "multiplied."
                    ),
                ),
                Mistake(
                    _PEAKS[1],
                    Sentence("That is the second peak, at step 100. One more restart follows."),
                ),
                Mistake(2 * _PEAK, Sentence("That would be one doubling, and without alpha.")),
                Mistake(
                    0.9 * 4 * _PEAK,
                    Sentence("Close: (1 − alpha) × m_mul² is right, but the floor comes on top."),
                ),
            ),
            too_low=Sentence("Too low: two restarts, each multiplies the part above the floor."),
            too_high=Sentence("Too high: two restarts, each multiplies the part above the floor."),
        ),
        step=200,
        highest=0.75,
    ),
    notes=(
        Note(Sentence("{rate}", {"rate": _PEAKS[2]}), 200, _PEAKS[2], "right"),
        Note(Sentence("{rate}", {"rate": _PEAKS[1]}), 100, _PEAKS[1]),
    ),
    sentence=Sentence(
        "Cycle i peaks at (1 − alpha) × m_mulⁱ + alpha of the first peak: {first}, {second}, "
        "{third}.",
        {"first": 1, "second": _PEAKS[1] / _PEAK, "third": _PEAKS[2] / _PEAK},
    ),
)

_WHICH = Round(
    chart=Chart(_scene(0.5, 0.0, 2.0)),
    question=Choose(
        Sentence(
            "Until 2021 Keras's documentation said that each restart has an “m_mul times smaller” "
            "rate (put right in keras-team/keras #15288). Here m_mul = 0.5 and t_mul = 2. Which "
            "sentence is true?"
        ),
        Answers(
            right=0,
            why=Sentence("m_mul is about height, t_mul about length."),
            mistakes=(
                Mistake(
                    1,
                    Sentence("The other way round. Look: the cycles grow longer, the peaks lower."),
                ),
                Mistake(
                    2,
                    Sentence("The floor is alpha's business, and alpha is 0 here: it stays at 0."),
                ),
            ),
        ),
        options=(
            Sentence("Each cycle starts half as high as the one before, and is twice as long."),
            Sentence("Each cycle starts twice as high as the one before, and is half as long."),
            Sentence("Each cycle has half the floor of the one before."),
        ),
    ),
    notes=(
        Note(Sentence("m_mul = 0.5: half as high"), 100, _PEAK / 2, "right"),
        Note(Sentence("t_mul = 2: twice as long"), 300, _PEAK / 4, "right"),
    ),
    sentence=Sentence(
        "To keep them apart: t_mul is time, m_mul is magnitude. Draw it before you train with it."
    ),
)

LESSON = Lesson(
    id="m_mul",
    title=mark("How high a restart goes"),
    about=Sentence("m_mul lowers or raises each restart, and alpha dilutes it."),
    rounds=(_HALF, _ALPHA, _WHICH),
    free=Chart(_scene(0.7, 0.1)),
    controls=("m_mul", "alpha"),
    invitation=Sentence("Raise alpha slowly towards 1: what becomes of m_mul?"),
)
