"""The page: what Streamlit runs for every session at every change."""

import logging

import streamlit as st

from lrviz.locale import LANGUAGES
from lrviz.ui.controls import escaped
from lrviz.ui.explore import explore
from lrviz.ui.state import Session, session

_LOG = logging.getLogger(__name__)


def main() -> None:
    """Draw the page."""
    st.set_page_config(page_title="lrviz", page_icon="📉", layout="wide")
    now = session()
    _header(now)
    for sentence in now.link_problems:
        st.warning(escaped(now.text(sentence)), icon=":material/link_off:")
    explore(now)


def on_script_error(error: Exception) -> bool:
    """Keep the traceback in the server's log; the reader gets a sentence."""
    _LOG.error("The page failed.", exc_info=error)
    st.error(
        session().text("Something went wrong on our side, and was noted. Reload the page to go on.")
    )
    return True


def _header(now: Session) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title("lrviz", anchor=False, width="content")
        st.caption(now.text("See a learning-rate schedule before you train with it."))
        key = now.show("language", now.scene.language, lambda chosen: now.set(language=chosen))
        st.segmented_control(
            now.text("Language"),
            list(LANGUAGES),
            key=key,
            format_func=LANGUAGES.__getitem__,
            label_visibility="collapsed",
            required=True,
            width="content",
        )


if __name__ == "__main__":
    main()
