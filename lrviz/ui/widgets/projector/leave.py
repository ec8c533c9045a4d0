"""The way out of the projector view, for who has no ``Esc`` key."""

import streamlit as st

from lrviz.ui.session import Session


def leave(session: Session) -> None:
    """Show it, in the page's corner (``projector.css``)."""
    st.button(
        session.text("Stop presenting"),
        key="leave-projector",
        icon=":material/close:",
        on_click=lambda: session.learner(projector=False),
    )
