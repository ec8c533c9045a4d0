"""The route of fans: the selected curve at every stop of one slider, by plain HTTP.

Not through the session: a fan is a pure function of its address, so it disturbs no running script,
and the browser and the server keep it.
"""

from contextlib import suppress
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lrviz.errors import InvalidFields
from lrviz.figures.fan import fan_bytes
from lrviz.link import from_query, to_text
from lrviz.once import once
from lrviz.page import Page
from lrviz.scene import Scene, fields_of
from lrviz.ui.work import answered

_PATH, _ASKER = "lrviz-fan", "asker"
#: A longer address is not a page's.
_MOST_CHARACTERS = 16_000


def address(scene: Scene, asker: str = "") -> str:
    """Where the browser finds the fans of the selected curve: the same wherever its sliders stand.

    It adds ``&set=path~text`` for the values of the other fields, and ``&field=path``. ``asker`` is
    what the page is called when it asks (:class:`lrviz.ui.work.Asker`).
    """
    schedule = scene.curve.schedule
    firsts = {
        field.path: field.parameter.stops(whole=field.whole)[0]
        for field in fields_of(scene.curve)
        # Boundaries must rise: one alone at its first stop is refused.
        if not (field.item and field.whole)
    }
    # Where they cannot all be there at once, the address changes with them.
    with suppress(InvalidFields):
        scene = scene.with_schedule(schedule.with_values(firsts))
    return f"{_PATH}?{to_text(Page(scene))}&{urlencode({_ASKER: asker})}"


async def _serve(request: Request) -> Response:
    query = request.url.query
    asker = request.query_params.get(_ASKER, "")
    return await answered(request, asker, lambda: _answer(query))


def _answer(query: str) -> Response:
    fan = _fan(query) if len(query) <= _MOST_CHARACTERS else None
    if fan is None:
        return Response(status_code=404)
    headers = {
        "Cache-Control": "private, max-age=600",
        "X-Content-Type-Options": "nosniff",
        # Floats hardly shrink; Streamlit would compress them for longer than making them took.
        "Content-Encoding": "identity",
    }
    return Response(fan, headers=headers, media_type="application/octet-stream")


def _fan(query: str) -> bytes | None:
    """The fan that an address names; None if it names none.

    ``field`` is the slider's; each ``set=path~text`` is the value of a field.
    """
    given = parse_qsl(query, keep_blank_values=True)
    own = ("field", "set", _ASKER)
    scene = from_query([(name, value) for name, value in given if name not in own])[0].scene
    texts = dict(text.split("~", 1) for name, text in given if name == "set" and "~" in text)
    try:
        scene = scene.with_schedule(scene.curve.schedule.retyped(texts))
    except InvalidFields:
        return None
    wanted = dict(given).get("field", "")
    known = wanted in (field.path for field in fields_of(scene.curve))
    return _made(scene, wanted) if known else None


@once(most=64)
def _made(scene: Scene, path: str) -> bytes:
    """The fan of the field at ``path``: worked out once for a class that grabs the same slider."""
    return fan_bytes(scene, next(each for each in fields_of(scene.curve) if each.path == path))


ROUTES = [Route(f"/{_PATH}", _serve)]
