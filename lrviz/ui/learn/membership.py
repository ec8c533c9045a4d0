"""The room at the page's edge: opened, joined, followed. The core is :mod:`lrviz.learn.rooms`."""

from contextlib import suppress
from dataclasses import replace
from functools import cache, lru_cache
from urllib.parse import parse_qsl

import streamlit as st

from lrviz.learn.lessons import LESSONS
from lrviz.learn.rooms import Class, RoomError, Rooms, View
from lrviz.link import from_query, to_text
from lrviz.scene import Scene
from lrviz.ui.learn import navigation
from lrviz.ui.learn.news import IDLE, pulse, routes
from lrviz.ui.session import Session

_ROUNDS = {lesson.id: len(lesson.rounds) for lesson in LESSONS}


@cache
def hall() -> Rooms:
    """The rooms of this server."""
    return Rooms()


#: Where a page waits for news of a room.
ROUTES = routes(hall())


def teaches(session: Session) -> bool:
    """Whether a room is taught here."""
    return bool(session.desk.key)


def follows(session: Session) -> bool:
    """Whether what a teacher shows is shown here."""
    return bool(session.desk.member) and session.desk.following


def waits(session: Session) -> bool:
    """Whether an answer goes to the teacher, who reveals it."""
    return follows(session)


def sync(session: Session) -> None:
    """Join the room that the link names; show what its teacher shows."""
    desk, code = session.desk, session.scene.study.room
    taught = seen_class(session)
    if taught is not None:
        # What comes from here on is drawn by the next run.
        desk.version = taught.version
        return
    if not code:
        return
    try:
        seen = _seen(session, code)
    except RoomError as error:
        _out(session, session.text(error.sentence))
        return
    if not desk.following:
        return
    if seen.version == desk.version:
        let_go(session)
        return
    desk.version = seen.version
    if seen.shown:
        _adopt(session, _shown(seen.shown))


def open_room(session: Session) -> None:
    """Open a room, and teach in it from here."""
    try:
        code, key = hall().create(_address())
    except RoomError as error:
        session.desk.notice = session.text(error.sentence)
        return
    _teach(session, code, key)


def enter(session: Session, text: str) -> None:
    """Join the room of a typed code; a code with its key behind a dot takes the room back."""
    code, _, key = text.strip().partition(".")
    code = code.strip().upper()
    if not code:
        return
    desk = session.desk
    try:
        if key:
            hall().look_over(code, key)
            drop(session)
            _teach(session, code, key)
            return
        member = hall().join(code, _address())
    except RoomError as error:
        desk.notice = session.text(error.sentence)
        return
    drop(session)
    desk.member, desk.version, desk.following, desk.notice = member, -1, True, ""
    session.study(room=code)


def leave(session: Session) -> None:
    """Leave the room, or end it."""
    desk = session.desk
    if desk.key:
        with suppress(RoomError):  # It may be over already.
            hall().close(desk.code, desk.key)
        desk.key, desk.code, desk.publish = "", "", None
    drop(session)
    desk.sent, desk.notice, desk.following = "", "", True
    session.study(room="")


def follow(session: Session, *, following: bool) -> None:
    """Let go of the teacher, or come back."""
    session.desk.following, session.desk.version = following, -1
    try:
        hall().follow(session.scene.study.room, session.desk.member, following=following)
    except RoomError as error:
        _out(session, session.text(error.sentence))


def send(session: Session, name: str, value: float) -> None:
    """Give the class's teacher an answer to the open question."""
    try:
        taken = hall().answer(session.scene.study.room, session.desk.member, name, value)
    except RoomError as error:
        _out(session, session.text(error.sentence))
        return
    if taken:
        session.desk.sent = name
        session.desk.pending[name] = value
        session.study(answer=value)


def seen_class(session: Session) -> Class | None:
    """The class that is taught here."""
    if not teaches(session):
        return None
    try:
        return hall().look_over(session.desk.code, session.desk.key)
    except RoomError as error:
        session.desk.key, session.desk.code, session.desk.publish = "", "", None
        _out(session, session.text(error.sentence))
        return None


def listen(session: Session) -> None:
    """Have the page drawn anew whenever the room changes."""
    desk, code = session.desk, session.scene.study.room
    if teaches(session):
        pulse(desk.code, desk.key, desk.version, texts(session), key=desk.key)
    elif desk.member:
        shown = desk.version if desk.following else IDLE
        pulse(code, desk.member, shown, texts(session), on_key=lambda key: back(session, key))


def texts(session: Session) -> dict[str, str]:
    """What the browser says by itself."""
    return {
        "lost": session.text(
            "The connection to the room is lost. This page goes on as soon as it is back."
        )
    }


def shows_nothing(session: Session) -> bool:
    """Whether the teacher has nothing to look at for those who follow."""
    shown = session.desk.adopted
    return shown is None or (shown.tab == "learn" and not shown.study.lesson)


def back(session: Session, key: object) -> None:
    """The teacher, whose browser has kept the key, is back after a reload."""
    code = session.scene.study.room
    if isinstance(key, str) and not teaches(session):
        with suppress(RoomError):  # The browser may have kept a key from long ago.
            hall().look_over(code, key)
            drop(session)
            _teach(session, code, key)


def let_go(session: Session) -> bool:
    """Whoever changes the teacher's curves for themselves does not follow any more."""
    adopted, scene = session.desk.adopted, session.scene
    if not follows(session) or adopted is None or navigation.round_id(session):
        return False
    if (scene.curves, scene.timeline) == (adopted.curves, adopted.timeline):
        return False
    follow(session, following=False)
    return True


def _seen(session: Session, code: str) -> View:
    desk = session.desk
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


def _adopt(session: Session, shown: Scene) -> None:
    mine, theirs = session.scene.study, shown.study
    session.desk.adopted = shown
    if not mine.lesson and session.desk.kept is None:
        session.desk.kept = session.scene
    same = (mine.lesson, mine.at) == (theirs.lesson, theirs.at)
    if same and theirs.at < _ROUNDS.get(theirs.lesson, 0):
        # The same question: what was set here is the answer, whatever the teacher tries.
        answer = session.desk.pending.get(session.desk.sent, mine.answer)
        session.study(shown=theirs.shown, answer=answer)
        return
    session.desk.pending, session.desk.sent = {}, ""
    study = replace(theirs, room=mine.room, done=mine.done, projector=mine.projector)
    session.load(shown, study)


def _address() -> str:
    """Where this reader's browser is; Streamlit does not tell this machine's own."""
    return st.context.ip_address or ""


def _out(session: Session, why: str) -> None:
    session.desk.member, session.desk.sent, session.desk.notice = "", "", why
    session.desk.following, session.desk.version = True, -1
    session.study(room="")


def _teach(session: Session, code: str, key: str) -> None:
    desk = session.desk
    desk.code, desk.key, desk.notice = code, key, ""
    desk.publish = lambda scene: _publish(session, scene)
    session.study(room=code)
    _publish(session, session.scene)


def _publish(session: Session, scene: Scene) -> None:
    desk, study = session.desk, scene.study
    shown = replace(scene, study=replace(study, room="", projector=False, done=(), answer=None))
    try:
        hall().publish(desk.code, desk.key, to_text(shown), navigation.question_id(study))
    except RoomError as error:
        desk.notice = session.text(error.sentence)


def drop(session: Session) -> None:
    """Give up the seat in the room, if there is one."""
    if session.desk.member:
        hall().leave(session.scene.study.room, session.desk.member)
        session.desk.member = ""
