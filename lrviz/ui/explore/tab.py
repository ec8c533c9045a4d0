"""The Explore tab: curves over a run, and the controls that shape them."""

from collections.abc import Callable

import streamlit as st

from lrviz.examples import EXAMPLES
from lrviz.figures import curves_figure
from lrviz.scene import Timeline
from lrviz.scene.insights import description, length
from lrviz.text import Sentence, counted
from lrviz.ui.browser import current
from lrviz.ui.explore import curve_list
from lrviz.ui.explore.take_away import take_away, taken_away
from lrviz.ui.session import Session
from lrviz.ui.subject import RUN
from lrviz.ui.widgets.chart import plot
from lrviz.ui.widgets.fields import fields
from lrviz.ui.widgets.remarks import cycle_table, selected
from lrviz.ui.widgets.slider import chart_data


def explore(session: Session, outdated: Callable[[Session], bool]) -> None:
    """Draw the tab; ``outdated`` tells whether a change asks for more than the curves' part."""
    st.markdown(
        session.text(
            "Each line is the learning rate that a schedule gives to every step of one training "
            "run. Choose a curve, move its sliders, and watch it change; the page's address always "
            "holds what you see."
        )
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _view(session)
        _run(session)
        _examples(session)
    _curves(taken_away(session), outdated)
    take_away(session)


@st.fragment
def _curves(below: object, outdated: Callable[[Session], bool]) -> None:
    """What follows a curve's controls: only this is drawn anew when one of them moves.

    What is below it was drawn of ``below``: where that is another now, the whole page is drawn.
    """
    session = current()
    left, right = st.columns([5, 3], gap="large")
    with left:
        _chart(session)
        selected(session)
    with right:
        curve_list.choose(session)
        curve_list.edit(session)
    cycle_table(session)
    if below != taken_away(session) or outdated(session):
        st.rerun()


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


def _view(session: Session) -> None:
    choices = {
        "unit": (
            session.text("x axis"),
            {"step": session.text("Steps"), "epoch": session.text("Epochs")},
        ),
        "scale": (
            session.text("y axis"),
            {"linear": session.text("Linear"), "log": session.text("Log")},
        ),
    }
    for name, (label, options) in choices.items():
        key = session.show(f"view-{name}", getattr(session.scene, name), _set(session, name))
        st.segmented_control(
            label,
            list(options),
            key=key,
            format_func=options.__getitem__,
            required=True,
            width="content",
        )


def _set(session: Session, name: str) -> Callable[[str], None]:
    return lambda chosen: session.look(**{name: chosen})


def _chart(session: Session) -> None:
    scene = session.scene
    plot(
        session,
        curves_figure(scene, session.text),
        key="curves",
        description=description(scene),
        on_toggle=lambda uid: _toggle(session, uid),
        live=chart_data(session),
    )


def _toggle(session: Session, uid: object) -> None:
    # The browser names the curve, and may name anything.
    for curve in session.scene.curves:
        if uid == str(curve.color):
            session.set(scene=session.scene.toggle(curve.color))


def _run(session: Session) -> None:
    timeline = session.scene.timeline
    steps = counted("{count} step", "{count} steps", timeline.steps)
    title = session.text(Sentence("The run: {steps}", {"steps": steps}))
    if session.form(RUN).problems:
        title = f":material/error: {title}"
    with st.popover(title, icon=":material/schedule:"):
        fields(session, RUN, Timeline.declared())
        st.caption(session.text(length(timeline)))
