"""The script to take away: what it says of how the rate is applied."""

import ast

import pytest

from lrviz.scene import Curve, Plateau
from lrviz.schedules import Constant, CosineDecay
from lrviz.training.script import script
from lrviz.training.spec import Recipe


@pytest.mark.parametrize(
    ("line", "callback"),
    [
        (Curve(CosineDecay(0.1, 100)), None),
        (Curve(CosineDecay(0.1, 10), per="epoch"), "LearningRateScheduler"),
        (Curve(Constant(0.1), per="epoch"), None),
        (Plateau(0.5, 0.25, 3), "ReduceLROnPlateau"),
    ],
    ids=str,
)
def test_a_rate_is_applied_by_the_optimizer_or_by_a_callback(line, callback):
    text = script(line, Recipe())
    ast.parse(text)
    for name in ("LearningRateScheduler", "ReduceLROnPlateau"):
        assert (f"keras.callbacks.{name}(" in text) == (name == callback)
    # A plateau's own numbers are in it.
    assert ("factor=0.25, patience=3" in text) == isinstance(line, Plateau)
