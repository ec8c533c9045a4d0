"""A page as the query of a URL, and back. Every value is explicit; nothing is trusted.

``?v=3&samples=2400&...&curve=CosineDecay~initial_learning_rate~0.1~...~per~step~color~0~shown~true``

A schedule that is made of others holds each under its path: ``Sequence~boundaries~500~0~Linear~
0.decay_steps~500~...~1~CosineDecay~1.alpha~0.0~...``. A curve's id is written where it is not its
place. Version 1 had no such schedules; versions 1 and 2 had no ids, and what is trained was chosen
by colour.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import quote, unquote, urlencode

from lrviz.declared import Declared, Field, Value
from lrviz.errors import InvalidFields, InvalidLink
from lrviz.lenses import KINDS, Kind
from lrviz.page import Page, first_page
from lrviz.scene import LINES, MOST_CURVES, Curve, Line, Scene, free
from lrviz.schedules import COMPOSED, SCHEDULES
from lrviz.text import Sentence, quoted

VERSION = "3"
#: Versions in which a curve had no id: what is trained was chosen by colour.
_BY_COLOR = ("1", "2")
#: The part of a curve that is its schedule; and what stands before a name of the curve's own in a
#: link where its schedule has a field of that name.
_SCHEDULE, _CURVE = "schedule", "curve."
#: No part of a link is read beyond this many characters.
MOST_CHARACTERS = 8000

#: A URL's query: names and values, in order.
Query = Sequence[tuple[str, str]]

_SCHEDULES: dict[str, type[Declared]] = {
    schedule.__name__: schedule for schedule in (*SCHEDULES, *COMPOSED)
}
#: What a link always says of the run.
_RUN = ("samples", "batch_size", "epochs", "total_steps")
#: What a page is where a link does not say otherwise.
_NEW = first_page()


@dataclass(frozen=True)
class _Part:
    """How a declared part of the page stands in a link.

    Attributes:
        path: Where in the page it is; empty: the page itself.
        prefix: What stands before its fields' names.
        always: The fields that are written whatever they hold; others where they differ from a
            new page's.
        together: Whether all are written as soon as one differs.
        explains: Whether a problem is shown in the field's own words: people know these fields.
        names: The names of fields in a link, where they have another one there.
        apart: The fields that are not written with the others that are written together.
    """

    path: str
    prefix: str = ""
    always: Collection[str] = ()
    together: bool = False
    explains: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    apart: Collection[str] = ()

    def name(self, each: Field) -> str:
        """The name of a field in a link."""
        return self.prefix + self.names.get(each.name, each.name)

    def write(self, page: Page) -> Iterator[tuple[str, str]]:
        """The names and texts of what is written."""
        part, usual = self.of(page), self.of(_NEW)
        if part is usual and not self.always:
            return
        every = self.together and part != usual
        for each in part.declared():
            value = getattr(part, each.name)
            always = each.name in self.always or (every and each.name not in self.apart)
            if always or value != getattr(usual, each.name):
                yield self.name(each), each.text(value)

    def read(self, page: Page, given: dict[str, str], problems: list[Sentence]) -> Page:
        """``page`` with what was ``given`` of this part, which is taken out of there."""
        part, values = self.of(page), dict[str, Value]()
        for each in part.declared():
            name = self.name(each)
            text = given.pop(name, None)
            if text is None or not (text or self.explains):
                continue
            try:
                values[each.name] = each.parse(text)
            except ValueError as error:
                problems.append(error.args[0] if self.explains else _unknown(name, text))
        # Most links say nothing of most parts.
        if not values:
            return page
        try:
            return self.put(page, part.with_values(values))
        except InvalidFields as error:
            problems.extend(error.problems.values())
            return page

    def of(self, page: Page) -> Declared:
        """The part of ``page``."""
        return page.part(self.path)

    def put(self, page: Page, part: Declared) -> Page:
        """``page`` with another part in its place."""
        return page.with_part(self.path, part)


@dataclass(frozen=True)
class _Settings(_Part):
    """How the settings of a kind of lens stand in a link: beside those of the other kinds."""

    kind: type[Kind] = field(kw_only=True)

    def of(self, page: Page) -> Kind:
        return page.scene.lens.of(self.kind)

    def put(self, page: Page, part: Declared) -> Page:
        return page.with_part(self.path, page.scene.lens.with_settings(part))


#: The one table of what a link holds, beside the curves: it is written, and read, by this.
_PARTS = (
    _Part("scene.timeline", always=_RUN, explains=True),
    _Part("scene", always={each.name for each in Scene.declared()}),
    _Part("scene.lens", prefix="lens."),
    *(_Settings("scene.lens", prefix="lens.", kind=kind) for kind in KINDS.values()),
    _Part(
        "",
        always=("language", "tab"),
        names={"chosen": "fit.curves", "with_plateau": "fit.plateau"},
    ),
    _Part("study", names={"revealed": "shown", "hidden": "hide"}),
    _Part("learner"),
    _Part("recipe", prefix="fit.", together=True, explains=True),
    _Part(
        "plateau",
        prefix="plateau.",
        together=True,
        explains=True,
        apart=[each.name for each in Line.declared()],
    ),
)


def to_query(page: Page) -> list[tuple[str, str]]:
    """The query of ``page``; :func:`from_query` gives the same page again, exactly."""
    return [
        ("v", VERSION),
        *(pair for part in _PARTS for pair in part.write(page)),
        *(("curve", _line_text(*each)) for each in enumerate(page.scene.lines)),
    ]


def to_text(page: Page) -> str:
    """The query of ``page`` as it stands behind the ``?`` of a URL."""
    return urlencode(to_query(page), safe="~,")


def from_query(query: Query) -> tuple[Page, tuple[Sentence, ...]]:
    """The page that ``query`` holds, and a sentence for each part that was not understood.

    What was not understood is left out, or is as in :func:`lrviz.page.first_page`; the rest is
    kept. Never raises.
    """
    try:
        return _read(query)
    except Exception:
        # A reader comes with whatever link there is: what nobody has thought of (Python's own
        # parser, short of memory or of stack) must not take the page from them.
        return _NEW, (Sentence("The link could not be read."),)


def _read(query: Query) -> tuple[Page, tuple[Sentence, ...]]:
    problems: list[Sentence] = []
    given: dict[str, str] = {}
    texts: list[str] = []
    for name, value in query:
        if name == "curve":
            texts.append(value)
        else:
            given.setdefault(name, value)
    version = given.pop("v", VERSION)
    if version not in (*_BY_COLOR, VERSION):
        problems.append(
            Sentence(
                "The link is of version {version}, which this page does not know: "
                "it was read as version {known}.",
                {"version": quoted(version), "known": VERSION},
            )
        )
    page, lines = _NEW, _lines(texts, problems)
    if lines:
        try:
            page = page.with_part("scene", replace(page.scene, lines=lines))
        except InvalidFields as error:
            problems.extend(error.problems.values())
    for part in _PARTS:
        page = part.read(page, given, problems)
    if page.scene.lens.kind not in KINDS:
        problems.append(_unknown("lens.kind", page.scene.lens.kind))
        page = page.with_part("scene.lens", replace(page.scene.lens, kind=_NEW.scene.lens.kind))
    if version in _BY_COLOR:
        lines = page.scene.lines
        chosen = [each.id for color in page.chosen for each in lines if each.color == color]
        page = replace(page, chosen=tuple(chosen))
    problems.extend(_unknown(name, value) for name, value in list(given.items())[:MOST_CURVES])
    return page, tuple(problems)


# Of the lines on a page, one at a time changes.
@lru_cache(maxsize=256)
def _line_text(place: int, line: Line) -> str:
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


def _lines(texts: Sequence[str], problems: list[Sentence]) -> tuple[Line, ...]:
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
        raise InvalidLink(_unknown(path.removeprefix(f"{_SCHEDULE}."), texts[path]))
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
                raise InvalidLink(_unknown(each.name, texts[each.name])) from None
            del legible[each.name]
    return legible


def _unknown(name: str, value: str) -> Sentence:
    return Sentence(
        "{name} = {value} was not understood.", {"name": quoted(name), "value": quoted(value)}
    )
