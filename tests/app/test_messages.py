"""What a browser sends on the page's socket: no value of a component ends its session."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from lrviz.ui.messages import readable
from tests.app.learn_steps import click
from tests.app.requests import ANYTHING
from tests.app.steps import open_page, ran

KINDS = ("json_value", "json_trigger_value")
#: No JSON, or none that Streamlit's own code can read.
UNREADABLE = [
    "",
    "nope",
    "[",
    "5",
    '"x"',
    '"[["',
    "[" * 100_000,
    '{"a":' * 50_000,
    '{"said": ' + "[" * 100_000 + "}",
    "9" * 5000,
    '{"said": ' + "9" * 5000 + "}",
    '{"\\ud800": 3}',
    '{"said": "\\ud800"}',
]
#: JSON that no module of ours sends.
STRANGE = [
    "null",
    "{}",
    '{"said": 5, "press": [], "news": {}, "key": null}',
    '{"value": {"said": 7}}',
    '{"said": NaN, "key": 1e999}',
    '{"said": "[1, [[1, \\"set\\", \\"\\\\ud800\\"]]]"}',
    '[{"event": "press"}, {"event": "key", "value": {}}, {"event": "said", "value": [1]}]',
    '[{"event": []}, 5, null]',
    '{"event": "news", "value": 3}',
]


def _said(*states):
    """What is left of a message with these values of widgets: (name, kind, value)."""
    message = BackMsg()
    for name, kind, value in states:
        message.rerun_script.widget_states.widgets.add(id=name, **{kind: value})
    made = BackMsg.FromString(readable(message.SerializeToString()))
    return [(each.id, each.WhichOneof("value")) for each in made.rerun_script.widget_states.widgets]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", UNREADABLE)
def test_what_is_no_value_of_a_component_is_left_out(kind, value):
    states = [("a", "int_value", 3), ("b", kind, value), ("c", kind, "{}")]
    assert _said(*states) == [("a", "int_value"), ("c", kind)]


@given(st.dictionaries(st.text(max_size=4).filter(str.isascii), ANYTHING, max_size=3))
def test_what_is_a_value_of_a_component_stays(value):
    text = json.dumps(value)
    kept = [("a", kind) for kind in KINDS]
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        kept = []
    assert _said(*(("a", kind, text) for kind in KINDS)) == kept


@pytest.mark.parametrize("sent", [b"", b"\xff", b"nope", BackMsg(stop_script=True)])
def test_any_other_message_is_passed_on(sent):
    sent = sent if isinstance(sent, bytes) else sent.SerializeToString()
    assert readable(sent) == sent


def _send(app, place, value):
    """A component's value from a browser: AppTest takes what the socket lets through."""
    name = app.get("bidi_component")[place].proto.id
    message = BackMsg()
    states = message.rerun_script.widget_states
    states.CopyFrom(app._tree.get_widget_states())
    states.widgets.append(WidgetState(id=name, json_value=value))
    states.widgets.append(
        WidgetState(id=_make_trigger_id(name, "events"), json_trigger_value=value)
    )
    made = BackMsg.FromString(readable(message.SerializeToString()))
    return ran(app._run(made.rerun_script.widget_states))


def _class():
    """A teacher's page: news of the room, and a lesson with its marker."""
    return click(click(open_page([("tab", "learn")]), "open-room"), "start-restart")


def _projector():
    return open_page([("tab", "learn"), ("lesson", "restart"), ("projector", "true")])


@pytest.mark.parametrize("open_", [open_page, _class, _projector])
def test_no_value_of_any_component_ends_its_session(open_):
    app = open_()
    for place in range(len(app.get("bidi_component"))):
        for value in (*UNREADABLE, *STRANGE):
            app = _send(app, place, value)
