"""The page's beginning comes into sight when something else is to be read."""

from lrviz.ui.component import Component
from lrviz.ui.session import Session

_TOP = Component("top", "<span></span>", "ui/widgets/top/top.js")


def top(session: Session, place: str) -> None:
    """Scroll to the page's beginning if ``place``, what is read on it, is another than before."""
    _TOP.show(session, "top", {"place": place})
