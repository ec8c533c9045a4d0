"""A label that states a value states the one that holds."""

from dataclasses import replace

import pytest

from lrviz.examples import EXAMPLES
from lrviz.scene import Curve, Timeline, scene_of
from lrviz.scene.labels import relabelled
from lrviz.schedules import Constant, CosineDecayRestarts

RESTARTS = CosineDecayRestarts(0.1, 100, 2.0, 0.7)
#: So much of a run that an epoch is 10 steps.
RUN = Timeline(samples=100, batch_size=10, epochs=10)


@pytest.mark.parametrize(
    ("label", "changes", "wanted"),
    [
        ("t_mul = 2", {"t_mul": 1.5}, "t_mul = 1.5"),
        ("m_mul = 0.7, alpha = 0", {"alpha": 0.25}, "m_mul = 0.7, alpha = 0.25"),
        ("mine: m_mul = 0.7, as in class", {"m_mul": 0.9}, "mine: m_mul = 0.9, as in class"),
        ("T_0 = 10, T_mult = 2", {"first_decay_steps": 200}, "T_0 = 20, T_mult = 2"),
        ("t_mul = 2", {"m_mul": 0.5}, "t_mul = 2"),
        # What was not true, or says nothing of a field, is the reader's own.
        ("t_mul = 3", {"t_mul": 1.5}, "t_mul = 3"),
        ("lr = 2, twice t_mul", {"t_mul": 1.5}, "lr = 2, twice t_mul"),
        ("formula = 2, t_mul = e", {"t_mul": 1.5}, "formula = 2, t_mul = e"),
    ],
)
def test_a_label_follows_the_values_that_it_states(label, changes, wanted):
    before = scene_of(Curve(RESTARTS, label=label), timeline=RUN)
    after = before.with_schedule(replace(RESTARTS, **changes))
    assert relabelled(before, after).curve.label == wanted


def test_what_a_curve_has_no_more_its_label_does_not_state():
    before = scene_of(Curve(RESTARTS, label="t_mul = 2"), timeline=RUN)
    assert relabelled(before, before.with_schedule(Constant(0.1))).curve.name == "Constant"
    # Epochs are others over another run; a name that was given is a name.
    before = scene_of(Curve(RESTARTS, label="T_0 = 10"), timeline=RUN)
    halved = before.over(replace(RUN, batch_size=5))
    assert relabelled(before, halved).curve.label == "T_0 = 5"
    renamed = before.with_line(0, label="T_0 = 77")
    assert relabelled(before, renamed) is renamed


def test_no_example_is_renamed_when_it_is_opened():
    scenes = [example.scene for example in EXAMPLES.values()]
    for before in scenes:
        assert all(relabelled(before, after) is after for after in scenes)
