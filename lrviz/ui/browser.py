"""The session of the browser that this script run is for."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lrviz.link import Query
from lrviz.scene import first_scene
from lrviz.ui.session import Session


def current() -> Session:
    """This session, begun from the page's address.

    After that the address follows the scene. It is read again only when the browser went back or
    forward: a control that is used quickly twice still comes with the address from before, and that
    must not undo the first change.
    """
    session: Session | None = st.session_state.get("session")
    if session is None:
        session = st.session_state["session"] = Session(first_scene())
        session.open(_read())
    elif _went_back_or_forward():
        session.open(_read())
    session.take()
    session.write()
    if session.warned and not session.link_problems and _in_fragment():
        # The warning stands outside of the part that is drawn anew.
        session.warned = False
        st.rerun()
    return session


def _went_back_or_forward() -> bool:
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation and not _in_fragment()


def _in_fragment() -> bool:
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)


def _read() -> Query:
    params = st.query_params
    return [(name, value) for name in params for value in params.get_all(name)]
