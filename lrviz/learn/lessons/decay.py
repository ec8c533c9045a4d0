"""Lesson 8: why a rate that has done its work has to fall."""

from lrviz.learn.lesson import Answers, Chart, Choose, Lesson, Mistake, Round, SetParameter
from lrviz.learn.walks import (
    FALL,
    HIGH,
    LOW,
    PICTURES,
    RUN,
    TENTH,
    before_the_fall,
    drawn,
    ends,
    lowest_to_highest,
    mean,
    scene,
    seeds,
)
from lrviz.schedules import Constant
from lrviz.text import Sentence, mark

#: The bowl's curvatures.
_CURVATURES = (1.0, 4.0)


def _floor(rate: float) -> float:
    """The mean loss at which noise of variance 1 keeps plain SGD in the bowl.

    Of each direction of curvature c: c / 2 times the variance ``rate / (2 c - rate c**2)``.
    """
    return sum(rate / (4 - 2 * rate * each) for each in _CURVATURES)


_TWO = ((Constant(HIGH), f"{HIGH}"), (Constant(LOW), f"{LOW}"))
_SHAPES = drawn("valley", *PICTURES["valley"].schedules)
#: By how much the mean loss of 64 particles trembles at a floor, in percent.
_TREMBLE = round(100 * float(ends("bowl", "tenth").std() / ends("bowl", "tenth").mean()))

_NOISE = Round(
    chart=Chart(scene(*_TWO)),
    question=Choose(
        Sentence(
            "Particles go down a bowl, each gradient with some noise. One cloud keeps the rate "
            "{high}, the other {low}. Which one's mean loss comes to rest lower?",
            {"high": HIGH, "low": LOW},
        ),
        Answers(
            right=1,
            why=Sentence(
                "The noise keeps throwing them up, and farther the higher the rate is: the mean "
                "loss rests at {above} with {high}, at {below} with {low}. One cloud trembles "
                "about that: after {steps} steps {seeds} clouds are at {highs} and {lows}.",
                {
                    "high": HIGH,
                    "low": LOW,
                    "above": float(f"{_floor(HIGH):.3g}"),
                    "below": float(f"{_floor(LOW):.3g}"),
                    "steps": RUN.steps,
                    "seeds": seeds(),
                    "highs": lowest_to_highest(ends("bowl", "high")),
                    "lows": lowest_to_highest(ends("bowl", "low")),
                },
            ),
            mistakes=(
                Mistake(
                    0,
                    Sentence(
                        "It is down first, but there it stays above: each step adds noise times "
                        "rate."
                    ),
                ),
                Mistake(
                    2,
                    Sentence(
                        "Without noise that would be so. With it nothing comes to rest at the "
                        "bottom."
                    ),
                ),
            ),
        ),
        options=(
            Sentence("The high rate: it is down first."),
            Sentence("The low rate."),
            Sentence("Both alike: in the end both are at the bottom."),
        ),
    ),
    notes=(),
    sentence=Sentence(
        "Near the bottom the loss stays at a floor that is nearly proportional to the rate: a high "
        "rate is quick, and coarse."
    ),
    revealed=Chart(scene(*_TWO, on="bowl")),
)

_FINE = Round(
    chart=Chart(scene((Constant(0.05), ""), on="bowl")),
    question=SetParameter(
        Sentence(
            "At a rate of {high} the mean loss rests at {above}. Set learning_rate so that it "
            "rests at a tenth of that, {below}. (One cloud trembles by {tremble}% about where it "
            "rests.)",
            {
                "high": HIGH,
                "above": float(f"{_floor(HIGH):.3g}"),
                "below": float(f"{_floor(HIGH) / 10:.3g}"),
                "tremble": _TREMBLE,
            },
        ),
        Answers(
            right=TENTH,
            # Twice the tremble: one cloud cannot tell such rates apart.
            tolerance=0.0028,
            why=Sentence(
                "About a tenth of the rate: the floor is the sum of rate / (4 − 2 · rate · c) over "
                "the curvatures c, here 1 and 4."
            ),
            mistakes=(
                Mistake(0.05, Sentence("Half the rate is about half the floor.")),
                Mistake(
                    0.032,
                    Sentence(
                        "Not by the square root: that is how the distance from the bottom falls, "
                        "and the loss is its square."
                    ),
                ),
                Mistake(
                    0.001,
                    Sentence(
                        "A hundredth of the rate does not even arrive in {steps} steps.",
                        {"steps": RUN.steps},
                    ),
                ),
            ),
            too_low=Sentence(
                "Too low: the floor would be deeper, and {steps} steps hardly get there. What you "
                "see may still be falling.",
                {"steps": RUN.steps},
            ),
            too_high=Sentence("Too high: the floor is nearly proportional to the rate."),
        ),
        field="learning_rate",
        stops=(
            *(0.001, 0.0012, 0.0016, 0.002, 0.0025, 0.0032, 0.004, 0.005, 0.0064, 0.008),
            *(0.01, 0.012, 0.016, 0.02, 0.025, 0.032, 0.04, 0.05, 0.064, 0.08, 0.1),
        ),
    ),
    notes=(),
    sentence=Sentence(
        "A tenth of the loss takes a tenth of the rate, and about ten times the steps to get "
        "there: so one begins high, and falls."
    ),
)

_WHEN = Round(
    chart=Chart(scene(*_SHAPES, selected=2)),
    question=Choose(
        Sentence(
            "Now a river valley: steep across, nearly flat along. A low rate of {low}, a cosine "
            "from {high}, and WSD: after a short warm-up {high} until step {fall}, then a line to "
            "0. Which ends lowest?",
            {"low": LOW, "high": HIGH, "fall": FALL},
        ),
        Answers(
            right=2,
            why=Sentence(
                "It travels longest at the high rate, and still has time to settle. Over {seeds} "
                "seeds it ends at {wsd}, the cosine at {cosine}, the low rate at {slow}.",
                {
                    "seeds": seeds(),
                    "wsd": lowest_to_highest(ends("valley", "WSD")),
                    "cosine": lowest_to_highest(ends("valley", "cosine")),
                    "slow": lowest_to_highest(ends("valley", "low rate")),
                },
            ),
            mistakes=(
                Mistake(
                    0,
                    Sentence(
                        "It is the calmest, all the way, but by the end it has come a quarter of "
                        "the way along the river."
                    ),
                ),
                Mistake(
                    1,
                    Sentence(
                        "In its second half it makes about an eighth of its way. For settling, 110 "
                        "steps are enough."
                    ),
                ),
            ),
        ),
        options=(
            Sentence("The low rate: it never bounces."),
            Sentence("The cosine: it falls all the time."),
            Sentence("WSD: it falls at the end alone."),
        ),
    ),
    notes=(),
    sentence=Sentence(
        "High rates travel, low rates settle. The loss on the way misleads: just before WSD falls "
        "it stands at {wsd}, the cosine at {cosine} (Wen et al. 2024, arXiv 2410.05192).",
        {"wsd": mean(before_the_fall("WSD")), "cosine": mean(before_the_fall("cosine"))},
    ),
    revealed=Chart(scene(*_SHAPES, on="valley", selected=2)),
)

LESSON = Lesson(
    id="decay",
    title=mark("Why decay?"),
    about=Sentence("A high rate travels, a low rate settles: seen on a bowl and in a valley."),
    rounds=(_NOISE, _FINE, _WHEN),
    free=Chart(scene(*_SHAPES, on="valley", selected=2)),
    controls=("learning_rate", "num_stable_steps", "num_decay_steps", "min_lr_ratio"),
    invitation=Sentence(
        "Shorten num_decay_steps, and make num_stable_steps longer by as much: how short can the "
        "fall be before the end gets worse?"
    ),
)
