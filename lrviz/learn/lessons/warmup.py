"""Lesson 9: why a rate begins low, and what a restart is good for."""

from lrviz.figures.landscapes import walked
from lrviz.learn.lesson import Answers, Chart, Choose, Lesson, Mistake, Round, SetParameter
from lrviz.scene import Curve, Scene, Timeline, scene_of
from lrviz.scene.lens import Landscape
from lrviz.schedules import WSD, CosineDecay, CosineDecayRestarts, ExponentialDecay, Schedule
from lrviz.text import Sentence, mark

_RUN = Timeline(total_steps=750)
_PEAK = 0.1
#: How steep the cliff is where the particles begin, and the sharp basin's curvature.
_STEEP, _SHARP = 37.5, 50


def _scene(*curves: tuple[Schedule, str], on: Landscape | None = None, selected: int = 0) -> Scene:
    drawn = (Curve(schedule, label=label) for schedule, label in curves)
    scene = scene_of(*drawn, timeline=_RUN, selected=selected)
    return scene if on is None else walked(scene, on)


_COLD = (CosineDecay(_PEAK, 750), "no warm-up")
_WARM = (WSD(_PEAK, 40, 600, 110, "linear"), "warm-up of 40 steps")
_FADED = (ExponentialDecay(_PEAK, 100, 0.5), "one decay")
_RESTARTS = (CosineDecayRestarts(_PEAK, 188, t_mul=1.0), "three restarts")
_COSINE = (CosineDecay(_PEAK, 750), "one cosine")

_FIRST = Round(
    chart=Chart(_scene(_COLD)),
    question=Choose(
        Sentence(
            "Training begins on a cliff: the first gradient is {steep}, the good basin is 1.75 "
            "away. The rate is {peak} at once. How long is the first step?",
            {"steep": _STEEP, "peak": _PEAK},
        ),
        Answers(
            right=2,
            why=Sentence(
                "A step is the rate times the gradient: {peak} × {steep} = {step}, over the good "
                "basin into the next one.",
                {"peak": _PEAK, "steep": _STEEP, "step": _PEAK * _STEEP},
            ),
            mistakes=(
                Mistake(0, Sentence("That is the rate. The step is the rate times the gradient.")),
                Mistake(
                    1,
                    Sentence("That would be the best step, but nothing in plain SGD looks ahead."),
                ),
            ),
        ),
        options=(
            Sentence("0.1: as long as the rate"),
            Sentence("1.75: it ends in the basin"),
            Sentence("3.75: it leaps over the basin"),
        ),
    ),
    notes=(),
    sentence=Sentence(
        "The first gradients of a training are often its largest: a full rate can throw it where "
        "it does not come back from."
    ),
    revealed=Chart(_scene(_COLD, _WARM, on="cliff")),
)

_LENGTH = Round(
    chart=Chart(_scene((WSD(_PEAK, 2, 638, 110, "linear"), ""), on="cliff")),
    question=SetParameter(
        Sentence(
            "A warm-up over W steps has the rate {peak} / W at step 1. Set num_warmup_steps so "
            "that this step, down the cliff of {steep}, is 0.375 long.",
            {"peak": _PEAK, "steep": _STEEP},
        ),
        Answers(
            right=10,
            tolerance=0.5,
            why=Sentence(
                "{peak} / 10 × {steep} = 0.375. All 64 particles then land in the good basin; "
                "without a warm-up hardly any does.",
                {"peak": _PEAK, "steep": _STEEP},
            ),
            mistakes=(
                Mistake(1, Sentence("With W = 1 the rate is full at step 1: 3.75.")),
                Mistake(4, Sentence("With W = 4 it is {step} long.", {"step": _PEAK / 4 * _STEEP})),
                Mistake(
                    100,
                    Sentence(
                        "With W = 100 it is {step}: ten times as cautious as asked.",
                        {"step": _PEAK / 100 * _STEEP},
                    ),
                ),
            ),
            too_low=Sentence(
                "Too short: step 1 is {peak} / W × {steep} long.",
                {
                    "peak": _PEAK,
                    "steep": _STEEP,
                },
            ),
            too_high=Sentence(
                "Too long: step 1 is {peak} / W × {steep} long.",
                {
                    "peak": _PEAK,
                    "steep": _STEEP,
                },
            ),
        ),
        field="num_warmup_steps",
    ),
    notes=(),
    sentence=Sentence(
        "A warm-up bounds the first steps while gradients are large; a few steps are enough here. "
        "In large models it takes hundreds (Gilmer et al. 2021, arXiv 2110.04369)."
    ),
)

_LEAVE = Round(
    chart=Chart(_scene(_FADED, _RESTARTS, selected=1)),
    question=Choose(
        Sentence(
            "All particles begin in a sharp basin of curvature {sharp}, where no rate above 2 / "
            "{sharp} = 0.04 is stable. Which schedule gets more of them out, into the flat one?",
            {"sharp": _SHARP},
        ),
        Answers(
            right=1,
            why=Sentence(
                "Each restart is above 0.04 for a while, and each time some leave: over twenty "
                "seeds 39 to 50 of 64, with the one decay 3 to 13."
            ),
            mistakes=(
                Mistake(
                    0,
                    Sentence(
                        "It is above 0.04 for 132 steps alone, and then no noise is strong enough."
                    ),
                ),
                Mistake(
                    2,
                    Sentence(
                        "At a low rate they would. Above 2 / curvature each step overshoots more "
                        "than the one before."
                    ),
                ),
            ),
        ),
        options=(
            Sentence("The one decay"),
            Sentence("The three restarts"),
            Sentence("Neither: what is in a basin stays there"),
        ),
    ),
    notes=(),
    sentence=Sentence("A restart is time at a high rate, in which sharp places do not hold."),
    revealed=Chart(_scene(_FADED, _RESTARTS, on="basins", selected=1)),
)

_HONEST = Round(
    chart=Chart(_scene(_COSINE, _RESTARTS, selected=1)),
    question=Choose(
        Sentence(
            "The same three restarts, and one cosine from the same height over the whole run. "
            "Which gets more of them out?"
        ),
        Answers(
            right=2,
            why=Sentence(
                "Both are above 0.04 for about the same number of steps, and that is what counts: "
                "over twenty seeds 37 to 47 of 64 for the cosine, 39 to 50 for the restarts."
            ),
            mistakes=(
                Mistake(
                    0,
                    Sentence("It is above 0.04 for about as long as the restarts are, in one go."),
                ),
                Mistake(
                    1,
                    Sentence(
                        "Being thrown up three times is not more than being up three times as long."
                    ),
                ),
            ),
        ),
        options=(
            Sentence("The cosine"),
            Sentence("The restarts"),
            Sentence("No difference beyond chance"),
        ),
    ),
    notes=(),
    sentence=Sentence(
        "Restarts do not work magic. They help where a decay would have come too early; each gives "
        "a settled model, too."
    ),
    revealed=Chart(_scene(_COSINE, _RESTARTS, on="basins", selected=1)),
)

LESSON = Lesson(
    id="warmup",
    title=mark("Why warm up, why restart?"),
    about=Sentence("A cliff at the start, a sharp basin, and what a high rate does in both."),
    rounds=(_FIRST, _LENGTH, _LEAVE, _HONEST),
    free=Chart(_scene(_COSINE, _RESTARTS, on="basins", selected=1)),
    controls=("initial_learning_rate", "first_decay_steps", "t_mul", "m_mul"),
    invitation=Sentence("With how few restarts do most of them still get out?"),
)
