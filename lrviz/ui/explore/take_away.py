"""What can be taken away: code and data; and how code is brought in."""

import streamlit as st

from lrviz.export import FRAMEWORKS, csv_text, stride
from lrviz.link import to_text
from lrviz.ui.explore.bring_in import bring_in
from lrviz.ui.session import Session
from lrviz.view.markdown import escaped

#: The key of what is folded away, and of the framework that was chosen there.
_CODE, _FRAMEWORK = "code", "framework"


def taken_away(session: Session) -> object:
    """What :func:`take_away` draws depends on this alone."""
    opened = st.session_state.get(_CODE)
    return to_text(session.page) if opened else (stride(session.scene), bool(session.scene.shown))


def take_away(session: Session) -> None:
    """Code and data."""
    st.subheader(session.text("Take it with you"), anchor=False)
    code = st.expander(session.text("Code"), icon=":material/code:", key=_CODE, on_change="rerun")
    if code.open:
        with code:
            _code(session)
    bring_in(session)
    scene = session.scene
    st.download_button(
        session.text("Curves as CSV"),
        data=lambda: csv_text(session.scene),
        file_name="lrviz.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        disabled=not scene.shown,
    )
    if stride(scene) > 1:
        st.caption(
            session.text("The run is long: the file holds every {stride} steps.").format(
                stride=f"{stride(scene):,}"
            )
        )


def _code(session: Session) -> None:
    """The chosen curve as source of a framework, and what is otherwise there."""
    scene = session.scene
    name = st.segmented_control(
        session.text("Framework"),
        list(FRAMEWORKS),
        default="keras",
        format_func=lambda each: FRAMEWORKS[each].title,
        key=_FRAMEWORK,
        required=True,
        label_visibility="collapsed",
    )
    framework = FRAMEWORKS[name]
    st.code(framework.write(scene.curve, scene.timeline), language="python")
    for note in framework.notes(scene.curve, scene.timeline):
        st.caption(f":material/info: {escaped(session.text(note))}")
