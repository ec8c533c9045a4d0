"""Keras as the oracle of our schedules."""

import numpy as np

from lrviz.schedules import (
    CosineDecay,
    CosineDecayRestarts,
    ExponentialDecay,
    InverseTimeDecay,
    PiecewiseConstantDecay,
    PolynomialDecay,
    StepDecay,
)

CASES = [
    ExponentialDecay(0.1, 7, 0.9),
    ExponentialDecay(0.1, 7, 0.9, True),
    ExponentialDecay(0.1, 100, 1.5),
    InverseTimeDecay(0.1, 7, 0.5),
    InverseTimeDecay(0.1, 7, 0.5, True),
    PiecewiseConstantDecay([10, 20, 50], [1.0, 0.5, 0.1, 0.01]),
    PolynomialDecay(0.1, 50),
    PolynomialDecay(0.1, 50, 0.01, 0.5),
    PolynomialDecay(0.1, 50, 0.01, 2.0, True),
    PolynomialDecay(0.1, 7, 0.0, 1.0, True),
    CosineDecay(0.1, 50),
    CosineDecay(0.001, 50, 0.001),
    CosineDecay(0.01, 50, 0.1, warmup_target=0.2, warmup_steps=13),
    CosineDecay(0.01, 50, 0.1, warmup_steps=13),
    CosineDecay(0.01, 50, warmup_target=0.2),
    *(
        CosineDecayRestarts(0.1, first, t_mul, m_mul, alpha)
        for first in (5, 10, 30)
        for t_mul in (1.0, 1.1, 1.3, 1.5, 2.0, 3.0)
        for m_mul, alpha in ((1.0, 0.0), (0.9, 0.1), (1.5, 0.0))
    ),
    StepDecay(0.1, 0.5, 5),
]


def in_keras(schedules, ours):
    """The Keras object, made to compute in float64: it takes a Python float as a float32."""
    values = {
        name: np.float64(value) if isinstance(value, float) else value
        for name, value in vars(ours).items()
        # What other frameworks have; as it is by default, it changes nothing.
        if name not in ("exponent", "cycle_limit", "end_learning_rate")
        or (name == "end_learning_rate" and isinstance(ours, PolynomialDecay))
    }
    if isinstance(ours, StepDecay):
        rate, drop, every = values.values()
        return schedules.ExponentialDecay(rate, every, drop, staircase=True)
    if isinstance(ours, PiecewiseConstantDecay):
        values = {
            "boundaries": list(ours.boundaries),
            "values": [np.float64(value) for value in ours.values],
        }
    return getattr(schedules, type(ours).__name__)(**values)
