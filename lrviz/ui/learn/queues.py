"""Who waits for news of a room, what is new there, and whose turn it is."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakValueDictionary

from lrviz.learn.rooms import Rooms

#: How often it is looked for news, in seconds.
_LOOK = 0.1
#: So much later than the one before is the next page of a class asked for: drawn all at once, they
#: would all be late.
_APART = 0.006
#: So many requests of one member wait at a time: those of a few tabs, and of one just closed.
_MOST_FROM_MEMBER = 4
#: So many may wait at a time: several classes behind one address, and many addresses.
_MOST_FROM_ONE = 400
_MOST_WAITING = 3000


class Queues:
    """Who waits, by member, by address and in all; what is new, by room; and whose turn it is."""

    def __init__(self, hall: Rooms) -> None:
        self._hall = hall
        self._waiting: Counter[str] = Counter()
        self._members: defaultdict[str, dict[asyncio.Event, str]] = defaultdict(dict)
        self._events: dict[str, asyncio.Event] = {}
        self._versions: dict[str, int] = {}
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._look: asyncio.Task[None] | None = None

    @contextmanager
    def place(self, address: str, code: str, who: str) -> Iterator[asyncio.Event | None]:
        """A place among those who wait; it is set when it has to be given up. None: there is none.

        Who asks once more than may be gives up the oldest place of theirs. Where an address has no
        more, whoever has several there gives up one for somebody who has none. A teacher always has
        one.
        """
        mine = self._members.get(who, {})
        if len(mine) >= _MOST_FROM_MEMBER:
            self._give_up(who, next(iter(mine)))
        crowd = "" if self._hall.teaches(code, who) else address
        if crowd and not self._free(address) and not mine:
            self._make_room(address)
        if crowd and not self._free(address):
            yield None
            return
        given_up = asyncio.Event()
        self._members[who][given_up] = crowd
        self._waiting[crowd] += 1
        try:
            yield given_up
        finally:
            self._give_up(who, given_up)

    def _free(self, address: str) -> bool:
        return self._waiting[address] < _MOST_FROM_ONE and self._waiting.total() < _MOST_WAITING

    def _make_room(self, address: str) -> None:
        """Take the oldest place of whoever has most of several at that address."""
        several = [
            (len(places), who)
            for who, places in self._members.items()
            if len(places) > 1 and address in places.values()
        ]
        if several:
            _, who = max(several)
            theirs = self._members[who].items()
            self._give_up(who, next(place for place, at in theirs if at == address))

    def _give_up(self, who: str, place: asyncio.Event) -> None:
        place.set()
        crowd = self._members[who].pop(place, None)
        if crowd is not None:
            self._waiting[crowd] -= 1
            if not self._waiting[crowd]:
                del self._waiting[crowd]
        if not self._members[who]:
            del self._members[who]

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
