"""The button that copies the page's link; the browser knows it, so the server is not asked."""

import json

import streamlit as st

from lrviz.ui import assets
from lrviz.ui.session import Session

_mount = st.components.v2.component(
    "lrviz.share",
    html='<div class="lrviz-share"></div>',
    js=assets.loader(),
    isolate_styles=False,
)


def share(session: Session) -> None:
    """Show the button."""
    texts = {
        "share": session.text("Share"),
        "link": session.text("The link to what you see"),
        "copied": session.text("Copied."),
    }
    _mount(
        key="share",
        data={"texts": json.dumps(texts), "module": assets.url("widgets/share/share.js")},
        width="content",
    )
