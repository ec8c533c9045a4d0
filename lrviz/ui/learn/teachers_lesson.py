"""A lesson that a teacher makes of any scene: a text, a chart, the controls that matter."""

from dataclasses import replace

import streamlit as st

from lrviz.declared import Field
from lrviz.figures import curves_json
from lrviz.learn.lesson import field_of
from lrviz.learn.study import MOST_TITLE, MOST_WORDS, NOT_BEGUN, OWN, clean_title, clean_words
from lrviz.link import to_text
from lrviz.scene import Scene, Timeline
from lrviz.scene.insights import description
from lrviz.ui.learn.answer import offer
from lrviz.ui.session import Session
from lrviz.ui.widgets.markdown import escaped
from lrviz.ui.widgets.plot import plot
from lrviz.ui.widgets.remarks import cycle_table, selected
from lrviz.ui.widgets.slider import chart_data

#: What can be hidden beside controls.
_PARTS = ("readout", "cycles")


def show(session: Session) -> None:
    """Draw the lesson that is in the link, and nothing else."""
    scene, study = session.scene, session.scene.study
    st.subheader(escaped(study.title or session.text("A lesson")), anchor=False)
    for paragraph in study.words.split("\n"):
        # Each line by itself, with nothing in it that Markdown or HTML would take for its own.
        st.markdown(escaped(paragraph) or "\u00a0", unsafe_allow_html=False)
    session.desk.chart = "free"
    left, right = st.columns([5, 3], gap="large")
    with left:
        chart(session)
        if "readout" not in study.hidden:
            selected(session, formula=False)
    with right:
        offer(session, [field.name for field in _fields(scene) if field.name not in study.hidden])
    if "cycles" not in study.hidden:
        cycle_table(session)


def chart(session: Session) -> None:
    """The curves as they are, to look at."""
    figure = curves_json(session.scene, session.text)
    plot(
        session,
        figure,
        key="free",
        description=description(session.scene),
        live=chart_data(session),
    )


def make(session: Session) -> None:
    """The form that makes a lesson of what the page shows; it ends in a link."""
    scene = session.scene
    desk = session.desk
    st.text_input(
        session.text("Title"),
        key=session.show("own-title", desk.title, lambda text: desk.write(title=text)),
        max_chars=MOST_TITLE,
        autocomplete="off",
    )
    st.text_area(
        session.text("What your students are to read"),
        key=session.show("own-words", desk.words, lambda text: desk.write(words=text)),
        max_chars=MOST_WORDS,
        help=session.text("Plain text. Each line becomes a paragraph."),
    )
    parts = {
        "readout": session.text("What the run does, in sentences"),
        "cycles": session.text("The table of cycles"),
    }
    names = [*(field.name for field in _fields(scene)), *_PARTS]
    hidden = [name for name in desk.hidden if name in names]
    st.pills(
        session.text("Hide from your students"),
        names,
        key=session.show("own-hidden", hidden, lambda chosen: desk.write(hidden=chosen)),
        selection_mode="multi",
        format_func=lambda name: parts.get(name, name),
    )
    made = replace(
        scene,
        tab="learn",
        run="",
        study=replace(
            NOT_BEGUN,
            lesson=OWN,
            title=clean_title(desk.title),
            words=clean_words(desk.words),
            hidden=tuple(hidden),
        ),
    )
    st.caption(session.text("The link to your lesson. It holds everything; nothing is stored."))
    base = (st.context.url or "").split("?")[0]
    st.code(f"{base}?{to_text(made)}", language=None, wrap_lines=True)
    st.button(
        session.text("Open it as your students will see it"),
        key="own-open",
        icon=":material/visibility:",
        on_click=lambda: _open(session, made),
    )


def _open(session: Session, made: Scene) -> None:
    session.desk.kept = session.scene
    study = made.study
    session.load(made, replace(study, room=session.scene.study.room, done=session.scene.study.done))
    session.set(tab="learn")


def _fields(scene: Scene) -> list[Field]:
    every = (*scene.curve.schedule.fields(), *Timeline.fields())
    return [field for field in every if field_of(scene, field.name) is field]
