"""The projector view's keys, and the help that shows them."""

import json
from collections.abc import Callable

import streamlit as st

from lrviz.ui import assets
from lrviz.ui.session import Session

_HTML = """
<div class="lrviz-keys">
    <button type="button" class="lrviz-help">?</button>
    <dialog><h2></h2><dl></dl><button type="button"></button></dialog>
    <dialog class="lrviz-black"></dialog>
</div>
"""

_mount = st.components.v2.component(
    "lrviz.projector",
    html=_HTML,
    js=assets.loader(),
    isolate_styles=False,
)


_KEY = "projector-keys"


def projector(
    session: Session, *, keys: tuple[tuple[str, str], ...], on_press: Callable[[str], None]
) -> None:
    """Make the page a projector's.

    Args:
        session: The session.
        keys: Each key of the view's own, and what it does (in the reader's language).
        on_press: Called with ``next``, ``back``, ``reveal`` or ``leave``, once for each press.
    """
    text = session.text
    texts = {
        "title": text("Keys"),
        "close": text("Close"),
        "black": text("A black screen: any key or a click brings the page back"),
        "keys": (
            *keys,
            ("P", text("Play the run")),
            ("B, .", text("A black screen: any key or a click brings the page back")),
            ("?", text("Show these keys")),
            ("Esc", text("Leave the projector view")),
        ),
    }
    session.listen(_KEY, "said", lambda press, *_: on_press(press))
    _mount(
        key=_KEY,
        data={
            "texts": json.dumps(texts),
            "taken": session.taken(_KEY),
            "module": assets.url("widgets/projector/projector.js"),
        },
        on_said_change=lambda: None,
    )
