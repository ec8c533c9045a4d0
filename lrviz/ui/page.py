"""The page: what Streamlit runs for every session at every change."""

import logging
from collections.abc import Callable

import streamlit as st

from lrviz.locale import LANGUAGES
from lrviz.page import Tab
from lrviz.text import mark
from lrviz.ui.browser import current
from lrviz.ui.explore.tab import explore, present
from lrviz.ui.learn import class_panel, membership
from lrviz.ui.learn.tab import learn
from lrviz.ui.session import Session
from lrviz.ui.train.tab import train
from lrviz.ui.widgets.share import share
from lrviz.view.markdown import escaped

#: Each tab's title (English, translated where shown).
TABS: dict[Tab, str] = {
    "explore": mark("Explore"),
    "train": mark("Train"),
    "learn": mark("Learn"),
}

_LOG = logging.getLogger(__name__)


def main() -> None:
    """Draw the page."""
    st.set_page_config(page_title="lrviz", page_icon="📉", layout="wide")
    session = current()
    membership.publish(session)
    membership.sync(session)
    if session.page.learner.projector and session.page.tab != "train":
        class_panel.strip(session)
        if session.page.tab == "learn":
            learn(session)
        else:
            present(session, _outdated)
        membership.listen(session)
        return
    _header(session)
    _tabs(session, warned=bool(session.link_problems))
    membership.listen(session)


def _outdated(session: Session) -> bool:
    """Whether a change in a part of the page asks for all of it to be drawn anew."""
    membership.publish(session)
    return membership.let_go(session)


def _tabs(session: Session, *, warned: bool) -> None:

    def outdated(session: Session) -> bool:
        # The warnings of a link stand outside of every part.
        return _outdated(session) or (warned and not session.link_problems)

    # Only the open tab's body runs.
    bodies: dict[Tab, Callable[[], None]] = {
        "explore": lambda: explore(session, outdated),
        "train": lambda: train(session),
        "learn": lambda: learn(session),
    }
    labels = {name: session.text(title) for name, title in TABS.items()}
    names = {label: name for name, label in labels.items()}
    key = session.show("tab", labels[session.page.tab], lambda label: session.set(tab=names[label]))
    for name, tab in zip(
        names.values(), st.tabs(list(names), key=key, on_change="rerun"), strict=True
    ):
        if tab.open:
            with tab:
                class_panel.strip(session)
                for sentence in session.link_problems:
                    st.warning(escaped(session.text(sentence)), icon=":material/link_off:")
                bodies[name]()


def on_script_error(error: Exception) -> bool:
    """Keep the traceback in the server's log; the reader gets a sentence."""
    _LOG.error("The page failed.", exc_info=error)
    st.error(
        current().text("Something went wrong on our side, and was noted. Reload the page to go on.")
    )
    return True


def _header(session: Session) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="header"):
        st.title("lrviz", anchor=False)
        key = session.show(
            "language", session.page.language, lambda chosen: session.set(language=chosen)
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
        share(session)


if __name__ == "__main__":
    main()
