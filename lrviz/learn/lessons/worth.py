"""Lesson 7: whether restarts help. Every figure is out of real fits (see ``fits.py``)."""

from lrviz.figures import Note
from lrviz.learn.lesson import Answers, Choose, Lesson, Mistake, Round
from lrviz.learn.lessons.fits import Fits, content, interval, mean, spread
from lrviz.learn.lessons.measured import (
    AVERAGED_NOTE,
    CYCLE,
    ENDS,
    HIGH,
    NOISY,
    PER_EPOCH,
    RUN,
    VIEWS,
    accuracies,
    losses,
)
from lrviz.learn.lessons.other_tasks import CLEAN_DIGITS, TWO_SPIRALS
from lrviz.text import Sentence, mark

_DATA = content()
_SEEDS = NOISY["restarts"].seeds
_MEAN = NOISY["restarts"].loss.mean(axis=0)

_JUMP = Round(
    chart=losses(NOISY, ("restarts",), upto=CYCLE),
    question=Choose(
        Sentence(
            "Real fits: handwritten digits, {noise}% of the training labels redrawn at random, one "
            "hidden layer, SGD, {seeds} seeds (line: mean; band: lowest to highest). The first "
            "cycle ends at step {end}. What does the training loss do after the restart?",
            {"noise": round(100 * _DATA["noise"]), "seeds": _SEEDS, "end": CYCLE},
        ),
        Answers(
            right=2,
            why=Sentence("It jumps up with the rate, and ends lower: it has trained longer."),
            mistakes=(
                Mistake(
                    0,
                    Sentence(
                        "The rate is back at its peak: in every one of the {seeds} fits the loss "
                        "rises first.",
                        {"seeds": _SEEDS},
                    ),
                ),
                Mistake(
                    1,
                    Sentence(
                        "It jumps indeed, but it does not stay up: as the rate falls again, so "
                        "does the loss."
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
    revealed=losses(NOISY),
    notes=(
        Note(
            Sentence(
                "After the restart: {high}, from {low}",
                {"high": f"{_MEAN[ENDS[0] + 1]:.2f}", "low": f"{_MEAN[ENDS[0]]:.2f}"},
            ),
            CYCLE + PER_EPOCH,
            float(_MEAN[ENDS[0] + 1]),
            "hint",
        ),
        Note(
            Sentence("Lower: {low}", {"low": f"{_MEAN[ENDS[1]]:.2f}"}),
            2 * CYCLE,
            float(_MEAN[ENDS[1]]),
            "right",
        ),
    ),
    sentence=Sentence(
        "At each restart the loss jumps, and each cycle ends lower: {minima} (means of {seeds} "
        "seeds). That is no merit of the restarts: one long cosine gets to {cosine} without any.",
        {
            "minima": ", ".join(f"{_MEAN[end]:.2f}" for end in ENDS),
            "seeds": _SEEDS,
            "cosine": f"{NOISY['cosine'].loss[:, -1].mean():.2f}",
        },
    ),
)

_GAIN = NOISY["restarts"].ensemble - NOISY["cosine"].last


def _between(fits: Fits) -> Sentence:
    """What averaging gains over the last model."""
    return Sentence("{low} to {high}", interval(fits.ensemble - fits.last))


_FITS: dict[str, object] = {
    "better": int((_GAIN > 0).sum()),
    "worse": int((_GAIN < 0).sum()),
    "seeds": _SEEDS,
}

_AVERAGE = Round(
    chart=losses(NOISY),
    question=Choose(
        Sentence(
            "Four cycles and one cosine, each with the best of {count} peaks, {peak}: their last "
            "models are equally accurate, to a quarter of a point. And the average of the four "
            "models at the cycles' ends, compared with the cosine's last?",
            {"peak": NOISY["restarts"].peak, "count": len(_DATA["trials"]["noisy"]["restarts"])},
        ),
        Answers(
            right=1,
            why=Sentence(
                "{ensemble}% against {last}% (± standard deviation): {gain} points, with 95 % "
                "confidence {low} to {high}. It may be none: of {seeds} fits {better} gain, "
                "{worse} lose.",
                {
                    "ensemble": spread(NOISY["restarts"].ensemble),
                    "last": spread(NOISY["cosine"].last),
                    "gain": f"{_GAIN.mean():.2f}",
                }
                | interval(_GAIN)
                | _FITS,
            ),
            mistakes=(
                Mistake(0, Sentence("So much only where the peak is too high: the next question.")),
                Mistake(
                    2,
                    Sentence(
                        "It is worse in {worse} of {seeds} fits only, and better in {better}.",
                        _FITS,
                    ),
                ),
            ),
        ),
        options=(
            Sentence("Three or four points better"),
            Sentence("Less than one point better, if at all"),
            Sentence("Worse"),
        ),
    ),
    revealed=accuracies(NOISY),
    notes=(AVERAGED_NOTE,),
    sentence=Sentence(
        "Averaging four models (a snapshot ensemble) gains {restarts} points over the last one "
        "after restarts, {cosine} along the cosine (95 % confidence). Four models predict at four "
        "times the cost.",
        {
            "restarts": _between(NOISY["restarts"]),
            "cosine": _between(NOISY["cosine"]),
        },
    ),
)

_REPAIR = Round(
    chart=losses(HIGH),
    question=Choose(
        Sentence(
            "The same digits with a peak of {high}. Now the last model of four cycles gets "
            "{last}%, the average of the four {ensemble}%. What else would have gained as much?",
            {
                "high": HIGH["restarts"].peak,
                "last": mean(HIGH["restarts"].last),
                "ensemble": mean(HIGH["restarts"].ensemble),
            },
        ),
        Answers(
            right=0,
            why=Sentence(
                "One cosine with a peak of {peak}: {best}%, with a single model. The average had "
                "only repaired what too high a peak had spoilt.",
                {"peak": NOISY["cosine"].peak, "best": spread(NOISY["cosine"].last)},
            ),
            mistakes=(
                Mistake(
                    1,
                    Sentence(
                        "The training loss would fall further, but on unseen data the models at "
                        "the cycles' ends get {models}%: the third and the fourth are worse than "
                        "the one before in each of the {seeds} fits.",
                        {
                            "models": ", ".join(mean(each) for each in HIGH["restarts"].models.T),
                            "seeds": _SEEDS,
                        },
                    ),
                ),
                Mistake(
                    2,
                    Sentence(
                        "With this peak one cosine ends at {cosine}%.",
                        {"cosine": spread(HIGH["cosine"].last)},
                    ),
                ),
            ),
        ),
        options=(
            Sentence("A lower peak"),
            Sentence("More cycles of the same kind"),
            Sentence("One long cosine with the same peak"),
        ),
    ),
    revealed=accuracies(HIGH),
    notes=(AVERAGED_NOTE,),
    sentence=Sentence(
        "Compare a method with the best of its rivals, not with a badly tuned one. Here even the "
        "model after the first cycle, a quarter of the training, gets {first}%.",
        {"first": spread(HIGH["restarts"].models[:, 0])},
    ),
)

LESSON = Lesson(
    id="worth",
    title=mark("Do restarts help?"),
    about=Sentence("Real fits with several seeds, and an honest answer."),
    rounds=(_JUMP, _AVERAGE, _REPAIR, CLEAN_DIGITS, TWO_SPIRALS),
    free=losses(NOISY),
    controls=(),
    invitation=Sentence(
        "Compare the tasks. Lines are means of {seeds} fits, bands their spread, dots single fits; "
        "SGD without momentum, batches of {batch}, {epochs} epochs. The scripts that made them are "
        "lesson_fits.py and spiral_peaks.py in tests/bench.",
        {"seeds": _SEEDS, "batch": RUN.batch_size, "epochs": _DATA["epochs"]},
    ),
    views=VIEWS,
)
