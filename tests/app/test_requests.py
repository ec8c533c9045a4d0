"""Whatever a browser can send beside the page: it is answered, bounded, and worked out once."""

import asyncio
import json
import math
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from lrviz.learn.lesson import MarkStep, PredictRate
from lrviz.learn.lessons import LESSONS
from lrviz.learn.rooms import Rooms
from lrviz.learn.study import Study
from lrviz.link import to_text
from lrviz.page import Page, first_page
from lrviz.scene import first_scene
from lrviz.ui.explore import tab
from lrviz.ui.learn import membership, news
from lrviz.ui.learn.memory import memory
from lrviz.ui.learn.navigation import move
from lrviz.ui.once import once
from lrviz.ui.session import Listener, Session
from lrviz.ui.train import growing
from lrviz.ui.widgets import fan_route
from lrviz.ui.widgets.fan_route import ROUTES, _fan

#: Whatever JSON can say, and Python reads from it: infinite and no numbers, too.
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda each: (
        st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=4), each, max_size=3)
    ),
    max_leaves=6,
)


class Client:
    """A browser that asks an application, without a network; it can leave."""

    def __init__(self, app, path, body=b"", query="", address="192.0.2.1"):
        self.gone = asyncio.Event()
        self.status, self.headers, self.body = 0, {}, b""
        self._body = [body]
        scope = {
            "type": "http",
            "method": "POST" if body else "GET",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [],
            "client": (address, 1),
            "server": ("test", 80),
            "scheme": "http",
            "http_version": "1.1",
        }
        self.task = asyncio.create_task(app(scope, self._receive, self._send))

    async def _receive(self):
        if self._body:
            return {"type": "http.request", "body": self._body.pop()}
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message):
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        self.body += message.get("body", b"")

    async def answer(self, seconds=5):
        await asyncio.wait_for(asyncio.shield(self.task), seconds)
        return self.status


def _run(play):
    """What a coroutine returns, in a thread of its own: a browser's loop may be running here."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, play).result()


def _get(routes, path, query):
    async def ask():
        client = Client(Starlette(routes=routes), path, query=query)
        return await client.answer(), client.body

    return _run(ask())


class Hall:
    """A room with its teacher, and pages that wait for news of it."""

    def __init__(self):
        self.rooms = Rooms()
        self.app = Starlette(routes=news.routes(self.rooms))
        self.code, self.key = self.rooms.create()

    def page(self, version=None, code=None, address="192.0.2.1"):
        """A student's page; without ``version`` it waits for the next news."""
        code = code or self.code
        who = self.rooms.join(code) if code in self.rooms._rooms else "nobody"
        if version is None:
            version = self.rooms.version(code, who)
        body = json.dumps({"code": code, "who": who, "version": version}).encode()
        return Client(self.app, "/lrviz-room", body, address=address)

    def show(self, text):
        self.rooms.publish(self.code, self.key, text)


async def _settled():
    for _ in range(5):
        await asyncio.sleep(0.01)


BODIES = st.one_of(
    st.binary(max_size=500).filter(bool),
    ANYTHING.map(lambda value: json.dumps(value).encode()),
    st.fixed_dictionaries({"code": ANYTHING, "who": ANYTHING, "version": ANYTHING}).map(
        lambda value: json.dumps(value).encode()
    ),
)


@given(BODIES)
def test_any_body_of_a_poll_is_answered(body):
    async def ask():
        return await Client(Hall().app, "/lrviz-room", body).answer()

    assert _run(ask()) in (200, 400)


@given(ANYTHING)
def test_any_version_of_a_room_that_is_there_is_answered(version):
    async def ask():
        client = Hall().page(version=version)
        await asyncio.sleep(0)
        client.gone.set()
        return await client.answer()

    # None here stands for the version that the room has.
    assert _run(ask()) == (200 if version is None or type(version) is int else 400)


@pytest.mark.parametrize(
    "body",
    [
        '{"code": "ABCDEF", "who": "x", "version": 1e999}',
        '{"code": "ABCDEF", "who": "x", "version": NaN}',
        '{"code": "ABCDEF", "who": "x", "version": true}',
        '{"code": "ABCDEF", "who": ["x"], "version": 1}',
        '{"code": 1, "who": "x", "version": 1}',
        '{"code": "ABCDEF", "who": "x"}',
        "[" * 300,
        '{"code": "' + "A" * 500 + '", "who": "x", "version": 1}',
    ],
)
def test_a_poll_that_is_not_understood_is_refused(body):
    async def ask():
        return await Client(Hall().app, "/lrviz-room", body.encode()).answer()

    assert _run(ask()) == 400


def test_who_waits_gets_the_news_and_nobody_waits_for_what_is_unknown():
    async def play():
        hall = Hall()
        waiting = [hall.page() for _ in range(100)]
        await _settled()
        unknown = [hall.page(version=0, code="UNKNOWN") for _ in range(300)]
        # A version that no room has is another than the room's: there is something to tell.
        unknown += [hall.page(version=-2)]
        for client in unknown:
            assert await client.answer() == 200
        assert not any(client.task.done() for client in waiting)
        assert json.loads(unknown[0].body) == {"version": -2}
        hall.show("something")
        for client in waiting:
            assert await client.answer() == 200
            assert json.loads(client.body)["version"] > 0

    _run(play())


def test_pages_that_wait_are_bounded_by_address_and_in_all(monkeypatch):
    monkeypatch.setattr(news, "_MOST_FROM_ONE", 3)
    monkeypatch.setattr(news, "_MOST_WAITING", 4)

    async def play():
        hall = Hall()
        mine = [hall.page() for _ in range(3)]
        await _settled()
        refused = hall.page()
        assert await refused.answer() == 429
        assert "Try again" in json.loads(refused.body)["error"]
        assert refused.headers["retry-after"] == "60"
        other = hall.page(address="192.0.2.2")
        await _settled()
        assert not other.task.done()
        assert await hall.page(address="192.0.2.3").answer() == 429
        # Who leaves gives up the place at once.
        mine[0].gone.set()
        await mine[0].answer()
        again = hall.page()
        await _settled()
        assert not again.task.done()
        hall.show("something")
        for client in (*mine[1:], other, again):
            assert await client.answer() == 200

    _run(play())


def test_who_has_left_takes_no_turn(monkeypatch):
    monkeypatch.setattr(news, "_APART", 0.05)

    async def play():
        hall = Hall()
        left = [hall.page() for _ in range(100)]
        await _settled()
        hall.show("something")
        last = hall.page()
        for client in left:
            client.gone.set()
        await asyncio.gather(*(client.answer() for client in left))
        # A hundred turns would take five seconds.
        hall.show("something else")
        assert await last.answer(2) == 200

    _run(play())


def test_one_room_does_not_wait_for_another(monkeypatch):
    monkeypatch.setattr(news, "_APART", 0.05)

    async def play():
        hall = Hall()
        code, key = hall.rooms.create()
        full = [hall.page() for _ in range(100)]
        small = hall.page(code=code)
        await _settled()
        hall.show("something")
        hall.rooms.publish(code, key, "something")
        assert await small.answer(2) == 200
        assert not all(client.task.done() for client in full)
        for client in full:
            client.gone.set()
        await asyncio.gather(*(client.answer() for client in full))

    _run(play())


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
    status, body = _get(ROUTES, "/lrviz-fan", query)
    assert (status, bool(body)) in ((200, True), (404, False))
    assert _get(growing.ROUTES, "/lrviz-run", query)[0] == 404


@given(ANYTHING)
def test_any_value_of_a_marker_is_no_answer_or_a_legal_one(value):
    for lesson in LESSONS:
        for at, asked in enumerate(lesson.rounds):
            session = Session(first_page())
            session.set(study=Study(lesson=lesson.id, at=at))
            move(session, value)
            for kept in memory(session).pending.values():
                assert math.isfinite(kept)
                assert asked.legal(kept) == kept
                if isinstance(asked.question, MarkStep | PredictRate):
                    # So that a class's answers can be counted.
                    assert round(kept / max(asked.question.answers.tolerance, 1e-9)) >= 0


@given(ANYTHING)
def test_any_trigger_of_the_chart_or_of_a_room_is_taken_or_ignored(value):
    session = Session(first_page())
    before = session.scene
    tab._toggle(session, value)
    assert session.scene == before or value in {str(curve.color) for curve in before.curves}
    membership.back(session, value)
    assert not membership.teaches(session)
    heard = []
    Listener("stop", heard.append).hear(str(value))
    assert len(heard) <= 1


def test_thirty_who_grab_the_same_slider_have_its_fan_worked_out_once(monkeypatch):
    made, begun = [], threading.Event()
    original = fan_route.fan_bytes

    def slowly(scene, field):
        begun.wait(5)
        made.append(field.name)
        return original(scene, field)

    monkeypatch.setattr(fan_route, "fan_bytes", slowly)
    # A scene that no other test asks for.
    scene = first_scene()
    scene = scene.with_schedule(replace(scene.curve.schedule, t_mul=1.87))
    plain = f"{to_text(Page(scene))}&field=m_mul"
    # What is spare, or says the same in another way, is no other fan.
    queries = [plain, f"{plain}&z=1", f"z=2&{plain}", f"{plain}&language=ko&tab=learn"] * 8
    with ThreadPoolExecutor(32) as pool:
        asked = [pool.submit(_fan, query) for query in queries[:30]]
        begun.set()
        found = {each.result(10) for each in asked}
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
