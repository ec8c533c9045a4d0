"""Lesson 6: the restart that Keras misses by rounding, in a real log."""

from lrviz.figures import Note, Series
from lrviz.learn.lesson import Answers, Chart, Choose, Lesson, MarkStep, Mistake, Round
from lrviz.learn.lessons.fits import content
from lrviz.scene import Curve, Timeline, scene_of
from lrviz.schedules import CosineDecayRestarts
from lrviz.text import Sentence, mark

_SCHEDULE = CosineDecayRestarts(0.1, 10, t_mul=1.1)
_APPLIED: tuple[float, ...] = tuple(content()["rounding"]["before"])
_SCENE = scene_of(Curve(_SCHEDULE), timeline=Timeline(total_steps=len(_APPLIED)))
_SECOND = _SCHEDULE.cycles(len(_APPLIED))[2].start
#: Where Keras's log and the formula part most.
_WRONG = max(range(len(_APPLIED)), key=lambda step: abs(_APPLIED[step] - float(_SCHEDULE(step))))
_LOG = Series(
    Sentence("Keras's real log"),
    tuple(float(step) for step in range(len(_APPLIED))),
    _APPLIED,
    color=1,
    style="crosses",
)

_WHERE = Round(
    chart=Chart(_SCENE, upto=12),
    question=MarkStep(
        Sentence(
            "CosineDecayRestarts(0.1, first_decay_steps=10, t_mul=1.1): the first restart is at "
            "step 10. On which step should the second be?"
        ),
        Answers(
            right=_SECOND,
            why=Sentence("10 + 10 × 1.1 = {step}, exactly.", {"step": _SECOND}),
            mistakes=(
                Mistake(20, Sentence("That would be t_mul = 1. The second cycle has 11 steps.")),
                Mistake(11, Sentence("That is the length of the second cycle. Add the first.")),
            ),
            too_low=Sentence("Too early: 10 steps, then 11 steps."),
            too_high=Sentence("Too late: 10 steps, then 11 steps."),
        ),
    ),
    notes=(Note(Sentence("10 + 11 = {step}", {"step": _SECOND}), _SECOND, None, "right"),),
    sentence=Sentence("By the formula, step {step} begins a new cycle.", {"step": _SECOND}),
)

_FIND = Round(
    chart=Chart(_SCENE, series=(_LOG,)),
    question=MarkStep(
        Sentence(
            "The crosses are the rates of a real run of Keras {keras} on TensorFlow {tensorflow}, "
            "step by step; the line is the formula. Which step got a wrong rate?",
            {"keras": content()["keras"], "tensorflow": content()["tensorflow"]},
        ),
        Answers(
            right=_WRONG,
            why=Sentence(
                "Step {step} should have {exact}, and got {real}.",
                {"step": _WRONG, "exact": float(_SCHEDULE(_WRONG)), "real": _APPLIED[_WRONG]},
            ),
            mistakes=(
                Mistake(
                    _WRONG + 1,
                    Sentence(
                        "There Keras restarts, one step late, and is right again. The wrong rate "
                        "is the one before."
                    ),
                ),
                Mistake(10, Sentence("That restart is in time: line and cross agree.")),
            ),
            too_low=Sentence("Up to there every cross is on the line. Look further right."),
            too_high=Sentence(
                "From there on the crosses are on the line again. Look further left."
            ),
        ),
    ),
    notes=(
        Note(
            Sentence("Keras: {real}", {"real": _APPLIED[_WRONG]}), _WRONG, _APPLIED[_WRONG], "right"
        ),
    ),
    sentence=Sentence(
        "Keras restarts one step late here: on the step that should be the highest, the rate is "
        "{real}.",
        {"real": _APPLIED[_WRONG]},
    ),
)

_WHY = Round(
    chart=Chart(_SCENE, series=(_LOG,)),
    question=Choose(
        Sentence("Why does Keras miss this restart, and not the first?"),
        Answers(
            right=0,
            why=Sentence(
                "log(1.21) / log(1.1) is exactly 2, but in floating point it comes out a hair "
                "below, and rounding down makes it 1: still the old cycle."
            ),
            mistakes=(
                Mistake(1, Sentence("Then every restart would be late. The first is in time.")),
                Mistake(
                    2,
                    Sentence("A cycle of 11 steps is a whole number: nothing has to be cut off."),
                ),
            ),
        ),
        options=(
            Sentence("It finds the cycle by a quotient of logarithms, rounded down."),
            Sentence("It counts steps from 1."),
            Sentence("It cuts cycle lengths off to whole steps."),
        ),
    ),
    notes=(
        Note(Sentence("1st restart: in time"), 10, float(_SCHEDULE(10)), "hint"),
        Note(Sentence("2nd restart: a step late"), _SECOND + 1, _APPLIED[_SECOND + 1], "right"),
    ),
    sentence=Sentence(
        "A formula is exact, a computer is not. lrviz works boundaries out in whole numbers, and "
        "tests itself against Keras; trust a log more than a plan."
    ),
)

LESSON = Lesson(
    id="rounding",
    title=mark("What the computer does to it"),
    about=Sentence("A restart that Keras misses by rounding, found in a real log."),
    rounds=(_WHERE, _FIND, _WHY),
    free=Chart(_SCENE, series=(_LOG,)),
    controls=("first_decay_steps", "t_mul"),
    invitation=Sentence(
        "The crosses stay Keras's log of first_decay_steps = 10 and t_mul = 1.1. Bend the line: "
        "which nearby t_mul would put a restart on step 22?"
    ),
)
