"""A line as one value of a query: its kind, and names and texts between tildes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import quote, unquote

from lrviz.declared import Declared
from lrviz.errors import InvalidFields, InvalidLink
from lrviz.link.parts import unknown
from lrviz.scene import LINES, MOST_CURVES, Curve, Line, free
from lrviz.schedules import COMPOSED, SCHEDULES
from lrviz.text import Sentence, quoted

#: The part of a curve that is its schedule; and what stands before a name of the curve's own in a
#: link where its schedule has a field of that name.
_SCHEDULE, _CURVE = "schedule", "curve."
#: No line is read beyond this many characters.
MOST_CHARACTERS = 8000

_SCHEDULES: dict[str, type[Declared]] = {
    schedule.__name__: schedule for schedule in (*SCHEDULES, *COMPOSED)
}


# Of the lines on a page, one at a time changes.
@lru_cache(maxsize=256)
def line_text(place: int, line: Line) -> str:
    """A line as one value of a link, whose id is ``place`` where the text does not say."""
    kind, texts = _flat(line)
    if line.id == place:
        del texts["id"]
    return "~".join([kind, *(part for pair in texts.items() if pair[1] for part in pair)])


def _flat(line: Line) -> tuple[str, dict[str, str]]:
    """The kind of a line and its texts; those of a curve's schedule are among them.

    The curve's own have another name where the schedule has a field of that name.
    """
    texts = line.texts()
    for each in line.declared():
        if each.kind == "text":
            texts[each.name] = quote(texts[each.name], safe=" ").replace("~", "%7E")
    kind = texts.pop(_SCHEDULE, type(line).__name__)
    start = f"{_SCHEDULE}."
    inner = {path[len(start) :]: text for path, text in texts.items() if path.startswith(start)}
    own = {
        f"{_CURVE}{name}" if name in inner else name: text
        for name, text in texts.items()
        if not name.startswith(start)
    }
    return kind, inner | own


def _nested(kind: type[Declared], given: Mapping[str, str]) -> dict[str, str]:
    """The texts of a curve by their paths, out of those that a link holds: see :func:`_flat`."""
    texts = {_SCHEDULE: kind.__name__}
    own = {each.name for each in Curve.declared()} - {each.name for each in kind.declared()}
    for name, text in given.items():
        if name.startswith(_CURVE):
            texts[name.removeprefix(_CURVE)] = text
        else:
            texts[name if name in own else f"{_SCHEDULE}.{name}"] = text
    return texts


def read_lines(texts: Sequence[str], problems: list[Sentence]) -> tuple[Line, ...]:
    """The lines of a link; why one was left out is put to ``problems``."""
    lines: list[Line] = []
    for place, text in enumerate(texts[:MOST_CURVES]):
        try:
            color = free(each.color for each in lines)
            line = _line(text[:MOST_CHARACTERS], place, color)
        except InvalidLink as error:
            problems.append(
                Sentence(
                    "Curve {number} of the link was left out: {why}",
                    {"number": place + 1, "why": error.sentence},
                )
            )
            continue
        ids = [each.id for each in lines]
        lines.append(replace(line, id=free(ids)) if line.id in ids else line)
    if len(texts) > MOST_CURVES:
        problems.append(
            Sentence(
                "The link holds {count} curves; the first {most} are shown.",
                {"count": len(texts), "most": MOST_CURVES},
            )
        )
    return tuple(lines)


@lru_cache(maxsize=256)
def _line(text: str, place: int, color: int) -> Line:
    """The line that ``text`` holds; by default, its id is ``place``, and its colour that one."""
    name, *parts = text.split("~")
    schedule = _SCHEDULES.get(name)
    kind = LINES.get(name) if schedule is None else Curve
    if kind is None:
        raise InvalidLink(Sentence("There is no schedule {name}.", {"name": quoted(name)}))
    if len(parts) % 2:
        raise InvalidLink(Sentence("{part} has no value.", {"part": quoted(parts[-1])}))
    given = dict(zip(parts[::2], parts[1::2], strict=True))
    texts = _legible(kind, given if schedule is None else _nested(schedule, given))
    texts = {"id": f"{place}", "color": f"{color}"} | texts
    try:
        line = kind.from_text(texts, _SCHEDULES)
    except InvalidFields as error:
        raise InvalidLink(next(iter(error.problems.values()))) from error
    for path in texts.keys() - line.texts().keys():
        raise InvalidLink(unknown(path.removeprefix(f"{_SCHEDULE}."), texts[path]))
    return line


def _legible(kind: type[Line], texts: Mapping[str, str]) -> dict[str, str]:
    """The texts of a line, without those that are no reason to lose it."""
    legible = {**texts}
    for each in kind.declared():
        if each.name not in texts:
            continue
        if each.kind == "text":
            legible[each.name] = unquote(texts[each.name])
        try:
            each.parse(legible[each.name])
        except ValueError:
            if each.name not in ("color", "id"):
                raise InvalidLink(unknown(each.name, texts[each.name])) from None
            del legible[each.name]
    return legible
