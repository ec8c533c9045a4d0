"""The page's beginning comes into sight when something else is to be read."""

import streamlit as st

from lrviz.ui import assets

_mount = st.components.v2.component(
    "lrviz.top", html="<span></span>", js=assets.loader(), isolate_styles=False
)


def top(place: str) -> None:
    """Scroll to the page's beginning if ``place``, what is read on it, is another than before."""
    _mount(key="top", data={"place": place, "module": assets.url("widgets/top/top.js")})
