"""The projector view's keys, and the help that shows them."""

import json
from collections.abc import Callable

import streamlit as st

from lrviz.ui import assets

_HTML = """
<div class="lrviz-keys">
    <button type="button" class="lrviz-help">?</button>
    <dialog><h2></h2><dl></dl><button type="button"></button></dialog>
</div>
"""

_mount = st.components.v2.component(
    "lrviz.projector",
    html=_HTML,
    js=assets.loader(),
    isolate_styles=False,
)


def projector(
    *, title: str, close: str, keys: tuple[tuple[str, str], ...], on_press: Callable[[str], None]
) -> None:
    """Make the page a projector's.

    Args:
        title: The title of the help.
        close: What closes the help.
        keys: Each key, and what it does.
        on_press: Called with ``next``, ``back``, ``reveal`` or ``leave``.
    """
    _mount(
        key="projector-keys",
        data={
            "texts": json.dumps({"title": title, "close": close, "keys": keys}),
            "module": assets.url("widgets/projector/projector.js"),
        },
        on_press_change=lambda: on_press(st.session_state["projector-keys"]["press"]),
    )
