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
from lrviz.ui.learn.memory import memory
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
    return bool(memory(session).key)


def follows(session: Session) -> bool:
    """Whether what a teacher shows is shown here."""
    return bool(memory(session).member) and memory(session).following


def waits(session: Session) -> bool:
    """Whether an answer goes to the teacher, who reveals it."""
    return follows(session)


def sync(session: Session) -> None:
    """Join the room that the link names; show what its teacher shows."""
    known, code = memory(session), session.page.learner.room
    taught = seen_class(session)
    if taught is not None:
        # What comes from here on is drawn by the next run.
        known.version = taught.version
        return
    if not code:
        return
    try:
        seen = _seen(session, code)
    except RoomError as error:
        _out(session, error.sentence)
        known.refused = code
        return
    known.seen = seen
    if not known.following:
        return
    if seen.version == known.version:
        let_go(session)
        return
    known.version = seen.version
    if seen.published:
        _adopt(session, _published(seen.published), seen.answer)


def open_room(session: Session) -> None:
    """Open a room, and teach in it from here."""
    try:
        code, key = hall().create(_address())
    except RoomError as error:
        memory(session).notice = error.sentence
        return
    _teach(session, code, key)


def enter(session: Session, text: str) -> None:
    """Join the room of a typed code; a code with its key behind a dot takes the room back."""
    code, _, key = text.strip().partition(".")
    code = code.strip().upper()
    if not code:
        return
    known = memory(session)
    try:
        if key:
            hall().look_over(code, key)
            drop(session)
            _teach(session, code, key)
            return
        member = hall().join(code, _address())
    except RoomError as error:
        known.notice = error.sentence
        return
    drop(session)
    known.member, known.version, known.following, known.notice = member, -1, True, None
    known.refused = ""
    session.learner(room=code)


def leave(session: Session) -> None:
    """Leave the room, or end it."""
    known = memory(session)
    if known.key:
        with suppress(RoomError):  # It may be over already.
            hall().close(known.code, known.key)
        known.key = known.code = ""
    drop(session)
    known.notice, known.following = None, True
    session.learner(room="")


def follow(session: Session, *, following: bool) -> None:
    """Let go of the teacher, or come back."""
    known, page = memory(session), session.page
    known.following, known.version = following, -1
    theirs = known.adopted
    if not following and theirs is not None and page.tab == "learn" and not page.study.lesson:
        # Where the class is they can go on by themselves.
        session.set(tab=theirs.tab)
    try:
        hall().follow(page.learner.room, known.member, following=following)
    except RoomError as error:
        _out(session, error.sentence)


def seen_class(session: Session) -> Class | None:
    """The class that is taught here."""
    if not teaches(session):
        return None
    try:
        return hall().look_over(memory(session).code, memory(session).key)
    except RoomError as error:
        memory(session).key = memory(session).code = ""
        _out(session, error.sentence)
        return None


def publish(session: Session) -> None:
    """Show the page to the room that is taught here, if it has changed."""
    known, page = memory(session), session.page
    if not known.key or known.published is page:
        return
    known.published = page
    # What is the teacher's own stays here.
    theirs = Page(page.scene, tab=page.tab, study=page.study)
    try:
        question, closed = navigation.question_id(page.study), page.study.revealed
        hall().publish(known.code, known.key, to_text(theirs), question, closed=closed)
    except RoomError as error:
        known.notice = error.sentence


def listen(session: Session) -> None:
    """Have the page drawn anew whenever the room changes."""
    known, code = memory(session), session.page.learner.room
    if teaches(session):
        news(known.code, known.key, known.version, texts(session), key=known.key)
    elif known.member:
        shown = known.version if known.following else IDLE
        news(code, known.member, shown, texts(session), on_key=lambda key: back(session, key, code))
    elif known.refused:
        # A teacher who has loaded the page again is none of those for whom there is no seat.
        refused = known.refused
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
    theirs = memory(session).adopted
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
    adopted, scene = memory(session).adopted, session.scene
    if not follows(session) or adopted is None or navigation.round_id(session):
        return False
    if (scene.lines, scene.timeline) == (adopted.scene.lines, adopted.scene.timeline):
        return False
    follow(session, following=False)
    return True


def _seen(session: Session, code: str) -> View:
    known = memory(session)
    if known.member:
        with suppress(RoomError):
            return hall().look(code, known.member)
    # New here, back with the same browser, or away for so long that the seat was given up.
    before = known.member or st.context.cookies.get(kept_name(code), "")
    known.member, known.version = hall().join(code, _address(), before), -1
    return hall().look(code, known.member)


@lru_cache(maxsize=64)
def _published(text: str) -> Page:
    """The page that is shown to the room: read once for a whole class."""
    return from_query(parse_qsl(text))[0]


def _adopt(session: Session, theirs: Page, answer: float | None) -> None:
    known, page = memory(session), session.page
    known.adopted = theirs
    if not page.study.lesson and known.kept is None:
        known.kept = page.scene
    study = theirs.study
    same = (page.study.lesson, page.study.at) == (study.lesson, study.at)
    if same and study.at < _ROUNDS.get(study.lesson, 0):
        # The same question: what was set here stays, whatever the teacher tries.
        session.learner(answer=answer)
        session.study(revealed=study.revealed)
        session.set(learner=navigation.gone_through(session.page.learner, study))
        return
    known.pending = {}
    learner = replace(navigation.gone_through(page.learner, study), answer=answer)
    session.load(replace(page, scene=theirs.scene, study=study, learner=learner))


def _address() -> str:
    """Where this reader's browser is; Streamlit does not tell this machine's own."""
    return st.context.ip_address or ""


def _out(session: Session, why: Sentence) -> None:
    known = memory(session)
    known.member, known.notice = "", why
    known.following, known.version = True, -1
    session.learner(room="")


def _teach(session: Session, code: str, key: str) -> None:
    known = memory(session)
    known.code, known.key, known.notice, known.published = code, key, None, None
    known.refused = ""
    session.learner(room=code)
    publish(session)


def drop(session: Session) -> None:
    """Give up the seat in the room, if there is one."""
    if memory(session).member:
        hall().leave(session.page.learner.room, memory(session).member)
        memory(session).member = ""
