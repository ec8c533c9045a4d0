"""Two rounds of lesson 7: tasks on which restarts do not help."""

from lrviz.learn.lesson import Answers, Choose, Mistake, Round
from lrviz.learn.lessons.fits import mean, spread
from lrviz.learn.lessons.measured import (
    ALL,
    AVERAGED_NOTE,
    CLEAN,
    CYCLE,
    SPIRALS,
    accuracies,
    losses,
)
from lrviz.text import Sentence

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
                "within a seed are {difference} points.",
                {
                    "restarts": spread(CLEAN["restarts"].last),
                    "cosine": spread(CLEAN["cosine"].last),
                    "constant": spread(CLEAN["constant"].last),
                    "difference": spread(CLEAN["restarts"].last - CLEAN["cosine"].last),
                },
            ),
            mistakes=(
                Mistake(1, Sentence("Not at all: look where all three losses end.")),
                Mistake(2, Sentence("No harm either: all three learn the digits completely.")),
            ),
        ),
        options=(
            Sentence("No more: it makes no difference."),
            Sentence("About two to three points"),
            Sentence("It makes the model worse."),
        ),
    ),
    revealed=accuracies(CLEAN, ALL),
    notes=(AVERAGED_NOTE,),
    sentence=Sentence(
        "On clean digits these three schedules end alike, each with its own best peak; averaging "
        "four models changes {gain} points.",
        {"gain": spread(CLEAN["restarts"].ensemble - CLEAN["restarts"].last)},
    ),
)

_HARM = SPIRALS["restarts"].last - SPIRALS["cosine"].last

TWO_SPIRALS = Round(
    chart=losses(SPIRALS, upto=CYCLE),
    question=Choose(
        Sentence(
            "Two spirals, two hidden layers, the best peak for each: {peak}. Four cycles against "
            "one long cosine: how accurate is the last model?",
            {"peak": SPIRALS["restarts"].peak},
        ),
        Answers(
            right=1,
            why=Sentence(
                "{restarts}% on average against {cosine}%: worse in {worse} of {seeds} fits, "
                "better in none.",
                {
                    "worse": int((_HARM < 0).sum()),
                    "seeds": SPIRALS["restarts"].seeds,
                    "restarts": mean(SPIRALS["restarts"].last),
                    "cosine": mean(SPIRALS["cosine"].last),
                },
            ),
            mistakes=(
                Mistake(
                    0,
                    Sentence(
                        "Not here: four cycles get {restarts}%, one cosine {cosine}%.",
                        {
                            "restarts": mean(SPIRALS["restarts"].last),
                            "cosine": mean(SPIRALS["cosine"].last),
                        },
                    ),
                ),
                Mistake(2, Sentence("Look at the dots: some fits end far below.")),
            ),
        ),
        options=(
            Sentence("Restarts help."),
            Sentence("Restarts harm."),
            Sentence("It makes no difference."),
        ),
    ),
    revealed=accuracies(SPIRALS),
    notes=(AVERAGED_NOTE,),
    sentence=Sentence(
        "The models at the four ends get {models}% on average: one cycle is too short, two nearly "
        "finish the work, and the restarts after that throw some fits back (each dot is one). "
        "Restarts are a tool, not a law: measure, with several seeds, and each schedule at its own "
        "best peak.",
        {"models": ", ".join(mean(each) for each in SPIRALS["restarts"].models.T)},
    ),
)
