"""Schedules are put together on the page; code becomes a curve."""

import pytest

from lrviz.schedules import (
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    Expression,
    Factor,
    Linear,
    Sequence,
)
from tests.app.steps import (
    curve,
    curves_in,
    linked,
    open_page,
    ran,
    rows_in,
    scene_in,
    texts_in,
    type_into,
    widget,
)


def _schedule(app):
    return scene_in(app).curve.schedule


def _names(app):
    return [row["name"] for key, row in rows_in(app).items() if key.startswith("curve-")]


def _chips(app, level=0):
    return [
        (part["name"], part["length"], part["chosen"])
        for part in curves_in(app)["levels"][level]["parts"]
    ]


def _opened():
    return open_page([("curve", "CosineDecay~initial_learning_rate~0.1~decay_steps~750")])


def test_a_curve_is_composed_with_a_few_clicks():
    app = _opened()
    assert _chips(app) == [("CosineDecay", "750", True)]
    assert curves_in(app)["levels"][0]["warm"]
    curve(app, "warm")
    assert _schedule(app) == Sequence(
        (Linear(0.0, 0.1, 38), CosineDecay(0.1, 712)), (38,), fitted=(0,)
    )
    assert _chips(app) == [("Linear", "38", True), ("CosineDecay", "712", False)]
    assert _names(app) == ["ends at", "initial_learning_rate", "end_learning_rate"]
    curve(app, "part", "1")
    assert _names(app)[:2] == ["begins at", "initial_learning_rate"]
    curve(app, "insert", "Linear", "1")
    assert [each for each, _, _ in _chips(app)] == ["Linear", "CosineDecay", "Linear"]
    curve(app, "part", "2")
    type_into(app, "curve-0-Sequence/boundaries.1", "400")
    assert _chips(app)[1:] == [("CosineDecay", "362", False), ("Linear", "350", True)]
    # The cosine is as long as its phase, then as now.
    assert _schedule(app).schedules[1].decay_steps == 362
    curve(app, "shift", "2", "-1")
    curve(app, "undo")
    curve(app, "drop", "2")
    curve(app, "drop", "0")
    assert isinstance(_schedule(app), CosineDecay)
    assert linked(app)[0].scene == scene_in(app)


def test_what_a_phase_can_follow():
    app = open_page(
        [("curve", "Sequence~boundaries~100~0~Linear~0.initial_learning_rate~0~"
                   "0.end_learning_rate~0.1~0.decay_steps~50~1~CosineDecay~"
                   "1.initial_learning_rate~0.3~1.decay_steps~650")]
    )  # fmt: skip
    assert curves_in(app)["levels"][0]["follows"] == {"fitted": False}
    curve(app, "follow", "0", "fitted")
    assert _schedule(app).schedules[0].decay_steps == 100
    curve(app, "part", "1")
    assert curves_in(app)["levels"][0]["follows"] == {"tied": False}
    curve(app, "follow", "1", "tied")
    assert _schedule(app).schedules[1].initial_learning_rate == 0.1
    assert "initial_learning_rate" not in _names(app)
    curve(app, "part", "0")
    type_into(app, "curve-0-Sequence/0.end_learning_rate", "0.2")
    assert _schedule(app).schedules[1].initial_learning_rate == 0.2


def test_what_a_phase_cannot_follow_is_said():
    app = open_page(
        [("curve", "Sequence~boundaries~100~0~Linear~0.initial_learning_rate~0.1~"
                   "0.end_learning_rate~0~0.decay_steps~50~1~StepDecay~"
                   "1.initial_learning_rate~0.3~1.drop~0.5~1.drop_every~9")]
    )  # fmt: skip
    before = _schedule(app)
    curve(app, "part", "1")
    curve(app, "follow", "1", "tied")
    assert "must be greater than 0" in texts_in(app)
    assert _schedule(app) == before


def test_a_factor_has_chips_of_its_own():
    app = _opened()
    curve(app, "warm")
    curve(app, "scale")
    assert isinstance(_schedule(app), Factor)
    assert _chips(app) == [("Linear > CosineDecay", "", False), ("Constant", "", True)]
    curve(app, "part", "base.1")
    assert _chips(app, 1)[1] == ("CosineDecay", "712", True)
    curve(app, "insert", "Constant", "base.1")
    assert len(_schedule(app).base.schedules) == 3
    curve(app, "drop", "factor")
    assert isinstance(_schedule(app), Sequence)


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
def test_whatever_the_browser_says(act, texts):
    app = _opened()
    curve(app, "warm")
    before = _schedule(app)
    curve(app, act, *texts)
    assert _schedule(app) == before


def test_a_formula_and_its_numbers():
    app = _opened()
    curve(app, "add", "Expression")
    name = "curve-1-Expression"
    type_into(app, f"{name}/expression", "where(t < warm, t / warm, 1) * peak")
    assert _names(app) == ["expression", "total_steps", "warm", "peak"]
    type_into(app, f"{name}/values.0", "75")
    assert _schedule(app) == Expression(
        "where(t < warm, t / warm, 1) * peak", 750, ("warm", "peak"), (75.0, 0.1)
    )
    type_into(app, f"{name}/expression", "open('x')")
    assert "is not allowed here" in texts_in(app)
    assert _schedule(app).values == (75.0, 0.1)


def _paste(app, text):
    widget(app.text_area, "pasted").set_value(text)
    return ran(widget(app.button, "read").click().run())


def _plain(elements):
    """Their texts, without what keeps Markdown out of them."""
    return [each.value.replace("\\", "") for each in elements]


def test_code_becomes_a_curve():
    app = _opened()
    _paste(app, "CosineAnnealingWarmRestarts(SGD(p, lr=0.3), T_0=10, T_mult=2)")
    assert _schedule(app) == CosineDecayRestarts(0.3, 10)
    assert _plain(app.success) == ["A new curve is there: CosineDecayRestarts"]


def test_what_is_missing_is_asked_for():
    app = _opened()
    _paste(app, "get_constant_schedule_with_warmup(optimizer, warmup)")
    assert len(scene_in(app).curves) == 1
    labels = [each.label for each in app.text_input]
    assert labels[-2:] == [
        "The optimizer's learning rate is not in the text:",
        "warmup is not in the text:",
    ]
    app.text_input(key="answer-base_rate").set_value("0.5")
    app.text_input(key="answer-warmup").set_value("20")
    ran(widget(app.button, "read").click().run())
    assert _schedule(app) == Sequence((Linear(0.0, 0.5, 20), Constant(0.5)), (20,))


def test_what_is_not_understood_is_named_and_the_rest_kept():
    app = _opened()
    _paste(app, "StepLR(opt, 30, gama=0.1)")
    assert _plain(app.error) == ["Line 1, column 22: StepLR has no argument “gama”."]
    assert len(scene_in(app).curves) == 1
    _paste(app, "o = SGD(p, lr=0.1)\nSequentialLR(o, [StepLR(o, 9, 1.0), foo(1)], [5])")
    assert "foo(1)" in _plain(app.error)[0]
    assert len(scene_in(app).curves) == 2
