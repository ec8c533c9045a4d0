"""A component of the page: where a payload leaves for the browser, and its messages arrive."""

from typing import Literal

import streamlit as st

from lrviz.ui import assets
from lrviz.ui.listener import Take
from lrviz.ui.session import Session
from lrviz.view.payload import Acts, Payload, component_data


class Component:
    """One of ours: declared once, shown with a payload wherever it is needed."""

    def __init__(self, name: str, html: str, module: str, failed: str = "") -> None:
        """``module`` is the JavaScript that draws it; ``failed`` is run where that is missing."""
        self._mount = st.components.v2.component(
            f"lrviz.{name}", html=html, js=assets.loader(failed), isolate_styles=False
        )
        self._module = module

    def show(
        self,
        session: Session,
        key: str,
        payload: Payload,
        take: Take | None = None,
        *,
        width: Literal["stretch", "content"] = "stretch",
    ) -> None:
        """Show ``payload`` under ``key``, in the reader's language; ``take`` gets what is sent.

        Each message is taken once, at the start of the next run, whatever else happens.
        """
        data = component_data(payload, session.translate)
        data["module"] = assets.url(self._module)
        if take is None:
            self._mount(key=key, data=data, width=width)
            return
        session.listen(key, "said", take)
        data["taken"] = session.taken(key)
        self._mount(key=key, data=data, width=width, on_said_change=lambda: None)


def by_name(acts: Acts) -> Take:
    """What does the act of a message's name; a browser may send any."""

    def take(name: str, first: str, second: str) -> None:
        if name in acts:
            acts[name](first, second)

    return take
