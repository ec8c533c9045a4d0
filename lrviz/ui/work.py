"""Work that takes long: in threads of its own, so that the page is served beside it.

Whoever asks has a few places, and one request more is to come back later: a page of
ours by the name that its session was given, anybody else by the address.
"""

import asyncio
import hmac
import secrets
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

T = TypeVar("T")

_KEY = secrets.token_bytes(32)


def _new_name() -> str:
    name = secrets.token_urlsafe(9)
    return f"{name}.{_signature(name)}"


def _signature(name: str) -> str:
    return hmac.digest(_KEY, name.encode(errors="replace"), "sha256").hex()[:20]


@dataclass
class Asker:
    """The name with which a session's page asks; nobody can forge one."""

    name: str = field(default_factory=_new_name)


def is_ours(name: str) -> bool:
    """Whether a session of this server was given that name."""
    plain, _, signature = name.rpartition(".")
    return hmac.compare_digest(_signature(plain).encode(), signature.encode(errors="replace"))


class Busy(Exception):
    """All places are taken: ask again a little later."""


class Work:
    """A few threads, and bounded places for those who wait for them."""

    def __init__(self, threads: int, *, of_one: int, from_one: int, most: int) -> None:
        """``of_one`` asker and ``from_one`` address so many wait at a time; ``most`` in all."""
        self._pool = ThreadPoolExecutor(threads, "lrviz-work")
        self._of_one, self._from_one, self._most = of_one, from_one, most
        self._askers: Counter[str] = Counter()
        self._addresses: Counter[str] = Counter()

    async def do(self, asker: str, address: str, make: Callable[[], T]) -> T:
        """What ``make`` returns, made in one of the threads.

        Raises:
            Busy: There is no place for this asker, or from this address.
        """
        if (
            self._askers[asker] >= self._of_one
            or self._addresses[address] >= self._from_one
            or self._askers.total() >= self._most
        ):
            raise Busy
        self._askers[asker] += 1
        self._addresses[address] += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, make)
        finally:
            for counter, name in ((self._askers, asker), (self._addresses, address)):
                counter[name] -= 1
                if not counter[name]:
                    del counter[name]


#: A page asks for the sliders that are pointed at, one after another; a class asks at once.
PAGES = Work(2, of_one=8, from_one=200, most=400)
#: Whoever is no page of ours: a browser that has been open since before the server was started.
OTHERS = Work(1, of_one=4, from_one=4, most=40)


async def answered(request: Request, name: str, make: Callable[[], Response]) -> Response:
    """What ``make`` answers; 429 where there is no place for it. ``name`` is the asker's."""
    address = request.client.host if request.client else ""
    work, asker = (PAGES, name) if is_ours(name) else (OTHERS, address)
    try:
        return await work.do(asker, address, make)
    except Busy:
        return Response(status_code=429, headers={"Retry-After": "1"})
