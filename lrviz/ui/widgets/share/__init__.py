"""The button that copies the page's link; the browser knows it, so the server is not asked."""

from lrviz.text import Sentence
from lrviz.ui.component import Component
from lrviz.ui.session import Session

_SHARE = Component("share", '<div class="lrviz-share"></div>', "ui/widgets/share/share.js")
_TEXTS = {
    "share": Sentence("Share"),
    "link": Sentence("The link to what you see"),
    "copied": Sentence("Copied."),
}


def share(session: Session) -> None:
    """Show the button."""
    _SHARE.show(session, "share", {"texts": _TEXTS}, width="content")
