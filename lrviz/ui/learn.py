"""The Learn tab: lessons, a class that follows its teacher, and lessons that teachers make."""

import streamlit as st

from lrviz.lessons import LESSONS, Lesson
from lrviz.lessons.handout import handout
from lrviz.study import OWN
from lrviz.ui import controls, lesson, own, room
from lrviz.ui.stage import stage
from lrviz.ui.state import Session


def learn(now: Session) -> None:
    """Draw the tab."""
    room.sync(now)
    study = now.scene.study
    if study.projector:
        _stage(now)
    else:
        _bar(now)
    opened = lesson.BY_ID.get(study.lesson)
    if study.lesson == OWN:
        own.show(now)
    elif opened is not None:
        lesson.show(now, opened)
    elif room.follows(now):
        st.markdown(now.text("This is what your teacher shows."))
        own.chart(now)
    else:
        _overview(now)
    if room.teaches(now):
        _class(now, opened)
    if study.room:
        room.pulse()


def _overview(now: Session) -> None:
    done = now.scene.study.done
    st.markdown(
        now.text(
            "Seven short lessons, about five minutes each. Each begins with a question that you "
            "answer on the chart itself; a wrong answer gets the explanation for that mistake."
        )
    )
    for place, each in enumerate(LESSONS, start=1):
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            mark = ":material/check_circle: " if each.id in done else ""
            title = controls.escaped(now.text(each.title))
            about = controls.escaped(now.text(each.about))
            st.markdown(f"**{mark}{place} · {title}**  \n{about}")
            st.button(
                now.text("Again") if each.id in done else now.text("Start"),
                key=f"start-{each.id}",
                type="secondary" if each.id in done else "primary",
                on_click=lambda each=each: lesson.enter(now, each, 0),
            )
    if not room.teaches(now):
        with st.expander(now.text("Follow your teacher"), icon=":material/group:", expanded=True):
            _join(now)
    with st.expander(now.text("For teachers"), icon=":material/school:"):
        _teach(now)


def _join(now: Session) -> None:
    _notice(now)
    key = now.show("room-code", "", lambda text: room.enter(now, text))
    st.text_input(
        now.text("The room's code"),
        key=key,
        max_chars=64,
        placeholder="K7M2QX",
        autocomplete="off",
        help=now.text("Six letters and digits, from your teacher. Your name is not asked for."),
    )


def _teach(now: Session) -> None:
    if not room.teaches(now):
        st.markdown(
            now.text(
                "Open a room: your students see on their own screens what you show, in any tab and "
                "any lesson, and send you their answers without names."
            )
        )
        st.button(
            now.text("Open a room"),
            key="open-room",
            icon=":material/groups:",
            on_click=lambda: room.open_room(now),
        )
    st.markdown(f"**{now.text('Make a lesson of this')}**")
    st.markdown(
        now.text(
            "Set up curves in Explore, then write a title and a text here. Whoever opens the link "
            "sees just that."
        )
    )
    own.make(now)


def _bar(now: Session) -> None:
    """What stands above a lesson: the way back, the room, and the other views."""
    study = now.scene.study
    if not study.lesson and not study.room:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if study.lesson and not room.follows(now):
            st.button(
                now.text("All lessons"),
                key="leave-lesson",
                icon=":material/arrow_back:",
                type="tertiary",
                on_click=lambda: lesson.leave(now),
            )
        opened = lesson.BY_ID.get(study.lesson)
        if opened is not None and not room.follows(now):
            st.button(
                now.text("Projector view"),
                key="projector",
                icon=":material/slideshow:",
                type="tertiary",
                on_click=lambda: now.study(projector=True),
            )
            _handout(now, opened)
        if study.room:
            _room_bar(now)


def _room_bar(now: Session) -> None:
    code = now.scene.study.room
    st.markdown(f":material/group: {now.text('Room')} **{code}**", width="content")
    if not room.teaches(now):
        following = now.desk.following
        st.button(
            now.text("Let go and try it yourself") if following else now.text("Back to the class"),
            key="let-go" if following else "come-back",
            icon=":material/link_off:" if following else ":material/link:",
            type="secondary" if following else "primary",
            on_click=lambda: room.follow(now, following=not following),
        )
    st.button(
        now.text("Close the room") if room.teaches(now) else now.text("Leave the room"),
        key="leave-room",
        icon=":material/logout:",
        type="tertiary",
        on_click=lambda: room.leave(now),
    )


def _class(now: Session, opened: Lesson | None) -> None:
    seen = room.seen_class(now)
    if seen is None:
        return
    at = now.scene.study.at
    if opened is not None and at < len(opened.rounds):
        room.distribution(now, opened.rounds[at].question)
    here = now.text("{present} students are here, {following} follow.").format(
        present=seen.present, following=seen.following
    )
    st.caption(here)
    if now.scene.study.projector and opened is not None:
        return
    _notice(now)
    room.invitation(now)
    with st.expander(now.text("After a reload: take the room back"), icon=":material/key:"):
        st.markdown(
            now.text(
                "Type this into the field for the room's code. Keep it to yourself: whoever has it "
                "teaches the class."
            )
        )
        st.code(f"{now.desk.code}.{now.desk.key}", language=None)


def _handout(now: Session, opened: Lesson) -> None:
    text = now.text
    language = now.scene.language
    st.download_button(
        now.text("Handout"),
        data=lambda: handout(opened, text, language),
        file_name=f"lrviz-{opened.id}.html",
        mime="text/html",
        icon=":material/print:",
        type="tertiary",
        on_click="ignore",
        key="handout",
    )


def _notice(now: Session) -> None:
    if now.desk.notice:
        st.warning(controls.escaped(now.desk.notice), icon=":material/group_off:")


def _stage(now: Session) -> None:
    text = now.text
    stage(
        title=text("Keys"),
        close=text("Close"),
        keys=(
            ("N, Page Down", text("Next question")),
            ("B, Page Up", text("Question before")),
            ("R", text("Reveal the answer")),
            ("P", text("Play the run")),
            ("?", text("Show these keys")),
            ("Esc", text("Leave the projector view")),
        ),
        on_press=lambda what: lesson.press(now, what),
    )
