"""The projector view's keys, the help that shows them, and its way out."""

from collections.abc import Callable

import streamlit as st

from lrviz.text import Sentence
from lrviz.ui.component import Component
from lrviz.ui.session import Session

_HTML = """
<div class="lrviz-keys">
    <button type="button" class="lrviz-help">?</button>
    <dialog><h2></h2><dl></dl><button type="button"></button></dialog>
    <dialog class="lrviz-black"></dialog>
</div>
"""
_PROJECTOR = Component("projector", _HTML, "ui/widgets/projector/projector.js")
_KEY = "projector-keys"
_BLACK = Sentence("A black screen: any key or a click brings the page back")

#: Each key of a view, and what it does.
Keys = tuple[tuple[str, Sentence], ...]
_KEYS: Keys = (
    ("P", Sentence("Play the run")),
    ("B, .", _BLACK),
    ("?", Sentence("Show these keys")),
    ("Esc", Sentence("Leave the projector view")),
)


def projector(session: Session, keys: Keys, on_press: Callable[[str], None]) -> None:
    """Make the page a projector's.

    Args:
        session: The session.
        keys: Each key of the view's own, and what it does.
        on_press: Called with ``next``, ``back``, ``reveal`` or ``leave``, once for each press.
    """
    texts = {
        "title": Sentence("Keys"),
        "close": Sentence("Close"),
        "black": _BLACK,
        "keys": (*keys, *_KEYS),
    }
    _PROJECTOR.show(session, _KEY, {"texts": texts}, lambda press, *_: on_press(press))


def leave(session: Session) -> None:
    """Show the way out, in the page's corner (``projector.css``), for who has no ``Esc`` key."""
    st.button(
        session.text("Stop presenting"),
        key="leave-projector",
        icon=":material/close:",
        on_click=lambda: session.learner(projector=False),
    )
