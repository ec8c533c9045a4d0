"""The page through AppTest: every control, bad input, and links."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from lrviz.examples import EXAMPLES
from lrviz.link import from_query, to_query
from lrviz.scene import Curve, Timeline, first_scene
from lrviz.schedules import SCHEDULES, CosineDecay, StepDecay
from lrviz.training.spec import Recipe

PAGE = str(Path(__file__).parents[2] / "lrviz" / "ui" / "page.py")
RESTARTS = "curve-2-CosineDecayRestarts"


def _open(query=()):
    app = AppTest.from_file(PAGE, default_timeout=20)
    for name, value in query:
        app.query_params.setdefault(name, []).append(value)
    return _ran(app.run())


def _ran(app):
    assert not app.exception
    return app


def _scene(app):
    return app.session_state["session"].scene


def _linked(app):
    """The scene that the page's address holds now."""
    query = []
    for name, values in app.query_params.items():
        query += [(name, value) for value in ([values] if isinstance(values, str) else values)]
    return from_query(query)


def _texts(app):
    return " ".join(each.value for each in [*app.markdown, *app.warning, *app.caption])


def _widget(widgets, name):
    """The widget of that name; its key counts how often the page has set it."""
    (found,) = (each for each in widgets if re.fullmatch(rf"{re.escape(name)}(\.\d+)?", each.key))
    return found


def _arrange(app, name):
    """What a choice from the menu does; AppTest knows it by its title."""
    titles = {"toggle": "Hide", "later": "Move to the right"}
    _ran(app.menu_button(key="arrange").click(titles.get(name, name.capitalize())).run())


def _slide(app, key, text):
    """What a slider in the browser does: no AppTest sees inside a component."""
    app.session_state["session"].listeners[f"{key}-live"].take(text)
    return _ran(app.run())


def _chart(app):
    """What the chart was told of the selected curve."""
    (told,) = (
        data
        for each in app.get("bidi_component")
        if "figure" in (data := json.loads(each.proto.json))
    )
    return json.loads(told["live"])


def _type(app, key, text):
    return _ran(_widget(app.text_input, key).set_value(text).run())


def test_the_first_view_is_the_first_scene_and_says_what_it_is():
    app = _open()
    assert _scene(app) == first_scene()
    assert "Each line is the learning rate" in _texts(app)
    assert ["Restarts", "3"] in _chart(app)["readout"]
    assert not app.warning


def test_a_slider_changes_the_curve_the_field_and_the_link():
    app = _open()
    _slide(app, f"{RESTARTS}-m_mul", "0.5")
    assert _scene(app).curve.schedule.m_mul == 0.5
    assert _widget(app.text_input, f"{RESTARTS}-m_mul-exact").value == "0.5"
    assert _linked(app) == (_scene(app), ())
    assert _scene(app).curves[:2] == first_scene().curves[:2]


@pytest.mark.parametrize("text", ["0.123", "abc", "", "1e999", "0.5~0.6"])
def test_what_is_no_stop_of_a_slider_is_not_taken(text):
    app = _slide(_open(), f"{RESTARTS}-m_mul", text)
    assert _scene(app) == first_scene()


def test_what_a_component_sends_is_taken_once():
    app = _open()
    session = app.session_state["session"]
    taken = []
    session.listen("someone", "stop", taken.append)
    for sent in ["5~a", "5~a", "4~b", "6~c~d", "", None, "x~y", f"{'9' * 40}~e"]:
        listener = session.listeners["someone"]
        if sent is not None:
            listener.hear(sent)
    assert taken == ["a", "c~d", "e"]


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
    app = _type(_open(), f"{RESTARTS}-{name}-exact", text)
    assert getattr(_scene(app).curve.schedule, name) == value
    assert _linked(app) == (_scene(app), ())


BAD = ["abc", "", "  ", "nan", "inf", "-inf", "-1", "1e308", "1e9999", "0x10", "1,5", "١٢٣x", "😀"]


@pytest.mark.parametrize("name", ["initial_learning_rate", "first_decay_steps", "t_mul", "alpha"])
@pytest.mark.parametrize("text", [*BAD, "0"])
def test_bad_input_gets_one_sentence_and_nothing_else_is_lost(name, text):
    if (name, text) == ("alpha", "0"):
        return
    app = _type(_open(), f"{RESTARTS}-{name}-exact", text)
    assert _scene(app) == first_scene()
    said = [each.value for each in app.markdown if ":material/error:" in each.value]
    assert len(said) == 1
    assert name in said[0].replace("\\", "")
    assert "last valid value" in said[0]
    assert "drawn with its last valid values" in _texts(app)
    # Another field still works, and the refused text stays where it was typed.
    _type(app, f"{RESTARTS}-m_mul-exact", "0.5")
    assert _scene(app).curve.schedule.m_mul == 0.5
    assert _widget(app.text_input, f"{RESTARTS}-{name}-exact").value == text
    # Put right, the sentence goes.
    _type(app, f"{RESTARTS}-{name}-exact", "1")
    assert getattr(_scene(app).curve.schedule, name) == 1
    assert _scene(app).curve.schedule.m_mul == 0.5
    assert ":material/error:" not in _texts(app)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 4), st.text(max_size=20)), max_size=4))
def test_anything_typed_anywhere_leaves_a_page_that_works(typed):
    app = _open()
    names = [field.name for field in first_scene().curve.schedule.fields()]
    for place, text in typed:
        _type(app, f"{RESTARTS}-{names[place]}-exact", text.replace("\x00", ""))
    assert _scene(app).curves[:2] == first_scene().curves[:2]


def test_lists_that_fit_only_together_wait_for_one_another():
    scene = first_scene()
    app = _open()
    _ran(app.menu_button(key="add").click("PiecewiseConstantDecay").run())
    key = "curve-3-PiecewiseConstantDecay"
    assert _scene(app).curve.color == 3
    _type(app, f"{key}-boundaries-list", "100, 50")
    assert "50 comes after 100" in _texts(app).replace("\\", "")
    _type(app, f"{key}-boundaries-list", "100")
    assert "one number more than boundaries" in _texts(app).replace("\\", "")
    assert len(_scene(app).curve.schedule.boundaries) == 2
    _type(app, f"{key}-values-list", "0.5, 0.25")
    assert _scene(app).curve.schedule.boundaries == (100,)
    assert _scene(app).curve.schedule.values == (0.5, 0.25)
    assert ":material/error:" not in _texts(app)
    assert _scene(app).curves[:3] == scene.curves


@pytest.mark.parametrize(
    ("name", "text"), [*[("samples", text) for text in BAD], ("epochs", "0"), ("total_steps", "-1")]
)
def test_a_bad_run_leaves_the_run_as_it_was(name, text):
    app = _type(_open(), f"run-{name}-exact", text)
    assert _scene(app) == first_scene()
    assert name in _texts(app).replace("\\", "")


def test_the_run_is_set_by_epochs_or_by_steps():
    app = _type(_open(), "run-batch_size-exact", "1")
    assert "24,000 steps in all, 2,400 per epoch" in _texts(app)
    _type(app, "run-total_steps-exact", "1e12")
    assert _scene(app).timeline == Timeline(batch_size=1, total_steps=10**12)
    _type(app, "run-total_steps-exact", "")
    assert _scene(app).timeline.total_steps is None


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_schedule_can_be_added_and_every_control_of_it_works(schedule):
    app = _open()
    _ran(app.menu_button(key="add").click(schedule.__name__).run())
    scene = _scene(app)
    assert type(scene.curve.schedule) is schedule
    assert (len(scene.curves), scene.curve.color) == (4, 3)
    form = f"curve-3-{schedule.__name__}"
    for field in schedule.fields():
        if field.kind == "bool" or (field.optional and field.parameter.slider):
            toggle = _widget(app.toggle, f"{form}-{field.name}-on")
            _ran(toggle.set_value(not toggle.value).run())
            assert getattr(_scene(app).curve.schedule, field.name) not in (False, None)
        if field.parameter.slider is not None:
            stop = field.parameter.stops(whole=field.whole)[3]
            _slide(app, f"{form}-{field.name}", field.text(stop))
            assert getattr(_scene(app).curve.schedule, field.name) == stop
    assert _linked(app) == (_scene(app), ())


def test_curves_are_selected_named_hidden_moved_duplicated_and_removed():
    app = _open()
    _ran(_widget(app.pills, "selected").set_value(0).run())
    assert _scene(app).selected == 0
    _type(app, "label-0", "  my   <b>curve</b> ")
    assert _scene(app).curve.name == "my <b>curve</b>"
    _arrange(app, "toggle")
    assert [curve.shown for curve in _scene(app).curves] == [False, True, True]
    _arrange(app, "later")
    assert [curve.color for curve in _scene(app).curves] == [1, 0, 2]
    _arrange(app, "duplicate")
    assert [curve.color for curve in _scene(app).curves] == [1, 0, 2, 3]
    assert _scene(app).curve.schedule == StepDecay(0.1, 0.5, 2)
    _arrange(app, "remove")
    assert [curve.color for curve in _scene(app).curves] == [1, 0, 2]
    assert _linked(app) == (_scene(app), ())


def test_eight_curves_are_the_most_and_one_the_least():
    app = _open()
    for _ in range(5):
        _arrange(app, "duplicate")
    assert len(_scene(app).curves) == 8
    assert app.menu_button(key="add").disabled
    assert "Duplicate" not in app.menu_button(key="arrange").options
    for _ in range(7):
        _arrange(app, "remove")
    assert len(_scene(app).curves) == 1
    assert app.menu_button(key="arrange").options == ["Duplicate", "Hide"]


@pytest.mark.parametrize("title", EXAMPLES)
def test_every_example_opens(title):
    app = _open()
    _ran(_widget(app.selectbox, "preset").set_value(title).run())
    assert _scene(app) == EXAMPLES[title].scene
    # What it would be trained with is its own, too, where it has a run of its own.
    recipe = EXAMPLES[title].recipe or Recipe()
    assert app.session_state["session"].training.recipe == recipe
    if EXAMPLES[title].recipe is not None:
        assert recipe.timeline == EXAMPLES[title].scene.timeline
    assert _widget(app.selectbox, "preset").value is None


def test_the_notes_cosine_is_explained():
    app = _open()
    _ran(_widget(app.selectbox, "preset").set_value(list(EXAMPLES)[1]).run())
    _ran(_widget(app.pills, "selected").set_value(1).run())
    assert "10 of 50 steps, so the rate only gets to 0.0009222" in _texts(app).replace("\\", "")


def test_axes_and_application():
    app = _open()
    _ran(_widget(app.segmented_control, "view-unit").set_value("epoch").run())
    _ran(_widget(app.segmented_control, "view-scale").set_value("log").run())
    _ran(_widget(app.segmented_control, "per-2").set_value("epoch").run())
    scene = _scene(app)
    assert (scene.unit, scene.scale, scene.curve.per) == ("epoch", "log", "epoch")
    assert _linked(app) == (scene, ())


def test_korean_is_chosen_on_the_page_and_kept_in_the_link():
    app = _open()
    _ran(_widget(app.segmented_control, "language").set_value("ko").run())
    assert "각 선은" in _texts(app)
    assert ["재시작", "3"] in _chart(app)["readout"]
    again = _open(to_query(_scene(app)))
    assert "각 선은" in _texts(again)
    _type(again, f"{RESTARTS}-alpha-exact", "2")
    assert "이하여야" in _texts(again)
    _ran(_widget(again.selectbox, "preset").set_value(list(EXAMPLES)[1]).run())
    assert _scene(again).language == "ko"


def test_a_link_opens_what_it_was_copied_from():
    app = _type(_open(), f"{RESTARTS}-t_mul-exact", "1.37")
    again = _open(to_query(_scene(app)))
    assert _scene(again) == _scene(app)
    assert not again.warning


def test_garbage_in_a_link_is_said_and_the_rest_is_kept():
    app = _open([*to_query(first_scene()), ("curve", "Nope~1"), ("x", "<script>")])
    assert _scene(app) == first_scene()
    assert len(app.warning) == 2
    assert "Nope" in app.warning[0].value
    _type(app, f"{RESTARTS}-alpha-exact", "0.1")
    assert not app.warning


@settings(max_examples=20)
@given(st.lists(st.tuples(st.text(min_size=1, max_size=8), st.text(max_size=40)), max_size=6))
def test_any_link_opens(query):
    clean = [(n.encode("utf-8", "ignore").decode(), v) for n, v in query]
    assert _scene(_open([(name, value) for name, value in clean if name])).curves


def test_a_quick_second_change_with_the_old_address_loses_nothing():
    app = _type(_open(), f"{RESTARTS}-t_mul-exact", "1.5")
    # The browser has not yet taken over the new address when the next key is pressed.
    app.query_params.clear()
    _type(app, f"{RESTARTS}-m_mul-exact", "0.5")
    schedule = _scene(app).curve.schedule
    assert (schedule.t_mul, schedule.m_mul) == (1.5, 0.5)


def test_a_very_long_run_is_shown_too():
    scene = first_scene()
    long = scene.__class__(**vars(scene) | {"timeline": Timeline(total_steps=10**15)})
    app = _open(to_query(long.add(Curve(CosineDecay(0.1, 10**15)))))
    assert "every 10,000,000,000 steps" in _texts(app)
