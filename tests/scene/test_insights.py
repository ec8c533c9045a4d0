import numpy as np
import pytest
from hypothesis import given

from lrviz.examples import EXAMPLES
from lrviz.scene import Curve, Plateau, Timeline, first_scene, scene_of
from lrviz.scene.insights import description, readout, summary
from lrviz.scene.remarks import remarks
from lrviz.schedules import (
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    ExponentialDecay,
    Expression,
    Factor,
    Linear,
    PiecewiseConstantDecay,
    PolynomialDecay,
    Sequence,
    StepDecay,
)
from tests.strategies import scenes

TEN = Timeline(samples=10, batch_size=32, epochs=10)
HUNDRED = Timeline(samples=10, batch_size=1, epochs=10)


@pytest.mark.parametrize(
    ("curve", "run", "parts"),
    [
        (Curve(Constant(0.1)), HUNDRED, []),
        (Curve(CosineDecay(0.001, 50, 0.001)), TEN, ["10 of 50 steps", "to 0.0009222"]),
        (Curve(CosineDecay(0.1, 50)), HUNDRED, ["after 50 of 100 steps", "other 50 all"]),
        (Curve(CosineDecay(0.1, 100)), HUNDRED, []),
        (Curve(CosineDecay(0.1, 99)), HUNDRED, []),
        (Curve(CosineDecayRestarts(0.1, 10, 1.0)), TEN, ["no restart", "t_mul and m_mul have no"]),
        (Curve(CosineDecayRestarts(0.1, 10, 1.0)), HUNDRED, []),
        (Curve(CosineDecayRestarts(0.1, 45, 1.0)), HUNDRED, ["ends near a peak, 9 steps after"]),
        (Curve(PolynomialDecay(0.1, 100, cycle=True)), HUNDRED, ["no restart", "100 steps long"]),
        (Curve(PiecewiseConstantDecay([5, 99, 500], [4, 3, 2, 1])), HUNDRED,
         ["Never reached: boundaries 99, 500", "ends at 99"]),
        (Curve(PiecewiseConstantDecay([5, 98], [3, 2, 1])), HUNDRED, []),
        (Curve(PiecewiseConstantDecay([5, 9], [3, 2, 1])), HUNDRED,
         ["decay is over after 10 of 100 steps", "other 90 all have the rate 1."]),
        (Curve(Sequence((CosineDecay(0.1, 40), Constant(0.01)), (40,))), HUNDRED,
         ["decay is over after 40 of 100 steps", "all have the rate 0.01."]),
        (Curve(Factor(CosineDecay(0.1, 40), Constant(0.5))), HUNDRED, ["over after 40 of 100"]),
        (Curve(Factor(Constant(0.1), Constant(0.5))), HUNDRED, []),
        (Curve(Linear(0.01, 0.1, 50)), HUNDRED, ["The rise is over after 50 of 100 steps"]),
        (Curve(Linear(0.01, 0.1, 500)), HUNDRED, ["ends before the rise does: 100 of 500 steps"]),
        (Curve(Sequence((CosineDecayRestarts(0.1, 60), Constant(0.1)), (3,))), HUNDRED,
         ["no restart: after 3 steps another phase begins", "cycle would be 60 steps long"]),
        (Curve(Sequence((CosineDecayRestarts(0.1, 60), Constant(0.1)), (60,))), HUNDRED,
         ["no restart: the first cycle is 60 steps long, and then another phase"]),
        (Curve(Sequence((CosineDecayRestarts(0.1, 20, 1.0), Linear(0.1, 0.09, 60)), (40,))),
         HUNDRED, ["The rate jumps from"]),
        (Curve(Sequence((Linear(0.01, 0.1, 20), CosineDecayRestarts(0.1, 90)), (20,))), HUNDRED,
         ["the first cycle begins at 20 and is 90 steps long"]),
        (Curve(StepDecay(0.1, 0.5, 100)), HUNDRED, ["never changes", "at 100"]),
        (Curve(StepDecay(0.1, 0.5, 99)), HUNDRED, []),
        (Curve(StepDecay(0.1, 0.5, 5), per="epoch"), HUNDRED, ["only every 10 steps"]),
        (Curve(CosineDecay(0.1, 50), per="epoch"), TEN, ["10 of 50 epochs"]),
        (Curve(CosineDecayRestarts(0.1, 10, 0.5)), HUNDRED, ["no rate at all", "end at step 20"]),
        (Curve(ExponentialDecay(0.1, 1, 10.0)), HUNDRED, ["32-bit", "decay_rate is above 1"]),
        (Curve(CosineDecayRestarts(0.1, 10, 1.0, 0.5, 0.1)), HUNDRED, ["0.55 of the first"]),
    ],
    ids=lambda each: str(each)[:70],
)  # fmt: skip
def test_what_the_run_will_really_do_is_said(curve, run, parts):
    said = " ".join(str(remark) for remark in remarks(curve, run))
    assert bool(said) == bool(parts), said
    for part in parts:
        assert part in said


def test_a_run_that_ends_in_another_phase_does_not_end_near_a_restart():
    phases = (CosineDecayRestarts(0.1, 20, 1.0), Linear(0.1, 0.09, 60))
    said = " ".join(map(str, remarks(Curve(Sequence(phases, (40,))), HUNDRED)))
    assert "near a peak" not in said


def test_final_mean_and_smallest_rate():
    numbers = summary(Curve(StepDecay(0.1, 0.5, 5), per="epoch"), HUNDRED)
    assert (numbers.final, numbers.lowest, numbers.highest) == (0.05, 0.05, 0.1)
    assert numbers.mean == pytest.approx(0.075)
    assert numbers.exact


def test_a_long_run_is_summed_from_its_samples():
    run = Timeline(total_steps=10**9)
    numbers = summary(Curve(CosineDecay(0.1, 10**9)), run)
    assert not numbers.exact
    assert numbers.mean == pytest.approx(0.05, rel=1e-4)
    assert summary(Curve(CosineDecayRestarts(0.1, 10**8)), run).highest == pytest.approx(0.1)


def test_a_rate_that_nobody_knows_is_not_described_in_numbers():
    ends = Curve(CosineDecayRestarts(0.1, 10, 0.5))
    starts = Curve(Expression("sqrt(t - 10)", 100))
    scene = scene_of(Curve(Constant(0.1)), ends, starts, Plateau(), timeline=HUNDRED)
    _, curve, end, start, plateau = map(str, description(scene))
    assert curve.startswith("Constant: from 0.1")
    # What has a rate at some steps is another matter.
    assert end.startswith("CosineDecayRestarts: from 0.1 to NaN")
    assert start.startswith("Expression: from NaN to 9.4")
    assert plateau == "ReduceLROnPlateau: only training can tell its rate."


def test_the_description_names_every_shown_curve_and_its_restarts():
    text = " ".join(str(sentence) for sentence in description(first_scene().toggle(0)))
    assert "750 steps (10 epochs)" in text
    assert "CosineDecay: from 0.1 to 4.386e-7" in text
    assert "restarts: 3, the first at 50, 150, 350" in text
    assert "StepDecay" not in text


@given(scenes())
def test_any_scene_can_be_talked_about(scene):
    with np.errstate(all="ignore"):
        for curve in scene.curves:
            assert all(map(str, remarks(curve, scene.timeline)))
        assert all(map(str, description(scene)))


def test_examples_have_no_nan():
    for scene in (example.scene for example in EXAMPLES.values()):
        for curve in scene.curves:
            assert np.isfinite(summary(curve, scene.timeline).mean)


@given(scenes())
def test_every_curve_has_its_figures(scene):
    for curve in scene.curves:
        numbers = summary(curve, scene.timeline)
        assert numbers.exact == (scene.timeline.steps <= 100_000)
        found = curve.restarts(scene.timeline)
        assert len(readout(numbers, found)) == 3 + (found is not None)
        assert list(found or ()) == sorted(set(found or ()))
