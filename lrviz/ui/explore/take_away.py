"""What can be taken away: code, data and a link."""

import streamlit as st

from lrviz.export import FRAMEWORKS, csv_text, stride
from lrviz.link import to_text
from lrviz.ui.browser import address_of
from lrviz.ui.session import Session

#: The keys of what is folded away.
_CODE, _LINK = "code", "link"


def taken_away(session: Session) -> object:
    """What :func:`take_away` draws depends on this alone."""
    opened = any(st.session_state.get(name) for name in (_CODE, _LINK))
    return to_text(session.page) if opened else (stride(session.scene), bool(session.scene.shown))


def take_away(session: Session) -> None:
    """Code, data and link."""
    st.subheader(session.text("Take it with you"), anchor=False)
    code = st.expander(
        session.text("Code for Keras 3"), icon=":material/code:", key=_CODE, on_change="rerun"
    )
    scene = session.scene
    if code.open:
        code.code(FRAMEWORKS["keras"](scene.curve, scene.timeline), language="python")
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
    link = st.expander(
        session.text("Link to this view"), icon=":material/link:", key=_LINK, on_change="rerun"
    )
    if link.open:
        link.code(address_of(session.page), language=None, wrap_lines=True)
