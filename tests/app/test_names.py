"""What curves are called on the page: told apart, and true."""

from dataclasses import replace

from lrviz.examples import EXAMPLES
from lrviz.link import to_query
from lrviz.page import first_page
from tests.app.steps import (
    chart_in,
    curve,
    curves_in,
    open_page,
    page_in,
    say,
    scene_in,
    sent_in,
    type_into,
)


def test_curves_that_share_a_name_are_told_apart_wherever_they_are_named():
    app = open_page()
    curve(app, "add", "CosineDecay")
    wanted = ["StepDecay", "CosineDecay", "CosineDecayRestarts", "CosineDecay (2)"]
    assert [each["name"] for each in curves_in(app)["curves"]] == wanted
    # The name itself is not changed: it is the reader's to give.
    assert [each["label"] for each in curves_in(app)["curves"]] == [""] * 4
    assert scene_in(app).curves[3].label == ""
    assert chart_in(app)["name"] == "CosineDecay (2)"
    (chart,) = (each for each in sent_in(app) if "figure" in each)
    assert '"name": "CosineDecay (2)"' in chart["figure"]
    assert "CosineDecay (2)  <b>" in chart["figure"]
    assert "CosineDecay (2): from" in chart["description"]
    trained = replace(page_in(app), chosen=(1, 3)).trained
    assert [line.name for line in trained] == [wanted[1], wanted[3]]


def test_an_example_s_name_states_the_value_that_holds():
    page = EXAMPLES["What t_mul does: longer and longer cycles"].opened(first_page())
    app = open_page(to_query(page))
    assert scene_in(app).curve.name == "t_mul = 2"
    type_into(app, "curve-2-CosineDecayRestarts/t_mul", "3")
    assert scene_in(app).curve.name == "t_mul = 3"
    type_into(app, "curve-2-CosineDecayRestarts/m_mul", "0.5")
    assert scene_in(app).curve.name == "t_mul = 3"
    curve(app, "undo")
    curve(app, "undo")
    assert scene_in(app).curve.name == "t_mul = 2"


def test_a_field_that_the_panel_does_not_show_is_set():
    """As the sweep of one does, in the browser."""
    app = open_page()
    subject = chart_in(app)["subject"]
    say(app, "curves-panel", "set", f"{subject}alpha", "0.25")
    assert scene_in(app).curve.schedule.alpha == 0.25
