"""The page: what Streamlit runs for every session at every change."""

import logging
from collections.abc import Callable

import streamlit as st

from lrviz.locale import LANGUAGES
from lrviz.scene import Tab
from lrviz.text import mark
from lrviz.ui import classroom, room
from lrviz.ui.controls import escaped
from lrviz.ui.explore import explore
from lrviz.ui.learn import learn
from lrviz.ui.state import Session, session
from lrviz.ui.train import train

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
    now = session()
    room.sync(now)
    if now.scene.tab == "learn" and now.scene.study.projector:
        learn(now)
        room.listen(now)
        return
    _header(now)
    classroom.strip(now)
    now.warned = bool(now.link_problems)
    for sentence in now.link_problems:
        st.warning(escaped(now.text(sentence)), icon=":material/link_off:")
    _tabs(now)
    room.listen(now)


def _tabs(now: Session) -> None:
    # Only the open tab's body runs.
    labels = {name: now.text(title) for name, (title, _) in TABS.items()}
    names = {label: name for name, label in labels.items()}
    opened = now.scene.tab if now.scene.tab in TABS else "explore"
    key = now.show("tab", labels[opened], lambda label: now.set(tab=names[label]))
    for tab, (_, body) in zip(
        st.tabs(list(names), key=key, on_change="rerun"), TABS.values(), strict=True
    ):
        if tab.open:
            with tab:
                body(now)


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
