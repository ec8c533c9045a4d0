"""Lesson 8: why a rate that has done its work has to fall."""

from lrviz.figures.landscapes import walked
from lrviz.learn.lesson import Answers, Chart, Choose, Lesson, Mistake, Round, SetParameter
from lrviz.scene import Curve, Scene, Timeline, scene_of
from lrviz.scene.lens import Landscape
from lrviz.schedules import WSD, Constant, CosineDecay, Schedule
from lrviz.text import Sentence, mark

_RUN = Timeline(total_steps=750)
_HIGH, _LOW = 0.1, 0.02
#: The bowl's curvatures.
_CURVATURES = (1.0, 4.0)


def _floor(rate: float) -> float:
    """The mean loss at which noise of variance 1 keeps plain SGD in the bowl.

    Of each direction of curvature c: c / 2 times the variance ``rate / (2 c - rate c**2)``.
    """
    return sum(rate / (4 - 2 * rate * each) for each in _CURVATURES)


def _scene(*curves: tuple[Schedule, str], on: Landscape | None = None, selected: int = 0) -> Scene:
    drawn = (Curve(schedule, label=label) for schedule, label in curves)
    scene = scene_of(*drawn, timeline=_RUN, selected=selected)
    return scene if on is None else walked(scene, on)


_TWO = ((Constant(_HIGH), f"{_HIGH}"), (Constant(_LOW), f"{_LOW}"))
#: Where the floor is a tenth of that of the high rate.
_TENTH = 0.0114
_SHAPES = (
    (Constant(_LOW), "low"),
    (CosineDecay(_HIGH, 750), "cosine"),
    (WSD(_HIGH, 40, 600, 110, "linear"), "WSD"),
)

_NOISE = Round(
    chart=Chart(_scene(*_TWO)),
    question=Choose(
        Sentence(
            "Particles go down a bowl, each gradient with some noise. One cloud keeps the rate "
            "{high}, the other {low}. Which one's mean loss comes to rest lower?",
            {"high": _HIGH, "low": _LOW},
        ),
        Answers(
            right=1,
            why=Sentence(
                "The noise keeps throwing them up, by as much as the rate: at {high} the floor is "
                "{above}, at {low} it is {below}.",
                {"high": _HIGH, "low": _LOW, "above": _floor(_HIGH), "below": _floor(_LOW)},
            ),
            mistakes=(
                Mistake(
                    0,
                    Sentence(
                        "It is down first, and then stays above: each step adds noise times rate."
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
    revealed=Chart(_scene(*_TWO, on="bowl")),
)

_FINE = Round(
    chart=Chart(_scene((Constant(0.05), ""), on="bowl")),
    question=SetParameter(
        Sentence(
            "At a rate of {high} the mean loss comes to rest at {above}. Set learning_rate so that "
            "it rests at a tenth of that, {below}. The picture beneath follows.",
            {"high": _HIGH, "above": _floor(_HIGH), "below": _floor(_HIGH) / 10},
        ),
        Answers(
            right=_TENTH,
            tolerance=0.0017,
            why=Sentence(
                "Nearly a tenth of the rate: the floor is the sum of rate / (4 − 2 · rate · c) "
                "over the curvatures c, here 1 and 4."
            ),
            mistakes=(
                Mistake(0.05, Sentence("Half the rate is half the floor.")),
                Mistake(
                    0.032,
                    Sentence("Not by the square root: loss is squared distance, but so is noise."),
                ),
                Mistake(
                    0.001,
                    Sentence(
                        "A hundredth of the rate does not even arrive in {steps} steps.",
                        {"steps": _RUN.steps},
                    ),
                ),
            ),
            too_low=Sentence("Too low: that floor would be deeper, and takes longer to reach."),
            too_high=Sentence("Too high: the floor is nearly proportional to the rate."),
        ),
        field="learning_rate",
    ),
    notes=(),
    sentence=Sentence(
        "To be ten times as precise takes a tenth of the rate, and ten times the steps to get "
        "there: so one begins high, and falls."
    ),
)

_WHEN = Round(
    chart=Chart(_scene(*_SHAPES, selected=2)),
    question=Choose(
        Sentence(
            "Now a river valley: steep across, nearly flat along. A low rate of {low}, a cosine "
            "from {high}, and WSD: {high} until step 640, then a line to 0. Which ends lowest?",
            {"low": _LOW, "high": _HIGH},
        ),
        Answers(
            right=2,
            why=Sentence(
                "It travels longest at the high rate, and still has time to settle. Over twenty "
                "seeds it ends at 0.035 to 0.056, the cosine at 0.060 to 0.085, the low rate at "
                "0.14 to 0.16."
            ),
            mistakes=(
                Mistake(
                    0,
                    Sentence(
                        "Its picture is the calmest, all the way: but along the river it hardly "
                        "gets anywhere."
                    ),
                ),
                Mistake(
                    1,
                    Sentence(
                        "It spends the second half at rates that no longer travel; 110 steps are "
                        "enough to settle."
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
        "High rates travel, low rates settle. The loss on the way misleads: WSD looks worst until "
        "it falls (Wen et al. 2024, arXiv 2410.05192)."
    ),
    revealed=Chart(_scene(*_SHAPES, on="valley", selected=2)),
)

LESSON = Lesson(
    id="decay",
    title=mark("Why decay?"),
    about=Sentence("A high rate travels, a low rate settles: seen on a bowl and in a valley."),
    rounds=(_NOISE, _FINE, _WHEN),
    free=Chart(_scene(*_SHAPES, on="valley", selected=2)),
    controls=("learning_rate", "num_stable_steps", "num_decay_steps", "min_lr_ratio"),
    invitation=Sentence("How short can the fall be before the end gets worse?"),
)
