"""The panel: a line for each declared field that can be set here, and one component for all.

What a field is comes from its declaration, never from here. The browser says what was done in
numbered messages, ``["set", row, text]`` or ``["slide", row, text]``; each is taken once (see
:meth:`Session.listen`).
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Sequence as Items
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from lrviz.declared import Field, Parameter, Value
from lrviz.errors import InvalidFields
from lrviz.scene import Scene
from lrviz.scene.shares import percent_text
from lrviz.schedules import Expression, Schedule, Sequence
from lrviz.text import Sentence, mark
from lrviz.ui import assets
from lrviz.ui.session import Session
from lrviz.view.subject import Subject, find, row_name, schedule_of

# Without the module: a plain field for each line.
_FAILED = """
        const root = component.parentElement.querySelector(".lrviz-panel");
        let number = Math.max(Date.now(), component.data.taken);
        root.replaceChildren();
        for (const row of JSON.parse(component.data.rows)) {
            const label = document.createElement("label");
            const field = document.createElement("input");
            field.value = row.text;
            field.setAttribute("aria-label", row.name);
            field.onchange = () => {
                const said = [(number += 1), "set", row.id, field.value];
                component.setStateValue("said", JSON.stringify([number, [said]]));
            };
            label.append(row.name + " ", field, " " + row.problem);
            label.style.display = "block";
            root.append(label);
        }
"""

_mount = st.components.v2.component(
    "lrviz.panel",
    html='<div class="lrviz-panel"></div>',
    js=assets.loader(_FAILED),
    isolate_styles=False,
)


@dataclass(frozen=True)
class Row:
    """A line of the panel: a field of a subject.

    Attributes:
        subject: What has the field.
        field: The field.
        unit: What its value counts (English), where that is not what the declaration says.
        slides: Whether it has its slider, if it declares one.
        title: What it is called (English), where that is not its path.
        share: So many percent of the run as its length is, where it follows the run.
        run: How long the run is, in what the curve counts.
        group: The heading above it (English); empty: none.
        lock: Whether it has a lock; that is closed in the scene's lens.
        asked: The stops of its slider, where it answers a question: few, for a thumb.
    """

    subject: Subject
    field: Field
    unit: str = ""
    slides: bool = True
    title: str = ""
    share: float | None = None
    run: int = 0
    group: str = ""
    lock: bool = False
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


def _own_rows(schedule: Schedule, path: str) -> Iterator[tuple[str, str]]:
    """The fields that belong to the part at ``path``, and what they are called beside it."""
    whole, within = schedule, ""
    for name in path.split(".") if path else ():
        if isinstance(whole, Sequence):
            place = int(name)
            if place:
                yield f"{within}boundaries.{place - 1}", mark("begins at")
            if place < len(whole.boundaries):
                yield f"{within}boundaries.{place}", mark("ends at")
        within += f"{name}."
        part = whole.part(name)
        assert isinstance(part, Schedule)
        whole = part
    for field in whole.fields():
        title = field.path
        if isinstance(whole, Expression):
            if field.path == "values":
                continue
            # A number in a formula is called what the formula calls it.
            title = whole.names[int(field.name)] if field.item else title
        yield within + field.path, "" if title == within + field.path else title


def panel_of(chart: str) -> str:
    """The key of the panel that moves the chart of that key."""
    return f"{chart}-panel"


def panel(
    session: Session,
    rows: Items[Row],
    *,
    key: str = "",
    chart: str = "",
    curves: str = "",
    acts: Mapping[str, Callable[[str, str], None]] | None = None,
) -> None:
    """Show a line for each of ``rows``, each with its problem beneath it.

    Args:
        session: The session.
        rows: The lines.
        key: The panel's name on the page, where no chart follows it.
        chart: The key of the chart that follows the sliders.
        curves: The list of curves above the lines, as JSON for ``curves.js``; empty: none.
        acts: What else can be done here, by the name of the message; each takes its two texts.
    """
    key = panel_of(chart) if chart else key

    def take(act: str, first: str, second: str) -> None:
        if act in ("set", "slide"):
            found = find(session.page, first)
            if found is not None:
                runs = [row.run for row in rows if row_name(row.subject, row.field.path) == first]
                text = _legal(session, *found, second, *runs) if act == "slide" else second
                session.type(*found, text)
        elif acts and act in acts:
            acts[act](first, second)

    session.listen(key, "said", take)
    # Those of a subject that is gone are not there any more.
    drawn = [told for told in (_row(session, row) for row in rows) if told]
    _mount(
        key=key,
        data={
            "module": assets.url("widgets/panel/panel.js"),
            "chart": chart or key,
            "rows": json.dumps(drawn),
            "curves": curves,
            "focus": f"{session.refusals} {session.focused}",
            "taken": session.taken(key),
        },
        on_said_change=_nothing,
    )


def _nothing() -> None:
    """What was said is taken at the start of the next run, whatever else happens."""


def _legal(session: Session, subject: Subject, path: str, text: str, run: int = 0) -> str:
    """The stop of a slider that is nearest to ``text`` and is not refused, as its text.

    A slider moves on while the server works: it may be where its neighbour was not yet.
    """
    made = subject.read(session.page)
    field = next((each for each in made.fields() if each.path == path), None) if made else None
    if made is None or field is None or not field.slides or made.value(path) is None:
        return text

    def refused(text: str) -> bool:
        try:
            made.retyped({path: text})
        except InvalidFields:
            return True
        return False

    with suppress(ValueError):
        wanted = field.parse(text)
        if isinstance(wanted, int | float) and refused(text):
            stops = field.stops(made.value(path), run)
            nearest = sorted(stops, key=lambda stop: abs(stop - wanted))
            return next((each for each in map(field.text, nearest) if not refused(each)), text)
    return text


def _row(session: Session, row: Row) -> dict[str, object]:
    """What the browser is told of a line."""
    field, parameter = row.field, row.field.parameter
    made = row.subject.read(session.page)
    if made is None:
        return {}
    value = made.value(field.path)
    problem = session.problems(row.subject).get(field.path)
    slides = bool(row.asked) or (row.slides and field.slides)
    stops, at = _stops(row, value) if slides and value is not None else ("", 0)
    kind = "list" if field.many else _KINDS.get(field.kind, "number")
    unit = session.text(row.unit or parameter.unit) if row.unit or parameter.unit else ""
    text = session.typed(row.subject, field, value)
    if row.share is not None and field.path not in session.form(row.subject).problems:
        text, unit = f"{percent_text(row.share)} %", f"{value:,} {unit}"
    return {
        "id": row_name(row.subject, field.path),
        "path": field.path,
        "name": session.text(row.title) if row.title else field.path,
        "unit": unit,
        "help": _help(session, field),
        "kind": kind,
        "text": text,
        "problem": _told(session, problem) if problem is not None else "",
        "stops": stops,
        "at": at,
        "options": list(field.choices),
        "on": value is not None and value is not False,
        # What an optional field begins with when it is switched on.
        "start": field.text(parameter.start) if field.optional and slides else "",
        "placeholder": session.text("none") if field.optional else "",
        "group": session.text(row.group) if row.group else "",
        "lock": session.text(_LOCK) if row.lock else "",
        "locked": row.lock and field.path in session.scene.lens.locked,
        "arrows": [session.text(each) for each in ARROWS] if row.asked else [],
    }


#: What the two buttons do that move an answer by one.
ARROWS = (mark("A little less"), mark("A little more"))
_LOCK = mark("Stays as it is when a better curve is looked for")

#: How a value is set that is no number.
_KINDS = {"bool": "bool", "choice": "choice", "text": "text"}


def _told(session: Session, problem: Sentence) -> str:
    return session.text(problem) + " " + session.text("The last valid value is still in use.")


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


def _help(session: Session, field: Field) -> str:
    parameter = field.parameter
    parts = [session.text(parameter.help)]
    if field.kind not in ("bool", "choice", "text"):
        low = parameter.at_least if parameter.at_least > parameter.above else parameter.above
        kind = session.text("Legal: at least {low}, at most {high}.")
        if low == parameter.above:
            kind = session.text("Legal: above {low}, at most {high}.")
        parts.append(kind.format(low=f"{low:g}", high=f"{parameter.at_most:g}"))
    return " ".join(parts)
