"""The pulse of a room: the browser waits for news by plain HTTP, and then asks for the page.

Streamlit's own repeated fragments would run a script for every student every second, whether
anything has happened or not.
"""

import asyncio
import json
import time

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from lrviz.rooms import RoomError, Rooms
from lrviz.ui import assets

_PATH = "lrviz-room"
#: How long a request waits for news, and how often it looks, in seconds.
_WAIT = 15.0
_LOOK = 0.1
#: So much later than the one before is the next page of a class asked for: drawn all at once, they
#: would all be late.
_APART = 0.006
_MOST_BYTES = 400
#: The version of a room that is over, or that has forgotten who asks: the page says so.
_GONE = -2
#: What a page shows that follows nobody; it is heard of, and hears nothing.
IDLE = -3

_mount = st.components.v2.component(
    "lrviz.pulse", html="<span></span>", js=assets.loader("attach"), isolate_styles=False
)


def pulse(code: str, who: str, version: int) -> None:
    """Have the page drawn anew when a room is no more as it is shown.

    Args:
        code: The room's code.
        who: The member's secret name, or the teacher's key.
        version: The version that the page shows; :data:`IDLE`: none.
    """
    data = {"module": assets.url("pulse.js"), "path": _PATH}
    _mount(
        key="pulse",
        data=data | {"code": code, "who": who, "version": version},
        on_news_change=lambda: None,
    )


def routes(hall: Rooms) -> list[Route]:
    """The route on which a page waits for news of the rooms in ``hall``."""
    turns = _Turns()

    async def wait(request: Request) -> Response:
        try:
            body = b""
            async for part in request.stream():
                body += part
                if len(body) > _MOST_BYTES:
                    raise ValueError
            asked = json.loads(body)
            code, who, seen = str(asked["code"]), str(asked["who"]), int(asked["version"])
        except (ValueError, KeyError, TypeError):
            return Response(status_code=400)
        version = seen
        for _ in range(int(_WAIT / _LOOK)):
            version = _version(hall, code, who)
            if version != seen and (seen != IDLE or version == _GONE):
                await turns.next()
                break
            if await request.is_disconnected():
                break
            await asyncio.sleep(_LOOK)
        return JSONResponse({"version": version if seen != IDLE or version == _GONE else IDLE})

    return [Route(f"/{_PATH}", wait, methods=["POST"])]


class _Turns:
    """Lets those who come together go on one after the other."""

    def __init__(self) -> None:
        self._free = 0.0

    async def next(self) -> None:
        now = time.monotonic()
        self._free = max(self._free + _APART, now)
        await asyncio.sleep(self._free - now)


def _version(hall: Rooms, code: str, who: str) -> int:
    try:
        return hall.version(code, who)
    except RoomError:
        return _GONE
