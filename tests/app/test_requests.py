"""Whatever a browser can send beside the page: it is answered, bounded, and worked out once."""

import math
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrviz.learn.lesson import MarkStep, PredictRate
from lrviz.learn.lessons import LESSONS
from lrviz.learn.study import Study
from lrviz.link import to_text
from lrviz.once import once
from lrviz.page import Page, first_page
from lrviz.scene import first_scene
from lrviz.ui.learn import membership
from lrviz.ui.learn.memory import memory_of
from lrviz.ui.learn.navigation import drag, move
from lrviz.ui.session import Session
from lrviz.ui.train import growing
from lrviz.ui.widgets.fan_route import ROUTES
from lrviz.view import fans
from lrviz.view.fans import fan_at
from tests.app.requests import ANYTHING, get

_NAMES = st.sampled_from(
    ["field", "set", "curve", "v", "z", "steps", "scale", "run", "known", "compared", "language"]
) | st.text(max_size=5)
_VALUES = st.sampled_from(
    ["m_mul", "t_mul~2", "m_mul~1e308", "m_mul~nan", "1", "CosineDecay~initial_learning_rate~1e999"]
) | st.text(max_size=12)
QUERIES = st.lists(st.tuples(_NAMES, _VALUES), max_size=6).map(urlencode) | st.text(
    max_size=40
).map(lambda text: quote(text, safe="=&~%"))


@given(QUERIES)
def test_any_address_of_a_fan_or_of_a_runs_charts_is_answered(query):
    status, body = get(ROUTES, "/lrviz-fan", query)
    assert (status, bool(body)) in ((200, True), (404, False))
    assert get(growing.ROUTES, "/lrviz-run", query)[0] == 404


@given(ANYTHING)
def test_any_value_of_a_marker_is_no_answer_or_a_legal_one(value):
    for lesson in LESSONS:
        for at, asked in enumerate(lesson.rounds):
            session = Session(first_page())
            session.set(study=Study(lesson=lesson.id, at=at))
            move(session, value)
            for kept in memory_of(session).pending.values():
                assert math.isfinite(kept)
                assert asked.legal(kept) == kept
                if isinstance(asked.question, MarkStep | PredictRate):
                    # So that a class's answers can be counted.
                    assert round(kept / max(asked.question.answers.tolerance, 1e-9)) >= 0


def test_a_marker_that_comes_too_late_moves_nothing():
    session = Session(first_page())
    session.set(study=Study(lesson="restart", at=2))
    for name, text in (("restart-0", "300"), ("", "300"), ("restart-2", "far"), ("restart-2", "")):
        drag(session, name, text)
    assert memory_of(session).pending == {}
    drag(session, "restart-2", "300.0")
    assert memory_of(session).pending == {"restart-2": 300.0}


@given(ANYTHING)
def test_any_trigger_of_a_room_is_taken_or_ignored(value):
    session = Session(first_page())
    membership.back(session, value, "AAAAAA")
    assert not membership.teaches(session)


def test_thirty_who_grab_the_same_slider_have_its_fan_worked_out_once(monkeypatch):
    made, begun = [], threading.Event()
    original = fans.fan_bytes

    def slowly(scene, field):
        begun.wait(60)
        made.append(field.name)
        return original(scene, field)

    monkeypatch.setattr(fans, "fan_bytes", slowly)
    # A scene that no other test asks for.
    scene = first_scene()
    scene = scene.with_schedule(replace(scene.curve.schedule, t_mul=1.87))
    plain = f"{to_text(Page(scene))}&field=m_mul"
    # What is spare, or says the same in another way, is no other fan.
    queries = [plain, f"{plain}&z=1", f"z=2&{plain}", f"{plain}&language=ko&tab=learn"] * 8
    with ThreadPoolExecutor(32) as pool:
        asked = [pool.submit(fan_at, query) for query in queries[:30]]
        begun.set()
        found = {each.result(60) for each in asked}
    assert made == ["m_mul"]
    assert len(found) == 1


def test_what_raises_is_not_kept():
    tries = []

    @once(most=2)
    def make(value):
        tries.append(value)
        if len(tries) == 1:
            raise ValueError(value)
        return -value

    with pytest.raises(ValueError, match="1"):
        make(1)
    assert make(1) == make(1) == -1
    assert [make(2), make(3), make(1)] == [-2, -3, -1]
    # The oldest of three was given up for the next.
    assert tries == [1, 1, 2, 3, 1]
