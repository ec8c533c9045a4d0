"""The Learn tab: lessons, a class that follows its teacher, and lessons that teachers make."""

import streamlit as st

from lrviz.learn.handout import handout
from lrviz.learn.lesson import Lesson
from lrviz.learn.lessons import LESSONS
from lrviz.learn.study import OWN
from lrviz.text import Sentence
from lrviz.ui.learn import class_panel, lesson, membership, navigation, teachers_lesson
from lrviz.ui.session import Session
from lrviz.ui.widgets.projector import leave, projector
from lrviz.ui.widgets.reading import read
from lrviz.ui.widgets.top import top
from lrviz.view.markdown import escaped
from lrviz.view.reading import reading
from lrviz.view.subject import schedule_of


def learn(session: Session) -> None:
    """Draw the tab."""
    study = session.page.study
    if session.page.learner.projector:
        opened = navigation.BY_ID.get(study.lesson)
        if opened is not None:
            st.markdown(lesson.title(session, opened))
        _projector(session)
    else:
        _bar(session)
    opened = navigation.BY_ID.get(study.lesson)
    if study.lesson == OWN:
        teachers_lesson.show(session)
    elif opened is not None:
        lesson.show(session, opened)
    elif membership.follows(session) and membership.shows_nothing(session):
        class_panel.waiting(session)
    elif membership.follows(session):
        st.markdown(session.text("This is what your teacher shows."))
        teachers_lesson.chart(session)
        refused = bool(session.problems(schedule_of(session.scene.curve)))
        read(reading(session.scene, refused=refused), session.translate)
    else:
        _overview(session)
    if study.lesson:
        top(session, f"{study.lesson} {study.at}")


def _overview(session: Session) -> None:
    done = session.page.learner.done
    st.markdown(
        session.text(
            "Short lessons, about five minutes each. Each begins with a question that you "
            "answer on the chart itself; a wrong answer gets the explanation for that mistake."
        )
    )
    for place, each in enumerate(LESSONS, start=1):
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            mark = ":material/check_circle: " if each.id in done else ""
            title = escaped(session.text(each.title))
            about = escaped(session.text(each.about))
            st.markdown(f"**{mark}{place} · {title}**  \n{about}", width="stretch")
            st.button(
                session.text("Again") if each.id in done else session.text("Start"),
                key=f"start-{each.id}",
                on_click=lambda each=each: navigation.enter(session, each, 0),
            )
    if not membership.teaches(session):
        with st.expander(
            session.text("Follow your teacher"), icon=":material/group:", expanded=True
        ):
            class_panel.join(session)
    with st.expander(session.text("For teachers"), icon=":material/school:"):
        _teach(session)


def _teach(session: Session) -> None:
    if not membership.teaches(session):
        st.markdown(
            session.text(
                "Open a room: your students see on their own screens what you show, in any tab and "
                "any lesson, and send you their answers without names."
            )
        )
        st.button(
            session.text("Open a room"),
            key="open-room",
            icon=":material/groups:",
            on_click=lambda: membership.open_room(session),
        )
    else:
        class_panel.take_back(session)
    st.markdown("**" + session.text("Make a lesson of this") + "**")
    st.markdown(
        session.text(
            "Set up curves in Explore, then write a title and a text here. Whoever opens the link "
            "sees just that."
        )
    )
    teachers_lesson.make(session)


def _bar(session: Session) -> None:
    """What stands above a lesson: the way back, the room, and the other views."""
    study = session.page.study
    if not study.lesson:
        return
    opened = navigation.BY_ID.get(study.lesson)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="lesson-bar"):
        if not membership.follows(session):
            st.button(
                session.text("All lessons"),
                key="leave-lesson",
                icon=":material/arrow_back:",
                type="tertiary",
                on_click=lambda: navigation.leave(session),
            )
        if opened is not None:
            st.markdown(lesson.title(session, opened))
        if opened is not None and not membership.follows(session):
            st.button(
                session.text("Projector view"),
                key="projector",
                icon=":material/slideshow:",
                type="tertiary",
                on_click=lambda: session.learner(projector=True),
            )
            _handout(session, opened)


def _handout(session: Session, opened: Lesson) -> None:
    text = session.text
    language = session.page.language
    st.download_button(
        session.text("Handout"),
        data=lambda: handout(opened, text, language),
        file_name=f"lrviz-{opened.id}.html",
        mime="text/html",
        icon=":material/print:",
        type="tertiary",
        on_click="ignore",
        key="handout",
    )


_KEYS = (
    ("N, Page Down, →", Sentence("Next question")),
    ("Page Up, ←", Sentence("Question before")),
    ("R", Sentence("Reveal the answer")),
)


def _projector(session: Session) -> None:
    projector(session, _KEYS, lambda key: navigation.press(session, key))
    leave(session)
