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
from lrviz.schedules import SCHEDULES, CosineDecay
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


def test_what_the_page_does_not_offer_does_nothing():
    app = open_page()
    for act, *texts in [
        ("select", "9"),
        ("toggle", ""),
        ("label", "9", "x"),
        ("place", "2", "-1"),
        ("place", "2", "1e9"),
        ("add", "Nope"),
        ("per", "never"),
        ("nonsense", "2"),
        ("set", "run", "7"),
        ("set", "curve-0-Nope/m_mul", "7"),
        ("set", f"{RESTARTS}/nope", "7"),
        ("undo",),
        ("redo",),
    ]:
        curve(app, act, *texts)
        assert page_in(app) == first_page(), act
    say(app, "curves", "unit", "parsec")
    assert page_in(app) == first_page()


def test_the_list_and_the_panel_edit_the_page():
    """What each edit does is tested in tests/view."""
    app = curve(open_page(), "per", "epoch")
    assert curves_in(app)["convert"] == "Keep the lengths: first_decay_steps 50 → 1"
    curve(app, "convert")
    assert scene_in(app).curve.schedule.first_decay_steps == 1
    assert curves_in(app)["convert"] == ""
    curve(app, "label", 2, "mine")
    type_into(app, f"{RESTARTS}/first_decay_steps", "10 %")
    assert rows_in(app)[f"{RESTARTS}/first_decay_steps"]["text"] == "10 %"
    type_into(app, "run/epochs", "20")
    # 10 % of 20 epochs.
    assert scene_in(app).curve.schedule.first_decay_steps == 2
    assert linked(app) == (page_in(app), ())
    type_into(app, "run/epochs", "x")
    type_into(app, f"{RESTARTS}/alpha", "2")
    assert [row["path"] for row in rows_in(app).values() if row["problem"]] == ["epochs", "alpha"]
    assert "drawn with its last valid values" in texts_in(app)
    type_into(app, f"{RESTARTS}/alpha", "1")
    assert "drawn with its last valid values" not in texts_in(app)


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


@settings(max_examples=5)
@given(st.lists(st.tuples(st.integers(0, 4), st.text(max_size=20)), max_size=4))
def test_anything_typed_anywhere_leaves_a_page_that_works(typed):
    app = open_page()
    names = [field.name for field in first_scene().curve.schedule.fields()]
    for place, text in typed:
        type_into(app, f"{RESTARTS}/{names[place]}", text)
    assert scene_in(app).curves[:2] == first_scene().curves[:2]


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
