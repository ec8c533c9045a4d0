"""The route of fans, by plain HTTP: nothing of a session is disturbed (:mod:`lrviz.view.fans`)."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lrviz.ui.work import answered
from lrviz.view import fans


async def _serve(request: Request) -> Response:
    query = request.url.query
    asker = request.query_params.get(fans.ASKER, "")
    return await answered(request, asker, lambda: _answer(query))


def _answer(query: str) -> Response:
    fan = fans.fan_at(query)
    if fan is None:
        return Response(status_code=404)
    headers = {
        "Cache-Control": "private, max-age=600",
        "X-Content-Type-Options": "nosniff",
        # Floats hardly shrink; Streamlit would compress them for longer than making them took.
        "Content-Encoding": "identity",
    }
    return Response(fan, headers=headers, media_type="application/octet-stream")


ROUTES = [Route(f"/{fans.PATH}", _serve)]
