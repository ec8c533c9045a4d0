"""Rooms: a class that follows its teacher. No account, no names, everything bounded.

A room holds what the teacher shows (a text that this module does not look into), and the students'
answers to the question that is open. Its code lets one join; only its key lets one teach.
"""

import math
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable

from lrviz.errors import LrvizError
from lrviz.learn.room import Class, Member, Room, View
from lrviz.learn.study import CODE_LETTERS
from lrviz.text import Sentence

MOST_ROOMS = 100
MOST_MEMBERS = 300
#: A school often reaches the server from one address: a few of its teachers may teach at once, and
#: a class of a hundred may sit in one room twice over with what it left behind, but one address can
#: neither take all rooms nor fill one.
MOST_ROOMS_FROM_ONE = 20
MOST_MEMBERS_FROM_ONE = 200
#: What a teacher shows is a link: a long one has this many characters.
MOST_PUBLISHED = 16_000
#: A room is gone so many seconds after its teacher was last heard of, and in any case after that.
IDLE = 2 * 3600.0
LIFE = 8 * 3600.0
#: A student who is not heard of for so long has left.
AWAY = 30.0
#: Rate limit: what is published changes at most once in so many seconds; a quicker change waits,
#: and the last one wins.
PUBLISH_RATE_LIMIT = 0.1
#: Rate limit: a student's answer may be changed once in so many seconds.
ANSWER_RATE_LIMIT = 0.2
#: Who has left is looked for at most this often while nobody asks.
_SWEEP = 1.0


class RoomError(LrvizError):
    """Something that a room refuses; ``sentence`` says what."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class Rooms:
    """All rooms of one server. Every method may be called from any thread."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        letter: Callable[[str], str] = secrets.choice,
        token: Callable[[], str] = lambda: secrets.token_urlsafe(18),
    ) -> None:
        """``clock`` tells seconds; ``letter`` and ``token`` make codes and keys."""
        self._clock, self._letter, self._token = clock, letter, token
        self._lock = threading.Lock()
        self._rooms: dict[str, Room] = {}

    def create(self, address: str = "") -> tuple[str, str]:
        """A new room: its code, for everybody, and its key, for the teacher alone.

        ``address`` is where the teacher's browser is.
        """
        with self._lock:
            self._expire()
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
            room = self._rooms[code] = Room(self._token(), address, now, now)
            return code, room.key

    def join(self, code: str, address: str = "") -> str:
        """Join a room from ``address``; gives the member's secret name."""
        with self._lock:
            room = self._room(code)
            self._forget(room)
            alike = sum(each.address == address for each in room.members.values())
            if alike >= MOST_MEMBERS_FROM_ONE:
                raise RoomError(Sentence("Too many have joined this room from where you are."))
            if len(room.members) >= MOST_MEMBERS:
                raise RoomError(Sentence("This room is full."))
            member = self._token()
            room.members[member] = Member(self._clock(), address)
            room.teacher_version += 1
            return member

    def leave(self, code: str, member: str) -> None:
        """Leave a room; who is not there may leave too."""
        with self._lock:
            room = self._rooms.get(code)
            if room is not None and member in room.members:
                del room.members[member]
                room.teacher_version += 1

    def follow(self, code: str, member: str, *, following: bool) -> None:
        """Say whether a member follows the teacher, or tries for themselves."""
        with self._lock:
            found = self._member(code, member)
            if found.following != following:
                found.following = following
                self._rooms[code].teacher_version += 1

    def look(self, code: str, member: str) -> View:
        """What the teacher shows now."""
        with self._lock:
            self._member(code, member)
            room = self._rooms[code]
            self._publish_waiting(room)
            return View(room.version, room.published)

    def teacher_version(self, code: str) -> int:
        """Counts everything that anybody could see change in a room; -1: it is over."""
        with self._lock:
            room = self._open(code)
            if room is None:
                return -1
            self._publish_waiting(room)
            if self._clock() - room.swept > _SWEEP:
                self._forget(room)
            return room.teacher_version

    def version(self, code: str, who: str) -> int:
        """The version of what ``who`` sees: a member, or, by the key, the teacher."""
        with self._lock:
            room = self._room(code)
            self._publish_waiting(room)
            if secrets.compare_digest(room.key.encode(), who.encode()):
                room.heard = self._clock()
                self._forget(room)
                return room.teacher_version
            self._member(code, who)
            return room.version

    def answer(self, code: str, member: str, question: str, answer: float) -> bool:
        """Answer the open question; the last answer counts.

        False: it was not taken, because another question is open by now, or because it came too
        soon after the one before.
        """
        if not math.isfinite(answer):
            return False
        with self._lock:
            found = self._member(code, member)
            room, now = self._rooms[code], self._clock()
            self._publish_waiting(room)
            if (
                question != room.question
                or not question
                or now - found.answered < ANSWER_RATE_LIMIT
            ):
                return False
            found.answer, found.answered = answer, now
            room.teacher_version += 1
            return True

    def publish(self, code: str, key: str, published: str, question: str = "") -> None:
        """Show the class something; another ``question`` than before forgets the answers."""
        if len(published) > MOST_PUBLISHED:
            raise RoomError(Sentence("This is too much to show to a class: remove some curves."))
        with self._lock:
            room = self._taught(code, key)
            if (published, question) == (room.waiting or (room.published, room.question)):
                return
            room.waiting = published, question
            self._publish_waiting(room)

    def look_over(self, code: str, key: str) -> Class:
        """The class, for its teacher."""
        with self._lock:
            room = self._taught(code, key)
            self._publish_waiting(room)
            self._forget(room)
            members = room.members.values()
            answers = Counter(each.answer for each in members if each.answer is not None)
            return Class(
                room.teacher_version,
                len(members),
                sum(each.following for each in members),
                tuple(sorted(answers.items())),
            )

    def close(self, code: str, key: str) -> None:
        """End a room."""
        with self._lock:
            self._taught(code, key)
            del self._rooms[code]

    def _code(self) -> str:
        return "".join(self._letter(CODE_LETTERS) for _ in range(6))

    def _room(self, code: str) -> Room:
        room = self._open(code)
        if room is None:
            raise RoomError(Sentence("There is no room with this code, or it is over."))
        return room

    def _taught(self, code: str, key: str) -> Room:
        room = self._room(code)
        # In constant time: how long it takes says nothing about the key.
        if not secrets.compare_digest(room.key.encode(), key.encode()):
            raise RoomError(Sentence("Only the room's teacher can do this."))
        room.heard = self._clock()
        return room

    def _member(self, code: str, member: str) -> Member:
        room = self._room(code)
        found = room.members.get(member)
        if found is None:
            raise RoomError(Sentence("You are not in this room any more: join it again."))
        found.heard = self._clock()
        return found

    def _publish_waiting(self, room: Room) -> None:
        """Show what waits, if the last change is long enough ago."""
        now = self._clock()
        if room.waiting is None or now - room.changed < PUBLISH_RATE_LIMIT:
            return
        published, question = room.waiting
        if question != room.question:
            for each in room.members.values():
                each.answer, each.answered = None, -math.inf
        room.published, room.question, room.waiting = published, question, None
        room.version += 1
        room.teacher_version += 1
        room.changed = now

    def _forget(self, room: Room) -> None:
        now = room.swept = self._clock()
        gone = [name for name, each in room.members.items() if now - each.heard > AWAY]
        for name in gone:
            del room.members[name]
        room.teacher_version += bool(gone)

    def _expire(self) -> None:
        for code in list(self._rooms):
            self._open(code)

    def _open(self, code: str) -> Room | None:
        """The room of that code, if it is not over."""
        room, now = self._rooms.get(code), self._clock()
        if room is not None and (now - room.heard > IDLE or now - room.born > LIFE):
            del self._rooms[code]
            return None
        return room
