"""Lesson 7: whether restarts help. Every figure is out of real fits (see ``fits.py``)."""

from lrviz.figures import Note
from lrviz.lessons.fits import content, fits, spread
from lrviz.lessons.lesson import Answers, Chart, Choose, Lesson, Mistake, Round
from lrviz.scene import Curve, scene_of
from lrviz.schedules import CosineDecay, CosineDecayRestarts
from lrviz.text import Sentence, mark
from lrviz.timeline import Timeline

_DATA = content()
_RUN = Timeline(samples=_DATA["samples"], batch_size=_DATA["batch_size"], epochs=_DATA["epochs"])
_CYCLE = _RUN.steps // _DATA["cycles"]
_SCENE = scene_of(
    Curve(CosineDecayRestarts(_DATA["peak"], _CYCLE, t_mul=1.0)),
    Curve(CosineDecay(_DATA["peak"], _RUN.steps)),
    timeline=_RUN,
)
_LOSS = Sentence("training loss")
NOISY, CLEAN, SPIRALS = (
    {which: fits(task, which) for which in ("restarts", "cosine")}
    for task in ("noisy", "clean", "spirals")
)
_SEEDS = NOISY["restarts"].seeds
_PER_EPOCH = _RUN.steps_per_epoch
_MEAN = NOISY["restarts"].loss.mean(axis=0)
_EPOCHS = _DATA["epochs"] // _DATA["cycles"]
_ENDS = [_EPOCHS * (cycle + 1) - 1 for cycle in range(_DATA["cycles"])]


def _chart(task: str, *, both: bool = True, upto: float | None = None) -> Chart:
    names = {"restarts": Sentence("four cycles"), "cosine": Sentence("one long cosine")}
    series = [
        fits(task, which).series(name, color, _PER_EPOCH)
        for color, (which, name) in enumerate(names.items())
    ]
    return Chart(_SCENE, upto, tuple(series if both else series[:1]), _LOSS)


_JUMP = Round(
    chart=_chart("noisy", both=False, upto=_CYCLE),
    question=Choose(
        Sentence(
            "Real fits: handwritten digits, {noise}% of the training labels redrawn at random, "
            "{seeds} seeds (line: mean; band: lowest to highest). The first cycle ends at step "
            "{end}. What does the training loss do after the restart?",
            {"noise": round(100 * _DATA["noise"]), "seeds": _SEEDS, "end": _CYCLE},
        ),
        Answers(
            right=2,
            why=Sentence("It jumps up with the rate, and then finds a deeper minimum."),
            mistakes=(
                Mistake(0, Sentence("A rate of 1 throws the weights out of their minimum first.")),
                Mistake(
                    1,
                    Sentence(
                        "It jumps indeed, but it does not stay up: as the rate falls, it digs."
                    ),
                ),
            ),
        ),
        options=(
            Sentence("It goes on falling, only faster."),
            Sentence("It jumps up and ends higher than before."),
            Sentence("It jumps up, then ends lower than before."),
        ),
    ),
    revealed=_chart("noisy", both=False),
    notes=(
        Note(
            Sentence(
                "After the restart: {high}, from {low}",
                {"high": f"{_MEAN[_ENDS[0] + 1]:.2f}", "low": f"{_MEAN[_ENDS[0]]:.2f}"},
            ),
            _CYCLE + _PER_EPOCH,
            float(_MEAN[_ENDS[0] + 1]),
            "hint",
        ),
        Note(
            Sentence("Deeper: {low}", {"low": f"{_MEAN[_ENDS[1]]:.2f}"}),
            2 * _CYCLE,
            float(_MEAN[_ENDS[1]]),
            "right",
        ),
    ),
    sentence=Sentence(
        "At each restart the loss jumps, and each cycle ends deeper: {minima} (mean of {seeds} "
        "seeds).",
        {"minima": ", ".join(f"{_MEAN[end]:.2f}" for end in _ENDS), "seeds": _SEEDS},
    ),
)

_BEST = Round(
    chart=_chart("noisy"),
    question=Choose(
        Sentence(
            "Deep minima of noisy labels are not the aim. Which is most accurate on digits that no "
            "fit has seen?"
        ),
        Answers(
            right=2,
            why=Sentence(
                "The snapshot ensemble: {ensemble}% against {last}% for the last model alone.",
                {
                    "ensemble": spread(NOISY["restarts"].ensemble),
                    "last": spread(NOISY["restarts"].last),
                },
            ),
            mistakes=(
                Mistake(
                    0,
                    Sentence(
                        "It has the lowest loss, but partly by learning the noise: {cosine}%.",
                        {"cosine": spread(NOISY["cosine"].last)},
                    ),
                ),
                Mistake(
                    1,
                    Sentence(
                        "It gets {last}%. There is something better, at no further training.",
                        {"last": spread(NOISY["restarts"].last)},
                    ),
                ),
            ),
        ),
        options=(
            Sentence("The model at the end of one long cosine"),
            Sentence("The model at the end of the fourth cycle"),
            Sentence("The average of the four models at the cycles' ends"),
        ),
    ),
    notes=tuple(
        Note(
            Sentence("Model {number}", {"number": number + 1}),
            (end + 1) * _PER_EPOCH,
            float(_MEAN[end]),
            "right",
        )
        for number, end in enumerate(_ENDS)
    ),
    sentence=Sentence(
        "Each cycle ends in another model, and their average is better: {gain} points of accuracy "
        "over the last model ({seeds} seeds, mean ± standard deviation). Four models along the "
        "long cosine, averaged too, get {cosine}%: they are too much alike.",
        {
            "cosine": spread(NOISY["cosine"].ensemble),
            "gain": spread(NOISY["restarts"].ensemble - NOISY["restarts"].last),
            "seeds": _SEEDS,
        },
    ),
)

_CLEAN = Round(
    chart=_chart("clean", both=False),
    question=Choose(
        Sentence(
            "The same digits with their true labels. How much more accurate do four cycles make "
            "the last model, compared with one long cosine?"
        ),
        Answers(
            right=0,
            why=Sentence(
                "{restarts}% against {cosine}%: no difference that {seeds} seeds could show.",
                {
                    "restarts": spread(CLEAN["restarts"].last),
                    "cosine": spread(CLEAN["cosine"].last),
                    "seeds": _SEEDS,
                },
            ),
            mistakes=(
                Mistake(
                    1,
                    Sentence("That was the noisy labels' gain. Here there is nothing to average."),
                ),
                Mistake(2, Sentence("No harm either: both learn the digits completely.")),
            ),
        ),
        options=(
            Sentence("No more: it makes no difference."),
            Sentence("About two to three points"),
            Sentence("It makes the model worse."),
        ),
    ),
    revealed=_chart("clean"),
    notes=(),
    sentence=Sentence(
        "On clean digits restarts gain nothing: a fit that is easy ends well on any schedule."
    ),
)

_SPIRALS = Round(
    chart=_chart("spirals", both=False, upto=_CYCLE),
    question=Choose(
        Sentence(
            "Two spirals, two small layers: a fit that needs long, steady work. Four cycles "
            "against one long cosine?"
        ),
        Answers(
            right=1,
            why=Sentence(
                "{restarts}% against {cosine}%, worse in {worse} of {seeds} fits: each restart "
                "throws away work that there is no time to do again.",
                {
                    "worse": int((SPIRALS["restarts"].last < SPIRALS["cosine"].last).sum()),
                    "seeds": _SEEDS,
                    "restarts": spread(SPIRALS["restarts"].last),
                    "cosine": spread(SPIRALS["cosine"].last),
                },
            ),
            mistakes=(
                Mistake(
                    0,
                    Sentence(
                        "Not here: four cycles get {restarts}%, one cosine {cosine}%.",
                        {
                            "restarts": spread(SPIRALS["restarts"].last),
                            "cosine": spread(SPIRALS["cosine"].last),
                        },
                    ),
                ),
                Mistake(2, Sentence("Look at the losses: they end far apart.")),
            ),
        ),
        options=(
            Sentence("Restarts help."),
            Sentence("Restarts harm."),
            Sentence("It makes no difference."),
        ),
    ),
    revealed=_chart("spirals"),
    notes=(),
    sentence=Sentence(
        "Restarts are a tool, not a law: they help where minima differ and models can be averaged, "
        "and harm where a short cycle cannot finish. Measure, with several seeds."
    ),
)

LESSON = Lesson(
    id="worth",
    title=mark("Do restarts help?"),
    about=Sentence("Real fits with several seeds, and an honest answer."),
    rounds=(_JUMP, _BEST, _CLEAN, _SPIRALS),
    free=_chart("noisy"),
    controls=(),
    invitation=Sentence(
        "Compare the three tasks. Every line is the mean of {seeds} fits, every band their spread; "
        "the script that made them is tests/bench/lesson_fits.py.",
        {"seeds": _SEEDS},
    ),
    views=(
        (mark("Digits, noisy labels"), _chart("noisy")),
        (mark("Digits, true labels"), _chart("clean")),
        (mark("Two spirals"), _chart("spirals")),
    ),
)
