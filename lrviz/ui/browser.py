"""The session of the browser that this script run is for."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lrviz.link import Query, to_text
from lrviz.page import Page, first_page
from lrviz.ui.session import Session


def current() -> Session:
    """This session, begun from the page's address.

    After that the address follows the page. It is read again only when the browser went back or
    forward: a control that is used quickly twice still comes with the address from before, and that
    must not undo the first change.
    """
    session: Session | None = st.session_state.get("session")
    if session is None:
        session = st.session_state["session"] = Session(first_page(), st.session_state)
        session.open(_read())
    elif _went_back_or_forward():
        session.open(_read())
    session.take()
    query = session.address()
    if query is not None:
        _write(query)
    return session


def address_of(page: Page) -> str:
    """The link that opens ``page``."""
    return f"{base()}?{to_text(page)}"


def base() -> str:
    """Where the browser found this page, without its query.

    With its last stroke, which Streamlit leaves out: below a prefix not every proxy adds it.
    """
    address = (st.context.url or "").split("?")[0]
    return f"{address.rstrip('/')}/" if address else ""


def _went_back_or_forward() -> bool:
    context = get_script_run_ctx()
    return (
        context is not None and context.is_history_navigation and not context.fragment_ids_this_run
    )


def _read() -> Query:
    params = st.query_params
    return [(name, value) for name in params for value in params.get_all(name)]


def _write(query: Query) -> None:
    params: dict[str, list[str]] = {}
    for name, value in query:
        params.setdefault(name, []).append(value)
    st.query_params.from_dict(params)
