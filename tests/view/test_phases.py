"""Schedules are put together: chips, what can be done with them, and what a phase follows."""

import pytest

from lrviz.link import from_query, to_query
from lrviz.page import Page
from lrviz.scene import Curve, Timeline, scene_of
from lrviz.schedules import Constant, CosineDecay, Expression, Factor, Linear, Sequence, StepDecay
from tests.view.steps import Curves

COSINE = CosineDecay(0.1, 750)


def _curves(schedule=COSINE):
    return Curves(Page(scene_of(Curve(schedule), timeline=Timeline())))


def _names(curves):
    return [row["name"] for key, row in curves.rows().items() if key.startswith("curve-")]


def _chips(curves, level=0):
    return [
        (part["name"], part["length"], part["chosen"])
        for part in curves.list()["levels"][level]["parts"]
    ]


def test_a_curve_is_composed_with_a_few_clicks():
    curves = _curves()
    assert _chips(curves) == [("CosineDecay", "750", True)]
    assert curves.list()["levels"][0]["warm"]
    curves.edit("warm")
    assert curves.schedule == Sequence(
        (Linear(0.0, 0.1, 38), CosineDecay(0.1, 712)), (38,), fitted=(0,)
    )
    assert _chips(curves) == [("Linear", "38", True), ("CosineDecay", "712", False)]
    assert _names(curves) == ["ends at", "initial_learning_rate", "end_learning_rate"]
    curves.edit("part", "1")
    assert _names(curves)[:2] == ["begins at", "initial_learning_rate"]
    curves.edit("insert", "Linear", "1")
    assert [each for each, _, _ in _chips(curves)] == ["Linear", "CosineDecay", "Linear"]
    curves.edit("part", "2")
    curves.type("boundaries.1", "400")
    assert _chips(curves)[1:] == [("CosineDecay", "362", False), ("Linear", "350", True)]
    # The cosine is as long as its phase, then as now.
    assert curves.schedule.schedules[1].decay_steps == 362
    composed = curves.schedule
    curves.edit("shift", "2", "-1")
    assert curves.schedule != composed
    curves.session.undo()
    curves.edit("drop", "2")
    curves.edit("drop", "0")
    assert isinstance(curves.schedule, CosineDecay)
    assert from_query(to_query(curves.session.page))[0].scene == curves.scene


def test_what_a_phase_can_follow():
    curves = _curves(Sequence((Linear(0.0, 0.1, 50), CosineDecay(0.3, 650)), (100,)))
    assert curves.list()["levels"][0]["follows"] == {"fitted": False}
    curves.edit("follow", "0", "fitted")
    assert curves.schedule.schedules[0].decay_steps == 100
    curves.edit("part", "1")
    assert curves.list()["levels"][0]["follows"] == {"tied": False}
    curves.edit("follow", "1", "tied")
    assert curves.schedule.schedules[1].initial_learning_rate == 0.1
    assert "initial_learning_rate" not in _names(curves)
    curves.edit("part", "0")
    curves.type("0.end_learning_rate", "0.2")
    assert curves.schedule.schedules[1].initial_learning_rate == 0.2


def test_what_a_phase_cannot_follow_is_refused():
    curves = _curves(Sequence((Linear(0.1, 0.0, 50), StepDecay(0.3, 0.5, 9)), (100,)))
    before = curves.schedule
    curves.edit("part", "1").edit("follow", "1", "tied")
    assert "must be greater than 0" in " ".join(curves.problems())
    assert curves.schedule == before
    # In a part of a part, too.
    curves = _curves(Factor(before, Constant(1.0))).edit("part", "base.1")
    curves.edit("follow", "base.1", "tied")
    assert "must be greater than 0" in " ".join(curves.problems())


def test_a_factor_has_chips_of_its_own():
    curves = _curves().edit("warm").edit("scale")
    assert isinstance(curves.schedule, Factor)
    assert _chips(curves) == [("Linear > CosineDecay", "", False), ("Constant", "", True)]
    curves.edit("part", "base.1")
    assert _chips(curves, 1)[1] == ("CosineDecay", "712", True)
    curves.edit("insert", "Constant", "base.1")
    assert len(curves.schedule.base.schedules) == 3
    curves.edit("drop", "factor")
    assert isinstance(curves.schedule, Sequence)


@pytest.mark.parametrize(
    ("act", "texts"),
    [
        ("insert", ["Nope", "0"]),
        ("part", ["7.x"]),
        ("drop", ["9"]),
        ("drop", [""]),
        ("shift", ["0", "x"]),
        ("shift", ["zero", "1"]),
        ("follow", ["0", "tied"]),
        ("follow", ["1", "color"]),
        ("follow", ["x", "tied"]),
    ],
)
def test_whatever_the_browser_sends(act, texts):
    curves = _curves().edit("warm")
    before = curves.schedule
    curves.edit(act, *texts)
    assert curves.schedule == before


def test_a_formula_and_its_numbers():
    curves = _curves().edit("add", "Expression")
    curves.type("expression", "where(t < warm, t / warm, 1) * peak")
    assert _names(curves) == ["expression", "total_steps", "warm", "peak"]
    curves.type("values.0", "75")
    assert curves.schedule == Expression(
        "where(t < warm, t / warm, 1) * peak", 750, ("warm", "peak"), (75.0, 0.1)
    )
    curves.type("expression", "open('x')")
    assert "is not allowed here" in curves.row("expression")["problem"]
    assert curves.schedule.values == (75.0, 0.1)


def test_a_name_in_a_formula_is_the_readers():
    """It is not translated, whatever else it means."""
    curves = _curves().edit("add", "Expression").type("expression", "steps * t")
    assert "steps" in [row["name"] for row in curves.rows("ko").values()]
