"""The panel's lines: what they show, what they take, and what they refuse."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrviz.link import from_query, to_query
from lrviz.page import Page
from lrviz.scene import Curve, Timeline, first_scene, scene_of
from lrviz.schedules import PiecewiseConstantDecay
from lrviz.view.subject import schedule_of
from tests.view.steps import Curves

BAD = ["abc", "", "  ", "nan", "inf", "-inf", "-1", "1e308", "1e9999", "0x10", "1,5", "١٢٣x", "😀"]


@pytest.fixture
def curves():
    return Curves()


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("initial_learning_rate", "1e-3", 0.001),
        ("first_decay_steps", "1e7", 10**7),
        ("t_mul", "0.1", 0.1),
        ("m_mul", " 1.25 ", 1.25),
        ("alpha", "1", 1.0),
    ],
)
def test_the_exact_field_takes_numbers_as_they_are_typed(curves, path, text, value):
    curves.type(path, text)
    assert curves.schedule.value(path) == value
    assert curves.row(path)["text"] == text
    page = curves.session.page
    assert from_query(to_query(page)) == (page, ())


@pytest.mark.parametrize("path", ["initial_learning_rate", "first_decay_steps", "t_mul", "alpha"])
@pytest.mark.parametrize("text", [*BAD, "0"])
def test_bad_input_gets_one_sentence_and_nothing_else_is_lost(curves, path, text):
    if (path, text) == ("alpha", "0"):
        return
    curves.type(path, text)
    assert curves.scene == first_scene()
    (problem,) = curves.problems()
    assert path in problem
    assert "last valid value" in problem
    assert "drawn with its last valid values" in curves.read()
    # Another field still works, and the refused text stays where it was typed.
    curves.type("m_mul", "0.5")
    assert curves.schedule.m_mul == 0.5
    assert curves.row(path)["text"] == text
    # Put right, the sentence goes.
    curves.type(path, "1")
    assert curves.schedule.value(path) == 1
    assert curves.schedule.m_mul == 0.5
    assert curves.problems() == []
    assert "last valid value" not in curves.read()


@pytest.mark.parametrize(
    ("path", "text"), [*[("samples", text) for text in BAD], ("epochs", "0"), ("total_steps", "-1")]
)
def test_a_bad_run_leaves_the_run_as_it_was(curves, path, text):
    curves.send("set", f"run/{path}", text)
    assert curves.scene == first_scene()
    assert path in curves.rows()[f"run/{path}"]["problem"]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 4), st.text(max_size=20)), max_size=4))
def test_anything_typed_anywhere_can_be_shown(typed):
    curves = Curves()
    paths = [field.path for field in curves.schedule.fields()]
    for place, text in typed:
        curves.type(paths[place], text)
        assert curves.row(paths[place])["text"].strip() == text.strip() or not curves.problems()
    assert curves.scene.curves[:2] == first_scene().curves[:2]
    assert curves.read()


def test_lists_that_fit_only_together_wait_for_one_another(curves):
    curves.edit("add", "PiecewiseConstantDecay").type("boundaries", "100, 50")
    assert "50 comes after 100" in curves.row("boundaries")["problem"]
    curves.type("boundaries", "100")
    assert "one number more than boundaries" in " ".join(curves.problems())
    assert len(curves.schedule.boundaries) == 2
    curves.type("values", "0.5, 0.25")
    assert curves.schedule == PiecewiseConstantDecay((100,), (0.5, 0.25))
    assert curves.problems() == []
    assert curves.scene.curves[:3] == first_scene().curves


def test_a_length_is_given_as_a_share_of_the_run(curves):
    curves.type("first_decay_steps", "10 %")
    assert curves.schedule.first_decay_steps == 75
    row = curves.row("first_decay_steps")
    assert (row["text"], row["unit"]) == ("10 %", "75 steps")
    curves.send("set", "run/epochs", "20")
    assert curves.schedule.first_decay_steps == 150
    page = curves.session.page
    assert from_query(to_query(page)) == (page, ())
    curves.type("first_decay_steps", "150")
    curves.send("set", "run/epochs", "10")
    assert curves.schedule.first_decay_steps == 150
    # What is no length is no share.
    curves.type("t_mul", "10 %")
    assert "t_mul must be a number" in curves.row("t_mul")["problem"]


def test_a_share_that_cannot_be_met_is_said_beside_its_field(curves):
    curves.edit("add", "PiecewiseConstantDecay").type("boundaries", "100, 300")
    curves.type("boundaries.0", "20 %").type("boundaries.1", "300")
    assert curves.schedule.boundaries == (150, 300)
    assert curves.problems() == []
    curves.send("set", "run/epochs", "40")
    assert curves.schedule.boundaries == (150, 300)
    row = curves.row("boundaries.0")
    assert (row["text"], row["unit"]) == ("20 %", "150 steps")
    assert row["problem"] == (
        "20 % of the run is 600: boundaries must rise, but 300 comes after 600. The last valid "
        "value is still in use."
    )
    assert "drawn with its last valid values" in curves.read()
    assert [each["wrong"] for each in curves.list()["curves"]] == [False, False, False, True]
    # What the address holds says the same; what makes room is followed at once.
    again = Curves(from_query(to_query(curves.session.page))[0])
    assert again.row("boundaries.0")["problem"] == row["problem"]
    curves.type("boundaries.1", "700")
    assert curves.schedule.boundaries == (600, 700)
    assert curves.row("boundaries.0")["problem"] == ""
    # So it is with a share that has just been typed, and waits for its neighbour.
    curves.type("boundaries.0", "30 %")
    assert "boundaries must rise" in curves.row("boundaries.0")["problem"]
    curves.type("boundaries.1", "40 %")
    assert curves.schedule.boundaries == (900, 1200)
    assert curves.problems() == []
    curves.send("set", "run/epochs", "20")
    assert curves.schedule.boundaries == (450, 600)


def test_a_slider_stays_where_the_curve_can_be():
    """What is typed may be refused; a slider moves on while the server works."""
    curve = Curve(PiecewiseConstantDecay((100, 200), (0.3, 0.2, 0.1)))
    curves = Curves(Page(scene_of(curve, timeline=Timeline())))
    name = f"{schedule_of(curve).name}/boundaries.0"
    curves.send("slide", name, "150")
    assert curves.schedule.boundaries == (150, 200)
    curves.send("slide", name, "700")
    first, second = curves.schedule.boundaries
    assert 150 < first < 200
    assert second == 200
    assert curves.problems() == []
    curves.send("set", name, "700")
    assert curves.schedule.boundaries == (first, second)
    assert "The last valid value is still in use" in curves.row("boundaries.0")["problem"]


@pytest.mark.parametrize(
    ("act", "name"),
    [
        ("set", "run"),
        ("set", "curve-0-Nope/m_mul"),
        ("set", "curve-2-CosineDecayRestarts/nope"),
        ("slide", "curve-2-CosineDecayRestarts/nope"),
        ("unset", "curve-2-CosineDecayRestarts/m_mul"),
    ],
)
def test_a_message_about_no_field_changes_nothing(curves, act, name):
    curves.send(act, name, "7")
    assert curves.scene == first_scene()
    assert curves.problems() == []


def test_a_line_tells_what_is_legal(curves):
    assert curves.row("m_mul")["help"].endswith("Legal: at least 0, at most 1000.")
    above = curves.row("t_mul")["help"]
    assert "Legal: above 0, at most" in above
    korean = curves.rows("ko")["curve-2-CosineDecayRestarts/t_mul"]["help"]
    assert "초과" in korean or "보다" in korean
