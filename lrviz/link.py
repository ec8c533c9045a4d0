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

from lrviz.declared import Declared, Field, Value, declared
from lrviz.errors import InvalidFields, InvalidLink
from lrviz.page import Page, first_page
from lrviz.scene import MOST_CURVES, Curve, Scene, free
from lrviz.schedules import COMPOSED, SCHEDULES
from lrviz.text import Sentence, quoted

VERSION = "3"
#: Versions in which a curve had no id: what is trained was chosen by colour.
_BY_COLOR = ("1", "2")
#: No part of a link is read beyond this many characters.
MOST_CHARACTERS = 8000

#: A URL's query: names and values, in order.
Query = Sequence[tuple[str, str]]

_SCHEDULES: dict[str, type[Declared]] = {
    schedule.__name__: schedule for schedule in (*SCHEDULES, *COMPOSED)
}
_FIELDS = {each.name: each for each in declared(Curve)}
#: What a link says of a curve beside its schedule, in this order.
_OWN = tuple(_FIELDS[name] for name in ("per", "color", "shown", "label", "shares", "id"))
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
        explains: Whether a refusal is told in the field's own words: people know these fields.
        names: What fields are called in a link, where that is not their name.
    """

    path: str
    prefix: str = ""
    always: Collection[str] = ()
    together: bool = False
    explains: bool = False
    names: Mapping[str, str] = field(default_factory=dict)

    def called(self, each: Field) -> str:
        """What a field is called in a link."""
        return self.prefix + self.names.get(each.name, each.name)

    def write(self, page: Page) -> Iterator[tuple[str, str]]:
        """The names and texts of what is written."""
        part, usual = page.part(self.path), _NEW.part(self.path)
        if part is usual and not self.always:
            return
        every = self.together and part != usual
        for each in part.declared():
            value = getattr(part, each.name)
            if every or each.name in self.always or value != getattr(usual, each.name):
                yield self.called(each), each.text(value)

    def read(self, page: Page, given: dict[str, str], problems: list[Sentence]) -> Page:
        """``page`` with what was ``given`` of this part, which is taken out of there."""
        part, values = page.part(self.path), dict[str, Value]()
        for each in part.declared():
            name = self.called(each)
            text = given.pop(name, None)
            if text is None or not (text or self.explains):
                continue
            try:
                values[each.name] = each.parse(text)
            except ValueError as error:
                problems.append(error.args[0] if self.explains else _unknown(name, text))
        try:
            part = part.with_values(values)
        except InvalidFields as error:
            problems.extend(error.problems.values())
        return page.with_part(self.path, part)


#: The one table of what a link holds, beside the curves: it is written, and read, by this.
_PARTS = (
    _Part("scene.timeline", always=_RUN, explains=True),
    _Part("scene", always={each.name for each in Scene.declared()}),
    _Part("scene.lens", prefix="lens."),
    _Part(
        "",
        always=("language", "tab"),
        names={"chosen": "fit.curves", "with_plateau": "fit.plateau"},
    ),
    _Part("study", names={"revealed": "shown", "hidden": "hide"}),
    _Part("learner"),
    _Part("recipe", prefix="fit.", together=True, explains=True),
    _Part("plateau", prefix="plateau.", together=True, explains=True),
)


def to_query(page: Page) -> list[tuple[str, str]]:
    """The query of ``page``; :func:`from_query` gives the same page again, exactly."""
    return [
        ("v", VERSION),
        *(pair for part in _PARTS for pair in part.write(page)),
        *(("curve", _curve_text(*each)) for each in enumerate(page.scene.curves)),
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
    curve_texts: list[str] = []
    for name, value in query:
        if name == "curve":
            curve_texts.append(value)
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
    page = _NEW
    for part in _PARTS:
        page = part.read(page, given, problems)
    curves = _curves(curve_texts, problems) or page.scene.curves
    selected = min(page.scene.selected, len(curves) - 1)
    page = replace(page, scene=replace(page.scene, curves=curves, selected=selected))
    if version in _BY_COLOR:
        chosen = [each.id for color in page.chosen for each in curves if each.color == color]
        page = replace(page, chosen=tuple(chosen))
    problems.extend(_unknown(name, value) for name, value in list(given.items())[:MOST_CURVES])
    return page, tuple(problems)


# Of the curves on a page, one at a time changes.
@lru_cache(maxsize=256)
def _curve_text(place: int, curve: Curve) -> str:
    texts = curve.schedule.texts()
    own = {
        _own_name(each.name, texts): _escaped(each, each.text(getattr(curve, each.name)))
        for each in _OWN
        if each.name != "id" or curve.id != place
    }
    parts = [part for name, text in (texts | own).items() if text for part in (name, text)]
    return "~".join([type(curve.schedule).__name__, *parts])


def _escaped(each: Field, text: str) -> str:
    return quote(text, safe=" ").replace("~", "%7E") if each.kind == "text" else text


def _curves(texts: Sequence[str], problems: list[Sentence]) -> tuple[Curve, ...]:
    curves: list[Curve] = []
    for place, text in enumerate(texts[:MOST_CURVES]):
        try:
            curve = _curve(text[:MOST_CHARACTERS], place, curves)
        except InvalidLink as error:
            problems.append(
                Sentence(
                    "Curve {number} of the link was left out: {why}",
                    {"number": place + 1, "why": error.sentence},
                )
            )
            continue
        ids = [each.id for each in curves]
        curves.append(replace(curve, id=free(ids)) if curve.id in ids else curve)
    if len(texts) > MOST_CURVES:
        problems.append(
            Sentence(
                "The link holds {count} curves; the first {most} are shown.",
                {"count": len(texts), "most": MOST_CURVES},
            )
        )
    return tuple(curves)


def _curve(text: str, place: int, others: Sequence[Curve]) -> Curve:
    """The curve that ``text`` holds; by default, its id is ``place`` and its colour a free one."""
    name, *parts = text.split("~")
    kind = _SCHEDULES.get(name)
    if kind is None:
        raise InvalidLink(Sentence("There is no schedule {name}.", {"name": quoted(name)}))
    if len(parts) % 2:
        raise InvalidLink(Sentence("{part} has no value.", {"part": quoted(parts[-1])}))
    given = dict(zip(parts[::2], parts[1::2], strict=True))
    try:
        schedule = kind.from_text(given, _SCHEDULES)
    except InvalidFields as error:
        raise InvalidLink(next(iter(error.problems.values()))) from error
    known = schedule.texts()
    own = _own({name: text for name, text in given.items() if name not in known}, known)
    usual: dict[str, Value] = {"id": place, "color": free(each.color for each in others)}
    return Curve(schedule, **usual | own)  # type: ignore[arg-type]  # checked by their declarations


def _own(given: dict[str, str], known: Mapping[str, str]) -> dict[str, Value]:
    """The curve's own values beside its schedule's."""
    values: dict[str, Value] = {}
    for each in _OWN:
        name = _own_name(each.name, known)
        text = given.pop(name, None)
        if text is None:
            continue
        try:
            values[each.name] = each.parse(unquote(text) if each.kind == "text" else text)
        except ValueError:
            # A colour or an id that is not understood is no reason to lose a curve.
            if each.name not in ("color", "id"):
                raise InvalidLink(_unknown(name, text)) from None
    for name, text in given.items():
        raise InvalidLink(_unknown(name, text))
    return values


def _own_name(name: str, known: Collection[str]) -> str:
    """What a curve's own ``name`` is in a link: its schedule may have a field of that name."""
    return f"curve.{name}" if name in known else name


def _unknown(name: str, value: str) -> Sentence:
    return Sentence(
        "{name} = {value} was not understood.", {"name": quoted(name), "value": quoted(value)}
    )
