"""A lesson that a teacher makes of any scene: a text, a chart, the controls that matter."""

from dataclasses import replace

import streamlit as st

from lrviz.figures import curves_json
from lrviz.insights import description
from lrviz.lessons import field_of
from lrviz.link import to_text
from lrviz.scene import Scene
from lrviz.schedules import Field
from lrviz.study import MOST_TITLE, MOST_WORDS, NOT_BEGUN, OWN, clean_title, clean_words
from lrviz.timeline import Timeline
from lrviz.ui import controls, live, readout
from lrviz.ui.answer import offer
from lrviz.ui.plot import plot
from lrviz.ui.state import Session

#: What can be hidden beside controls.
_PARTS = ("readout", "cycles")


def show(now: Session) -> None:
    """Draw the lesson that is in the link, and nothing else."""
    scene, study = now.scene, now.scene.study
    st.subheader(controls.escaped(study.title or now.text("A lesson")), anchor=False)
    for paragraph in study.words.split("\n"):
        # Each line by itself, with nothing in it that Markdown or HTML would take for its own.
        st.markdown(controls.escaped(paragraph) or "\u00a0", unsafe_allow_html=False)
    now.desk.chart = "free"
    left, right = st.columns([5, 3], gap="large")
    with left:
        chart(now)
        if "readout" not in study.hidden:
            readout.selected(now, formula=False)
    with right:
        offer(now, [field.name for field in _fields(scene) if field.name not in study.hidden])
    if "cycles" not in study.hidden:
        readout.cycle_table(now)


def chart(now: Session) -> None:
    """The curves as they are, to look at."""
    figure = curves_json(now.scene, now.text)
    plot(
        now,
        figure,
        key="free",
        description=description(now.scene),
        live=live.chart_data(now),
    )


def make(now: Session) -> None:
    """The form that makes a lesson of what the page shows; it ends in a link."""
    scene = now.scene
    desk = now.desk
    st.text_input(
        now.text("Title"),
        key=now.show("own-title", desk.title, lambda text: desk.write(title=text)),
        max_chars=MOST_TITLE,
        autocomplete="off",
    )
    st.text_area(
        now.text("What your students are to read"),
        key=now.show("own-words", desk.words, lambda text: desk.write(words=text)),
        max_chars=MOST_WORDS,
        help=now.text("Plain text. Each line becomes a paragraph."),
    )
    parts = {
        "readout": now.text("What the run does, in sentences"),
        "cycles": now.text("The table of cycles"),
    }
    names = [*(field.name for field in _fields(scene)), *_PARTS]
    hidden = [name for name in desk.hidden if name in names]
    st.pills(
        now.text("Hide from your students"),
        names,
        key=now.show("own-hidden", hidden, lambda chosen: desk.write(hidden=chosen)),
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
    st.caption(now.text("The link to your lesson. It holds everything; nothing is stored."))
    base = (st.context.url or "").split("?")[0]
    st.code(f"{base}?{to_text(made)}", language=None, wrap_lines=True)
    st.button(
        now.text("Open it as your students will see it"),
        key="own-open",
        icon=":material/visibility:",
        on_click=lambda: _open(now, made),
    )


def _open(now: Session, made: Scene) -> None:
    now.desk.kept = now.scene
    study = made.study
    now.load(made, replace(study, room=now.scene.study.room, done=now.scene.study.done))
    now.set(tab="learn")


def _fields(scene: Scene) -> list[Field]:
    every = (*scene.curve.schedule.fields(), *Timeline.fields())
    return [field for field in every if field_of(scene, field.name) is field]
