"""What this page needs, as the browser is to know it: everything else is refused there.

A text that slipped through as HTML could then still load nothing, run nothing and send nothing, and
no other site can put the page into a frame of its own.
"""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


@cache
def policy() -> str:
    """The Content-Security-Policy of every answer."""
    page = files("streamlit.static").joinpath("index.html").read_text("utf-8")
    inline = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    allowed = {
        "default-src": "'none'",
        # Streamlit's page, with its own inline script; a component's JavaScript comes as a blob.
        "script-src": " ".join(["'self'", "blob:", *map(_hash, inline)]),
        # Streamlit and Plotly write style elements and attributes.
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'self'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in allowed.items())


class SecurityHeaders:
    """ASGI middleware that adds the headers to every answer, Streamlit's own included."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; what is no HTTP passes unchanged."""

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = policy()
                headers["X-Content-Type-Options"] = "nosniff"
                # For browsers that do not know frame-ancestors.
                headers["X-Frame-Options"] = "SAMEORIGIN"
                # A link may hold a room's code.
                headers["Referrer-Policy"] = "same-origin"
            await send(message)

        await self._app(scope, receive, secured if scope["type"] == "http" else send)


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
