"""Curves to write: every schedule, each option of it, and what is made of them."""

import numpy as np

from lrviz.scene import Curve, Timeline
from lrviz.schedules import (
    SCHEDULES,
    WSD,
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    Cyclic,
    ExponentialDecay,
    Expression,
    Factor,
    FlatCosine,
    InverseSqrt,
    InverseTimeDecay,
    Linear,
    OneCycle,
    PiecewiseConstantDecay,
    PolynomialDecay,
    Power,
    Sequence,
    StepDecay,
)

#: By what a curve counts: 160 steps, or 60 epochs of three.
RUNS = {"step": Timeline(total_steps=160), "epoch": Timeline(samples=30, batch_size=10, epochs=60)}

EVERY = [
    *(each.example(160) for each in SCHEDULES),
    CosineDecay(0.1, 100, 0.1),
    CosineDecay(0.1, 159, 0.1),
    CosineDecay(0.01, 100, 0.1, warmup_target=0.2, warmup_steps=20),
    CosineDecay(0.1, 100, exponent=2.0),
    CosineDecayRestarts(0.1, 20, 1.0, 0.9, 0.1),
    CosineDecayRestarts(0.1, 20, 1.0),
    CosineDecayRestarts(0.1, 20, 2.0, 1.0, 0.1),
    CosineDecayRestarts(0.1, 10, 1.5),
    CosineDecayRestarts(0.1, 10, 1.1, 0.9),
    CosineDecayRestarts(0.1, 10, 0.5),
    CosineDecayRestarts(0.1, 10, 3.0),
    CosineDecayRestarts(0.1, 20, 1.0, 1.0, 0.1, 3),
    CosineDecayRestarts(0.1, 10, 2.0, 1.0, 0.1, 3),
    StepDecay(0.1, 0.5, 30),
    ExponentialDecay(0.1, 20, 0.9),
    ExponentialDecay(0.1, 20, 0.9, True),
    ExponentialDecay(0.1, 20, 0.5, False, 0.02),
    ExponentialDecay(0.1, 1, 0.99),
    InverseTimeDecay(0.1, 20, 0.5, True),
    PolynomialDecay(0.1, 50, 0.01, 2.0, True),
    PolynomialDecay(0.1, 100, 0.0, 2.0),
    PolynomialDecay(0.1, 100, 0.01, 0.5),
    PiecewiseConstantDecay([9, 19], [0.1, 0.01, 0.001]),
    PiecewiseConstantDecay([9, 19], [0.1, 0.02, 0.01]),
    PiecewiseConstantDecay([9, 19, 30], [0.1, 0, 0.01, 0.1]),
    Linear(0, 0.1, 20),
    Linear(0.1, 0.01, 100),
    Linear(0.01, 0.1, 100),
    InverseSqrt(0.1, 10),
    Power(0.1, 10, 160, 30),
    Power(0.1, 10, 160, 0),
    WSD(0.1, 10, 100, 50),
    WSD(0.1, 10, 100, 50, "1-sqrt", 0.1),
    WSD(0.1, 0, 100, 50, "linear"),
    WSD(0.1, 10, 100, 40, "exponential", 0.01),
    OneCycle(0.1, 160),
    OneCycle(0.1, 200),
    OneCycle(0.1, 120, anneal_strategy="linear"),
    OneCycle(0.1, 161, 0.25),
    Cyclic(0.001, 0.1, 20),
    Cyclic(0.001, 0.1, 20, 30, "triangular2"),
    Cyclic(0.001, 0.1, 20, None, "exp_range", 0.99),
    FlatCosine(0.1, 160),
    FlatCosine(0.1, 100, 0.5, 10.0),
    Expression("where(t<w, t/w, sqrt(w/max(t,1)))*peak*(t>3)", 160, ("w", "peak"), (20.0, 0.1)),
    Sequence((Linear(0, 0.1, 20), CosineDecay(0.1, 140)), (20,)),
    Sequence(
        (Linear(0.01, 0.1, 20), CosineDecayRestarts(0.1, 40, 1.0), Linear(0.1, 0.0, 20)), (20, 140)
    ),
    Sequence((Linear(0.01, 0.1, 20), StepDecay(0.1, 0.5, 40)), (20,)),
    Sequence((Constant(0.1), StepDecay(0.1, 0.5, 40)), (0,)),
    Sequence((Linear(0.01, 0.1, 20), OneCycle(0.1, 100)), (20,)),
    Sequence((Linear(0, 0.1, 20), InverseSqrt(0.1, 20)), (20,)),
    Sequence((Linear(0.0, 0.1, 20), Constant(0.1), Linear(0.1, 0, 40)), (20, 120)),
    Sequence(
        (
            Sequence((Linear(0.0, 0.1, 20), Constant(0.1)), (20,)),
            Factor(CosineDecay(0.1, 40), Constant(0.5)),
        ),
        (120,),
    ),
    Factor(CosineDecay(0.1, 160), StepDecay(1.0, 0.5, 40)),
    Factor(Sequence((Linear(0, 0.1, 20), CosineDecay(0.1, 140)), (20,)), Constant(2.0)),
    Sequence((Linear(0.1, 0.1, 20), PolynomialDecay(0.1, 100, 0.0, 2.0)), (20,)),
    Sequence(
        (
            ExponentialDecay(0.1, 20, 0.5),
            ExponentialDecay(0.1, 20, 0.5, True),
            PiecewiseConstantDecay([9, 19], [0.1, 0.01, 0.001]),
        ),
        (40, 80),
    ),
    Constant(0.0),
    CosineDecay(0.0, 10),
    CosineDecay(0.5, 100, warmup_target=0.1),
    CosineDecay(0.0, 140, warmup_target=0.1, warmup_steps=20),
    CosineDecayRestarts(0.1, 20, 2.0, 0.0),
    CosineDecayRestarts(0.1, 3, 1.0, 0.9),
    CosineDecayRestarts(0.1, 3, 1.0, 1.0),
    CosineDecayRestarts(0.1, 10, 1.01, 0.9),
    ExponentialDecay(0.1, 20, 1.1, end_learning_rate=0.3),
    PiecewiseConstantDecay([9], [0.0, 0.1]),
    PolynomialDecay(0.01, 100, 0.1, 1.0),
    PolynomialDecay(0.1, 100, 0.01, 2.0),
    OneCycle(0.1, 160, 0.0),
    OneCycle(0.1, 201, 51 / 201),
    FlatCosine(0.1, 100, 1.0, 10.0),
    WSD(0.1, 0, 100, 0),
    WSD(0.1, 10, 0, 100),
    CosineDecayRestarts(0.1, 1, 1.0, cycle_limit=49),
    Linear(0.0, 0.0, 10),
    Expression("(t < 80) * 0.1 + 0.01 * (not t > 9 and t != 3 or 20 <= t < 30) - 0 * -t", 160),
    Expression("where(t < 50, a, b) * max(1, 2) + min(a, b, t)", 160),
    Expression("0.1", 160),
    Sequence((Linear(0, 0.1, 20), Constant(0.1)), (20,)),
    Sequence((Linear(0, 0.1, 20), Linear(0.1, 0, 140)), (20,)),
    Sequence((Linear(0, 0.1, 20), PolynomialDecay(0.1, 100, 0.001, 2.0)), (20,)),
    Sequence((Linear(0, 0.1, 20), CosineDecay(0.1, 140, 0.1)), (20,)),
    Sequence((Linear(0, 0.1, 20), CosineDecayRestarts(0.1, 35, 1.0, cycle_limit=4)), (20,)),
    Sequence((Linear(0, 0.1, 10), CosineDecay(0.1, 140)), (20,)),
    Sequence((Linear(0, 0.2, 20), CosineDecay(0.1, 140)), (20,)),
    Sequence(
        (Linear(0, 0.1, 20), CosineDecay(0.01, 40, warmup_target=0.1, warmup_steps=10)), (20,)
    ),
    Sequence((Linear(0, 0.1, 20), WSD(0.1, 0, 100, 40)), (20,)),
    Sequence((StepDecay(0.1, 0.5, 10), StepDecay(0.2, 0.5, 10)), (80,)),
    Sequence((Linear(0, 0.1, 20), Linear(0.0, 0.1, 20)), (20,)),
    Factor(ExponentialDecay(0.1, 20, 0.5), ExponentialDecay(1.0, 20, 0.5, True)),
    # What Hypothesis has found.
    OneCycle(0.1, 1, 1.0),
    Sequence((Constant(0.0), StepDecay(0.1, 0.5, 10)), (1,)),
    Sequence((StepDecay(5e-324, 1.0, 1), Constant(0.1)), (1,)),
    Sequence((Linear(0.1, 0.2, 20), Constant(0.2), CosineDecay(0.1, 140)), (0, 20)),
    PiecewiseConstantDecay([5, 9], [5e-324, 4e-21, 4e-21]),
    CosineDecayRestarts(1.0, 1, 6.0, 0.0, 0.0, 21),
    Cyclic(0.0, 1.0, 5_000_000_000),
    CosineDecayRestarts(0.1, 3, 1.05, 0.9),
    Factor(Expression("t * peak", 1, ("peak",), (1.0,)), StepDecay(1.0, 0.5, 10)),
]
CURVES = [Curve(schedule, per) for schedule in EVERY for per in ("step", "epoch")]


def close(rates, curve, rtol):
    """Rates of each step of a run are those of a curve, as shares of its highest one."""
    run = RUNS[curve.per]
    expected = curve.rate(np.arange(run.steps), run)
    # Where a curve has no rate at all, the code stays at the floor.
    known = np.isfinite(expected)
    scale = np.abs(expected[known]).max(initial=1e-12)
    np.testing.assert_allclose(np.array(rates)[known], expected[known], rtol=0, atol=rtol * scale)
