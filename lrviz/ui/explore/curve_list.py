"""The scene's curves: choose one, add, arrange, name; undo and redo."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import get_args

from lrviz.declared import Value
from lrviz.errors import InvalidFields
from lrviz.figures.palette import COLORS, DASHES, swatch
from lrviz.scene import MOST_CURVES, Curve, Line, clean_label
from lrviz.scene.timeline import Per
from lrviz.schedules import SCHEDULES
from lrviz.text import mark
from lrviz.ui.explore import phases
from lrviz.ui.explore.memory import ExploreMemory
from lrviz.ui.session import Session
from lrviz.ui.widgets.lens import lens_rows, lock, locks
from lrviz.ui.widgets.panel import curve_rows, panel
from lrviz.view.subject import schedule_of

_TEXTS = {
    "curves": mark("Curves"),
    "undo": mark("Undo"),
    "redo": mark("Redo"),
    "add": mark("Add a curve"),
    "more": mark("More"),
    "hide": mark("Hide"),
    "show": mark("Show"),
    "name": mark("Name"),
    "details": mark("Formula and cycles"),
    "applied": mark("Applied"),
    "rename": mark("Rename"),
    "duplicate": mark("Duplicate"),
    "earlier": mark("Move up"),
    "later": mark("Move down"),
    "remove": mark("Remove"),
    "search": mark("Search: cosine, OneCycleLR, noam, ..."),
    "none": mark("No schedule of that name."),
    "phases": mark("Phases of the chosen curve"),
    "warm": mark("Warm-up first"),
    "behind": mark("Add a phase behind this one"),
    "tied": mark("start where the last one ended"),
    "fitted": mark("as long as its phase"),
    "scale": mark("Multiply by a factor"),
    "before": mark("Move before"),
    "after": mark("Move behind"),
    "drop": mark("Take out"),
}
_PERS: dict[Per, str] = {"step": mark("every step"), "epoch": mark("every epoch")}
_HELP = mark(
    "Every step: the schedule object in the optimizer. Every epoch: the "
    "LearningRateScheduler callback, which counts epochs, so every length above does too."
)


def curve_list(session: Session) -> None:
    """The curves, and everything about the selected one."""
    scene = session.scene
    rows = locks(curve_rows(scene, phases.chosen(session)), scene) + lens_rows(scene)
    acts = _acts(session) | phases.acts(session)
    panel(session, rows, chart="curves", curves=json.dumps(_told(session)), acts=acts)


def _told(session: Session) -> dict[str, object]:
    """What the browser is told of the curves."""
    scene = session.scene
    wrong = {each.id for each in scene.curves if session.problems(schedule_of(each))}
    return {
        "curves": [
            _entry(line, apart.name, chosen=line is scene.curve, wrong=line.id in wrong)
            for line, apart in zip(scene.lines, scene.distinct.lines, strict=True)
        ],
        "kinds": [[each.__name__, " ".join(each.known_as)] for each in SCHEDULES],
        "levels": phases.told(session),
        "full": len(scene.lines) >= MOST_CURVES,
        "undo": session.history.past != [],
        "redo": session.history.future != [],
        "per": scene.curve.per,
        "pers": [[per, session.text(text)] for per, text in _PERS.items()],
        "help": session.text(_HELP),
        "convert": _offer(session),
        "texts": {name: session.text(text) for name, text in _TEXTS.items()},
    }


def _offer(session: Session) -> str:
    """What the button says that converts the lengths; empty: there is nothing to convert."""
    made, curve = _converted(session), session.scene.curve
    if made is None:
        return ""
    lengths = (
        f"{field.path} {field.text(curve.schedule.value(field.path))} → "
        f"{field.text(made.schedule.value(field.path))}"
        for field in curve.schedule.fields()
        if not field.item and curve.schedule.value(field.path) != made.schedule.value(field.path)
    )
    text = session.text("Keep the lengths: {lengths}")
    return text.format(lengths=", ".join(lengths))


def _entry(line: Line, name: str, *, chosen: bool, wrong: bool) -> dict[str, object]:
    return {
        "uid": str(line.id),
        "name": name,
        "label": line.label,
        "kind": line.title,
        "shown": line.shown,
        "chosen": chosen,
        "wrong": wrong,
        "css": COLORS[line.color],
        "dash": swatch(DASHES[line.color]),
    }


def _acts(session: Session) -> dict[str, Callable[[str, str], None]]:
    """What can be done with the curves; the browser names a curve, and may name anything."""
    of_line: dict[str, Callable[[Session, Line, str], None]] = {
        "select": lambda now, line, _: now.look(selected=now.scene.lines.index(line)),
        "toggle": lambda now, line, _: now.set(scene=now.scene.toggle(line.id)),
        "label": _rename,
        "duplicate": _duplicate,
        "remove": lambda now, line, _: now.set(scene=now.scene.remove(line.id)),
        "place": _place,
    }
    acts = {name: partial(_of_line, session, act) for name, act in of_line.items()}
    return acts | {
        "add": lambda kind, _: _add(session, kind),
        "per": lambda per, _: _apply(session, per),
        "convert": lambda _, __: _convert(session),
        "lock": lambda path, _: lock(session, path),
        "undo": lambda _, __: session.undo(),
        "redo": lambda _, __: session.redo(),
    }


def _of_line(
    session: Session, act: Callable[[Session, Line, str], None], uid: str, text: str
) -> None:
    for line in session.scene.lines:
        if str(line.id) == uid:
            act(session, line, text)
            return


def _rename(session: Session, line: Line, text: str) -> None:
    session.set(scene=session.scene.with_line(line.id, label=clean_label(text)))


def _duplicate(session: Session, line: Line, _: str) -> None:
    copy = replace(line, label=clean_label(f"{line.name} *"))
    session.set(scene=session.scene.add(copy))


def _place(session: Session, line: Line, text: str) -> None:
    if text.isdecimal() and len(text) < 3:
        session.set(scene=session.scene.move(line.id, int(text)))


def _add(session: Session, name: str) -> None:
    scene, kind = session.scene, phases.kind_of(name)
    if kind is not None:
        session.set(scene=scene.add(Curve(kind.example(scene.timeline.steps))))


def _apply(session: Session, per: str) -> None:
    curve = session.scene.curve
    for known in get_args(Per):
        if per == known != curve.per:
            changed = replace(curve, per=known)
            _replace(session, changed.over(session.scene.timeline))
            session.memory(ExploreMemory).switched = session.scene.curve


def _replace(session: Session, curve: Curve) -> None:
    changes = {"per": curve.per, "schedule": curve.schedule}
    session.set(scene=session.scene.with_line(curve.id, **changes))


def _converted(session: Session) -> Curve | None:
    """The curve with its lengths as long as they were, where they have just become others.

    Applied every epoch instead of every step, 50 steps have silently become 50 epochs.
    """
    curve = session.scene.curve
    # Whatever else has changed since: the lengths are what the reader wants now.
    if session.memory(ExploreMemory).switched is not curve:
        return None
    steps = session.scene.timeline.steps_per_epoch
    factor = steps if curve.per == "step" else 1 / steps
    lengths = dict[str, Value]()
    for field in curve.schedule.fields():
        value = curve.schedule.value(field.path)
        # A share of the run is as long as it was already.
        if field.item or field.parameter.unit != "steps":
            continue
        if curve.share(field.path) is None:
            lengths[field.path] = (
                tuple(round(each * factor) for each in value)
                if field.many
                else max(1, round(value * factor))
            )
    with suppress(InvalidFields):
        made = replace(curve, schedule=curve.schedule.with_values(lengths))
        return None if made == curve else made
    return None


def _convert(session: Session) -> None:
    made = _converted(session)
    if made is not None:
        _replace(session, made)
