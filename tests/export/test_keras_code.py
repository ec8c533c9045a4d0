"""Every exported source runs, and gives the rates that the engine gives."""

import os

import numpy as np
import pytest

from lrviz.examples import EXAMPLES
from lrviz.export import FRAMEWORKS
from lrviz.scene import Curve, Timeline
from lrviz.schedules import (
    SCHEDULES,
    CosineDecay,
    ExponentialDecay,
    InverseTimeDecay,
    PolynomialDecay,
)

pytestmark = [
    pytest.mark.keras,
    # TensorFlow's own imports warn of what it will have to change itself.
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]

SCHEDULES_TO_RUN = [
    *(schedule.example(60) for schedule in SCHEDULES),
    ExponentialDecay(0.1, 7, 0.9, True),
    InverseTimeDecay(0.1, 7, 0.5, True),
    PolynomialDecay(0.1, 20, cycle=True),
    CosineDecay(0.01, 40, 0.1, warmup_target=0.2, warmup_steps=10),
]
CURVES = [Curve(schedule, per) for schedule in SCHEDULES_TO_RUN for per in ("step", "epoch")]
CURVES += [curve for each in EXAMPLES.values() for curve in each.scene.curves]


@pytest.mark.parametrize("curve", CURVES, ids=str)
def test_the_code_runs_and_gives_our_rates(curve):
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    names: dict = {}
    exec(FRAMEWORKS["keras"].write(curve, Timeline()), names)
    steps = np.arange(0, 60)
    if curve.per == "step":
        rate = names["optimizer"]._learning_rate
        rates = [float(rate(step)) if callable(rate) else float(rate.numpy()) for step in steps]
    else:
        rates = [names["callback"].schedule(int(epoch), 123.0) for epoch in steps]
        assert all(type(rate) is float for rate in rates)
    # Keras computes in float32.
    np.testing.assert_allclose(rates, curve.schedule(steps), atol=2e-6 * max(rates), rtol=0)
