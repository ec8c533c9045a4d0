"""What the browsers of a class and the server tell each other by plain HTTP: news, and answers.

Streamlit's own repeated fragments would run a script for every student every second, whether
anything has happened or not; and an answer needs neither a running script nor an open session.
"""

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from lrviz.learn.room import RoomError
from lrviz.learn.rooms import Rooms
from lrviz.ui.learn.queues import Queues

#: Where news are waited for, and where an answer is sent to; both relative to the page.
NEWS, ANSWERS = "lrviz-room", "lrviz-answer"
#: How long a request waits for news, in seconds.
_WAIT = 15.0
_MOST_BYTES = 400
#: The version of a room that is over, or that has forgotten who asks: the page says so.
_GONE = -2
#: What a page shows that follows nobody; it is heard of, and hears nothing.
IDLE = -3


def routes(hall: Rooms) -> list[Route]:
    """The routes on which a page waits for news of the rooms in ``hall``, and answers."""
    queues = Queues(hall)

    async def wait(request: Request) -> Response:
        asked = await _asked(request, code=_text, who=_text, version=_whole)
        if asked is None:
            return Response(status_code=400)
        code, who, seen = asked
        if _version(hall, code, who) == _GONE:
            # Nobody waits for a room that is not there.
            return JSONResponse({"version": _GONE})
        address = request.client.host if request.client else ""
        with queues.place(address, code, who) as given_up:
            if given_up is None:
                sentence = "Too many pages wait for news of rooms. Try again in a minute."
                return JSONResponse({"error": sentence}, 429, {"Retry-After": "60"})
            version = await _news(_until_left(request, given_up), hall, queues, code, who, seen)
        return JSONResponse({"version": version})

    async def take(request: Request) -> Response:
        asked = await _asked(request, code=_text, who=_text, question=_text, answer=_number)
        if asked is None:
            return Response(status_code=400)
        # None: the page has to take the seat again first, if there is one.
        given = None
        with suppress(RoomError):
            given = hall.answer(*asked)
        return JSONResponse({"given": given})

    return [
        Route(f"/{NEWS}", wait, methods=["POST"]),
        Route(f"/{ANSWERS}", take, methods=["POST"]),
    ]


async def _asked(request: Request, **kinds: Callable[[object], bool]) -> list[Any] | None:
    """The values of those names that the browser sent; None: it is not understood."""
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > _MOST_BYTES:
                return None
        asked = json.loads(body)
        values = [asked[name] for name in kinds]
    except (ClientDisconnect, ValueError, KeyError, TypeError, RecursionError):
        return None
    legal = all(kind(value) for kind, value in zip(kinds.values(), values, strict=True))
    return values if legal else None


def _text(value: object) -> bool:
    return isinstance(value, str)


def _whole(value: object) -> bool:
    return type(value) is int


def _number(value: object) -> bool:
    return type(value) in (int, float)


async def _news(
    left: "asyncio.Task[None]", hall: Rooms, queues: Queues, code: str, who: str, seen: int
) -> int:
    """The version that ``who`` sees, once it is another than ``seen``, or after a while."""
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


def _until_left(request: Request, given_up: asyncio.Event) -> "asyncio.Task[None]":
    """Done when the client has gone, or when the place was given up."""

    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    async def either() -> None:
        both = {asyncio.ensure_future(gone()), asyncio.ensure_future(given_up.wait())}
        try:
            await asyncio.wait(both, return_when="FIRST_COMPLETED")
        finally:
            for each in both:
                each.cancel()

    return asyncio.create_task(either())


def _version(hall: Rooms, code: str, who: str) -> int:
    try:
        return hall.version(code, who)
    except RoomError:
        return _GONE
