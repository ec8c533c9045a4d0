"""Fans: the selected curve at every stop of one slider, as a pure function of its address."""

from contextlib import suppress
from urllib.parse import parse_qsl, urlencode

from lrviz.errors import InvalidFields
from lrviz.figures.fan import fan_bytes
from lrviz.link import from_query, to_text
from lrviz.once import once
from lrviz.page import Page
from lrviz.scene import Scene, fields_of

#: Where fans are, and the name in a query of who asks for one.
PATH, ASKER = "lrviz-fan", "asker"
#: A longer address is not a page's.
_MOST_CHARACTERS = 16_000


def address(scene: Scene, asker: str = "") -> str:
    """Where the browser finds the fans of the selected curve: the same wherever its sliders stand.

    It adds ``&set=path~text`` for the values of the other fields, and ``&field=path``. ``asker`` is
    the name with which the page asks (:class:`lrviz.ui.work.Asker`).
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
    return f"{PATH}?{to_text(Page(scene))}&{urlencode({ASKER: asker})}"


def fan_at(query: str) -> bytes | None:
    """The fan that an address names; None if it names none.

    ``field`` is the slider's; each ``set=path~text`` is the value of a field.
    """
    if len(query) > _MOST_CHARACTERS:
        return None
    given = parse_qsl(query, keep_blank_values=True)
    own = ("field", "set", ASKER)
    scene = from_query([(name, value) for name, value in given if name not in own])[0].scene
    texts = dict(text.split("~", 1) for name, text in given if name == "set" and "~" in text)
    try:
        scene = scene.with_schedule(scene.curve.schedule.retyped(texts))
    except InvalidFields:
        return None
    wanted = dict(given).get("field", "")
    slides = wanted in (field.path for field in fields_of(scene.curve))
    return _drawn(scene, wanted) if slides else None


@once(most=64)
def _drawn(scene: Scene, path: str) -> bytes:
    """The fan of the field at ``path``: worked out once for a class that grabs the same slider."""
    return fan_bytes(scene, next(each for each in fields_of(scene.curve) if each.path == path))
