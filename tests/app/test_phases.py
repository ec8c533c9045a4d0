"""Schedules are put together on the page; code becomes a curve: what each does is in tests/view."""

from lrviz.schedules import Constant, CosineDecay, CosineDecayRestarts, Linear, Sequence
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


def _opened():
    return open_page([("curve", "CosineDecay~initial_learning_rate~0.1~decay_steps~750")])


def test_a_curve_is_composed_with_a_few_clicks():
    app = curve(_opened(), "warm")
    assert _schedule(app) == Sequence(
        (Linear(0.0, 0.1, 38), CosineDecay(0.1, 712)), (38,), fitted=(0,)
    )
    assert [part["chosen"] for part in curves_in(app)["levels"][0]["parts"]] == [True, False]
    curve(app, "insert", "Linear", "1")
    # The phase that was put in is the one that is looked at.
    assert "curve-0-Sequence/2.decay_steps" in rows_in(app)
    type_into(app, "curve-0-Sequence/boundaries.1", "400")
    assert _schedule(app).schedules[1].decay_steps == 362
    curve(app, "drop", "0")
    curve(app, "undo")
    assert len(_schedule(app).schedules) == 3
    assert linked(app)[0].scene == scene_in(app)


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
    _paste(app, "StepLR(opt, 30, gama=0.1)")
    assert _plain(app.error) == ["Line 1, column 22: StepLR has no argument “gama”."]
