"""News of a room: the browser waits for news by plain HTTP, and then asks for the page.

Streamlit's own repeated fragments would run a script for every student every second, whether
anything has happened or not.
"""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from weakref import WeakValueDictionary

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from lrviz.learn.rooms import RoomError, Rooms
from lrviz.ui import assets

_PATH = "lrviz-room"
#: How long a request waits for news, and how often it looks, in seconds.
_WAIT = 15.0
_LOOK = 0.1
#: So much later than the one before is the next page of a class asked for: drawn all at once, they
#: would all be late.
_APART = 0.006
_MOST_BYTES = 400
#: So many pages may wait at a time: several classes behind one address, and many addresses.
_MOST_FROM_ONE = 400
_MOST_WAITING = 3000
#: The version of a room that is over, or that has forgotten who asks: the page says so.
_GONE = -2
#: What a page shows that follows nobody; it is heard of, and hears nothing.
IDLE = -3

_mount = st.components.v2.component(
    "lrviz.news",
    html='<p class="lrviz-lost" role="status" hidden></p>',
    js=assets.loader(),
    isolate_styles=False,
)


def news(
    code: str,
    who: str,
    version: int,
    texts: Mapping[str, str],
    *,
    key: str = "",
    on_key: Callable[[object], None] = lambda key: None,
) -> None:
    """Have the page drawn anew when a room is no more as it is shown.

    Args:
        code: The room's code.
        who: The member's secret name, or the teacher's key.
        version: The version that the page shows; :data:`IDLE`: none.
        texts: What the browser says by itself: that it is ``lost``.
        key: The room's key, which the teacher's browser keeps until its tab is closed.
        on_key: Called with the key that this browser has kept for the room, if it has.
    """
    data = {"module": assets.url("learn/news/news.js"), "path": _PATH, "key": key, **texts}
    _mount(
        key="news",
        data=data | {"code": code, "who": who, "version": version},
        on_news_change=lambda: None,
        on_key_change=lambda: on_key(st.session_state["news"]["key"]),
    )


def routes(hall: Rooms) -> list[Route]:
    """The route on which a page waits for news of the rooms in ``hall``."""
    queues = _Queues(hall)

    async def wait(request: Request) -> Response:
        asked = await _asked(request)
        if asked is None:
            return Response(status_code=400)
        code, who, seen = asked
        version = _version(hall, code, who)
        if version == _GONE:
            # Nobody waits for a room that is not there.
            return JSONResponse({"version": _GONE})
        with queues.place(request.client.host if request.client else "") as taken:
            if not taken:
                sentence = "Too many pages wait for news of rooms. Try again in a minute."
                return JSONResponse({"error": sentence}, 429, {"Retry-After": "60"})
            version = await _news(request, hall, queues, code, who, seen)
        return JSONResponse({"version": version})

    return [Route(f"/{_PATH}", wait, methods=["POST"])]


async def _asked(request: Request) -> tuple[str, str, int] | None:
    """The room's code, who asks, and the version that they show; None: it is not understood."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            return None
    try:
        asked = json.loads(body)
        found = asked["code"], asked["who"], asked["version"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    code, who, version = found
    if isinstance(code, str) and isinstance(who, str) and type(version) is int:
        return code, who, version
    return None


async def _news(
    request: Request, hall: Rooms, queues: "_Queues", code: str, who: str, seen: int
) -> int:
    """The version that ``who`` sees, once it is another than ``seen``, or after a while."""
    left = asyncio.create_task(_left(request))
    end = time.monotonic() + _WAIT
    try:
        while True:
            # Asked for before the version is looked at: no news is missed in between.
            news = asyncio.create_task(queues.news(code).wait())
            version = _version(hall, code, who)
            if version == _GONE or (version != seen and seen != IDLE):
                news.cancel()
                await queues.turn(code, left)
                return version
            pause = end - time.monotonic()
            if pause > 0:
                await asyncio.wait({news, left}, timeout=pause, return_when="FIRST_COMPLETED")
            news.cancel()
            if pause <= 0 or left.done():
                return version if seen != IDLE else IDLE
    finally:
        left.cancel()


async def _left(request: Request) -> None:
    """Return when the client has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


class _Queues:
    """Who waits, by address and in all; what is new, by room; and whose turn it is there."""

    def __init__(self, hall: Rooms) -> None:
        self._hall = hall
        self._waiting: Counter[str] = Counter()
        self._events: dict[str, asyncio.Event] = {}
        self._versions: dict[str, int] = {}
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._look: asyncio.Task[None] | None = None

    @contextmanager
    def place(self, address: str) -> Iterator[bool]:
        """A place among those who wait, if there is one."""
        free = self._waiting[address] < _MOST_FROM_ONE and self._waiting.total() < _MOST_WAITING
        self._waiting[address] += free
        try:
            yield free
        finally:
            self._waiting[address] -= free
            if not self._waiting[address]:
                del self._waiting[address]

    def news(self, code: str) -> asyncio.Event:
        """Set when something in the room stirs after this was asked for."""
        if code not in self._events:
            self._events[code] = asyncio.Event()
            self._versions[code] = self._hall.teacher_version(code)
        if self._look is None or self._look.done():
            self._look = asyncio.create_task(self._watch())
        return self._events[code]

    async def turn(self, code: str, left: asyncio.Task[None]) -> None:
        """Let those of a class who come together go on one after the other.

        Drawn all at once, their pages would all be late. Who has left takes no time.
        """
        async with self._turns.setdefault(code, asyncio.Lock()):
            if not left.done():
                await asyncio.sleep(_APART)

    async def _watch(self) -> None:
        """One look at each room for all who wait there."""
        while self._events:
            await asyncio.sleep(_LOOK)
            for code in list(self._events):
                if self._hall.teacher_version(code) != self._versions[code]:
                    self._events.pop(code).set()
                    del self._versions[code]


def _version(hall: Rooms, code: str, who: str) -> int:
    try:
        return hall.version(code, who)
    except RoomError:
        return _GONE
