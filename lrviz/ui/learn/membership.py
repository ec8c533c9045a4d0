"""The room at the page's edge: opened, joined, followed. The core is :mod:`lrviz.learn.rooms`."""

from contextlib import suppress
from dataclasses import replace
from functools import cache, lru_cache
from urllib.parse import parse_qsl

import streamlit as st

from lrviz.learn.lessons import LESSONS
from lrviz.learn.room import Class, RoomError, View
from lrviz.learn.rooms import Rooms
from lrviz.link import from_query, to_text
from lrviz.page import Page
from lrviz.text import Sentence
from lrviz.ui.learn import navigation
from lrviz.ui.learn.memory import memory_of
from lrviz.ui.learn.news import kept_name, news
from lrviz.ui.learn.routes import IDLE, routes
from lrviz.ui.session import Session

_ROUNDS = {lesson.id: len(lesson.rounds) for lesson in LESSONS}


@cache
def hall() -> Rooms:
    """The rooms of this server."""
    return Rooms()


#: Where a page waits for news of a room, and answers.
ROUTES = routes(hall())


def teaches(session: Session) -> bool:
    """Whether a room is taught here."""
    return bool(memory_of(session).key)


def follows(session: Session) -> bool:
    """Whether what a teacher shows is shown here."""
    return bool(memory_of(session).member) and memory_of(session).following


def waits(session: Session) -> bool:
    """Whether an answer goes to the teacher, who reveals it."""
    return follows(session)


def sync(session: Session) -> None:
    """Join the room that the link names; show what its teacher shows."""
    memory, code = memory_of(session), session.page.learner.room
    taught = seen_class(session)
    if taught is not None:
        # What comes from here on is drawn by the next run.
        memory.version = taught.version
        return
    if not code:
        return
    try:
        seen = _seen(session, code)
    except RoomError as error:
        _out(session, error.sentence)
        memory.refused = code
        return
    memory.seen = seen
    if not memory.following:
        return
    if seen.version == memory.version:
        let_go(session)
        return
    memory.version = seen.version
    if seen.published:
        _adopt(session, _published(seen.published), seen.answer)


def open_room(session: Session) -> None:
    """Open a room, and teach in it from here."""
    try:
        code, key = hall().create(_address())
    except RoomError as error:
        memory_of(session).notice = error.sentence
        return
    _teach(session, code, key)


def enter(session: Session, text: str) -> None:
    """Join the room of a typed code; a code with its key behind a dot takes the room back."""
    code, _, key = text.strip().partition(".")
    code = code.strip().upper()
    if not code:
        return
    memory = memory_of(session)
    try:
        if key:
            hall().look_over(code, key)
            drop(session)
            _teach(session, code, key)
            return
        member = hall().join(code, _address())
    except RoomError as error:
        memory.notice = error.sentence
        return
    drop(session)
    memory.member, memory.version, memory.following, memory.notice = member, -1, True, None
    memory.refused = ""
    session.learner(room=code)


def leave(session: Session) -> None:
    """Leave the room, or end it."""
    memory = memory_of(session)
    if memory.key:
        with suppress(RoomError):  # It may be over already.
            hall().close(memory.code, memory.key)
        memory.key = memory.code = ""
    drop(session)
    memory.notice, memory.following = None, True
    session.learner(room="")


def follow(session: Session, *, following: bool) -> None:
    """Let go of the teacher, or come back."""
    memory, page = memory_of(session), session.page
    memory.following, memory.version = following, -1
    theirs = memory.adopted
    if not following and theirs is not None and page.tab == "learn" and not page.study.lesson:
        # Where the class is they can go on by themselves.
        session.set(tab=theirs.tab)
    try:
        hall().follow(page.learner.room, memory.member, following=following)
    except RoomError as error:
        _out(session, error.sentence)


def seen_class(session: Session) -> Class | None:
    """The class that is taught here."""
    if not teaches(session):
        return None
    try:
        return hall().look_over(memory_of(session).code, memory_of(session).key)
    except RoomError as error:
        memory_of(session).key = memory_of(session).code = ""
        _out(session, error.sentence)
        return None


def publish(session: Session) -> None:
    """Show the page to the room that is taught here, if it has changed."""
    memory, page = memory_of(session), session.page
    if not memory.key or memory.published is page:
        return
    memory.published = page
    # What is the teacher's own stays here.
    theirs = Page(page.scene, tab=page.tab, study=page.study)
    try:
        question, closed = navigation.question_id(page.study), page.study.revealed
        hall().publish(memory.code, memory.key, to_text(theirs), question, closed=closed)
    except RoomError as error:
        memory.notice = error.sentence


def listen(session: Session) -> None:
    """Have the page drawn anew whenever the room changes."""
    memory, code = memory_of(session), session.page.learner.room
    if teaches(session):
        news(memory.code, memory.key, memory.version, texts(session), key=memory.key)
    elif memory.member:
        shown = memory.version if memory.following else IDLE
        news(
            code, memory.member, shown, texts(session), on_key=lambda key: back(session, key, code)
        )
    elif memory.refused:
        # A teacher who has loaded the page again is none of those for whom there is no seat.
        refused = memory.refused
        news(refused, "", IDLE, texts(session), on_key=lambda key: back(session, key, refused))


def texts(session: Session) -> dict[str, str]:
    """What the browser says by itself."""
    return {
        "lost": session.text(
            "The connection to the room is lost. This page goes on as soon as it is back."
        )
    }


def shows_nothing(session: Session) -> bool:
    """Whether the teacher has nothing to look at for those who follow."""
    theirs = memory_of(session).adopted
    return theirs is None or (theirs.tab == "learn" and not theirs.study.lesson)


def back(session: Session, key: object, code: str) -> None:
    """The teacher, whose browser has kept the key of that room, is back after a reload."""
    if isinstance(key, str) and not teaches(session):
        with suppress(RoomError):  # The browser may have kept a key from long ago.
            hall().look_over(code, key)
            drop(session)
            _teach(session, code, key)


def let_go(session: Session) -> bool:
    """Whoever changes the teacher's curves for themselves does not follow any more."""
    adopted, scene = memory_of(session).adopted, session.scene
    if not follows(session) or adopted is None or navigation.round_id(session):
        return False
    if (scene.lines, scene.timeline) == (adopted.scene.lines, adopted.scene.timeline):
        return False
    follow(session, following=False)
    return True


def _seen(session: Session, code: str) -> View:
    memory = memory_of(session)
    if memory.member:
        with suppress(RoomError):
            return hall().look(code, memory.member)
    # New here, back with the same browser, or away for so long that the seat was given up.
    before = memory.member or st.context.cookies.get(kept_name(code), "")
    memory.member, memory.version = hall().join(code, _address(), before), -1
    return hall().look(code, memory.member)


@lru_cache(maxsize=64)
def _published(text: str) -> Page:
    """The page that is shown to the room: read once for a whole class."""
    return from_query(parse_qsl(text))[0]


def _adopt(session: Session, theirs: Page, answer: float | None) -> None:
    memory, page = memory_of(session), session.page
    memory.adopted = theirs
    if not page.study.lesson and memory.kept is None:
        memory.kept = page.scene
    study = theirs.study
    same = (page.study.lesson, page.study.at) == (study.lesson, study.at)
    if same and study.at < _ROUNDS.get(study.lesson, 0):
        # The same question: what was set here stays, whatever the teacher tries.
        session.learner(answer=answer)
        session.study(revealed=study.revealed)
        session.set(learner=navigation.gone_through(session.page.learner, study))
        return
    memory.pending = {}
    learner = replace(navigation.gone_through(page.learner, study), answer=answer)
    session.load(replace(page, scene=theirs.scene, study=study, learner=learner))


def _address() -> str:
    """Where this reader's browser is; Streamlit does not tell this machine's own."""
    return st.context.ip_address or ""


def _out(session: Session, why: Sentence) -> None:
    memory = memory_of(session)
    memory.member, memory.notice = "", why
    memory.following, memory.version = True, -1
    session.learner(room="")


def _teach(session: Session, code: str, key: str) -> None:
    memory = memory_of(session)
    memory.code, memory.key, memory.notice, memory.published = code, key, None, None
    memory.refused = ""
    session.learner(room=code)
    publish(session)


def drop(session: Session) -> None:
    """Give up the seat in the room, if there is one."""
    if memory_of(session).member:
        hall().leave(session.page.learner.room, memory_of(session).member)
        memory_of(session).member = ""
