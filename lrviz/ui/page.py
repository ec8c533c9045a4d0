"""The page: what Streamlit runs for every session at every change."""

import logging
from collections.abc import Callable

import streamlit as st

from lrviz.locale import LANGUAGES
from lrviz.scene import Tab
from lrviz.text import mark
from lrviz.ui.browser import current
from lrviz.ui.explore.tab import explore
from lrviz.ui.learn import class_panel, membership
from lrviz.ui.learn.tab import learn
from lrviz.ui.session import Session
from lrviz.ui.train.tab import train
from lrviz.ui.widgets.markdown import escaped

#: Each tab's title (English, translated where shown) and what draws it.
TABS: dict[Tab, tuple[str, Callable[[Session], None]]] = {
    "explore": (mark("Explore"), explore),
    "train": (mark("Train"), train),
    "learn": (mark("Learn"), learn),
}

_LOG = logging.getLogger(__name__)


def main() -> None:
    """Draw the page."""
    st.set_page_config(page_title="lrviz", page_icon="📉", layout="wide")
    session = current()
    membership.sync(session)
    if session.scene.tab == "learn" and session.scene.study.projector:
        learn(session)
        membership.listen(session)
        return
    _header(session)
    class_panel.strip(session)
    session.warned = bool(session.link_problems)
    for sentence in session.link_problems:
        st.warning(escaped(session.text(sentence)), icon=":material/link_off:")
    _tabs(session)
    membership.listen(session)


def _tabs(session: Session) -> None:
    # Only the open tab's body runs.
    labels = {name: session.text(title) for name, (title, _) in TABS.items()}
    names = {label: name for name, label in labels.items()}
    opened = session.scene.tab if session.scene.tab in TABS else "explore"
    key = session.show("tab", labels[opened], lambda label: session.set(tab=names[label]))
    for tab, (_, body) in zip(
        st.tabs(list(names), key=key, on_change="rerun"), TABS.values(), strict=True
    ):
        if tab.open:
            with tab:
                body(session)


def on_script_error(error: Exception) -> bool:
    """Keep the traceback in the server's log; the reader gets a sentence."""
    _LOG.error("The page failed.", exc_info=error)
    st.error(
        current().text("Something went wrong on our side, and was noted. Reload the page to go on.")
    )
    return True


def _header(session: Session) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title("lrviz", anchor=False, width="content")
        st.caption(session.text("See a learning-rate schedule before you train with it."))
        key = session.show(
            "language", session.scene.language, lambda chosen: session.set(language=chosen)
        )
        st.segmented_control(
            session.text("Language"),
            list(LANGUAGES),
            key=key,
            format_func=LANGUAGES.__getitem__,
            label_visibility="collapsed",
            required=True,
            width="content",
        )


if __name__ == "__main__":
    main()
