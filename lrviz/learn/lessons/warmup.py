"""Lesson 9: why a rate begins low, and what a restart is good for."""

import numpy as np

from lrviz.learn.lesson import Answers, Chart, Choose, Lesson, Mistake, Round, SetParameter
from lrviz.learn.walks import (
    BEARABLE,
    HIGH,
    PICTURES,
    RUN,
    drawn,
    ends,
    lowest_to_highest,
    mean,
    scene,
    seeds,
)
from lrviz.text import Sentence, mark

#: How steep the cliff is where the particles begin, how far the good basin is, and its curvature.
_STEEP, _AWAY, _GOOD = 37.5, 1.75, 11.1
#: The sharp basin's curvature, and a rate at which a tenth of the particles leave it in the run.
_SHARP, _LEAVING = 50, 0.07
_CLIFF = drawn("cliff", "no warm-up", "warm-up")
_FADED = drawn("basins", "one decay", "three restarts")
_EQUAL = drawn("basins", "one cosine", "three restarts")


def _above(name: str) -> int:
    """For how many steps particles leave the sharp basin at that schedule's rate."""
    rates = PICTURES["basins"].schedules[name](np.arange(RUN.steps))
    return int((rates > _LEAVING).sum())


_FIRST = Round(
    chart=Chart(scene(_CLIFF[0])),
    question=Choose(
        Sentence(
            "Training begins on a cliff: the first gradient is {steep}, the good basin is {away} "
            "away. The rate is {peak} at once. How long is the first step?",
            {"steep": _STEEP, "away": _AWAY, "peak": HIGH},
        ),
        Answers(
            right=2,
            why=Sentence(
                "A step is the rate times the gradient: {peak} × {steep} = {step}, over the good "
                "basin into the next one. Over {seeds} seeds {cold} of 64 particles end in the "
                "good one; with a warm-up of 40 steps all of them do.",
                {
                    "peak": HIGH,
                    "steep": _STEEP,
                    "step": HIGH * _STEEP,
                    "seeds": seeds(),
                    "cold": lowest_to_highest(ends("cliff", "no warm-up")),
                },
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
        "Where the first gradients are large, a full rate throws the weights to where they do not "
        "come back from."
    ),
    revealed=Chart(scene(*_CLIFF, on="cliff")),
)

_PEAK = Round(
    chart=Chart(scene(_CLIFF[0], on="cliff")),
    question=SetParameter(
        Sentence(
            "Still without a warm-up: set initial_learning_rate as high as it can be with all 64 "
            "particles ending in the good basin."
        ),
        Answers(
            right=BEARABLE,
            tolerance=0.0085,
            why=Sentence(
                "At {rate} the first step is {step} long and ends just inside; at 0.076 it is "
                "{long}, and {lost} of 64 are lost. So without a warm-up one step on the cliff "
                "bounds the rate of the whole run.",
                {
                    "rate": BEARABLE,
                    "step": float(f"{BEARABLE * _STEEP:.2g}"),
                    "long": float(f"{0.076 * _STEEP:.2g}"),
                    "lost": lowest_to_highest(64 - ends("cliff", "too high")),
                },
            ),
            mistakes=(
                Mistake(
                    HIGH,
                    Sentence(
                        "At {rate} the first step is {step} long: hardly any particle ends in the "
                        "good basin.",
                        {"rate": HIGH, "step": HIGH * _STEEP},
                    ),
                ),
                Mistake(
                    float(f"{_AWAY / _STEEP:.2g}"),
                    Sentence(
                        "There the first step ends in the middle of the basin. The basin is wide, "
                        "though: it may be a little longer."
                    ),
                ),
                Mistake(
                    float(f"{2 / _GOOD:.2g}"),
                    Sentence(
                        "That is what the good basin itself bears, 2 / curvature = 2 / {good}. But "
                        "the particles have to get there first, down the cliff.",
                        {"good": _GOOD},
                    ),
                ),
            ),
            too_low=Sentence("Too low: all 64 end in the good basin, and at a higher rate, too."),
            too_high=Sentence("Too high: some leap over the good basin. Look at the count."),
        ),
        field="initial_learning_rate",
        stops=(
            *(0.01, 0.012, 0.016, 0.02, 0.025, 0.032, 0.04, 0.05, 0.057, 0.064),
            *(0.076, 0.09, 0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.25, 0.3),
        ),
    ),
    notes=(),
    sentence=Sentence(
        "A warm-up goes slowly on the first steps alone, and the peak may be higher: here a "
        "warm-up of 2 steps gets all 64 there at {peak}. In networks that is its main benefit, too "
        "(Kalra & Barkeshli 2024, arXiv 2406.09405); there it takes longer: 2,000 steps for Llama "
        "2.",
        {"peak": HIGH},
    ),
)

_LEAVE = Round(
    chart=Chart(scene(*_FADED, selected=1)),
    question=Choose(
        Sentence(
            "All particles begin in a sharp basin of curvature {sharp}: at its bottom no rate "
            "above 2 / {sharp} = 0.04 is stable. Which schedule gets more of them out, into the "
            "flat one?",
            {"sharp": _SHARP},
        ),
        Answers(
            right=1,
            why=Sentence(
                "To leave takes more than 0.04: in {steps} steps a constant 0.05 gets {few} of 64 "
                "out, {rate} gets {some}, and 0.1 {most} (means of {seeds} seeds). Each restart is "
                "up there once more: {restarts} get out, with the one decay {decay}.",
                {
                    "few": mean(ends("basins", "0.05")),
                    "some": mean(ends("basins", "0.07")),
                    "most": mean(ends("basins", "0.1")),
                    "rate": _LEAVING,
                    "steps": RUN.steps,
                    "seeds": seeds(),
                    "restarts": lowest_to_highest(ends("basins", "three restarts")),
                    "decay": lowest_to_highest(ends("basins", "one decay")),
                },
            ),
            mistakes=(
                Mistake(
                    0,
                    Sentence(
                        "It is above {rate} for {short} steps alone, the restarts are for {long}. "
                        "Below that hardly a particle leaves.",
                        {
                            "rate": _LEAVING,
                            "short": _above("one decay"),
                            "long": _above("three restarts"),
                        },
                    ),
                ),
                Mistake(
                    2,
                    Sentence(
                        "At a low rate they do stay. Above 2 / curvature each step near the bottom "
                        "overshoots more than the one before; well above it they get out."
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
    revealed=Chart(scene(*_FADED, on="basins", selected=1)),
)

_HONEST = Round(
    chart=Chart(scene(*_EQUAL, selected=1)),
    question=Choose(
        Sentence(
            "The same three restarts, and one cosine from the same height over the whole run. "
            "Which gets more of them out?"
        ),
        Answers(
            right=2,
            why=Sentence(
                "Both spend nearly as many steps at each height, above {rate} for example {one} "
                "and {other}, and that is what counts. Over {seeds} seeds {cosine} of 64 get out "
                "with the cosine, {restarts} with the restarts; the means are {cosines} and "
                "{restart}.",
                {
                    "rate": _LEAVING,
                    "one": _above("one cosine"),
                    "other": _above("three restarts"),
                    "seeds": seeds(),
                    "cosine": lowest_to_highest(ends("basins", "one cosine")),
                    "restarts": lowest_to_highest(ends("basins", "three restarts")),
                    "cosines": mean(ends("basins", "one cosine")),
                    "restart": mean(ends("basins", "three restarts")),
                },
            ),
            mistakes=(
                Mistake(
                    0,
                    Sentence(
                        "It is up there in one go, but no longer than the restarts are altogether."
                    ),
                ),
                Mistake(
                    1,
                    Sentence(
                        "Being thrown up again and again is not more than being up there for as "
                        "long in one go."
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
        "Restarts do not work magic. They help where a decay would have come too early, and each "
        "cycle ends with a settled model."
    ),
    revealed=Chart(scene(*_EQUAL, on="basins", selected=1)),
)

LESSON = Lesson(
    id="warmup",
    title=mark("Why warm up, why restart?"),
    about=Sentence("A cliff at the start, a sharp basin, and what a high rate does in both."),
    rounds=(_FIRST, _PEAK, _LEAVE, _HONEST),
    free=Chart(scene(*_EQUAL, on="basins", selected=1)),
    controls=("initial_learning_rate", "first_decay_steps", "t_mul", "m_mul"),
    invitation=Sentence(
        "Lower initial_learning_rate: below which peak does hardly a particle get out any more? "
        "Does it help to make the cycles longer or shorter?"
    ),
)
