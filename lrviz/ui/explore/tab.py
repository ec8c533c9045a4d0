"""The Explore tab: curves over a run, and the controls that shape them."""

from collections.abc import Callable

import streamlit as st

from lrviz.examples import EXAMPLES
from lrviz.figures import curves_figure
from lrviz.scene.insights import description, length
from lrviz.text import Sentence, counted
from lrviz.ui.browser import current
from lrviz.ui.explore.curve_list import curve_list
from lrviz.ui.explore.take_away import take_away, taken_away
from lrviz.ui.session import Session
from lrviz.ui.subject import RUN
from lrviz.ui.widgets.axes import axes
from lrviz.ui.widgets.bench import bench
from lrviz.ui.widgets.chart import plot
from lrviz.ui.widgets.live import chart_data
from lrviz.ui.widgets.panel import panel, rows_of
from lrviz.ui.widgets.remarks import reading


def explore(session: Session, outdated: Callable[[Session], bool]) -> None:
    """Draw the tab; ``outdated`` tells whether a change asks for more than the curves' part."""
    with st.container(horizontal=True, vertical_alignment="center", key="bar"):
        _examples(session)
        _run(session)
        _about(session)
    _curves(_around(session), outdated)
    take_away(session)


@st.fragment
def _curves(around: object, outdated: Callable[[Session], bool]) -> None:
    """What follows a curve's controls: only this is drawn anew when one of them moves.

    What is around it was drawn of ``around``: where that is another now, the page is drawn.
    """
    session = current()
    seen, set_, told = bench("explore")
    with seen:
        _chart(session)
    with set_:
        curve_list(session)
    with told:
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
        format_func=session.text,
        placeholder=session.text("Choose an example"),
        label_visibility="collapsed",
        filter_mode=None,
    )


def _load(session: Session, title: str) -> None:
    session.load(EXAMPLES[title].opened(session.page))


def _chart(session: Session) -> None:
    scene = session.scene
    plot(
        session,
        curves_figure(scene, session.text, legend=False),
        key="curves",
        description=description(scene),
        live=chart_data(session, "curves"),
        switches=axes(session),
    )


def _run(session: Session) -> None:
    timeline = session.scene.timeline
    steps = counted("{count} step", "{count} steps", timeline.steps)
    title = session.text(Sentence("The run: {steps}", {"steps": steps}))
    if session.form(RUN).problems:
        title = f":material/error: {title}"
    with st.popover(title, icon=":material/schedule:"):
        panel(session, rows_of(RUN, timeline.fields()), key="run")
        st.caption(session.text(length(timeline)))


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
