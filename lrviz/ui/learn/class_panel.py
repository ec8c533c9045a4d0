"""The classroom on the page: the code, who is there, the answers, and how one joins."""

from io import BytesIO

import streamlit as st

from lrviz.figures import Tally
from lrviz.figures.palette import COLORS
from lrviz.learn.lesson import Round
from lrviz.learn.reveal import others
from lrviz.scene import Curve
from lrviz.text import counted
from lrviz.ui.browser import base
from lrviz.ui.learn import membership, navigation
from lrviz.ui.learn.memory import memory_of
from lrviz.ui.session import Session
from lrviz.view import question
from lrviz.view.markdown import escaped

#: A rate with restarts, each cycle twice as long: what those look at who wait.
_PICTURE = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 288 108" fill="none"
 stroke="{COLORS[0]}" stroke-width="5" stroke-linejoin="round" stroke-linecap="round">
 <path d="M0 0C20 0 20 100 40 100V0C80 0 80 100 120 100V0C200 0 200 100 280 100"/></svg>"""


def strip(session: Session) -> None:
    """The room that this session is in, above every tab: who is there, and the ways out of it."""
    code = session.page.learner.room
    if not code:
        if session.page.tab != "learn":
            _notice(session)
        return
    seen = membership.seen_class(session)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="room"):
        st.markdown(":material/group: " + session.text("Room") + f" **{code}**", width="content")
        if seen is not None:
            here = session.text("Students here: {present}, following: {following}.")
            if seen.away:
                here += " " + session.text("Away: {away}.")
            counts = {"present": seen.present, "following": seen.following, "away": seen.away}
            st.markdown(here.format(**counts), width="content")
            with st.popover(session.text("QR code"), icon=":material/qr_code:", type="tertiary"):
                _invitation(session)
        else:
            _students_ways(session)
        if not session.page.learner.projector:
            st.button(
                session.text("Close the room") if seen else session.text("Leave the room"),
                key="leave-room",
                icon=":material/logout:",
                type="tertiary",
                on_click=lambda: membership.leave(session),
            )
    _notice(session)
    if seen is not None and session.page.tab == "learn" and not session.page.study.lesson:
        _invitation(session)


def _students_ways(session: Session) -> None:
    """Let go of the teacher, come back, or go to where the teacher is followed."""
    following = memory_of(session).following
    if following and session.page.tab != "learn":
        st.button(
            session.text("Go to the class"),
            key="to-class",
            icon=":material/arrow_forward:",
            type="primary",
            on_click=lambda: session.set(tab="learn"),
        )
        return

    def turn() -> None:
        membership.follow(session, following=not following)
        if not following:
            session.set(tab="learn")

    st.button(
        session.text("Let go and try it yourself")
        if following
        else session.text("Back to the class"),
        key="let-go" if following else "come-back",
        icon=":material/link_off:" if following else ":material/link:",
        type="secondary" if following else "primary",
        on_click=turn,
    )


def take_back(session: Session) -> None:
    """How the room is taught from another device; the teacher's own browser keeps the key."""
    with st.expander(session.text("Teach from another device"), icon=":material/key:"):
        st.markdown(
            session.text(
                "Type this into the field for the room's code. Keep it to yourself: whoever has it "
                "teaches the class."
            )
        )
        st.code(f"{memory_of(session).code}.{memory_of(session).key}", language=None)


def waiting(session: Session) -> None:
    """What those see who wait for their teacher."""
    with st.container(horizontal_alignment="center", key="waiting"):
        st.image(_PICTURE, width=280)
        st.subheader(session.text("You are in the class."), anchor=False)
        st.markdown(
            session.text("This page follows your teacher by itself. There is nothing to do yet.")
        )


def join(session: Session) -> None:
    """The field that a code is typed into."""
    if not session.page.learner.room:
        _notice(session)
    key = session.show("room-code", "", lambda text: membership.enter(session, text))
    st.text_input(
        session.text("The room's code"),
        key=key,
        max_chars=64,
        placeholder="K7M2QX",
        autocomplete="off",
        help=session.text("Six letters and digits, from your teacher. Your name is not asked for."),
    )


def tallies(session: Session, asked: Round) -> list[Tally]:
    """The class's answers in the chart.

    None until the teacher shows them: who sees others answer does not think any more.
    """
    seen = membership.seen_class(session)
    return question.tallies(asked, seen.answers) if seen and _counted(session) else []


def settings(
    session: Session, asked: Round
) -> tuple[tuple[Tally, ...], tuple[tuple[Curve, int], ...]]:
    """The class's settings, where those are asked for, once the teacher shows them."""
    seen = membership.seen_class(session)
    return others(asked, seen.answers) if seen and _counted(session) else ((), ())


def distribution(session: Session, asked: Round) -> None:
    """How many have answered; the answers in bars, where the chart has no axis for them."""
    seen = membership.seen_class(session)
    if seen is None:
        return
    answered = counted(
        "{count} of {present} has answered",
        "{count} of {present} have answered",
        seen.answered,
        present=seen.eligible,
    )
    st.markdown(f"**{session.text(answered)}**")
    st.toggle(
        session.text("Show the class's answers"),
        key=session.show("class-answers", _counted(session), lambda on: _count(session, on=on)),
    )
    if _counted(session):
        for name, count in question.bars(asked, seen.answers):
            label = f"{escaped(session.text(name))} — **{count}**"
            st.progress(count / seen.answered, label)


def _counted(session: Session) -> bool:
    """Whether the class's answers to the open question are shown."""
    counted = memory_of(session).counted
    return bool(counted) and counted == navigation.round_id(session)


def _count(session: Session, *, on: bool) -> None:
    memory_of(session).counted = navigation.round_id(session) if on else ""


def _invitation(session: Session) -> None:
    """The code of the room that is taught here, large, and as a QR code."""
    # Not for those who never teach a class: it takes memory, and time at the start.
    import segno

    memory = memory_of(session)
    link = _address(session, memory.code)
    left, right = st.columns([1, 2], vertical_alignment="center")
    with left:
        drawing = BytesIO()
        segno.make(link, error="m").save(drawing, kind="svg", border=2, light="#fff", xmldecl=False)
        st.image(
            drawing.getvalue().decode(), width=180, caption=session.text("QR code of the room")
        )
    with right:
        st.title(f":blue[{memory.code}]", anchor=False)
        st.code(link, language=None, wrap_lines=True)
        st.caption(
            session.text(
                "Students open this address, or type the code into the Learn tab. It only works "
                "where they can reach this server."
            )
        )


def _address(session: Session, code: str) -> str:
    """What a student opens to join."""
    return f"{base()}?v=1&language={session.page.language}&tab=learn&room={code}"


def _notice(session: Session) -> None:
    notice = memory_of(session).notice
    if notice is not None:
        st.warning(escaped(session.text(notice)), icon=":material/group_off:")
