"""The messages of a room, and their effect: ``after(room, message, now)``, a pure function.

So a room can be stored anywhere, and its messages can be replayed.
"""

import math
from dataclasses import dataclass, replace

from lrviz.learn.room import Member, Room, RoomError
from lrviz.text import Sentence

MOST_MEMBERS = 300
#: A school often reaches the server from one address: a class of a hundred may sit in one room
#: twice over with what it left behind, but one address cannot fill a room.
MOST_MEMBERS_FROM_ONE = 200
#: What a teacher shows is a link: a long one has this many characters.
MOST_PUBLISHED = 16_000
#: A student who is not heard of for so many seconds is away.
AWAY = 30.0
#: Rate limit: what is published changes at most once in so many seconds; a quicker change waits,
#: and the last one wins.
PUBLISH_RATE_LIMIT = 0.1
#: Who is away is looked for at most this often while the teacher does not ask, in seconds.
_SWEEP = 1.0


@dataclass(frozen=True)
class Join:
    """Somebody takes a seat, the one that they had before if they had one."""

    member: str
    address: str


@dataclass(frozen=True)
class Leave:
    """A member gives up the seat."""

    member: str


@dataclass(frozen=True)
class Hear:
    """A member is heard of; ``listens``: their page waits for news."""

    member: str
    listens: bool = False


@dataclass(frozen=True)
class Follow:
    """A member follows the teacher, or tries for themselves."""

    member: str
    following: bool


@dataclass(frozen=True)
class Answer:
    """A member answers a question; the last answer counts, while the question is open."""

    member: str
    question: str
    answer: float


@dataclass(frozen=True)
class Publish:
    """The teacher shows something; the answers to another ``question`` are dropped.

    ``closed``: its answers are counted, and no more are taken.
    """

    published: str
    question: str
    closed: bool = False


@dataclass(frozen=True)
class Teach:
    """The teacher is heard of."""


@dataclass(frozen=True)
class Pass:
    """Time passes: what waits is published, and who has not been heard of is away."""


Message = Join | Leave | Hear | Follow | Answer | Publish | Teach | Pass


def after(room: Room, message: Message, now: float) -> Room:
    """The room after ``message``, which comes at ``now`` (in seconds).

    Raises:
        RoomError: It is refused.
    """
    room = _published(room, now)
    match message:
        case Join(member, address):
            return _joined(room, member, address, now)
        case Leave(member):
            return _unseated(room, member) if room.knows(member) else room
        case Publish():
            return _published(_waiting(room, message), now)
        case Teach():
            return _swept(replace(room, heard=now), now)
        case Pass():
            return _swept(room, now) if now - room.swept > _SWEEP else room
    room = _heard(room, message.member, now)
    before = room.members[message.member]
    match message:
        case Follow(member, following) if following != before.following:
            return _with(room, member, replace(before, following=following))
        case Hear(member, True) if not before.listens:
            return replace(room, members={**room.members, member: replace(before, listens=True)})
        case Answer(member, question, answer) if room.takes(question) and math.isfinite(answer):
            return _with(room, member, replace(before, answer=answer, given=before.given + 1))
    return room


def _with(room: Room, name: str, member: Member) -> Room:
    """The room with that member as given; the teacher sees a change."""
    members = {**room.members, name: member}
    return replace(room, members=members, teacher_version=room.teacher_version + 1)


def _heard(room: Room, name: str, now: float) -> Room:
    if not room.knows(name):
        raise RoomError(Sentence("You are not in this room any more: join it again."))
    before = room.members[name]
    there = replace(before, heard=now, away=False)
    if before.away:
        return _with(room, name, there)
    return replace(room, members={**room.members, name: there})


def _joined(room: Room, name: str, address: str, now: float) -> Room:
    if room.knows(name):
        return _heard(room, name, now)
    before = room.members.get(name, Member(address, now))
    room = _with_a_seat(room, address, returning=name in room.members)
    return _with(room, name, replace(before, address=address, heard=now, seated=True, away=False))


def _with_a_seat(room: Room, address: str, *, returning: bool) -> Room:
    """The room with a free seat for one from ``address``; in a full one, a member loses theirs.

    ``returning``: they are a member already, so the number of members does not grow. The seat is
    taken from who is away, the longest away first, or else from who has joined and has not listened
    since: a page listens as soon as it is drawn.
    """
    alike = [name for name, each in room.members.items() if each.address == address]
    crowded = Sentence("Too many have joined this room from where you are.")
    for names, most, refusal in (
        (alike, MOST_MEMBERS_FROM_ONE, crowded),
        (list(room.members), MOST_MEMBERS, Sentence("This room is full.")),
    ):
        seated = [name for name in names if room.knows(name)]
        crowded_out = not returning and len(names) >= 2 * most
        if len(seated) < most and not crowded_out:
            continue
        idle = [name for name in seated if room.members[name].away]
        idle = idle or [name for name in seated if not room.members[name].listens]
        if not idle or crowded_out:
            raise RoomError(refusal)
        room = _unseated(room, min(idle, key=lambda name: room.members[name].heard))
    return room


def _unseated(room: Room, name: str) -> Room:
    """The room in which that member has given up the seat; an answer stays."""
    before = room.members[name]
    if before.answer is not None:
        return _with(room, name, replace(before, seated=False))
    members = {each: member for each, member in room.members.items() if each != name}
    return replace(room, members=members, teacher_version=room.teacher_version + 1)


def _swept(room: Room, now: float) -> Room:
    """The room in which those who have not been heard of for a while are away."""
    for name, each in room.members.items():
        if each.seated and not each.away and now - each.heard > AWAY:
            room = _with(room, name, replace(each, away=True))
    return replace(room, swept=now)


def _waiting(room: Room, message: Publish) -> Room:
    if len(message.published) > MOST_PUBLISHED:
        raise RoomError(Sentence("This is too much to show to a class: remove some curves."))
    wanted = message.published, message.question, message.closed
    if wanted == (room.waiting or (room.published, room.question, room.closed)):
        return room
    return replace(room, waiting=wanted)


def _published(room: Room, now: float) -> Room:
    """The room in which what waits is shown, if the last change is long enough ago."""
    if room.waiting is None or now - room.changed < PUBLISH_RATE_LIMIT:
        return room
    published, question, closed = room.waiting
    members = room.members
    if question != room.question:
        members = {
            name: replace(each, answer=None, given=0)
            for name, each in members.items()
            if each.seated
        }
    return replace(
        room,
        published=published,
        question=question,
        closed=closed,
        waiting=None,
        changed=now,
        version=room.version + 1,
        teacher_version=room.teacher_version + 1,
        members=members,
    )
