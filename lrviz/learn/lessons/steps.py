"""Lesson 1: what a schedule counts is steps."""

from dataclasses import replace

from lrviz.figures import Note
from lrviz.learn.lesson import (
    Answers,
    Chart,
    Lesson,
    MarkStep,
    Mistake,
    PredictRate,
    Round,
    SetParameter,
)
from lrviz.scene import Curve, Scene, Timeline, scene_of
from lrviz.schedules import CosineDecay
from lrviz.text import Sentence, mark

_COSINE = CosineDecay(0.001, 50, alpha=0.001)
_RUN = Timeline(samples=10, batch_size=32, epochs=10)
_FIRST, _FLOOR = float(_COSINE(0)), float(_COSINE(50))
_LAST = float(_COSINE(_RUN.last_step))
#: So much of the cosine's way is gone at the last step.
_SHARE = _RUN.last_step / _COSINE.decay_steps


def _scene(run: Timeline) -> Scene:
    return scene_of(Curve(_COSINE), timeline=run)


_LENGTH = Round(
    # The axis is longer than the run: where the run ends is the question.
    chart=Chart(_scene(replace(_RUN, total_steps=100))),
    question=MarkStep(
        Sentence(
            "A course note trains on {samples} samples with batch size {batch} for {epochs} "
            "epochs. After how many steps is the run over?",
            {"samples": _RUN.samples, "batch": _RUN.batch_size, "epochs": _RUN.epochs},
        ),
        Answers(
            right=_RUN.steps,
            why=Sentence(
                "{samples} samples fit into one batch, so each of the {epochs} epochs is one step.",
                {"samples": _RUN.samples, "epochs": _RUN.epochs},
            ),
            mistakes=(
                Mistake(
                    _RUN.steps - 1,
                    Sentence(
                        "Step {last} is the last one, but steps count from 0: after it, {steps} "
                        "steps are done.",
                        {"last": _RUN.last_step, "steps": _RUN.steps},
                    ),
                ),
                Mistake(
                    _RUN.samples * _RUN.epochs,
                    Sentence(
                        "That is one step for every sample: batch size 1. A batch of {batch} takes "
                        "all {samples} samples in a single step.",
                        {"batch": _RUN.batch_size, "samples": _RUN.samples},
                    ),
                ),
                Mistake(
                    _COSINE.decay_steps,
                    Sentence(
                        "That is decay_steps: how long the schedule wants to be. The run does not "
                        "know it; it ends when its epochs are over."
                    ),
                ),
            ),
            too_low=Sentence("Too early: every epoch has at least one step."),
            too_high=Sentence(
                "Too late: steps = epochs × ⌈samples / batch size⌉, and the quotient rounds up to "
                "1 here."
            ),
        ),
    ),
    notes=(
        Note(
            Sentence("The run ends: {steps} steps", {"steps": _RUN.steps}),
            _RUN.steps,
            None,
            "right",
        ),
        Note(Sentence("decay_steps = {steps}", {"steps": _COSINE.decay_steps}), 50),
    ),
    sentence=Sentence(
        "A step is one update of the weights. Steps = epochs × ⌈samples / batch size⌉; a schedule "
        "in the optimizer counts these, and nothing else."
    ),
)

_REACHED = Round(
    chart=Chart(_scene(_RUN), upto=0),
    question=PredictRate(
        Sentence(
            "The note gives the optimizer CosineDecay({first}, decay_steps=50). Which rate does "
            "the last step of the run get?",
            {"first": _FIRST},
        ),
        Answers(
            right=_LAST,
            tolerance=0.000025,
            why=Sentence(
                "The last step is step {step}: less than a fifth of the way, where a cosine has "
                "hardly begun to fall.",
                {"step": _RUN.last_step},
            ),
            mistakes=(
                Mistake(
                    _FLOOR,
                    Sentence(
                        "That is the floor, at step 50. The run never gets there: its last step is "
                        "step {step}.",
                        {"step": _RUN.last_step},
                    ),
                ),
                Mistake(
                    _FIRST - _SHARE * (_FIRST - _FLOOR),
                    Sentence(
                        "That would be a straight line: {percent}% of the way, {percent}% of the "
                        "fall. A cosine begins flat.",
                        {"percent": round(100 * _SHARE)},
                    ),
                ),
                Mistake(
                    _FIRST / 2,
                    Sentence("Half of the rate is reached half-way: at step 25, after this run."),
                ),
            ),
            too_low=Sentence("Too low: only {part} of 50 steps are made.", {"part": _RUN.steps}),
            too_high=Sentence("Too high: it has begun to fall, if only a little."),
        ),
        step=_RUN.last_step,
        highest=0.0011,
    ),
    notes=(
        Note(
            Sentence("Step {step}: {rate}", {"step": _RUN.last_step, "rate": _LAST}),
            None,
            _LAST,
            "right",
        ),
    ),
    sentence=Sentence(
        "The whole cosine of the note is never trained with: the rate only falls from {first} to "
        "{last}. A schedule longer than the run is cut off.",
        {"first": _FIRST, "last": _LAST},
    ),
)

_WHOLE = Round(
    chart=Chart(_scene(_RUN)),
    question=SetParameter(
        Sentence(
            "Keep the data and the {epochs} epochs. Set batch_size so that the run gets down to "
            "the floor, at step 50.",
            {"epochs": _RUN.epochs},
        ),
        Answers(
            right=1,
            why=Sentence(
                "Batch size 1 makes {steps} steps: the whole cosine, and a flat rest.",
                {"steps": replace(_RUN, batch_size=1).steps},
            ),
            mistakes=(
                Mistake(
                    2,
                    Sentence(
                        "Almost! Batch size 2 makes {steps} steps, but they are counted from 0: "
                        "the last one is step {last}, one short of the floor.",
                        {
                            "steps": replace(_RUN, batch_size=2).steps,
                            "last": replace(_RUN, batch_size=2).last_step,
                        },
                    ),
                ),
            ),
            too_high=Sentence(
                "Too few steps still: smaller batches make more of them. Watch the axis grow."
            ),
        ),
        field="batch_size",
        stops=tuple(range(1, _RUN.batch_size + 1)),
    ),
    notes=(
        Note(
            Sentence("The floor: alpha × peak, from step {step} on", {"step": 50}),
            50,
            None,
            "right",
        ),
    ),
    sentence=Sentence(
        "To fit a schedule to a run, count the run's steps first. In the optimizer decay_steps is "
        "in steps, not in epochs, and not in samples."
    ),
)

LESSON = Lesson(
    id="steps",
    title=mark("Steps, batches, epochs"),
    about=Sentence("A schedule counts steps. How many there are is decided elsewhere."),
    rounds=(_LENGTH, _REACHED, _WHOLE),
    free=Chart(_scene(replace(_RUN, batch_size=1))),
    controls=("batch_size", "samples", "epochs", "decay_steps"),
    invitation=Sentence(
        "Try batch sizes from 1 to 10, then make decay_steps fit the run again. When is the last "
        "step exactly on the floor?"
    ),
)
