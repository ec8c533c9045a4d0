"""News of a room: the browser waits for them, and then asks for the page."""

from collections.abc import Callable, Mapping

import streamlit as st

from lrviz.ui import assets
from lrviz.ui.learn.routes import NEWS

_mount = st.components.v2.component(
    "lrviz.news",
    html='<p class="lrviz-lost" role="status" hidden></p>',
    js=assets.loader(),
    isolate_styles=False,
)


def kept_name(code: str) -> str:
    """The cookie in which a student's browser keeps who they are in that room."""
    return f"lrviz-{code}"


def news(
    code: str,
    who: str,
    version: int,
    texts: Mapping[str, str],
    *,
    key: str = "",
    on_key: Callable[[object], None] = lambda key: None,
) -> None:
    """Have the page drawn anew when a room is no more as it is shown.

    Args:
        code: The room's code.
        who: The member's secret name, or the teacher's key; empty: there is no seat here, and the
            browser is only asked whether it has kept the key.
        version: The version that the page shows; :data:`lrviz.ui.learn.routes.IDLE`: none.
        texts: What the browser says by itself: that it is ``lost``.
        key: The room's key, which the teacher's browser keeps until its tab is closed. Where there
            is none the browser keeps the member's name, for as long as a room can last.
        on_key: Called with the key that this browser has kept for the room, if it has.
    """
    data = {"module": assets.url("ui/learn/news/news.js"), "path": NEWS, "key": key, **texts}
    _mount(
        key="news",
        data=data | {"code": code, "who": who, "version": version, "cookie": kept_name(code)},
        on_news_change=lambda: None,
        on_key_change=lambda: on_key(st.session_state["news"].get("key")),
    )
