"""What the browser asks for beside Streamlit's own: files, fans, runs, news and answers."""

from starlette.routing import Route

from lrviz.ui import assets
from lrviz.ui.learn import membership
from lrviz.ui.train import growing
from lrviz.ui.widgets import fan_route

_ROUTES = [*assets.ROUTES, *fan_route.ROUTES, *growing.ROUTES, *membership.ROUTES]


def under(prefix: str) -> list[Route]:
    """All our routes below ``prefix``, where Streamlit serves its own (``server.baseUrlPath``).

    The page asks for everything relative to its own address, so that a proxy may also take a prefix
    away of which this server knows nothing.
    """
    # No mount: it would take every path below the prefix, Streamlit's own too.
    base = f"/{prefix.strip('/')}" if prefix.strip("/") else ""
    return [
        Route(base + each.path, each.endpoint, methods=sorted(each.methods or ()))
        for each in _ROUTES
    ]
