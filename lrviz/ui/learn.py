"""The Learn tab: lessons, a class that follows its teacher, and lessons that teachers make."""

import streamlit as st

from lrviz.lessons import LESSONS, Lesson
from lrviz.lessons.handout import handout
from lrviz.study import OWN
from lrviz.ui import classroom, controls, lesson, own, readout, room, rounds
from lrviz.ui.stage import stage
from lrviz.ui.state import Session


def learn(now: Session) -> None:
    """Draw the tab."""
    study = now.scene.study
    if study.projector:
        classroom.strip(now)
        _stage(now)
    else:
        _bar(now)
    opened = rounds.BY_ID.get(study.lesson)
    if study.lesson == OWN:
        own.show(now)
    elif opened is not None:
        lesson.show(now, opened)
    elif room.follows(now) and room.shows_nothing(now):
        classroom.waiting(now)
    elif room.follows(now):
        st.markdown(now.text("This is what your teacher shows."))
        own.chart(now)
        readout.selected(now)
        readout.cycle_table(now)
    else:
        _overview(now)


def _overview(now: Session) -> None:
    done = now.scene.study.done
    st.markdown(
        now.text(
            "Short lessons, about five minutes each. Each begins with a question that you "
            "answer on the chart itself; a wrong answer gets the explanation for that mistake."
        )
    )
    for place, each in enumerate(LESSONS, start=1):
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            mark = ":material/check_circle: " if each.id in done else ""
            title = controls.escaped(now.text(each.title))
            about = controls.escaped(now.text(each.about))
            st.markdown(f"**{mark}{place} · {title}**  \n{about}", width="stretch")
            st.button(
                now.text("Again") if each.id in done else now.text("Start"),
                key=f"start-{each.id}",
                on_click=lambda each=each: rounds.enter(now, each, 0),
            )
    if not room.teaches(now):
        with st.expander(now.text("Follow your teacher"), icon=":material/group:", expanded=True):
            classroom.join(now)
    with st.expander(now.text("For teachers"), icon=":material/school:"):
        _teach(now)


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
    else:
        classroom.take_back(now)
    st.markdown("**" + now.text("Make a lesson of this") + "**")
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
    if not study.lesson:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if not room.follows(now):
            st.button(
                now.text("All lessons"),
                key="leave-lesson",
                icon=":material/arrow_back:",
                type="tertiary",
                on_click=lambda: rounds.leave(now),
            )
        opened = rounds.BY_ID.get(study.lesson)
        if opened is not None and not room.follows(now):
            st.button(
                now.text("Projector view"),
                key="projector",
                icon=":material/slideshow:",
                type="tertiary",
                on_click=lambda: now.study(projector=True),
            )
            _handout(now, opened)


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
        on_press=lambda what: rounds.press(now, what),
    )
