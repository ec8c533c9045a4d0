"""The route of fans: the selected curve at every stop of one slider, by plain HTTP.

Not through the session: a fan is a pure function of its address, so it disturbs no running script,
and the browser and the server keep it.
"""

from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lrviz.declared import Field
from lrviz.errors import InvalidFields
from lrviz.figures.fan import fan_bytes, fields_of
from lrviz.learn.study import NOT_BEGUN
from lrviz.link import from_query, to_text
from lrviz.scene import Scene
from lrviz.ui.once import once

_PATH = "lrviz-fan"
#: A longer address is not a page's.
_MOST_CHARACTERS = 16_000


def address(scene: Scene, field: Field) -> str:
    """Where the browser finds the fan of ``field``: the same wherever its slider stands."""
    value, stops = getattr(scene.curve.schedule, field.name), field.parameter.stops
    known = stops(whole=field.whole)
    plain = _plain(scene)
    if value in known:
        schedule = plain.curve.schedule.with_value(field, known[0])
        plain = plain if schedule is None else plain.with_schedule(schedule)
    return f"{_PATH}?{to_text(plain)}&{urlencode({'field': field.name})}"


def _serve(request: Request) -> Response:
    query = request.url.query
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

    ``field`` is the slider's; each ``set=name~text`` is a value that the page has not yet taken.
    """
    given = parse_qsl(query, keep_blank_values=True)
    own = ("field", "set")
    scene, _ = from_query([(name, value) for name, value in given if name not in own])
    texts = scene.curve.schedule.texts()
    for name, value in given:
        if name == "set":
            changed, _, text = value.partition("~")
            texts[changed] = text
    try:
        scene = scene.with_schedule(type(scene.curve.schedule).from_text(texts))
    except InvalidFields:
        return None
    wanted = dict(given).get("field", "")
    known = wanted in (field.name for field in fields_of(scene.curve))
    return _made(_plain(scene), wanted) if known else None


@once(most=64)
def _made(scene: Scene, name: str) -> bytes:
    """The fan of the field of that name: worked out once for a class that grabs the same slider."""
    return fan_bytes(scene, next(each for each in fields_of(scene.curve) if each.name == name))


def _plain(scene: Scene) -> Scene:
    """All of ``scene`` that a fan depends on."""
    return replace(scene, language="en", tab="explore", run="", study=NOT_BEGUN)


ROUTES = [Route(f"/{_PATH}", _serve)]
