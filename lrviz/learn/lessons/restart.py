"""Lesson 3: where restarts happen, and why some never do."""

from dataclasses import replace

from lrviz.figures import Note
from lrviz.learn.lesson import (
    Answers,
    Chart,
    Choose,
    Lesson,
    MarkStep,
    Mistake,
    Round,
    SetParameter,
)
from lrviz.scene import Curve, Scene, Timeline, scene_of
from lrviz.schedules import CosineDecayRestarts
from lrviz.text import Sentence, mark

_FIRST = 100
_DOUBLING = CosineDecayRestarts(0.1, _FIRST, t_mul=2.0)


def _starts(schedule: CosineDecayRestarts, last: int) -> list[int]:
    return [cycle.start for cycle in schedule.cycles(last)]


def _scene(schedule: CosineDecayRestarts, run: Timeline) -> Scene:
    return scene_of(Curve(schedule), timeline=run)


_SECOND = _starts(_DOUBLING, 800)[2]
_RUN = Timeline(total_steps=800)

_WHERE = Round(
    chart=Chart(_scene(_DOUBLING, _RUN), upto=80),
    question=MarkStep(
        Sentence(
            "The first cycle is {first} steps long, and t_mul = 2. At which step will the "
            "second restart be?",
            {"first": _FIRST},
        ),
        Answers(
            right=_SECOND,
            tolerance=12,
            why=Sentence(
                "The first cycle has {first} steps, the second 2 × {first}: together {second}.",
                {"first": _FIRST, "second": _SECOND},
            ),
            mistakes=(
                Mistake(_FIRST, Sentence("That is the first restart. The second comes later.")),
                Mistake(
                    2 * _FIRST,
                    Sentence(
                        "That would be cycles of equal length (t_mul = 1). With t_mul = 2 the "
                        "second cycle is twice as long as the first."
                    ),
                ),
                Mistake(
                    4 * _FIRST,
                    Sentence(
                        "You doubled the place of the restart twice. What doubles is the cycle's "
                        "length: {first}, then {second}, and they add up.",
                        {"first": _FIRST, "second": 2 * _FIRST},
                    ),
                ),
                Mistake(
                    _starts(_DOUBLING, 800)[3],
                    Sentence("That is the third restart: {first} + 200 + 400.", {"first": _FIRST}),
                ),
            ),
            too_low=Sentence("Too early: add up the first two cycles."),
            too_high=Sentence("Too late: add up the first two cycles, no more."),
        ),
    ),
    notes=(
        Note(Sentence("1st restart: {step}", {"step": _FIRST}), _FIRST),
        Note(
            Sentence(
                "2nd restart: {first} + {second} = {sum}",
                {"first": _FIRST, "second": 2 * _FIRST, "sum": _SECOND},
            ),
            _SECOND,
            None,
            "right",
        ),
    ),
    sentence=Sentence(
        "t_mul multiplies the length of each cycle, and the restarts are where the lengths add up: "
        "100, 300, 700, …"
    ),
)

_SET = Round(
    chart=Chart(_scene(replace(_DOUBLING, t_mul=1.0), replace(_RUN, total_steps=500)), upto=105),
    question=SetParameter(
        Sentence(
            "Set t_mul so that the second restart comes at step 250. (The first stays at {first}.)",
            {"first": _FIRST},
        ),
        Answers(
            right=1.5,
            tolerance=0.02,
            why=Sentence("{first} + 1.5 × {first} = 250.", {"first": _FIRST}),
            mistakes=(
                Mistake(
                    2.5,
                    Sentence(
                        "250 / {first} is where the restart lies. The second cycle alone has 150 "
                        "steps: how many times {first} is that?",
                        {"first": _FIRST},
                    ),
                ),
                Mistake(
                    2.0,
                    Sentence(
                        "With t_mul = 2 the second restart is at {second}.", {"second": _SECOND}
                    ),
                ),
                Mistake(1.0, Sentence("With t_mul = 1 every cycle is equal: it would be at 200.")),
            ),
            too_low=Sentence("Too early still: the second cycle is to be 150 steps long."),
            too_high=Sentence("Too late: the second cycle is to be 150 steps long."),
        ),
        field="t_mul",
        stops=tuple(tenths / 10 for tenths in range(5, 31)),
    ),
    notes=(Note(Sentence("Step {step}", {"step": 250}), 250, None, "right"),),
    sentence=Sentence(
        "With t_mul = 1 all cycles are equal; 1.5 and 2 make each longer than the one before, so "
        "restarts become rare."
    ),
)

_SHRINKING = CosineDecayRestarts(0.1, _FIRST, t_mul=0.5)

_WALL = Round(
    chart=Chart(_scene(_SHRINKING, replace(_RUN, total_steps=400)), upto=105),
    question=MarkStep(
        Sentence(
            "t_mul = 0.5: each cycle is half as long as the one before. Up to which step does the "
            "schedule last?"
        ),
        Answers(
            right=_SHRINKING.limit,
            tolerance=7,
            why=Sentence(
                "{first} + 50 + 25 + … never gets beyond {limit}.",
                {"first": _FIRST, "limit": _SHRINKING.limit},
            ),
            mistakes=(
                Mistake(
                    150, Sentence("Only two cycles fit up to there, and shorter ones still follow.")
                ),
                Mistake(175, Sentence("Three cycles end there, and shorter ones still follow.")),
                Mistake(
                    399,
                    Sentence(
                        "It does not last for ever: cycles that halve add up to a finite length."
                    ),
                ),
            ),
            too_low=Sentence("Too early: more and more cycles still fit, each half as long."),
            too_high=Sentence("Too late: add up 100 + 50 + 25 + … — does it ever get there?"),
        ),
    ),
    notes=(
        Note(
            Sentence("The wall: step {step}", {"step": _SHRINKING.limit}),
            _SHRINKING.limit,
            None,
            "right",
        ),
    ),
    sentence=Sentence(
        "Below 1 the cycles shrink into a wall at first_decay_steps / (1 − t_mul). From there on "
        "the rate is NaN, in Keras too, and a training run breaks."
    ),
)

_LONG = CosineDecayRestarts(0.1, 320, t_mul=2.0)
_SHORT = Timeline(samples=1024, batch_size=32, epochs=10)

_NEVER = Round(
    chart=Chart(_scene(_LONG, _SHORT)),
    question=Choose(
        Sentence(
            "“My restarts don't restart.” 10 epochs of 32 steps, "
            "CosineDecayRestarts(0.1, first_decay_steps=320, t_mul=2). Why?"
        ),
        Answers(
            right=1,
            why=Sentence(
                "The run's steps are 0 to {last}: it is over before step {restart}, where the "
                "first restart would be.",
                {"last": _SHORT.last_step, "restart": _LONG.first_decay_steps},
            ),
            mistakes=(
                Mistake(
                    0,
                    Sentence(
                        "t_mul only matters after the first cycle. This run never gets that far."
                    ),
                ),
                Mistake(
                    2,
                    Sentence("m_mul is how high a restart goes. With 1 it goes all the way up."),
                ),
                Mistake(
                    3,
                    Sentence("The optimizer calls the schedule at every step: no callback needed."),
                ),
            ),
        ),
        options=(
            Sentence("t_mul = 2 is too large."),
            Sentence("The first cycle is as long as the whole run."),
            Sentence("m_mul = 1 switches restarts off."),
            Sentence("It needs a callback as well."),
        ),
    ),
    notes=(Note(Sentence("1st restart: {step}", {"step": 320}), 320, None, "right"),),
    revealed=Chart(_scene(_LONG, replace(_SHORT, epochs=20))),
    sentence=Sentence(
        "first_decay_steps is the length of the first cycle, not of the run. Take a part of the "
        "run: with t_mul = 2, a seventh of it gives three whole cycles."
    ),
)

LESSON = Lesson(
    id="restart",
    title=mark("A restart"),
    about=Sentence("first_decay_steps and t_mul decide where the rate jumps back up."),
    rounds=(_WHERE, _SET, _WALL, _NEVER),
    free=Chart(_scene(_DOUBLING, replace(_RUN, total_steps=800))),
    controls=("first_decay_steps", "t_mul"),
    invitation=Sentence(
        "Make the run end exactly at the end of a cycle. Try t_mul = 1, 1.5, 2, and one below 1."
    ),
)
