"""Messages of a component: each number once, whatever the browser sends, in any order."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from lrviz.page import Page
from lrviz.scene import Curve, Timeline, scene_of
from lrviz.schedules import CosineDecayRestarts
from lrviz.ui.listener import Listener
from lrviz.ui.session import Session
from lrviz.view.subject import find, row_name, schedule_of
from tests.app.requests import ANYTHING


def _listener():
    taken = []
    return Listener("said", lambda *said: taken.append(said)), taken


def test_each_number_is_taken_once_and_in_order():
    listener, taken = _listener()
    first = [1, [[5, "set", "a", "1"], [7, "toggle", "2"]]]
    for sent in (first, first, [2, [[7, "toggle", "2"], [9, "undo"]]], [3, [[6, "late"]]]):
        listener.receive(json.dumps(sent))
    assert taken == [("set", "a", "1"), ("toggle", "2", ""), ("undo", "", "")]
    assert listener.taken == 9


@pytest.mark.parametrize(
    "sent",
    [
        None,
        7,
        "",
        "[",
        "[" * 90_000,
        "[1, 2]",
        '[1, [[1, "a", 2]]]',
        '[1, [[1.5, "a"]]]',
        '[1, [["1", "a"]]]',
        '[1, [[-1, "a"]]]',
        f'[1, [[{2**60}, "a"]]]',
        f'[1, [[{"9" * 5000}, "a"]]]',
        f'[1, [[1, "{"x" * 200_000}"]]]',
        '[1, [[true, "a"]]]',
        '[1, [[1, "set", "\\ud800", "1"]]]',
        '[1, [[1, "set", "a", "x\\udfff"]]]',
    ],
)
def test_what_is_no_message_is_nothing(sent):
    listener, taken = _listener()
    listener.receive(sent)
    assert taken == []


@settings(max_examples=100)
@given(ANYTHING)
def test_anything_may_be_sent(sent):
    listener, taken = _listener()
    listener.receive(json.dumps(sent))
    assert all(isinstance(each, str) for said in taken for each in said)


class Panel(RuleBasedStateMachine):
    """A browser that sets values over a line that loses, repeats and delays what is posted.

    Once the line is good, the page is what the reader has set last, and every value came at most
    once.
    """

    def __init__(self):
        super().__init__()
        curve = Curve(CosineDecayRestarts(0.1, 50))
        self.session = Session(Page(scene_of(curve, timeline=Timeline())))
        self.subject = schedule_of(curve)
        self.number = 0
        self.waiting = []
        self.posted = []
        self.wanted = {}
        self.session.listen("panel", "said", self._take)
        self.times = {}

    def _take(self, act, name, text):
        self.times[text] = self.times.get(text, 0) + 1
        subject, path = find(self.session.page, name)
        self.session.type(subject, path, text)

    @rule(path=st.sampled_from(["t_mul", "m_mul", "alpha"]), place=st.integers(1, 99))
    def set(self, path, place):
        self.number += 1
        text = f"0.{place:02}{self.number:05}"
        self.waiting.append([self.number, "set", row_name(self.subject, path), text])
        self.wanted[path] = float(text)
        self.posted.append(json.dumps([len(self.posted), self.waiting]))

    @precondition(lambda self: self.posted)
    @rule(data=st.data())
    def arrive(self, data):
        """Something that was posted, early or late, arrives; perhaps not for the first time."""
        sent = data.draw(st.sampled_from(self.posted))
        self.session.widgets["panel"] = {"said": sent}
        self.session.take()
        taken = self.session.taken("panel")
        self.waiting = [each for each in self.waiting if each[0] > taken]

    @rule()
    def settle(self):
        """The browser says again what has not been taken."""
        self.session.widgets["panel"] = {"said": json.dumps([0, self.waiting])}
        self.session.take()
        self.waiting = []
        schedule = self.session.scene.curve.schedule
        assert {path: schedule.value(path) for path in self.wanted} == self.wanted

    @invariant()
    def nothing_is_done_twice(self):
        assert all(count == 1 for count in self.times.values())


TestPanel = Panel.TestCase
TestPanel.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
