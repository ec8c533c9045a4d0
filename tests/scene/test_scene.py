import numpy as np
import pytest

from lrviz.errors import InvalidTimeline
from lrviz.examples import EXAMPLES
from lrviz.scene import MOST_CURVES, Curve, Timeline, first_scene
from lrviz.schedules import Constant, CosineDecay, CosineDecayRestarts, StepDecay


def test_a_run_counts_steps_as_keras_does():
    run = Timeline(samples=10, batch_size=3, epochs=5)
    assert (run.steps_per_epoch, run.steps, run.last_step, run.last_epoch) == (4, 20, 19, 4)
    cut = Timeline(samples=10, batch_size=3, total_steps=6)
    assert (cut.steps, cut.last_epoch) == (6, 1)
    assert (cut.last("step"), cut.last("epoch")) == (5, 1)


def test_a_run_that_is_too_long_is_refused():
    with pytest.raises(InvalidTimeline, match="most that can be shown"):
        Timeline(samples=10**15, batch_size=1, epochs=2)


def test_applied_every_epoch_the_rate_changes_with_the_epoch():
    run = Timeline(samples=10, batch_size=3, epochs=4)
    curve = Curve(StepDecay(0.1, 0.5, 2), per="epoch")
    np.testing.assert_array_equal(curve.rate(np.arange(16), run), [0.1] * 8 + [0.05] * 8)
    np.testing.assert_array_equal(curve.steps(run), [0, 4, 8, 12])
    assert Curve(StepDecay(0.1, 0.5, 2)).rate(3, run) == 0.05


def test_the_first_view_shows_three_schedules_and_three_restarts():
    scene = first_scene()
    assert [curve.name for curve in scene.curves] == [
        "StepDecay",
        "CosineDecay",
        "CosineDecayRestarts",
    ]
    assert len(scene.curve.schedule.cycles(scene.timeline.last_step)) == 4
    assert scene.shown == scene.curves


def test_curves_are_added_in_free_colours_up_to_eight():
    scene = first_scene()
    for _ in range(10):
        scene = scene.add(Curve(Constant(0.1)))
    assert len(scene.curves) == MOST_CURVES
    assert sorted(curve.color for curve in scene.curves) == list(range(MOST_CURVES))
    assert scene.selected == MOST_CURVES - 1


def test_removing_keeps_the_others_colours_and_the_last_curve():
    scene = first_scene().remove(2)
    assert [curve.color for curve in scene.curves] == [0, 1]
    assert scene.selected == 1
    assert scene.add(Curve(Constant(0.1))).curve.color == 2
    for _ in range(5):
        scene = scene.remove(scene.curve.color)
    assert len(scene.curves) == 1


def test_moving_takes_the_selection_along():
    scene = first_scene()
    assert [curve.color for curve in scene.move(2, 1).curves] == [0, 2, 1]
    assert scene.move(2, -9).selected == 0
    assert scene.move(2, 3) == scene
    assert scene.move(2, 1).curve == scene.curve


def test_hiding_and_changing_touch_one_curve():
    scene = first_scene().toggle(1)
    assert [curve.shown for curve in scene.curves] == [True, False, True]
    assert scene.toggle(1) == first_scene()
    changed = scene.with_curve(2, label="mine")
    assert changed.curve.name == "mine"
    assert changed.curves[:2] == scene.curves[:2]


def test_the_note_is_among_the_examples_exactly():
    note, batch_one = (EXAMPLES[title].scene for title in list(EXAMPLES)[1:3])
    assert [curve.schedule for curve in note.curves] == [
        StepDecay(0.1, 0.5, 5),
        CosineDecay(0.001, 50, alpha=0.001),
        CosineDecayRestarts(0.1, 10, t_mul=1, m_mul=0.9, alpha=0),
    ]
    assert [curve.per for curve in note.curves] == ["epoch", "step", "step"]
    assert (note.timeline.steps, batch_one.timeline.steps) == (10, 100)
    assert note.curves == batch_one.curves


def test_the_papers_restarts_are_at_its_epochs():
    scene = next(each.scene for title, each in EXAMPLES.items() if "SGDR" in title)
    per_epoch = scene.timeline.steps_per_epoch
    epochs = [
        [cycle.start / per_epoch for cycle in curve.schedule.cycles(scene.timeline.last_step)]
        for curve in scene.curves
    ]
    assert epochs == [
        [0, 50, 100, 150],
        [0, 100],
        [0],
        [0, 1, 3, 7, 15, 31, 63, 127],
        [0, 10, 30, 70, 150],
    ]
