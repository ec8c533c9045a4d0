"""The room at the page's edge: opened, joined, followed. The core is :mod:`lrviz.rooms`."""

from contextlib import suppress
from dataclasses import replace
from functools import cache, lru_cache
from urllib.parse import parse_qsl

import streamlit as st

from lrviz.lessons import LESSONS
from lrviz.link import from_query, to_text
from lrviz.rooms import Class, RoomError, Rooms, View
from lrviz.scene import Scene
from lrviz.ui import rounds
from lrviz.ui.pulse import IDLE, pulse, routes
from lrviz.ui.state import Session

_ROUNDS = {lesson.id: len(lesson.rounds) for lesson in LESSONS}


@cache
def hall() -> Rooms:
    """The rooms of this server."""
    return Rooms()


#: Where a page waits for news of a room.
ROUTES = routes(hall())


def teaches(now: Session) -> bool:
    """Whether a room is taught here."""
    return bool(now.desk.key)


def follows(now: Session) -> bool:
    """Whether what a teacher shows is shown here."""
    return bool(now.desk.member) and now.desk.following


def waits(now: Session) -> bool:
    """Whether an answer goes to the teacher, who reveals it."""
    return follows(now)


def sync(now: Session) -> None:
    """Join the room that the link names; show what its teacher shows."""
    desk, code = now.desk, now.scene.study.room
    taught = seen_class(now)
    if taught is not None:
        # What comes from here on is drawn by the next run.
        desk.version = taught.version
        return
    if not code:
        return
    try:
        seen = _seen(now, code)
    except RoomError as error:
        _out(now, now.text(error.sentence))
        return
    if not desk.following:
        return
    if seen.version == desk.version:
        let_go(now)
        return
    desk.version = seen.version
    if seen.shown:
        _adopt(now, _shown(seen.shown))


def open_room(now: Session) -> None:
    """Open a room, and teach in it from here."""
    try:
        code, key = hall().create(_address())
    except RoomError as error:
        now.desk.notice = now.text(error.sentence)
        return
    _teach(now, code, key)


def enter(now: Session, text: str) -> None:
    """Join the room of a typed code; a code with its key behind a dot takes the room back."""
    code, _, key = text.strip().partition(".")
    code = code.strip().upper()
    if not code:
        return
    desk = now.desk
    try:
        if key:
            hall().look_over(code, key)
            drop(now)
            _teach(now, code, key)
            return
        member = hall().join(code, _address())
    except RoomError as error:
        desk.notice = now.text(error.sentence)
        return
    drop(now)
    desk.member, desk.version, desk.following, desk.notice = member, -1, True, ""
    now.study(room=code)


def leave(now: Session) -> None:
    """Leave the room, or end it."""
    desk = now.desk
    if desk.key:
        with suppress(RoomError):  # It may be over already.
            hall().close(desk.code, desk.key)
        desk.key, desk.code, desk.publish = "", "", None
    drop(now)
    desk.sent, desk.notice, desk.following = "", "", True
    now.study(room="")


def follow(now: Session, *, following: bool) -> None:
    """Let go of the teacher, or come back."""
    now.desk.following, now.desk.version = following, -1
    try:
        hall().follow(now.scene.study.room, now.desk.member, following=following)
    except RoomError as error:
        _out(now, now.text(error.sentence))


def send(now: Session, name: str, value: float) -> None:
    """Give the class's teacher an answer to the open question."""
    try:
        taken = hall().answer(now.scene.study.room, now.desk.member, name, value)
    except RoomError as error:
        _out(now, now.text(error.sentence))
        return
    if taken:
        now.desk.sent = name
        now.desk.pending[name] = value
        now.study(answer=value)


def seen_class(now: Session) -> Class | None:
    """The class that is taught here."""
    if not teaches(now):
        return None
    try:
        return hall().look_over(now.desk.code, now.desk.key)
    except RoomError as error:
        now.desk.key, now.desk.code, now.desk.publish = "", "", None
        _out(now, now.text(error.sentence))
        return None


def listen(now: Session) -> None:
    """Have the page drawn anew whenever the room changes."""
    desk, code = now.desk, now.scene.study.room
    if teaches(now):
        pulse(desk.code, desk.key, desk.version, texts(now), key=desk.key)
    elif desk.member:
        shown = desk.version if desk.following else IDLE
        pulse(code, desk.member, shown, texts(now), on_key=lambda key: back(now, key))


def texts(now: Session) -> dict[str, str]:
    """What the browser says by itself."""
    return {
        "lost": now.text(
            "The connection to the room is lost. This page goes on as soon as it is back."
        )
    }


def shows_nothing(now: Session) -> bool:
    """Whether the teacher has nothing to look at for those who follow."""
    shown = now.desk.adopted
    return shown is None or (shown.tab == "learn" and not shown.study.lesson)


def back(now: Session, key: object) -> None:
    """The teacher, whose browser has kept the key, is back after a reload."""
    code = now.scene.study.room
    if isinstance(key, str) and not teaches(now):
        with suppress(RoomError):  # The browser may have kept a key from long ago.
            hall().look_over(code, key)
            drop(now)
            _teach(now, code, key)


def let_go(now: Session) -> bool:
    """Whoever changes the teacher's curves for themselves does not follow any more."""
    adopted, scene = now.desk.adopted, now.scene
    if not follows(now) or adopted is None or rounds.round_id(now):
        return False
    if (scene.curves, scene.timeline) == (adopted.curves, adopted.timeline):
        return False
    follow(now, following=False)
    return True


def _seen(now: Session, code: str) -> View:
    desk = now.desk
    if desk.member:
        with suppress(RoomError):
            return hall().look(code, desk.member)
    # New here, or away for so long that the room has forgotten.
    desk.member, desk.version = hall().join(code, _address()), -1
    return hall().look(code, desk.member)


@lru_cache(maxsize=64)
def _shown(text: str) -> Scene:
    """The scene that is shown: read once for a whole class."""
    return from_query(parse_qsl(text))[0]


def _adopt(now: Session, shown: Scene) -> None:
    mine, theirs = now.scene.study, shown.study
    now.desk.adopted = shown
    if not mine.lesson and now.desk.kept is None:
        now.desk.kept = now.scene
    same = (mine.lesson, mine.at) == (theirs.lesson, theirs.at)
    if same and theirs.at < _ROUNDS.get(theirs.lesson, 0):
        # The same question: what was set here is the answer, whatever the teacher tries.
        answer = now.desk.pending.get(now.desk.sent, mine.answer)
        now.study(shown=theirs.shown, answer=answer)
        return
    now.desk.pending, now.desk.sent = {}, ""
    study = replace(theirs, room=mine.room, done=mine.done, projector=mine.projector)
    now.load(shown, study)


def _address() -> str:
    """Where this reader's browser is; Streamlit does not tell this machine's own."""
    return st.context.ip_address or ""


def _out(now: Session, why: str) -> None:
    now.desk.member, now.desk.sent, now.desk.notice = "", "", why
    now.desk.following, now.desk.version = True, -1
    now.study(room="")


def _teach(now: Session, code: str, key: str) -> None:
    desk = now.desk
    desk.code, desk.key, desk.notice = code, key, ""
    desk.publish = lambda scene: _publish(now, scene)
    now.study(room=code)
    _publish(now, now.scene)


def _publish(now: Session, scene: Scene) -> None:
    desk, study = now.desk, scene.study
    shown = replace(scene, study=replace(study, room="", projector=False, done=(), answer=None))
    try:
        hall().publish(desk.code, desk.key, to_text(shown), rounds.question_id(study))
    except RoomError as error:
        desk.notice = now.text(error.sentence)


def drop(now: Session) -> None:
    """Give up the seat in the room, if there is one."""
    if now.desk.member:
        hall().leave(now.scene.study.room, now.desk.member)
        now.desk.member = ""
