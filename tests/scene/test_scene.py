from dataclasses import replace

import numpy as np
import pytest

from lrviz.errors import InvalidFields, InvalidTimeline
from lrviz.examples import EXAMPLES
from lrviz.scene import MOST_CURVES, MOST_LABEL, Curve, Scene, Timeline, first_scene, scene_of
from lrviz.scene.insights import run_sum
from lrviz.scene.shares import share_of
from lrviz.schedules import (
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    ExponentialDecay,
    Factor,
    Linear,
    PiecewiseConstantDecay,
    Sequence,
    StepDecay,
)


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


def test_a_scene_has_curves_and_no_two_of_one_id():
    run, curve = Timeline(), Curve(Constant(0.1), id=3)
    for curves, why in (
        ((), "1 to 8 curves, not 0"),
        (tuple(Curve(Constant(0.1), id=id) for id in range(9)), "1 to 8 curves, not 9"),
        ((Curve(Constant(0.2)), curve, curve), "Two curves of a scene have the same id"),
    ):
        with pytest.raises(InvalidFields, match=why):
            Scene(curves, run)


def test_colours_are_chosen_and_may_be_doubled():
    scene = first_scene().with_line(1, color=2)
    assert [curve.color for curve in scene.curves] == [0, 2, 2]
    assert scene.toggle(1).shown == (scene.curves[0], scene.curves[2])
    # One that is added has a colour that no other one has.
    added = scene.add(Curve(Constant(0.1))).curve
    assert (added.id, added.color) == (3, 1)
    assert scene.remove(2).curves == scene.curves[:2]


def test_curves_that_share_a_name_are_told_apart():
    named = ["a", "a", "a (2)", "", "", "a"]
    scene = scene_of(*(Curve(Constant(0.1), label=each) for each in named), timeline=Timeline())
    told = scene.distinct
    names = ["a", "a (3)", "a (2)", "Constant", "Constant (2)", "a (4)"]
    assert [curve.name for curve in told.curves] == names
    assert [curve.id for curve in told.curves] == [0, 1, 2, 3, 4, 5]
    assert told.distinct is told
    long = Curve(Constant(0.1), label="x" * MOST_LABEL)
    told = scene_of(long, long, timeline=Timeline()).distinct
    assert told.curves[1].name == "x" * (MOST_LABEL - 4) + " (2)"


def test_curves_are_added_in_free_colours_up_to_eight():
    scene = first_scene()
    for _ in range(10):
        scene = scene.add(Curve(Constant(0.1)))
    assert len(scene.curves) == MOST_CURVES
    assert sorted(curve.color for curve in scene.curves) == list(range(MOST_CURVES))
    assert scene.selected == MOST_CURVES - 1


def test_removing_keeps_the_others_ids_and_colours_and_the_last_curve():
    scene = first_scene().remove(2)
    assert [(curve.id, curve.color) for curve in scene.curves] == [(0, 0), (1, 1)]
    assert scene.selected == 1
    added = scene.add(Curve(Constant(0.1))).curve
    assert (added.id, added.color) == (2, 2)
    for _ in range(5):
        scene = scene.remove(scene.curve.id)
    assert len(scene.curves) == 1


def test_moving_takes_the_selection_along():
    scene = first_scene()
    assert [curve.id for curve in scene.move(2, 1).curves] == [0, 2, 1]
    assert scene.move(2, -9).selected == 0
    assert scene.move(2, 3) == scene
    assert scene.move(2, 1).curve == scene.curve


def test_hiding_and_changing_touch_one_curve():
    scene = first_scene().toggle(1)
    assert [curve.shown for curve in scene.curves] == [True, False, True]
    assert scene.toggle(1) == first_scene()
    changed = scene.with_line(2, label="mine")
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


@pytest.mark.parametrize(
    ("run", "steps", "per_epoch"),
    [
        ({}, 750, 75),
        ({"drop_last": True, "samples": 2410}, 750, 75),
        ({"samples": 2410}, 760, 76),
        ({"devices": 2}, 380, 38),
        ({"devices": 2, "drop_last": True}, 370, 37),
        ({"gradient_accumulation_steps": 4}, 190, 19),
        ({"gradient_accumulation_steps": 4, "devices": 2, "drop_last": True}, 100, 10),
    ],
)
def test_steps_of_an_epoch(run, steps, per_epoch):
    timeline = replace(Timeline(samples=2400, batch_size=32, epochs=10), **run)
    assert (timeline.steps, timeline.steps_per_epoch) == (steps, per_epoch)


@pytest.mark.parametrize(
    ("run", "told"),
    [
        ({}, "2,400 × 10 epochs / 32 = 750 steps"),
        ({"samples": 2410}, "⌈2,410 / 32⌉ × 10 epochs = 760 steps"),
        ({"samples": 2410, "drop_last": True}, "⌊2,410 / 32⌋ × 10 epochs = 750 steps"),
        (
            {"samples": 2560, "devices": 2, "gradient_accumulation_steps": 4},
            "2,560 × 10 epochs / (32 × 2 × 4) = 100 steps",
        ),
        (
            {"gradient_accumulation_steps": 4, "epochs": 1},
            "⌈⌈2,400 / 32⌉ / 4⌉ × 1 epoch = 19 steps",
        ),
        ({"total_steps": 1000}, "1,000 steps"),
    ],
)
def test_the_run_is_told_as_the_sum_that_it_is(run, told):
    assert str(run_sum(replace(Timeline(), **run))) == told


def test_a_batch_that_is_never_full_is_refused():
    with pytest.raises(InvalidTimeline, match="No batch is full: 10 samples are fewer than 32"):
        Timeline(samples=10, drop_last=True)


def test_a_length_that_is_a_share_follows_the_run():
    scene = first_scene()
    restarts = scene.curve.with_share("first_decay_steps", 10.0).with_share("t_mul", 5.0)
    scene = replace(scene, lines=(*scene.curves[:2], restarts)).over(Timeline(epochs=20))
    assert scene.curve.schedule.first_decay_steps == 150
    # What is no length is left alone.
    assert scene.curve.schedule.t_mul == 2.0
    epochs = replace(scene.curve, per="epoch").over(scene.timeline)
    assert epochs.schedule.first_decay_steps == 2
    # A length that would be too long stays as it is, and says why.
    longest = Timeline(total_steps=10**15)
    endless = scene.curve.with_share("first_decay_steps", 200.0)
    assert endless.over(longest).schedule == endless.schedule
    (path, why), *others = endless.over(longest).unmet(longest).items()
    assert (path, others) == ("first_decay_steps", [])
    assert str(why) == (
        "200 % of the run is 2,000,000,000,000,000: first_decay_steps must be at most 1e+15, not "
        "“2e+15”."
    )
    assert scene.curve.with_share("first_decay_steps", None).share("first_decay_steps") is None


def _following(schedule, shares):
    curve = Curve(schedule)
    for path, percent in shares.items():
        curve = curve.with_share(path, percent)
    return curve


STAIRS = PiecewiseConstantDecay([100, 300, 900], [0.4, 0.3, 0.2, 0.1])


@pytest.mark.parametrize(
    ("shares", "steps", "boundaries", "unmet"),
    [
        # All of them move, whichever is given first.
        ({"boundaries.0": 10, "boundaries.1": 30}, 2000, (200, 600, 900), {}),
        ({"boundaries.1": 30, "boundaries.0": 10}, 40, (4, 12, 900), {}),
        # One would be behind another that stays: those that can be still follow the run.
        (
            {"boundaries.0": 10, "boundaries.2": 90},
            5000,
            (100, 300, 4500),
            {"boundaries.0": "10 % of the run is 500: boundaries must rise, but 300 comes after"},
        ),
        # One moves only after another has: all that go together do.
        (
            {"boundaries.0": 10, "boundaries.1": 30, "boundaries.2": 25},
            4000,
            (100, 300, 1000),
            {"boundaries.0": "10 % of the run is 400", "boundaries.1": "30 % of the run is 1,200"},
        ),
        # The shortest run has no room for both.
        (
            {"boundaries.0": 10, "boundaries.1": 20},
            3,
            (1, 300, 900),
            {"boundaries.1": "20 % of the run is 1: boundaries must rise, but 1 comes after 1."},
        ),
    ],
)
def test_one_share_that_cannot_be_met_keeps_no_other_from_it(shares, steps, boundaries, unmet):
    run = Timeline(total_steps=steps)
    curve = _following(STAIRS, shares).over(run)
    assert curve.schedule.boundaries == boundaries
    problems = {path: str(why) for path, why in curve.unmet(run).items()}
    assert problems.keys() == unmet.keys()
    assert all(part in problems[path] for path, part in unmet.items())
    # Nothing more would move.
    assert curve.over(run) is curve


@pytest.mark.parametrize(
    ("whole", "path", "why"),
    [
        # Past its own end the line is at 0, with which a decay cannot begin.
        (
            Sequence((Linear(0.1, 0.0, 100), ExponentialDecay(0.1, 9, 0.5)), (50,), (1,)),
            "boundaries.0",
            "50 % of the run is 200: initial_learning_rate must be greater than 0",
        ),
        (
            Sequence((Constant(0.1), Constant(0.2), Constant(0.3)), (50, 120)),
            "boundaries.0",
            "50 % of the run is 200: boundaries must rise, but 120 comes after 200.",
        ),
        (
            Factor(Sequence((Constant(0.1), STAIRS), (10,)), Constant(1.0)),
            "base.1.boundaries.1",
            "250 % of the run is 1,000: boundaries must rise, but 900 comes after 1,000.",
        ),
    ],
)
def test_a_share_that_phases_cannot_meet(whole, path, why):
    run, percent = Timeline(total_steps=400), float(why.split()[0])
    curve = _following(whole, {path: percent}).over(run)
    assert curve.schedule == whole
    assert why in str(curve.unmet(run)[path])
    assert curve.with_share(path, None).unmet(run) == {}


@pytest.mark.parametrize(
    ("text", "share"),
    [("10%", 10), (" 2.5 % ", 2.5), ("0%", 0), ("10", None), ("-1%", None), ("1e2%", None)],
)
def test_a_share_as_it_is_typed(text, share):
    assert share_of(text) == share
