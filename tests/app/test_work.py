"""Work that takes long: bounded by who asks, and beside all that the page needs."""

import asyncio
import json
import threading
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from lrviz.ui import work
from lrviz.ui.widgets import fan_route
from lrviz.ui.work import Asker, Work, is_ours
from lrviz.view import fans
from tests.app.requests import Client, run_all
from tests.app.steps import chart_in, open_page


class Slow:
    """A server whose fans take as long as they are held."""

    def __init__(self, monkeypatch):
        self.held = threading.Event()
        self.begun = []
        monkeypatch.setattr(work, "OTHERS", Work(1, of_one=4, from_one=4, most=40))
        monkeypatch.setattr(work, "PAGES", Work(2, of_one=8, from_one=200, most=400))
        monkeypatch.setattr(fans, "fan_at", self._fan)
        plain = Route("/", lambda request: PlainTextResponse("the page"))
        self.app = Starlette(routes=[*fan_route.ROUTES, plain])

    def _fan(self, query):
        self.begun.append(query)
        self.held.wait(60)
        return b"fan"

    def ask(self, query="z", address="192.0.2.1"):
        return Client(self.app, "/lrviz-fan", query=query, address=address)

    async def page(self):
        """A file, from Starlette's own threads, as Streamlit's page is."""
        client = Client(self.app, "/")
        assert await client.answer(20) == 200


@pytest.fixture
def slow(monkeypatch):
    made = Slow(monkeypatch)
    yield made
    made.held.set()


async def _settled(clients, waiting=4):
    for _ in range(200):
        await asyncio.sleep(0.005)
        if sum(each.task.done() for each in clients) >= len(clients) - waiting:
            return


def test_sixty_heavy_fans_of_nobody_leave_the_page_and_its_own_fans(slow):
    name = Asker().name

    async def play():
        flood = [slow.ask(f"z={each}") for each in range(60)]
        await _settled(flood)
        done = [each for each in flood if each.task.done()]
        assert len(done) == 56
        assert {each.status for each in done} == {429}
        assert {each.headers["retry-after"] for each in done} == {"1"}
        # One is being worked out, and neither a file nor a fan of a page of ours waits for it.
        await slow.page()
        own = [slow.ask(f"asker={name}&z={each}") for each in range(2)]
        for _ in range(200):
            await asyncio.sleep(0.005)
            if len(slow.begun) == 3:
                break
        assert len(slow.begun) == 3
        # Somebody else has a place, too, and waits.
        other = slow.ask(address="192.0.2.2")
        await asyncio.sleep(0.02)
        assert not other.task.done()
        slow.held.set()
        for each in (*own, other, *(each for each in flood if each not in done)):
            assert await each.answer() == 200
        # All places are free again.
        assert await slow.ask().answer() == 200

    run_all(play())


def test_a_page_has_a_few_places_and_a_neighbour_has_its_own(slow):
    greedy, neighbour = Asker().name, Asker().name

    async def play():
        asked = [slow.ask(f"asker={greedy}&z={each}") for each in range(20)]
        await _settled(asked, 8)
        assert [each.status for each in asked].count(429) == 12
        beside = slow.ask(f"asker={neighbour}")
        await asyncio.sleep(0.02)
        assert not beside.task.done()
        slow.held.set()
        assert await beside.answer() == 200
        assert [await each.answer() for each in asked].count(200) == 8

    run_all(play())


def test_what_raises_gives_its_place_back():
    tried = Work(1, of_one=1, from_one=1, most=1)

    async def play():
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                await tried.do("a", "b", lambda: 1 / 0)
        return await tried.do("a", "b", lambda: 7)

    assert run_all(play()) == 7


def test_a_page_asks_by_the_name_of_its_session():
    first, second = (
        dict(parse_qsl(chart_in(open_page())["fan"].partition("?")[2]))["asker"] for _ in range(2)
    )
    assert is_ours(first)
    assert is_ours(second)
    assert first != second


@given(st.text() | st.text(max_size=9).map(lambda name: f"{name}.{'0' * 20}"))
def test_nobody_makes_up_a_name(name):
    assert not is_ours(name)
    assert not is_ours(json.dumps(name))
