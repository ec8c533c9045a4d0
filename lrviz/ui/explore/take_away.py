"""What can be taken away: code and data."""

import streamlit as st

from lrviz.export import FRAMEWORKS, csv_text, stride
from lrviz.link import to_text
from lrviz.ui.session import Session

#: The key of what is folded away.
_CODE = "code"


def taken_away(session: Session) -> object:
    """What :func:`take_away` draws depends on this alone."""
    opened = st.session_state.get(_CODE)
    return to_text(session.page) if opened else (stride(session.scene), bool(session.scene.shown))


def take_away(session: Session) -> None:
    """Code and data."""
    st.subheader(session.text("Take it with you"), anchor=False)
    code = st.expander(
        session.text("Code for Keras 3"), icon=":material/code:", key=_CODE, on_change="rerun"
    )
    scene = session.scene
    if code.open:
        code.code(FRAMEWORKS["keras"].write(scene.curve, scene.timeline), language="python")
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
