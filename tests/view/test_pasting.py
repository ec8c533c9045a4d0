"""Pasted code becomes a curve, a question, or a sentence on why not."""

from lrviz.page import first_page
from lrviz.schedules import Constant, CosineDecayRestarts, Linear, Sequence
from lrviz.view.pasting import paste, question

SCENE = first_page().scene


def test_code_becomes_a_curve():
    code = "CosineAnnealingWarmRestarts(SGD(p, lr=0.3), T_0=10, T_mult=2)"
    scene, pasted = paste(SCENE, code, {})
    assert scene.curve.schedule == CosineDecayRestarts(0.3, 10)
    assert (pasted.curve, pasted.asked, pasted.problem) == ("CosineDecayRestarts", (), None)


def test_what_is_missing_is_asked_for():
    code = "get_constant_schedule_with_warmup(optimizer, warmup)"
    scene, pasted = paste(SCENE, code, {})
    assert scene is SCENE
    assert pasted.asked == ("base_rate", "warmup")
    assert [str(question(name)) for name in pasted.asked] == [
        "The optimizer's learning rate is not in the text:",
        "warmup is not in the text:",
    ]
    _, again = paste(SCENE, code, {"warmup": 20.0})
    # An answer can still be another.
    assert set(again.asked) == {"base_rate", "warmup"}
    scene, pasted = paste(SCENE, code, {"base_rate": 0.5, "warmup": 20.0})
    assert scene.curve.schedule == Sequence((Linear(0.0, 0.5, 20), Constant(0.5)), (20,))
    assert pasted.asked == ()


def test_what_is_not_understood_is_named_and_the_rest_kept():
    scene, pasted = paste(SCENE, "StepLR(opt, 30, gama=0.1)", {})
    assert str(pasted.problem) == "Line 1, column 22: StepLR has no argument “gama”."
    assert (scene, pasted.curve) == (SCENE, "")
    code = "o = SGD(p, lr=0.1)\nSequentialLR(o, [StepLR(o, 9, 1.0), foo(1)], [5])"
    scene, pasted = paste(SCENE, code, {})
    assert "foo(1)" in str(pasted.problem)
    assert len(scene.curves) == len(SCENE.curves) + 1
    assert pasted.curve == scene.curve.name
