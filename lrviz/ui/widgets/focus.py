"""The keyboard's focus, put into a field that holds what was refused."""

import streamlit as st

from lrviz.ui.session import Session

_mount = st.components.v2.component(
    "lrviz.focus",
    html="<span hidden></span>",
    js="""
let last = 0;
export default function ({ data }) {
    if (data.turn === last) return;
    last = data.turn;
    document.querySelector(`.st-key-${CSS.escape(data.key)} input`)?.focus();
}
""",
    isolate_styles=False,
)


def focus(session: Session) -> None:
    """Move the focus to the field that :meth:`Session.refuses` has named, once."""
    if session.focused:
        _mount(key="focus", data={"key": _class(session.focused), "turn": session.refusals})


def _class(key: str) -> str:
    """A widget's key as Streamlit writes it into its element's class."""
    return "".join(each if each.isalnum() or each in "-_" else "-" for each in key.strip())
