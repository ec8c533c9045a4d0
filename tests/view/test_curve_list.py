"""The list of curves: what is done with them, and what it gets in the browser."""

import pytest

from lrviz.link import from_query, to_query
from lrviz.scene import first_scene
from lrviz.schedules import StepDecay
from tests.view.steps import Curves

PATH = "first_decay_steps"


@pytest.fixture
def curves():
    return Curves()


@pytest.mark.parametrize(
    ("act", "texts"),
    [
        ("select", ["9"]),
        ("select", ["two"]),
        ("toggle", [""]),
        ("label", ["9", "x"]),
        ("place", ["2", "-1"]),
        ("place", ["2", "1e9"]),
        ("add", ["Nope"]),
        ("per", ["never"]),
        ("convert", [""]),
        ("insert", ["Nope", "0"]),
        ("drop", ["9"]),
    ],
)
def test_what_is_not_offered_changes_nothing(curves, act, texts):
    curves.edit(act, *texts)
    assert curves.scene == first_scene()


def test_curves_are_selected_named_hidden_moved_duplicated_and_removed(curves):
    curves.edit("select", 0)
    assert curves.scene.selected == 0
    curves.edit("label", 0, "  my   <b>curve</b> ")
    assert curves.scene.curve.name == "my <b>curve</b>"
    curves.edit("toggle", 0)
    assert [each["shown"] for each in curves.list()["curves"]] == [False, True, True]
    curves.edit("place", 0, 1)
    assert [each["uid"] for each in curves.list()["curves"]] == ["1", "0", "2"]
    curves.edit("duplicate", 0)
    assert [each["uid"] for each in curves.list()["curves"]] == ["1", "0", "2", "3"]
    assert [each["chosen"] for each in curves.list()["curves"]] == [False, False, False, True]
    assert curves.schedule == StepDecay(0.1, 0.5, 2)
    curves.edit("remove", 3)
    assert [each["uid"] for each in curves.list()["curves"]] == ["1", "0", "2"]
    assert from_query(to_query(curves.session.page)) == (curves.session.page, ())


def test_eight_curves_are_the_most_and_one_the_least(curves):
    for _ in range(5):
        assert not curves.list()["full"]
        curves.edit("duplicate", 0)
    assert len(curves.scene.curves) == 8
    assert curves.list()["full"]
    curves.edit("add", "Constant")
    assert len(curves.scene.curves) == 8
    for _ in range(8):
        curves.edit("remove", curves.list()["curves"][-1]["uid"])
    assert len(curves.scene.curves) == 1


def test_lengths_are_converted_where_they_have_become_others(curves):
    curves.edit("per", "epoch")
    assert curves.schedule.first_decay_steps == 50
    assert curves.row(PATH)["unit"] == "epochs"
    assert curves.list()["convert"] == "Keep the lengths: first_decay_steps 50 → 1"
    # Another name is no reason to withdraw the offer.
    curves.edit("label", 2, "mine")
    assert curves.list()["convert"]
    curves.edit("convert")
    assert curves.schedule.first_decay_steps == 1
    # It is offered once.
    assert curves.list()["convert"] == ""
    curves.edit("per", "step")
    assert curves.list()["convert"] == "Keep the lengths: first_decay_steps 1 → 75"
    curves.edit("select", 0)
    assert curves.list()["convert"] == ""
    curves.edit("select", 2)
    curves.type("m_mul", "0.5")
    assert curves.list()["convert"] == ""


def test_a_curve_of_which_a_value_was_refused_is_marked(curves):
    curves.type("alpha", "2")
    assert [each["wrong"] for each in curves.list()["curves"]] == [False, False, True]
    curves.edit("remove", 2)
    assert not any(each["wrong"] for each in curves.list()["curves"])


def test_curves_that_share_a_name_are_told_apart(curves):
    curves.edit("add", "CosineDecay")
    wanted = ["StepDecay", "CosineDecay", "CosineDecayRestarts", "CosineDecay (2)"]
    assert [each["name"] for each in curves.list()["curves"]] == wanted
    # The name itself is not changed: it is the reader's to give.
    assert [each["label"] for each in curves.list()["curves"]] == [""] * 4


def test_its_texts_are_in_the_readers_language(curves):
    texts = curves.panel("ko")["curves"]["texts"]
    assert texts["undo"] == "되돌리기"
    # A name is nobody's to translate.
    curves.edit("label", 2, "Undo")
    assert curves.panel("ko")["curves"]["curves"][2]["name"] == "Undo"
