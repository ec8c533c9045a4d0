"""The page through AppTest: every control, bad input, and links."""

import itertools
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrviz.examples import EXAMPLES
from lrviz.link import to_query
from lrviz.page import Page, first_page
from lrviz.scene import Curve, Timeline, first_scene
from lrviz.schedules import SCHEDULES, CosineDecay, StepDecay
from lrviz.training.spec import Recipe
from lrviz.ui.explore import tab
from tests.app.steps import (
    chart_in,
    curve,
    curves_in,
    linked,
    open_page,
    page_in,
    ran,
    rows_in,
    say,
    scene_in,
    sent_in,
    session_in,
    texts_in,
    type_into,
    widget,
)

RESTARTS = "curve-2-CosineDecayRestarts"


def test_the_first_view_is_the_first_scene_and_says_what_it_is():
    app = open_page()
    assert scene_in(app) == first_scene()
    assert "Each line is the learning rate" in texts_in(app)
    assert ["Restarts", "3"] in chart_in(app)["readout"]
    assert not app.warning


def test_a_slider_changes_the_curve_the_field_and_the_link():
    app = open_page()
    type_into(app, f"{RESTARTS}/m_mul", "0.5")
    assert scene_in(app).curve.schedule.m_mul == 0.5
    assert rows_in(app)[f"{RESTARTS}/m_mul"]["text"] == "0.5"
    assert linked(app) == (page_in(app), ())
    assert scene_in(app).curves[:2] == first_scene().curves[:2]


@pytest.mark.parametrize(
    ("act", "texts"),
    [
        ("select", ["9"]),
        ("toggle", [""]),
        ("label", ["9", "x"]),
        ("place", ["2", "-1"]),
        ("place", ["2", "1e9"]),
        ("add", ["Nope"]),
        ("per", ["never"]),
        ("nonsense", ["2"]),
        ("set", ["run", "7"]),
        ("set", ["curve-0-Nope/m_mul", "7"]),
        ("set", [f"{RESTARTS}/nope", "7"]),
        ("undo", []),
        ("redo", []),
    ],
)
def test_what_the_page_does_not_offer_does_nothing(act, texts):
    app = curve(open_page(), act, *texts)
    assert page_in(app) == first_page()
    say(app, "curves", "unit", "parsec")
    assert page_in(app) == first_page()


def test_a_length_is_given_as_a_share_of_the_run():
    app = type_into(open_page(), f"{RESTARTS}/first_decay_steps", "10 %")
    assert scene_in(app).curve.schedule.first_decay_steps == 75
    row = rows_in(app)[f"{RESTARTS}/first_decay_steps"]
    assert (row["text"], row["unit"]) == ("10 %", "75 steps")
    type_into(app, "run/epochs", "20")
    assert scene_in(app).curve.schedule.first_decay_steps == 150
    assert linked(app) == (page_in(app), ())
    type_into(app, f"{RESTARTS}/first_decay_steps", "150")
    type_into(app, "run/epochs", "10")
    assert scene_in(app).curve.schedule.first_decay_steps == 150
    # What is no length is no share.
    type_into(app, f"{RESTARTS}/t_mul", "10 %")
    assert "t_mul must be a number" in texts_in(app)


def test_a_share_that_cannot_be_met_is_said_beside_its_field():
    app = curve(open_page(), "add", "PiecewiseConstantDecay")
    name = "curve-3-PiecewiseConstantDecay/boundaries"
    type_into(app, name, "100, 300")
    type_into(app, f"{name}.0", "20 %")
    type_into(app, f"{name}.1", "300")
    assert scene_in(app).curve.schedule.boundaries == (150, 300)
    assert "still in use" not in texts_in(app)
    type_into(app, "run/epochs", "40")
    assert scene_in(app).curve.schedule.boundaries == (150, 300)
    row = rows_in(app)[f"{name}.0"]
    assert (row["text"], row["unit"]) == ("20 %", "150 steps")
    assert row["problem"] == (
        "20 % of the run is 600: boundaries must rise, but 300 comes after 600. The last valid "
        "value is still in use."
    )
    assert "drawn with its last valid values" in texts_in(app)
    assert [each["wrong"] for each in curves_in(app)["curves"]] == [False, False, False, True]
    # What the address holds says the same; what makes room is followed at once.
    again = open_page(to_query(page_in(app)))
    assert rows_in(again)[f"{name}.0"]["problem"] == row["problem"]
    type_into(app, f"{name}.1", "700")
    assert scene_in(app).curve.schedule.boundaries == (600, 700)
    assert rows_in(app)[f"{name}.0"]["problem"] == ""
    # So it is with a share that has just been typed, and waits for its neighbour.
    type_into(app, f"{name}.0", "30 %")
    assert "boundaries must rise" in rows_in(app)[f"{name}.0"]["problem"]
    type_into(app, f"{name}.1", "40 %")
    assert scene_in(app).curve.schedule.boundaries == (900, 1200)
    assert "still in use" not in texts_in(app)
    type_into(app, "run/epochs", "20")
    assert scene_in(app).curve.schedule.boundaries == (450, 600)


def test_lengths_are_converted_where_they_have_become_others():
    app = curve(open_page(), "per", "epoch")
    assert scene_in(app).curve.schedule.first_decay_steps == 50
    row = rows_in(app)[f"{RESTARTS}/first_decay_steps"]
    assert row["unit"] == "epochs"
    assert curves_in(app)["convert"] == "Keep the lengths: first_decay_steps 50 → 1"
    curve(app, "convert")
    assert scene_in(app).curve.schedule.first_decay_steps == 1
    # It is offered once.
    assert curves_in(app)["convert"] == ""
    curve(app, "per", "step")
    assert curves_in(app)["convert"] == "Keep the lengths: first_decay_steps 1 → 75"
    type_into(app, f"{RESTARTS}/m_mul", "0.5")
    assert curves_in(app)["convert"] == ""


def test_the_curves_are_presented():
    app = ran(open_page().button(key="present").click().run())
    assert page_in(app).learner.projector
    assert not app.tabs
    (chart,) = (d for d in sent_in(app) if "figure" in d)
    figure = json.loads(chart["figure"])
    names = [each["text"] for each in figure["layout"]["annotations"]]
    assert names == ["StepDecay", "CosineDecay", "<b>CosineDecayRestarts</b>"]
    assert figure["layout"]["font"]["size"] >= 20
    heights = sorted(each["y"] for each in figure["layout"]["annotations"])
    assert all(b - a > 0.07 for a, b in itertools.pairwise(heights))
    for what, selected in (("next", 0), ("back", 2), ("nonsense", 2)):
        tab._press(session_in(app), what)
        assert scene_in(ran(app.run())).selected == selected
    tab._press(session_in(app), "leave")
    assert ran(app.run()).tabs


def test_a_change_is_undone_and_done_again():
    app = open_page()
    type_into(app, f"{RESTARTS}/m_mul", "0.5")
    curve(app, "remove", 0)
    say(app, "curves", "scale", "log")
    assert (curves_in(app)["undo"], curves_in(app)["redo"]) == (True, False)
    curve(app, "undo")
    # How one looks at it is no change.
    assert scene_in(app).scale == "log"
    assert len(scene_in(app).curves) == 3
    curve(app, "undo")
    assert scene_in(app).curves == first_scene().curves
    assert (curves_in(app)["undo"], curves_in(app)["redo"]) == (False, True)
    curve(app, "redo")
    assert scene_in(app).curve.schedule.m_mul == 0.5
    type_into(app, f"{RESTARTS}/alpha", "0.1")
    assert not curves_in(app)["redo"]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("initial_learning_rate", "1e-3", 0.001),
        ("first_decay_steps", "1e7", 10**7),
        ("t_mul", "0.1", 0.1),
        ("m_mul", " 1.25 ", 1.25),
        ("alpha", "1", 1.0),
    ],
)
def test_the_exact_field_takes_numbers_as_they_are_typed(name, text, value):
    app = type_into(open_page(), f"{RESTARTS}/{name}", text)
    assert getattr(scene_in(app).curve.schedule, name) == value
    assert linked(app) == (page_in(app), ())


BAD = ["abc", "", "  ", "nan", "inf", "-inf", "-1", "1e308", "1e9999", "0x10", "1,5", "١٢٣x", "😀"]


@pytest.mark.parametrize("name", ["initial_learning_rate", "first_decay_steps", "t_mul", "alpha"])
@pytest.mark.parametrize("text", [*BAD, "0"])
def test_bad_input_gets_one_sentence_and_nothing_else_is_lost(name, text):
    if (name, text) == ("alpha", "0"):
        return
    app = type_into(open_page(), f"{RESTARTS}/{name}", text)
    assert scene_in(app) == first_scene()
    said = [row["problem"] for row in rows_in(app).values() if row["problem"]]
    assert len(said) == 1
    assert name in said[0]
    assert "last valid value" in said[0]
    assert "drawn with its last valid values" in texts_in(app)
    # Another field still works, and the refused text stays where it was typed.
    type_into(app, f"{RESTARTS}/m_mul", "0.5")
    assert scene_in(app).curve.schedule.m_mul == 0.5
    assert rows_in(app)[f"{RESTARTS}/{name}"]["text"] == text
    # Put right, the sentence goes.
    type_into(app, f"{RESTARTS}/{name}", "1")
    assert getattr(scene_in(app).curve.schedule, name) == 1
    assert scene_in(app).curve.schedule.m_mul == 0.5
    assert "last valid value" not in texts_in(app)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 4), st.text(max_size=20)), max_size=4))
def test_anything_typed_anywhere_leaves_a_page_that_works(typed):
    app = open_page()
    names = [field.name for field in first_scene().curve.schedule.fields()]
    for place, text in typed:
        type_into(app, f"{RESTARTS}/{names[place]}", text)
    assert scene_in(app).curves[:2] == first_scene().curves[:2]


def test_lists_that_fit_only_together_wait_for_one_another():
    scene = first_scene()
    app = open_page()
    curve(app, "add", "PiecewiseConstantDecay")
    key = "curve-3-PiecewiseConstantDecay"
    assert scene_in(app).curve.id == 3
    type_into(app, f"{key}/boundaries", "100, 50")
    assert "50 comes after 100" in texts_in(app).replace("\\", "")
    type_into(app, f"{key}/boundaries", "100")
    assert "one number more than boundaries" in texts_in(app).replace("\\", "")
    assert len(scene_in(app).curve.schedule.boundaries) == 2
    type_into(app, f"{key}/values", "0.5, 0.25")
    assert scene_in(app).curve.schedule.boundaries == (100,)
    assert scene_in(app).curve.schedule.values == (0.5, 0.25)
    assert "last valid value" not in texts_in(app)
    assert scene_in(app).curves[:3] == scene.curves


@pytest.mark.parametrize(
    ("name", "text"), [*[("samples", text) for text in BAD], ("epochs", "0"), ("total_steps", "-1")]
)
def test_a_bad_run_leaves_the_run_as_it_was(name, text):
    app = type_into(open_page(), f"run/{name}", text)
    assert scene_in(app) == first_scene()
    assert name in texts_in(app).replace("\\", "")


def test_the_run_is_set_by_epochs_or_by_steps():
    app = type_into(open_page(), "run/batch_size", "1")
    assert "Steps per epoch: ⌈2,400 / 1⌉ = 2,400" in texts_in(app)
    type_into(app, "run/total_steps", "1e12")
    assert scene_in(app).timeline == Timeline(batch_size=1, total_steps=10**12)
    type_into(app, "run/total_steps", "")
    assert scene_in(app).timeline.total_steps is None


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_schedule_can_be_added_and_every_control_of_it_works(schedule):
    app = open_page()
    curve(app, "add", schedule.__name__)
    scene = scene_in(app)
    assert type(scene.curve.schedule) is schedule
    assert (len(scene.curves), scene.curve.id) == (4, 3)
    form = f"curve-3-{schedule.__name__}"
    for field in scene.curve.schedule.fields():
        if field.kind == "bool" or (field.optional and field.slides):
            row = rows_in(app)[f"{form}/{field.path}"]
            type_into(app, row["id"], row["start"] or "true")
            assert scene_in(app).curve.schedule.value(field.path) not in (False, None)
        if field.slides:
            stops = field.parameter.stops(whole=field.whole, run=scene.timeline.steps)
            stop = stops[3 if field.path[-2:] != ".1" else 4]
            type_into(app, f"{form}/{field.path}", field.text(stop))
            assert scene_in(app).curve.schedule.value(field.path) == stop
    assert linked(app) == (page_in(app), ())


def test_curves_are_selected_named_hidden_moved_duplicated_and_removed():
    app = open_page()
    curve(app, "select", 0)
    assert scene_in(app).selected == 0
    curve(app, "label", 0, "  my   <b>curve</b> ")
    assert scene_in(app).curve.name == "my <b>curve</b>"
    curve(app, "toggle", 0)
    assert [curve.shown for curve in scene_in(app).curves] == [False, True, True]
    curve(app, "place", 0, 1)
    assert [curve.id for curve in scene_in(app).curves] == [1, 0, 2]
    curve(app, "duplicate", 0)
    assert [curve.id for curve in scene_in(app).curves] == [1, 0, 2, 3]
    assert scene_in(app).curve.schedule == StepDecay(0.1, 0.5, 2)
    curve(app, "remove", 3)
    assert [curve.id for curve in scene_in(app).curves] == [1, 0, 2]
    assert linked(app) == (page_in(app), ())


def test_eight_curves_are_the_most_and_one_the_least():
    app = open_page()
    for _ in range(5):
        curve(app, "duplicate", 0)
    assert len(scene_in(app).curves) == 8
    assert curves_in(app)["full"]
    curve(app, "add", "Constant")
    assert len(scene_in(app).curves) == 8
    for _ in range(7):
        curve(app, "remove", scene_in(app).curve.id)
    assert len(scene_in(app).curves) == 1
    curve(app, "remove", scene_in(app).curve.id)
    assert len(scene_in(app).curves) == 1


@pytest.mark.parametrize("title", EXAMPLES)
def test_every_example_opens(title):
    app = open_page()
    ran(widget(app.selectbox, "preset").set_value(title).run())
    assert scene_in(app) == EXAMPLES[title].scene
    # What it would be trained with is its own, too, where it has a run of its own.
    recipe = EXAMPLES[title].recipe or Recipe()
    assert page_in(app).recipe == recipe
    if EXAMPLES[title].recipe is not None:
        assert recipe.timeline == EXAMPLES[title].scene.timeline
    assert widget(app.selectbox, "preset").value is None


def test_the_notes_cosine_is_explained():
    app = open_page()
    ran(widget(app.selectbox, "preset").set_value(list(EXAMPLES)[1]).run())
    curve(app, "select", 1)
    assert "10 of 50 steps, so the rate only gets to 0.0009222" in texts_in(app).replace("\\", "")


def test_axes_and_application():
    app = open_page()
    say(app, "curves", "unit", "epoch")
    say(app, "curves", "scale", "log")
    curve(app, "per", "epoch")
    scene = scene_in(app)
    assert (scene.unit, scene.scale, scene.curve.per) == ("epoch", "log", "epoch")
    assert linked(app) == (page_in(app), ())


def test_korean_is_chosen_on_the_page_and_kept_in_the_link():
    app = open_page()
    ran(widget(app.segmented_control, "language").set_value("ko").run())
    assert "각 선은" in texts_in(app)
    assert ["재시작", "3"] in chart_in(app)["readout"]
    again = open_page(to_query(page_in(app)))
    assert "각 선은" in texts_in(again)
    type_into(again, f"{RESTARTS}/alpha", "2")
    assert "이하여야" in texts_in(again)
    ran(widget(again.selectbox, "preset").set_value(list(EXAMPLES)[1]).run())
    assert page_in(again).language == "ko"


def test_a_link_opens_what_it_was_copied_from():
    app = type_into(open_page(), f"{RESTARTS}/t_mul", "1.37")
    again = open_page(to_query(page_in(app)))
    assert scene_in(again) == scene_in(app)
    assert not again.warning


def test_garbage_in_a_link_is_said_and_the_rest_is_kept():
    app = open_page([*to_query(first_page()), ("curve", "Nope~1"), ("x", "<script>")])
    assert scene_in(app) == first_scene()
    assert len(app.warning) == 2
    assert "Nope" in app.warning[0].value
    type_into(app, f"{RESTARTS}/alpha", "0.1")
    assert not app.warning


@settings(max_examples=20)
@given(st.lists(st.tuples(st.text(min_size=1, max_size=8), st.text(max_size=40)), max_size=6))
def test_any_link_opens(query):
    clean = [(n.encode("utf-8", "ignore").decode(), v) for n, v in query]
    assert scene_in(open_page([(name, value) for name, value in clean if name])).curves


def test_a_quick_second_change_with_the_old_address_loses_nothing():
    app = type_into(open_page(), f"{RESTARTS}/t_mul", "1.5")
    # The browser has not yet taken over the new address when the next key is pressed.
    app.query_params.clear()
    type_into(app, f"{RESTARTS}/m_mul", "0.5")
    schedule = scene_in(app).curve.schedule
    assert (schedule.t_mul, schedule.m_mul) == (1.5, 0.5)


def test_a_very_long_run_is_shown_too():
    scene = first_scene()
    long = scene.__class__(**vars(scene) | {"timeline": Timeline(total_steps=10**15)})
    app = open_page(to_query(Page(long.add(Curve(CosineDecay(0.1, 10**15))))))
    assert "every 10,000,000,000 steps" in texts_in(app)
