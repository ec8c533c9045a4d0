"""Two rounds of lesson 7: a task on which restarts change nothing, and one with a wrong peak."""

from lrviz.learn.lesson import Answers, Choose, Mistake, Round
from lrviz.learn.lessons.fits import between, content, interval, mean, spread
from lrviz.learn.lessons.measured import (
    ALL,
    AVERAGED_NOTE,
    BOTH,
    CLEAN,
    CYCLE,
    LOWER,
    SPIRALS,
    accuracies,
    losses,
)
from lrviz.text import Sentence

_NONE = CLEAN["restarts"].last - CLEAN["cosine"].last

CLEAN_DIGITS = Round(
    chart=losses(CLEAN, ALL),
    question=Choose(
        Sentence(
            "The same digits with their true labels. How much more accurate do four cycles make "
            "the last model, compared with one long cosine?"
        ),
        Answers(
            right=0,
            why=Sentence(
                "{restarts}% against {cosine}%; a constant rate gets {constant}%. The differences "
                "within a seed are {difference} points, which may be chance.",
                {
                    "restarts": spread(CLEAN["restarts"].last),
                    "cosine": spread(CLEAN["cosine"].last),
                    "constant": spread(CLEAN["constant"].last),
                    "difference": spread(_NONE),
                },
            ),
            mistakes=(
                Mistake(
                    1,
                    Sentence(
                        "Not at all: with 95 % confidence the difference is between {low} and "
                        "{high} points.",
                        interval(_NONE),
                    ),
                ),
                Mistake(
                    2,
                    Sentence(
                        "That does not show either: in {worse} of {seeds} fits it is worse, in "
                        "{better} better, on average by less than a tenth of a point.",
                        {
                            "worse": int((_NONE < 0).sum()),
                            "better": int((_NONE > 0).sum()),
                            "seeds": len(_NONE),
                        },
                    ),
                ),
            ),
        ),
        options=(
            Sentence("No more: no difference shows."),
            Sentence("About two to three points"),
            Sentence("It makes the model worse."),
        ),
    ),
    revealed=accuracies(CLEAN, ALL),
    notes=(AVERAGED_NOTE,),
    sentence=Sentence(
        "On clean digits these three schedules end alike, each with the best of six peaks; "
        "averaging four models changes {gain} points.",
        {"gain": spread(CLEAN["restarts"].ensemble - CLEAN["restarts"].last)},
    ),
)

_HARM = SPIRALS["restarts"].last - SPIRALS["cosine"].last
#: What is left of it with peaks from a finer grid, each schedule at its own best.
_LEFT = SPIRALS[LOWER].last - between("cosine").last
_BACK, _LOWER_BACK = (
    int((SPIRALS[which].models[:, 2] < SPIRALS[which].models[:, 1]).sum())
    for which in ("restarts", LOWER)
)
_TRIED = [each["peak"] for each in content()["trials"]["spirals"]["restarts"]]
_PEAKS: dict[str, object] = {
    "peak": SPIRALS["restarts"].peak,
    "lower": SPIRALS[LOWER].peak,
    "seeds": SPIRALS["restarts"].seeds,
}

TWO_SPIRALS = Round(
    chart=losses(SPIRALS, upto=CYCLE),
    question=Choose(
        Sentence(
            "Two spirals, two hidden layers; {peak} is the best of six peaks for both. Four cycles "
            "end at {restarts}%, one long cosine at {cosine}%: worse in {worse} of {seeds} fits, "
            "better in none. What makes the {harm} points?",
            _PEAKS
            | {
                "restarts": mean(SPIRALS["restarts"].last),
                "cosine": mean(SPIRALS["cosine"].last),
                "worse": int((_HARM < 0).sum()),
                "harm": mean(-_HARM),
            },
        ),
        Answers(
            right=1,
            why=Sentence(
                "It is too high for the cycles: with {lower}, between {below} and {peak}, they end "
                "at {finer}%, only {left} points below the cosine at its best, worse in {worse} of "
                "{seeds} fits, better in none.",
                _PEAKS
                | {
                    "below": max(each for each in _TRIED if each < SPIRALS["restarts"].peak),
                    "finer": mean(SPIRALS[LOWER].last),
                    "left": mean(-_LEFT),
                    "worse": int((_LEFT < 0).sum()),
                },
            ),
            mistakes=(
                Mistake(
                    0,
                    Sentence(
                        "At a peak of {peak}, {back} of {seeds} fits are less accurate after the "
                        "third cycle than after the second. At {lower} there are {none}.",
                        _PEAKS | {"back": _BACK, "none": _LOWER_BACK},
                    ),
                ),
                Mistake(
                    2,
                    Sentence("So often worse and never better: that is hardly chance."),
                ),
            ),
        ),
        options=(
            Sentence("The restarts"),
            Sentence("The peak"),
            Sentence("Chance"),
        ),
    ),
    revealed=accuracies(SPIRALS, (*BOTH, LOWER)),
    notes=(AVERAGED_NOTE,),
    sentence=Sentence(
        "At a peak of {peak} the models at the four ends get {models}% on average, at {lower} "
        "{finer}%. A comparison is as fair as the search for each side's best setting: look "
        "between the peaks, too.",
        _PEAKS
        | {
            "models": ", ".join(mean(each) for each in SPIRALS["restarts"].models.T),
            "finer": ", ".join(mean(each) for each in SPIRALS[LOWER].models.T),
        },
    ),
)
