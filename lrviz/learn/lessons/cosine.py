"""Lesson 2: one cosine, its floor and its warm-up."""

from lrviz.figures import Note
from lrviz.learn.lesson import Answers, Chart, Lesson, MarkStep, Mistake, PredictRate, Round
from lrviz.scene import Curve, Timeline, scene_of
from lrviz.schedules import CosineDecay
from lrviz.text import Sentence, mark

_PLAIN = CosineDecay(0.2, 100, alpha=0.1)
_PLAIN_SCENE = scene_of(Curve(_PLAIN), timeline=Timeline(total_steps=150))
_FLOOR = float(_PLAIN(140))

_WARM = CosineDecay(0.1, 100, alpha=0.1, warmup_target=0.4, warmup_steps=50)
_WARM_SCENE = scene_of(Curve(_WARM), timeline=Timeline(total_steps=200))
_WARM_END = int(_WARM.end)
_WARM_FLOOR = float(_WARM(_WARM_END))

_ALPHA = Round(
    chart=Chart(_PLAIN_SCENE, upto=35),
    question=PredictRate(
        Sentence(
            "CosineDecay({peak}, decay_steps={steps}, alpha={alpha}): where is the floor, the rate "
            "at step 140?",
            {
                "peak": _PLAIN.initial_learning_rate,
                "steps": _PLAIN.decay_steps,
                "alpha": _PLAIN.alpha,
            },
        ),
        Answers(
            right=_FLOOR,
            tolerance=0.006,
            why=Sentence(
                "{alpha} of the peak: {alpha} × {peak} = {floor}.",
                {"alpha": _PLAIN.alpha, "peak": _PLAIN.peak, "floor": _FLOOR},
            ),
            mistakes=(
                Mistake(
                    _PLAIN.alpha,
                    Sentence(
                        "alpha is not a rate but a fraction: the floor is alpha × peak, not alpha."
                    ),
                ),
                Mistake(0.0, Sentence("Zero only with alpha = 0. Here a part of the peak stays.")),
                Mistake(
                    float(_PLAIN(50)),
                    Sentence("That is the rate half-way, at step 50: the mean of peak and floor."),
                ),
            ),
            too_low=Sentence("Too low: the floor is alpha × peak."),
            too_high=Sentence("Too high: by step 140 the decay is over, the floor is reached."),
        ),
        step=140,
        highest=0.21,
    ),
    notes=(
        Note(
            Sentence("Floor: {alpha} × {peak}", {"alpha": _PLAIN.alpha, "peak": _PLAIN.peak}),
            None,
            _FLOOR,
            "right",
        ),
        Note(Sentence("decay_steps"), 100),
    ),
    sentence=Sentence(
        "alpha is a fraction of the peak: the rate ends at alpha × peak when decay_steps are over, "
        "and stays there."
    ),
)

_LENGTH = Round(
    chart=Chart(_WARM_SCENE, upto=60),
    question=MarkStep(
        Sentence(
            "Now a warm-up of {warm} steps comes first, up to {target}; decay_steps is still "
            "{steps}. At which step is the floor reached?",
            {
                "warm": _WARM.warmup_steps,
                "target": _WARM.peak,
                "steps": _WARM.decay_steps,
            },
        ),
        Answers(
            right=_WARM_END,
            tolerance=2,
            why=Sentence(
                "The warm-up comes on top: {warm} + {steps} = {end}.",
                {"warm": _WARM.warmup_steps, "steps": _WARM.decay_steps, "end": _WARM_END},
            ),
            mistakes=(
                Mistake(
                    _WARM.decay_steps,
                    Sentence(
                        "That is decay_steps counted from step 0. In Keras it begins only when the "
                        "warm-up is over (elsewhere the length may include it: look it up)."
                    ),
                ),
                Mistake(
                    _WARM.warmup_steps, Sentence("There the warm-up ends, and the decay begins.")
                ),
            ),
            too_low=Sentence("Too early: the decay begins after the warm-up."),
            too_high=Sentence("Too late: warmup_steps + decay_steps is all there is."),
        ),
    ),
    notes=(
        Note(
            Sentence(
                "{warm} + {steps} = {end}",
                {"warm": _WARM.warmup_steps, "steps": _WARM.decay_steps, "end": _WARM_END},
            ),
            _WARM_END,
            None,
            "right",
        ),
        Note(Sentence("The decay begins"), _WARM.warmup_steps),
    ),
    sentence=Sentence(
        "In Keras the length of the decay does not include the warm-up: it ends at warmup_steps + "
        "decay_steps."
    ),
)

_WARM_ALPHA = Round(
    chart=Chart(_WARM_SCENE, upto=60),
    question=PredictRate(
        Sentence(
            "The same schedule: initial_learning_rate={first}, warmup_target={target}, "
            "alpha={alpha}. Where is its floor?",
            {
                "first": _WARM.initial_learning_rate,
                "target": _WARM.peak,
                "alpha": _WARM.alpha,
            },
        ),
        Answers(
            right=_WARM_FLOOR,
            tolerance=0.008,
            why=Sentence(
                "The peak is the warm-up's target now: {alpha} × {peak} = {floor}.",
                {"alpha": _WARM.alpha, "peak": _WARM.peak, "floor": _WARM_FLOOR},
            ),
            mistakes=(
                Mistake(
                    _WARM.alpha * _WARM.initial_learning_rate,
                    Sentence(
                        "That is alpha × initial_learning_rate. With a warm-up the peak is "
                        "warmup_target, and alpha is a fraction of that."
                    ),
                ),
                Mistake(_WARM.alpha, Sentence("That is alpha itself, or the rate at step 0.")),
            ),
            too_low=Sentence("Too low: take alpha of the peak that the warm-up rises to."),
            too_high=Sentence("Too high: take alpha of the peak that the warm-up rises to."),
        ),
        step=190,
        highest=0.42,
    ),
    notes=(
        Note(
            Sentence("Floor: {alpha} × {peak}", {"alpha": _WARM.alpha, "peak": _WARM.peak}),
            None,
            _WARM_FLOOR,
            "right",
        ),
    ),
    sentence=Sentence(
        "alpha is always a fraction of the peak, and after a warm-up the peak is warmup_target."
    ),
)

LESSON = Lesson(
    id="cosine",
    title=mark("One cosine: floor and warm-up"),
    about=Sentence("What is alpha a fraction of, and does the length include the warm-up?"),
    rounds=(_ALPHA, _LENGTH, _WARM_ALPHA),
    free=Chart(_WARM_SCENE),
    controls=("decay_steps", "alpha", "warmup_target", "warmup_steps"),
    invitation=Sentence(
        "Switch warmup_target off and leave warmup_steps as it is: what happens to the warm-up?"
    ),
)
