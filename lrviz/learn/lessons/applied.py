"""Lesson 5: every step or every epoch, and which rate belongs to a step."""

from dataclasses import replace

from lrviz.figures import Note, Series
from lrviz.learn.lesson import Answers, Chart, Choose, Lesson, Mistake, PredictRate, Round
from lrviz.learn.lessons.fits import content
from lrviz.scene import Curve, Timeline, scene_of
from lrviz.schedules import CosineDecay
from lrviz.text import Sentence, mark

_COSINE = CosineDecay(0.1, 10)
_RUN = Timeline(samples=128, batch_size=32, epochs=10)
_BOTH = scene_of(
    Curve(_COSINE, label="A"),
    Curve(_COSINE, per="epoch", label="B"),
    timeline=_RUN,
    selected=1,
)
_AT = 30
_CALLBACK = float(_BOTH.curves[1].rate(_AT, _RUN))
_EPOCH = _AT // _RUN.steps_per_epoch

_LOG = content()["before_after"]
_STEP = 3
_BEFORE, _AFTER = _LOG["before"][_STEP], _LOG["after"][_STEP]
_LOGGED = scene_of(Curve(_COSINE), timeline=Timeline(total_steps=len(_LOG["before"])))


def _log(name: Sentence, which: str, color: int) -> Series:
    rates = tuple(_LOG[which])
    return Series(
        name, tuple(float(step) for step in range(len(rates))), rates, color, style="crosses"
    )


_CURVE = Round(
    chart=Chart(_BOTH),
    question=Choose(
        Sentence(
            "CosineDecay(0.1, decay_steps=10) is used twice, {per} steps an epoch: once given to "
            "the optimizer, once through the LearningRateScheduler callback. Which curve is the "
            "callback's?",
            {"per": _RUN.steps_per_epoch},
        ),
        Answers(
            right=1,
            why=Sentence(
                "The callback is called once an epoch, with the epoch's number: stairs, and a "
                "“length” of 10 epochs."
            ),
            mistakes=(
                Mistake(
                    0,
                    Sentence(
                        "Curve A is down after 10 steps: the optimizer calls the schedule with the "
                        "step. The callback only ever sees the epoch."
                    ),
                ),
            ),
        ),
        options=(
            Sentence("Curve A: down after 10 steps"),
            Sentence("Curve B: stairs, down after 10 epochs"),
        ),
    ),
    notes=(
        Note(Sentence("A: optimizer, counts steps"), 5, float(_COSINE(5)), "hint"),
        Note(Sentence("B: callback, counts epochs"), 20, float(_COSINE(5)), "right"),
    ),
    sentence=Sentence(
        "The same schedule is another one where it is called with another number: the optimizer "
        "counts steps, the callback epochs."
    ),
)

_PREDICT = Round(
    chart=Chart(
        scene_of(Curve(_COSINE, per="epoch", label="B"), timeline=_RUN),
        upto=2 * _RUN.steps_per_epoch - 0.5,
    ),
    question=PredictRate(
        Sentence(
            "Through the callback, {per} steps an epoch: which rate does step {step} get?",
            {"per": _RUN.steps_per_epoch, "step": _AT},
        ),
        Answers(
            right=_CALLBACK,
            tolerance=0.0035,
            why=Sentence(
                "Step {step} lies in epoch {epoch} (from 0), so all its steps get the rate at "
                "{epoch}: {rate}.",
                {"step": _AT, "epoch": _EPOCH, "rate": _CALLBACK},
            ),
            mistakes=(
                Mistake(
                    0.0,
                    Sentence(
                        "That is the schedule at step {step}. The callback calls it with the "
                        "epoch.",
                        {"step": _AT},
                    ),
                ),
                Mistake(
                    float(_COSINE(_EPOCH + 1)),
                    Sentence("One epoch too far: epochs are counted from 0."),
                ),
                Mistake(
                    float(_COSINE(_EPOCH - 1)),
                    Sentence(
                        "One epoch too early: {step} / {per} is more than {epoch}.",
                        {"step": _AT, "per": _RUN.steps_per_epoch, "epoch": _EPOCH},
                    ),
                ),
            ),
            too_low=Sentence("Too low: first find the epoch of the step, counted from 0."),
            too_high=Sentence("Too high: first find the epoch of the step, counted from 0."),
        ),
        step=_AT,
        highest=0.105,
    ),
    notes=(
        Note(
            Sentence("Epoch {epoch}: {rate}", {"epoch": _EPOCH, "rate": _CALLBACK}),
            _AT,
            _CALLBACK,
            "right",
        ),
    ),
    sentence=Sentence("By callback the rate stands still for a whole epoch, then jumps."),
)

_TOGETHER = Round(
    chart=Chart(_BOTH),
    question=Choose(
        Sentence("The schedule in the optimizer and the callback, both at once: what happens?"),
        Answers(
            right=2,
            why=Sentence("Keras refuses, in its own words below."),
            mistakes=(
                Mistake(0, Sentence("Nothing is multiplied: there is one rate, and one owner.")),
                Mistake(
                    1,
                    Sentence("It would have to write the rate, and that is no longer writable."),
                ),
                Mistake(3, Sentence("That would be worse: silently wrong. Keras says it aloud.")),
            ),
        ),
        options=(
            Sentence("The rates are multiplied."),
            Sentence("The callback wins."),
            Sentence("The training stops with an error."),
            Sentence("The schedule wins, the callback is ignored."),
        ),
    ),
    notes=(),
    quote=content()["error_of_both"],
    sentence=Sentence(
        "Either a schedule object in the optimizer, or a plain number there and the callback. "
        "ReduceLROnPlateau is a callback of the same kind."
    ),
)

_READING = Round(
    chart=Chart(
        _LOGGED,
        series=(_log(Sentence("read after the batch"), "after", 1),),
        upto=4.5,
    ),
    question=Choose(
        Sentence(
            "A real Keras run. After the batch of step {step}, optimizer.learning_rate reads "
            "{after}. Which rate was step {step} made with?",
            {"step": _STEP, "after": _AFTER},
        ),
        Answers(
            right=1,
            why=Sentence("The step is already counted: what you read is the next step's rate."),
            mistakes=(
                Mistake(
                    0,
                    Sentence(
                        "The curve says otherwise. After the batch the optimizer's counter has "
                        "moved on, so you read the rate of step {next}.",
                        {"next": _STEP + 1},
                    ),
                ),
                Mistake(
                    2,
                    Sentence("One step further still. The log is ahead by one, not behind by one."),
                ),
            ),
        ),
        options=(
            Sentence("{rate}, as read", {"rate": _AFTER}),
            Sentence("{rate}, the one before", {"rate": _BEFORE}),
            Sentence("{rate}, the one after", {"rate": _LOG["after"][_STEP + 1]}),
        ),
    ),
    revealed=Chart(
        _LOGGED,
        series=(
            _log(Sentence("read after the batch"), "after", 1),
            _log(Sentence("read before the batch"), "before", 2),
        ),
    ),
    notes=(
        Note(Sentence("Before: {rate}, really used", {"rate": _BEFORE}), _STEP, _BEFORE, "right"),
    ),
    sentence=Sentence(
        "Step k's rate is what you read before batch k. Logged after the batch, every rate is one "
        "step early: harmless on a long slope, wrong at a restart."
    ),
)

LESSON = Lesson(
    id="applied",
    title=mark("Every step or every epoch"),
    about=Sentence("Who calls the schedule, with which number, and which rate a step gets."),
    rounds=(_CURVE, _PREDICT, _TOGETHER, _READING),
    free=Chart(replace(_BOTH, selected=1)),
    controls=("decay_steps", "batch_size", "epochs"),
    invitation=Sentence(
        "Halve the batch size: which of the two curves stays as it is over the steps, and which "
        "over the epochs?"
    ),
)
