"""The panel: a line for each declared field that can be set, and what is done with its texts.

What a field is comes from its declaration, never from here. The browser sends ``set`` or ``slide``,
a row's name and a text.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Sequence as Items
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from lrviz.declared import Field, Parameter, Value
from lrviz.errors import InvalidFields
from lrviz.page import Page
from lrviz.scene import Scene
from lrviz.scene.shares import percent_text
from lrviz.schedules import Expression, Schedule, Sequence
from lrviz.text import Sentence, paragraph
from lrviz.view.payload import Payload
from lrviz.view.subject import Subject, find, row_name, schedule_of
from lrviz.view.typed import Typed


@dataclass(frozen=True)
class Row:
    """A line of the panel: a field of a subject.

    Attributes:
        subject: What has the field.
        field: The field.
        unit: What its value counts (English), where that is not what the declaration says.
        slides: Whether it has its slider, if it declares one.
        title: Its label, where that is not its path.
        share: So many percent of the run as its length is, where it follows the run.
        run: How long the run is, in what the curve counts.
        group: The heading above it (English); empty: none.
        locked: Whether its lock is closed; None: it has no lock.
        asked: The stops of its slider, where it answers a question: few, for a thumb.
    """

    subject: Subject
    field: Field
    unit: str = ""
    slides: bool = True
    title: Sentence | str = ""
    share: float | None = None
    run: int = 0
    group: str = ""
    locked: bool | None = None
    asked: tuple[float, ...] = ()


def rows_of(subject: Subject, fields: Iterable[Field]) -> list[Row]:
    """A line for each of the fields, to be typed into: no chart follows them."""
    return [Row(subject, field, slides=False) for field in fields]


def curve_rows(scene: Scene, path: str = "") -> list[Row]:
    """The lines of a part of the selected curve; lengths are in what the curve counts."""
    curve = scene.curve
    subject, schedule = schedule_of(curve), curve.schedule
    epochs = curve.per == "epoch"
    named = dict(_own_rows(schedule, path))
    return [
        Row(
            subject,
            field,
            "epochs" if epochs and field.parameter.unit == "steps" else "",
            title=named[field.path],
            share=curve.share(field.path),
            run=curve.count(scene.timeline),
        )
        for field in schedule.fields()
        if field.path in named
    ]


def _own_rows(schedule: Schedule, path: str) -> Iterator[tuple[str, Sentence | str]]:
    """The paths of the fields of the part at ``path``, and their labels; empty: the path."""
    whole, within = schedule, ""
    for name in path.split(".") if path else ():
        if isinstance(whole, Sequence):
            place = int(name)
            if place:
                yield f"{within}boundaries.{place - 1}", Sentence("begins at")
            if place < len(whole.boundaries):
                yield f"{within}boundaries.{place}", Sentence("ends at")
        within += f"{name}."
        part = whole.part(name)
        assert isinstance(part, Schedule)
        whole = part
    for field in whole.fields():
        title = field.path
        if isinstance(whole, Expression):
            if field.path == "values":
                continue
            # A number in a formula has the name that it has there.
            title = whole.names[int(field.name)] if field.item else title
        yield within + field.path, "" if title == within + field.path else title


def panel_payload(
    page: Page, typed: Typed, rows: Items[Row], *, chart: str, curves: Payload | None = None
) -> Payload:
    """What a panel gets in the browser: its lines, each with its problem beneath it.

    Args:
        page: The page.
        typed: What was typed.
        rows: The lines.
        chart: The key of the chart that follows the sliders.
        curves: The payload of the list of curves above the lines; None: there is none.
    """
    return {
        "chart": chart,
        # Those of a subject that is gone are not there any more.
        "rows": [each for each in (_row(page, typed, row) for row in rows) if each],
        "curves": curves or "",
        "focus": f"{typed.refusals} {typed.focused}",
    }


def entered(
    page: Page, rows: Items[Row], act: str, name: str, text: str
) -> tuple[Subject, str, str] | None:
    """The subject, path and text that the row of that name was set, or slid, to; None: no row."""
    match = find(page, name)
    if match is None or act not in ("set", "slide"):
        return None
    if act == "slide":
        runs = [row.run for row in rows if row_name(row.subject, row.field.path) == name]
        text = _legal(page, *match, text, *runs)
    return (*match, text)


def _legal(page: Page, subject: Subject, path: str, text: str, run: int = 0) -> str:
    """The stop of a slider that is nearest to ``text`` and is not refused, as its text.

    A slider moves on while the server works: it may be where its neighbour was not yet.
    """
    value = subject.read(page)
    field = next((each for each in value.fields() if each.path == path), None) if value else None
    if value is None or field is None or not field.slides or value.value(path) is None:
        return text

    def refused(text: str) -> bool:
        try:
            value.retyped({path: text})
        except InvalidFields:
            return True
        return False

    with suppress(ValueError):
        wanted = field.parse(text)
        if isinstance(wanted, int | float) and refused(text):
            stops = field.stops(value.value(path), run)
            nearest = sorted(stops, key=lambda stop: abs(stop - wanted))
            return next((each for each in map(field.text, nearest) if not refused(each)), text)
    return text


def _row(page: Page, typed: Typed, row: Row) -> Payload:
    """What the browser needs of a line; empty: its subject is gone."""
    field, parameter = row.field, row.field.parameter
    whole = row.subject.read(page)
    if whole is None:
        return {}
    value = whole.value(field.path)
    problem = typed.problems(page, row.subject).get(field.path)
    slides = bool(row.asked) or (row.slides and field.slides)
    stops, at = _stops(row, value) if slides and value is not None else ("", 0)
    unit: object = Sentence(row.unit or parameter.unit) if row.unit or parameter.unit else ""
    text = typed.text(row.subject, field, value)
    if row.share is not None and field.path not in typed.refused(row.subject):
        text, unit = f"{percent_text(row.share)} %", paragraph(f"{value:,}", unit)
    return {
        "id": row_name(row.subject, field.path),
        "path": field.path,
        "name": row.title or field.path,
        "unit": unit,
        "help": _help(parameter, field.kind),
        "kind": "list" if field.many else _KINDS.get(field.kind, "number"),
        "text": text,
        "problem": paragraph(problem, _STILL) if problem is not None else "",
        "stops": stops,
        "at": at,
        "options": list(field.choices),
        "on": value is not None and value is not False,
        # What an optional field begins with when it is switched on.
        "start": field.text(parameter.start) if field.optional and slides else "",
        "placeholder": _NONE if field.optional else "",
        "group": Sentence(row.group) if row.group else "",
        "lock": _LOCK if row.locked is not None else "",
        "locked": bool(row.locked),
        "arrows": ARROWS if row.asked else (),
    }


#: What the two buttons do that move an answer by one.
ARROWS = (Sentence("A little less"), Sentence("A little more"))
_LOCK = Sentence("Stays as it is when a better curve is looked for")
_STILL = Sentence("The last valid value is still in use.")
_NONE = Sentence("none")

#: How a value is set that is no number.
_KINDS = {"bool": "bool", "choice": "choice", "text": "text"}


def _stops(row: Row, value: float) -> tuple[str, int]:
    """The stops of a field's slider in texts, and the place of ``value`` among them."""
    field = row.field
    if row.asked:
        stops = tuple(sorted({*row.asked, value}))
        return " ".join(map(field.text, stops)), stops.index(value)
    texts, places = _texts_of(field.parameter, whole=field.whole, run=row.run)
    if value in places:
        return texts, places[value]
    stops = field.stops(value, row.run)
    return " ".join(map(field.text, stops)), stops.index(value)


@lru_cache(maxsize=256)
def _texts_of(parameter: Parameter, *, whole: bool, run: int) -> tuple[str, dict[Value, int]]:
    stops = parameter.stops(whole=whole, run=run)
    return " ".join(map(repr, stops)), {stop: place for place, stop in enumerate(stops)}


@lru_cache(maxsize=256)
def _help(parameter: Parameter, kind: str) -> Sentence:
    """What a field is, and what is legal."""
    about = Sentence(parameter.help)
    if kind in ("bool", "choice", "text"):
        return about
    low = max(parameter.at_least, parameter.above)
    values: dict[str, object] = {"low": f"{low:g}", "high": f"{parameter.at_most:g}"}
    if low == parameter.above:
        return paragraph(about, Sentence("Legal: above {low}, at most {high}.", values))
    return paragraph(about, Sentence("Legal: at least {low}, at most {high}.", values))
