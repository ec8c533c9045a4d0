"""What the page's head holds: its style, and what it will need soon.

Streamlit sends its own page first and ours later, over a socket: a style that came that way would
move everything after the first paint, and the largest file would be asked for last.
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lrviz.ui import assets


class Head:
    """ASGI middleware that writes links into the head of Streamlit's page."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; what is no page passes unchanged."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        wants_page = "text/html" in Headers(scope=scope).get("accept", "")
        if not wants_page:
            await self._app(scope, receive, send)
            return
        # Read as text, and written anew: the page is short.
        plain = ("accept-encoding", "if-none-match", "if-modified-since", "range")
        kept = [each for each in scope["headers"] if each[0].decode().lower() not in plain]
        start: Message = {}
        body = b""

        async def gathered(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            headers = MutableHeaders(raw=list(start["headers"]))
            if "text/html" in headers.get("content-type", ""):
                body = body.replace(b"</head>", links().encode() + b"</head>", 1)
                headers["content-length"] = str(len(body))
                for name in ("etag", "last-modified"):
                    del headers[name]
            await send({**start, "headers": headers.raw})
            await send({"type": "http.response.body", "body": body})

        await self._app({**scope, "headers": kept}, receive, gathered)


def links() -> str:
    """The page's style, and the files of its chart and its panel: after Streamlit's own."""
    plotly = assets.url("plotly.min.js")
    return "".join(
        [
            f'<link rel="stylesheet" href="./{assets.url("style.css")}">',
            f'<link rel="preload" as="script" fetchpriority="low" href="./{plotly}">',
            *(
                f'<link rel="modulepreload" fetchpriority="low" href="./{assets.url(each)}">'
                for each in assets.FIRST
            ),
        ]
    )
