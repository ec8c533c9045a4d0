"""News of a room, and answers: whatever a browser sends, and however many do."""

import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from lrviz.learn.rooms import Rooms
from lrviz.ui.learn import queues
from lrviz.ui.learn.routes import routes
from tests.app.requests import ANYTHING, Client, run_all


class Hall:
    """A room with its teacher, and pages that wait for news of it."""

    def __init__(self):
        self.rooms = Rooms()
        self.app = Starlette(routes=routes(self.rooms))
        self.code, self.key = self.rooms.create()

    def page(self, version=None, code=None, address="192.0.2.1"):
        """A student's page; without ``version`` it waits for the next news."""
        code = code or self.code
        who = self.rooms.join(code) if code in self.rooms._rooms else "nobody"
        if version is None:
            version = self.rooms.version(code, who)
        body = json.dumps({"code": code, "who": who, "version": version}).encode()
        return Client(self.app, "/lrviz-room", body, address=address)

    def poll(self, who, version, address="192.0.2.1"):
        """A request of ``who``, who shows that version."""
        body = json.dumps({"code": self.code, "who": who, "version": version}).encode()
        return Client(self.app, "/lrviz-room", body, address=address)

    def send(self, who, answer, question="q"):
        """An answer of ``who``, as the browser sends it."""
        sent = {"code": self.code, "who": who, "question": question, "answer": answer}
        return Client(self.app, "/lrviz-answer", json.dumps(sent).encode())

    def show(self, text, question=""):
        self.rooms.publish(self.code, self.key, text, question)


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

    assert run_all(ask()) in (200, 400)


@given(ANYTHING)
def test_any_version_of_a_room_that_is_there_is_answered(version):
    async def ask():
        client = Hall().page(version=version)
        await asyncio.sleep(0)
        client.gone.set()
        return await client.answer()

    # None here stands for the version that the room has.
    assert run_all(ask()) == (200 if version is None or type(version) is int else 400)


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

    assert run_all(ask()) == 400


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

    run_all(play())


def test_pages_that_wait_are_bounded_by_address_and_in_all(monkeypatch):
    monkeypatch.setattr(queues, "_MOST_FROM_ONE", 3)
    monkeypatch.setattr(queues, "_MOST_WAITING", 4)

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

    run_all(play())


def test_who_has_left_takes_no_turn(monkeypatch):
    monkeypatch.setattr(queues, "_APART", 0.05)

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

    run_all(play())


def test_one_room_does_not_wait_for_another(monkeypatch):
    monkeypatch.setattr(queues, "_APART", 0.05)

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

    run_all(play())


def test_a_member_who_asks_again_and_again_takes_nobodys_place(monkeypatch):
    monkeypatch.setattr(queues, "_MOST_FROM_ONE", 10)

    async def play():
        hall = Hall()
        who = hall.rooms.join(hall.code)
        version = hall.rooms.version(hall.code, who)
        asked = [hall.poll(who, version) for _ in range(50)]
        # The oldest give way, one by one: the last four wait.
        for client in asked[:-4]:
            assert await client.answer() == 200
        await _settled()
        assert not any(client.task.done() for client in asked[-4:])
        neighbour = hall.page()
        await _settled()
        assert not neighbour.task.done()
        hall.show("something")
        for client in (*asked[-4:], neighbour):
            assert await client.answer() == 200

    run_all(play())


def test_neither_polls_nor_joins_of_one_attacker_lock_a_class_out():
    """At the numbers that the server has: everybody here is behind one address."""

    async def play():
        hall, address = Hall(), "192.0.2.1"
        sits = hall.rooms.join(hall.code, address)
        waits = hall.poll(sits, hall.rooms.version(hall.code, sits))
        # 420 polls of one member; then the polls of many members, as many as each may have.
        attackers = [hall.rooms.join(hall.code, address) for _ in range(101)]
        flood = []
        for count, members in ((420, attackers[:1]), (4, attackers[1:])):
            for who in members:
                version = hall.rooms.version(hall.code, who)
                flood += [hall.poll(who, version) for _ in range(count)]
            await _settled()
        # 205 joins without a cookie.
        for _ in range(205):
            hall.rooms.join(hall.code, address)
        comes = hall.rooms.join(hall.code, address)
        asks = hall.poll(comes, hall.rooms.version(hall.code, comes))
        teacher = hall.poll(hall.key, hall.rooms.look_over(hall.code, hall.key).version)
        await _settled()
        # The polls beyond what one member may have were answered, or sent away: these wait.
        assert not any(each.task.done() for each in (waits, asks, teacher))
        assert sum(not each.task.done() for each in flood) <= 400
        hall.show("scene", "q")
        for each in (waits, asks, teacher):
            assert await each.answer() == 200
        assert hall.rooms.answer(hall.code, sits, "q", 1.0) == 1
        assert hall.rooms.answer(hall.code, comes, "q", 2.0) == 1
        for each in flood:
            each.gone.set()
        await asyncio.gather(*(each.answer() for each in flood))

    run_all(play())


def test_a_teacher_always_has_a_place(monkeypatch):
    monkeypatch.setattr(queues, "_MOST_FROM_ONE", 3)
    monkeypatch.setattr(queues, "_MOST_WAITING", 3)

    async def play():
        hall = Hall()
        full = [hall.page() for _ in range(3)]
        await _settled()
        assert await hall.page().answer() == 429
        teacher = hall.poll(hall.key, hall.rooms.version(hall.code, hall.key))
        await _settled()
        assert not teacher.task.done()
        hall.rooms.join(hall.code)
        assert await teacher.answer() == 200
        for client in full:
            client.gone.set()
            await client.answer()

    run_all(play())


def test_an_answer_is_counted_or_it_is_said_that_it_is_not():
    async def play():
        hall = Hall()
        hall.show("scene", "q")
        who = hall.rooms.join(hall.code)
        given = []
        for sent in (
            hall.send(who, 300),
            hall.send(who, 200.5),
            hall.send(who, 1.0, question="another"),
            hall.send("nobody", 1.0),
            hall.send("\ud800", 1.0),
            hall.send(who, float("nan")),
        ):
            assert await sent.answer() == 200
            given.append(json.loads(sent.body)["given"])
        assert given == [1, 2, 0, None, None, 0]
        assert hall.rooms.look_over(hall.code, hall.key).answers == ((200.5, 1),)

    run_all(play())


@given(
    st.fixed_dictionaries(
        {"code": ANYTHING, "who": ANYTHING, "question": ANYTHING, "answer": ANYTHING}
    ).map(lambda value: json.dumps(value).encode())
    | st.binary(min_size=1, max_size=500)
)
def test_any_body_of_an_answer_is_answered(body):
    async def ask():
        return await Client(Hall().app, "/lrviz-answer", body).answer()

    assert run_all(ask()) in (200, 400)


@pytest.mark.parametrize("path", ["/lrviz-room", "/lrviz-answer"])
def test_who_leaves_before_all_is_said_is_no_failure(path):
    async def play():
        client = Client(Hall().app, path, b"{")
        client._body = []
        client.gone.set()
        return await client.answer()

    assert run_all(play()) == 400


@pytest.mark.parametrize(("code", "who"), [("\ud800", "x"), ("AAAAAA", "\ud800")])
def test_text_that_no_file_could_hold_is_no_failure(code, who):
    async def play():
        hall = Hall()
        body = json.dumps({"code": code, "who": who, "version": 0}).replace("AAAAAA", hall.code)
        client = Client(hall.app, "/lrviz-room", body.encode())
        assert await client.answer() == 200
        assert json.loads(client.body) == {"version": -2}

    run_all(play())
