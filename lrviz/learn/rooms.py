"""Rooms: a class that follows its teacher. No account, no names, everything bounded.

A room's code lets one join; only its key lets one teach. What happens in a room is
:func:`lrviz.learn.events.after`.
"""

import secrets
import threading
import time
from collections.abc import Callable

from lrviz.learn.events import (
    Answer,
    Follow,
    Hear,
    Join,
    Leave,
    Message,
    Pass,
    Publish,
    Teach,
    after,
)
from lrviz.learn.room import Class, Room, RoomError, View
from lrviz.learn.study import CODE_LETTERS
from lrviz.text import Sentence

MOST_ROOMS = 100
#: A few teachers of one school may teach at once, but one address cannot take all rooms.
MOST_ROOMS_FROM_ONE = 20
#: A room is gone so many seconds after its teacher was last heard of, and in any case after that.
IDLE = 2 * 3600.0
LIFE = 8 * 3600.0


class Rooms:
    """All rooms of one server. Every method may be called from any thread."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        letter: Callable[[str], str] = secrets.choice,
        token: Callable[[], str] = lambda: secrets.token_urlsafe(18),
    ) -> None:
        """``clock`` returns seconds; ``letter`` and ``token`` generate codes and keys."""
        self._clock, self._letter, self._token = clock, letter, token
        self._lock = threading.Lock()
        self._rooms: dict[str, Room] = {}

    def create(self, address: str = "") -> tuple[str, str]:
        """A new room: its code, for everybody, and its key, for the teacher alone.

        ``address`` is where the teacher's browser is.
        """
        with self._lock:
            for code in list(self._rooms):
                self._open(code)
            alike = sum(room.address == address for room in self._rooms.values())
            if alike >= MOST_ROOMS_FROM_ONE:
                raise RoomError(
                    Sentence("Too many rooms have been opened from here. Close one, or wait.")
                )
            if len(self._rooms) >= MOST_ROOMS:
                raise RoomError(Sentence("This server has no room left. Try again later."))
            code = self._code()
            while code in self._rooms:
                code = self._code()
            now = self._clock()
            self._rooms[code] = Room(self._token(), address, now, now)
            return code, self._rooms[code].key

    def join(self, code: str, address: str = "", member: str = "") -> str:
        """Join a room from ``address``; gives the member's secret name.

        ``member`` is the one that this browser had before: it is theirs again if the room knows it.
        """
        with self._lock:
            name = member if member in self._room(code).members else self._token()
            self._happens(code, Join(name, address))
            return name

    def leave(self, code: str, member: str) -> None:
        """Leave a room; who is not there may leave too."""
        with self._lock:
            if self._open(code) is not None:
                self._happens(code, Leave(member))

    def follow(self, code: str, member: str, *, following: bool) -> None:
        """Say whether a member follows the teacher, or tries for themselves."""
        with self._lock:
            self._happens(code, Follow(member, following))

    def look(self, code: str, member: str) -> View:
        """What the teacher shows now, to a member."""
        with self._lock:
            return self._happens(code, Hear(member)).view(member)

    def teacher_version(self, code: str) -> int:
        """The number of visible changes of a room so far; -1: it is over."""
        with self._lock:
            if self._open(code) is None:
                return -1
            return self._happens(code, Pass()).teacher_version

    def version(self, code: str, who: str) -> int:
        """The version of what ``who`` sees: a member, or, by the key, the teacher."""
        with self._lock:
            if _is_key(self._room(code), who):
                return self._taught(code, who).teacher_version
            return self._happens(code, Hear(who, listens=True)).version

    def teaches(self, code: str, who: str) -> bool:
        """Whether ``who`` is the key of that room."""
        with self._lock:
            room = self._open(code)
            return room is not None and _is_key(room, who)

    def answer(self, code: str, member: str, question: str, answer: float) -> int:
        """Answer a question; the last answer counts.

        Gives how often the member has answered it now; 0: this is not taken, because the question
        is not open, or because it is no answer.
        """
        with self._lock:
            before = self._happens(code, Hear(member)).members[member].given
            given = self._happens(code, Answer(member, question, answer)).members[member].given
            return given if given > before else 0

    def publish(
        self, code: str, key: str, published: str, question: str = "", *, closed: bool = False
    ) -> None:
        """Show the class something; the answers to another ``question`` are dropped.

        ``closed``: no more answers to it are taken.
        """
        with self._lock:
            self._taught(code, key)
            self._happens(code, Publish(published, question, closed))

    def look_over(self, code: str, key: str) -> Class:
        """The class, for its teacher."""
        with self._lock:
            return self._taught(code, key).overview()

    def close(self, code: str, key: str) -> None:
        """End a room."""
        with self._lock:
            self._taught(code, key)
            del self._rooms[code]

    def _code(self) -> str:
        return "".join(self._letter(CODE_LETTERS) for _ in range(6))

    def _happens(self, code: str, message: Message) -> Room:
        room = self._rooms[code] = after(self._room(code), message, self._clock())
        return room

    def _room(self, code: str) -> Room:
        room = self._open(code)
        if room is None:
            raise RoomError(Sentence("There is no room with this code, or it is over."))
        return room

    def _taught(self, code: str, key: str) -> Room:
        if not _is_key(self._room(code), key):
            raise RoomError(Sentence("Only the room's teacher can do this."))
        return self._happens(code, Teach())

    def _open(self, code: str) -> Room | None:
        """The room of that code, if it is not over."""
        room, now = self._rooms.get(code), self._clock()
        if room is not None and (now - room.heard > IDLE or now - room.born > LIFE):
            del self._rooms[code]
            return None
        return room


def _is_key(room: Room, who: str) -> bool:
    """Compare in constant time: timing reveals nothing of the key. ``who`` may be any text."""
    return secrets.compare_digest(room.key.encode(), who.encode(errors="surrogatepass"))
