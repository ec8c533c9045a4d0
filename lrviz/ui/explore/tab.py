"""The Explore tab: curves over a run, and the controls that shape them."""

from collections.abc import Callable

import streamlit as st

from lrviz.examples import EXAMPLES
from lrviz.export import csv_text
from lrviz.figures import curves_figure, presented_figure
from lrviz.scene.insights import description, epoch_sum, run_sum
from lrviz.text import Sentence, Text
from lrviz.ui.browser import current
from lrviz.ui.explore.memory import ExploreMemory
from lrviz.ui.explore.take_away import Actions, take_away, taken_away
from lrviz.ui.session import Session
from lrviz.ui.widgets.chart import axes_acts, plot
from lrviz.ui.widgets.lens import lens_acts, lens_data, lock
from lrviz.ui.widgets.panel import follow, panel
from lrviz.ui.widgets.projector import leave, projector
from lrviz.ui.widgets.reading import read
from lrviz.view.chart import Drawing, axes
from lrviz.view.curve_list import EDITS, curves_payload, edit
from lrviz.view.editing import Editing
from lrviz.view.lens import lens_rows, with_locks
from lrviz.view.markdown import escaped
from lrviz.view.panel import curve_rows, rows_of
from lrviz.view.pasting import paste
from lrviz.view.reading import reading
from lrviz.view.subject import RUN, schedule_of


def explore(session: Session, outdated: Callable[[Session], bool]) -> None:
    """Draw the tab; ``outdated`` is whether a change asks for more than the curves' part."""
    with st.container(horizontal=True, vertical_alignment="center", key="bar"):
        _examples(session)
        _run(session)
        _about(session.text)
        st.button(
            session.text("Present"),
            key="present",
            icon=":material/slideshow:",
            type="tertiary",
            on_click=lambda: session.learner(projector=True),
        )
    with st.container(key="bench-explore"):
        _curves(_around(session), outdated)
    memory = session.memory(ExploreMemory)

    def bring_in(text: str, answers: dict[str, float]) -> None:
        scene, memory.pasted = paste(session.scene, text, answers)
        session.change(scene)

    actions = Actions(csv=lambda: csv_text(session.scene), paste=bring_in)
    take_away(session.scene, memory.pasted, session.text, actions)


def present(session: Session, outdated: Callable[[Session], bool]) -> None:
    """The curves for a class: large, and nothing around them but the chosen curve's sliders."""
    projector(session, _KEYS, lambda key: _press(session, key))
    leave(session)
    with st.container(key="bench-explore"):
        _curves(_around(session), outdated)


_KEYS = (
    ("N, Page Down, →", Sentence("Next curve")),
    ("Page Up, ←", Sentence("Curve before")),
    ("D", Sentence("Show or hide the sliders")),
)


def _press(session: Session, key: str) -> None:
    """Do what a key of the projector view stands for."""
    scene = session.scene
    by = {"next": 1, "back": -1}.get(key)
    if key == "leave":
        session.learner(projector=False)
    elif by is not None:
        curves = scene.curves
        chosen = curves[(curves.index(scene.curve) + by) % len(curves)]
        session.look(selected=scene.lines.index(chosen))


@st.fragment
def _curves(around: object, outdated: Callable[[Session], bool]) -> None:
    """What follows a curve's controls: only this is drawn anew when one of them moves.

    What is around it was drawn of ``around``: where that is another now, the page is drawn.
    """
    session = current()
    # No containers: each would be sent again at every change (bench.css finds their places).
    _chart(session)
    _panel(session)
    scene = session.scene
    refused = bool(session.problems(schedule_of(scene.curve)))
    read(reading(scene, refused=refused), session.translate)
    if around != _around(session) or outdated(session):
        st.rerun()


def _around(session: Session) -> object:
    """What is drawn around the curves depends on this alone."""
    return session.scene.timeline, taken_away(session.page)


def _chart(session: Session) -> None:
    scene, translate = session.scene, session.translate
    large = session.page.learner.projector
    drawing = Drawing(
        presented_figure(scene, translate)
        if large
        else curves_figure(scene, translate, legend=False),
        description(scene),
        live=follow(session, "curves"),
        switches=axes(scene),
        lens=lens_data(session, scene),
    )
    plot(session, "curves", drawing, axes_acts(session) | lens_acts(session))


def _panel(session: Session) -> None:
    """The curves, and everything about the selected one."""
    scene, memory = session.scene, session.memory(ExploreMemory)
    editing = Editing(scene, memory.part, memory.switched)
    wrong = {each.id for each in scene.curves if session.problems(schedule_of(each))}
    undo, redo = bool(session.history.past), bool(session.history.future)
    panel(
        session,
        with_locks(curve_rows(scene, editing.shown_part), scene) + lens_rows(scene),
        chart="curves",
        curves=curves_payload(editing, wrong, undo=undo, redo=redo),
        acts={
            **{name: _editing(session, name) for name in EDITS},
            "lock": lambda path, _: lock(session, path),
            "undo": lambda _, __: session.undo(),
            "redo": lambda _, __: session.redo(),
        },
    )


def _editing(session: Session, name: str) -> Callable[[str, str], None]:
    """The act that makes the edit of that name."""

    def act(first: str, second: str) -> None:
        memory = session.memory(ExploreMemory)
        editing = Editing(session.scene, memory.part, memory.switched)
        editing = edit(editing, session.typed, name, first, second)
        memory.part, memory.switched = editing.part, editing.switched
        session.change(editing.scene)

    return act


def _examples(session: Session) -> None:
    # It is a menu: it shows nothing, and what is chosen is loaded.
    key = session.show("preset", None, lambda title: _load(session, title))
    st.selectbox(
        session.text("Start from an example"),
        list(EXAMPLES),
        index=None,
        key=key,
        format_func=session.translate,
        placeholder=session.text("Choose an example"),
        label_visibility="collapsed",
        filter_mode=None,
    )


def _load(session: Session, title: str) -> None:
    session.load(EXAMPLES[title].opened(session.page))


def _run(session: Session) -> None:
    timeline, text = session.scene.timeline, session.text
    title = escaped(text(run_sum(timeline)))
    if session.problems(RUN):
        title = f":material/error: {title}"
    with st.popover(title, icon=":material/schedule:"):
        panel(session, rows_of(RUN, timeline.fields()), key="run")
        per_epoch = f"{epoch_sum(timeline)} = {timeline.steps_per_epoch:,}"
        st.caption(text("Steps per epoch: {sum}").format(sum=escaped(per_epoch)))


def _about(text: Text) -> None:
    with st.popover(":material/question_mark:", type="tertiary", help=text("What this page shows")):
        st.markdown(
            text(
                "Each line is the learning rate that a schedule gives to every step of one "
                "training run. Choose a curve, move its sliders, and watch it change; the page's "
                "address always holds what you see."
            )
        )
