"""The Explore tab: curves over a run, and the controls that shape them."""

from collections.abc import Callable

import streamlit as st

from lrviz.examples import EXAMPLES
from lrviz.figures import curves_figure, presented_figure
from lrviz.scene.insights import description, epoch_sum, run_sum
from lrviz.ui.browser import current
from lrviz.ui.explore.curve_list import curve_list
from lrviz.ui.explore.take_away import take_away, taken_away
from lrviz.ui.session import Session
from lrviz.ui.widgets.axes import axes
from lrviz.ui.widgets.chart import plot
from lrviz.ui.widgets.lens import lens_acts, lens_data
from lrviz.ui.widgets.live import chart_data
from lrviz.ui.widgets.panel import panel, rows_of
from lrviz.ui.widgets.projector import projector
from lrviz.ui.widgets.projector.leave import leave
from lrviz.ui.widgets.remarks import reading
from lrviz.view.markdown import escaped
from lrviz.view.subject import RUN


def explore(session: Session, outdated: Callable[[Session], bool]) -> None:
    """Draw the tab; ``outdated`` tells whether a change asks for more than the curves' part."""
    with st.container(horizontal=True, vertical_alignment="center", key="bar"):
        _examples(session)
        _run(session)
        _about(session)
        st.button(
            session.text("Present"),
            key="present",
            icon=":material/slideshow:",
            type="tertiary",
            on_click=lambda: session.learner(projector=True),
        )
    with st.container(key="bench-explore"):
        _curves(_around(session), outdated)
    take_away(session)


def present(session: Session, outdated: Callable[[Session], bool]) -> None:
    """The curves for a class: large, and nothing around them but the chosen curve's sliders."""
    text = session.text
    projector(
        session,
        keys=(
            ("N, Page Down, →", text("Next curve")),
            ("Page Up, ←", text("Curve before")),
            ("D", text("Show or hide the sliders")),
        ),
        on_press=lambda what: _press(session, what),
    )
    leave(session)
    with st.container(key="bench-explore"):
        _curves(_around(session), outdated)


def _press(session: Session, what: str) -> None:
    """Do what a key of the projector view stands for."""
    scene = session.scene
    by = {"next": 1, "back": -1}.get(what)
    if what == "leave":
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
    curve_list(session)
    reading(session)
    if around != _around(session) or outdated(session):
        st.rerun()


def _around(session: Session) -> object:
    """What is drawn around the curves depends on this alone."""
    return session.scene.timeline, taken_away(session)


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


def _chart(session: Session) -> None:
    scene = session.scene
    large = session.page.learner.projector
    figure = (
        presented_figure(scene, session.translate)
        if large
        else curves_figure(scene, session.translate, legend=False)
    )
    plot(
        session,
        figure,
        key="curves",
        description=description(scene),
        live=chart_data(session, "curves"),
        switches=axes(session),
        lens=lens_data(session, scene),
        acts=lens_acts(session),
    )


def _run(session: Session) -> None:
    timeline = session.scene.timeline
    title = escaped(session.text(run_sum(timeline)))
    if session.form(RUN).problems:
        title = f":material/error: {title}"
    with st.popover(title, icon=":material/schedule:"):
        panel(session, rows_of(RUN, timeline.fields()), key="run")
        per_epoch = f"{epoch_sum(timeline)} = {timeline.steps_per_epoch:,}"
        st.caption(session.text("Steps per epoch: {sum}").format(sum=escaped(per_epoch)))


def _about(session: Session) -> None:
    with st.popover(
        ":material/question_mark:", type="tertiary", help=session.text("What this page shows")
    ):
        st.markdown(
            session.text(
                "Each line is the learning rate that a schedule gives to every step of one "
                "training run. Choose a curve, move its sliders, and watch it change; the page's "
                "address always holds what you see."
            )
        )
