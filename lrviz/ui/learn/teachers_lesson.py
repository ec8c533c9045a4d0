"""A lesson that a teacher makes of any scene: a text, a chart, the controls that matter."""

from dataclasses import replace

import streamlit as st

from lrviz.declared import Field
from lrviz.figures import curves_figure
from lrviz.learn.lesson import field_of
from lrviz.learn.study import (
    MOST_HIDDEN,
    MOST_TITLE,
    MOST_WORDS,
    OWN,
    Study,
    clean_title,
    clean_words,
)
from lrviz.page import Page
from lrviz.scene import Scene, Timeline
from lrviz.scene.insights import description
from lrviz.ui.browser import address_of
from lrviz.ui.learn.answer import offer
from lrviz.ui.learn.memory import memory_of
from lrviz.ui.session import Session
from lrviz.ui.widgets.bench import bench
from lrviz.ui.widgets.chart import plot
from lrviz.ui.widgets.lens import lens_acts, lens_data
from lrviz.ui.widgets.panel import follow
from lrviz.ui.widgets.reading import read
from lrviz.view.chart import Drawing
from lrviz.view.markdown import escaped
from lrviz.view.reading import reading
from lrviz.view.subject import schedule_of

#: What keeps the place of an empty line.
_EMPTY = "\u00a0"
#: What can be hidden beside controls.
_PARTS = ("readout", "cycles", "lens")


def show(session: Session) -> None:
    """Draw the lesson that is in the link, and nothing else."""
    scene, study = session.scene, session.page.study
    st.subheader(escaped(study.title or session.text("A lesson")), anchor=False)
    for paragraph in study.words.split("\n"):
        # Plain text: an address in it is copied as it was written, and no link.
        st.text(paragraph or _EMPTY)
    seen, tried, below = bench("lesson")
    with seen:
        chart(session)
    with tried:
        fields = [each for each in _fields(scene) if each.path not in study.hidden]
        # The numbers of a list are there as long as it is.
        shown = (each for field in fields for each in (field, *_numbers(scene, field)))
        names = [each.path for each in shown]
        offer(session, names, chart="free")
    with below:
        read(
            reading(
                scene,
                refused=bool(session.problems(schedule_of(scene.curve))),
                surprises="readout" not in study.hidden,
                table="cycles" not in study.hidden,
                formula=False,
            ),
            session.translate,
        )


def chart(session: Session) -> None:
    """The curves as they are, to look at."""
    figure = curves_figure(session.scene, session.translate)
    drawing = Drawing(
        figure,
        description(session.scene),
        live=follow(session, "free"),
        lens=lens_data(session, session.scene, selectable="lens" not in session.page.study.hidden),
    )
    plot(session, "free", drawing, lens_acts(session))


def make(session: Session) -> None:
    """The form that makes a lesson of what the page shows; it ends in a link."""
    scene = session.scene
    memory = memory_of(session)
    st.text_input(
        session.text("Title"),
        key=session.show("own-title", memory.title, lambda text: memory.write(title=text)),
        max_chars=MOST_TITLE,
        autocomplete="off",
    )
    st.text_area(
        session.text("What your students are to read"),
        key=session.show("own-words", memory.words, lambda text: memory.write(words=text)),
        max_chars=MOST_WORDS,
        help=session.text("Plain text. Each line becomes a paragraph."),
    )
    parts = {
        "readout": session.text("What the run does, in sentences"),
        "cycles": session.text("The table of cycles"),
        "lens": session.text("The choice of what is shown beneath the chart"),
    }
    names = [*(field.path for field in _fields(scene)), *_PARTS]
    hidden = [name for name in memory.hidden if name in names][:MOST_HIDDEN]
    st.pills(
        session.text("Hide from your students"),
        names,
        key=session.show("own-hidden", hidden, lambda chosen: memory.write(hidden=chosen)),
        selection_mode="multi",
        format_func=lambda name: parts.get(name, name),
    )
    study = Study(
        lesson=OWN,
        title=clean_title(memory.title),
        words=clean_words(memory.words),
        hidden=tuple(hidden),
    )
    lesson = Page(scene, language=session.page.language, tab="learn", study=study)
    st.caption(session.text("The link to your lesson. It holds everything; nothing is stored."))
    st.code(address_of(lesson), language=None, wrap_lines=True)
    st.button(
        session.text("Open it as your students will see it"),
        key="own-open",
        icon=":material/visibility:",
        on_click=lambda: _open(session, lesson),
    )


def _open(session: Session, lesson: Page) -> None:
    page = session.page
    memory_of(session).kept = page.scene
    learner = replace(page.learner, answer=None, projector=False)
    session.load(replace(page, tab="learn", study=lesson.study, learner=learner))


def _fields(scene: Scene) -> list[Field]:
    every = (*scene.curve.schedule.fields(), *Timeline.declared())
    return [f for f in every if not f.item and field_of(scene, f.path) is f]


def _numbers(scene: Scene, field: Field) -> tuple[Field, ...]:
    every = scene.curve.schedule.fields()
    return tuple(each for each in every if each.item and each.path.startswith(f"{field.path}."))
