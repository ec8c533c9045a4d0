"""The scene's curves: choose one, add, arrange, name; undo and redo."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import get_args

from lrviz.figures.palette import COLORS, DASHES, swatch
from lrviz.scene import MOST_CURVES, Curve, clean_label
from lrviz.scene.timeline import Per
from lrviz.schedules import SCHEDULES
from lrviz.text import mark
from lrviz.ui.session import Session
from lrviz.ui.subject import schedule_of
from lrviz.ui.widgets.panel import curve_rows, panel

_TEXTS = {
    "curves": mark("Curves"),
    "undo": mark("Undo"),
    "redo": mark("Redo"),
    "add": mark("Add a curve"),
    "more": mark("More"),
    "hide": mark("Hide"),
    "show": mark("Show"),
    "name": mark("Name"),
    "applied": mark("Applied"),
    "rename": mark("Rename"),
    "duplicate": mark("Duplicate"),
    "earlier": mark("Move up"),
    "later": mark("Move down"),
    "remove": mark("Remove"),
}
_PERS: dict[Per, str] = {"step": mark("every step"), "epoch": mark("every epoch")}
_HELP = mark(
    "Every step: the schedule object in the optimizer. Every epoch: the "
    "LearningRateScheduler callback, which counts epochs, so every length above does too."
)


def curve_list(session: Session) -> None:
    """The curves, and everything about the selected one."""
    rows = curve_rows(session.scene.curve)
    panel(session, rows, chart="curves", curves=json.dumps(_told(session)), acts=_acts(session))


def _told(session: Session) -> dict[str, object]:
    """What the browser is told of the curves."""
    scene = session.scene
    return {
        "curves": [_entry(session, curve) for curve in scene.curves],
        "kinds": [schedule.__name__ for schedule in SCHEDULES],
        "full": len(scene.curves) >= MOST_CURVES,
        "undo": session.history.past != [],
        "redo": session.history.future != [],
        "per": scene.curve.per,
        "pers": [[per, session.text(text)] for per, text in _PERS.items()],
        "help": session.text(_HELP),
        "texts": {name: session.text(text) for name, text in _TEXTS.items()},
    }


def _entry(session: Session, curve: Curve) -> dict[str, object]:
    return {
        "uid": str(curve.color),
        "name": curve.name,
        "label": curve.label,
        "kind": type(curve.schedule).__name__,
        "shown": curve.shown,
        "chosen": curve is session.scene.curve,
        "wrong": bool(session.form(schedule_of(curve)).problems),
        "css": COLORS[curve.color],
        "dash": swatch(DASHES[curve.color]),
    }


def _acts(session: Session) -> dict[str, Callable[[str, str], None]]:
    """What can be done with the curves; the browser names a curve, and may name anything."""
    of_curve: dict[str, Callable[[Session, Curve, str], None]] = {
        "select": lambda now, curve, _: now.look(selected=now.scene.curves.index(curve)),
        "toggle": lambda now, curve, _: now.set(scene=now.scene.toggle(curve.color)),
        "label": _rename,
        "duplicate": _duplicate,
        "remove": lambda now, curve, _: now.set(scene=now.scene.remove(curve.color)),
        "place": _place,
    }
    acts = {name: partial(_of_curve, session, act) for name, act in of_curve.items()}
    return acts | {
        "add": lambda kind, _: _add(session, kind),
        "per": lambda per, _: _apply(session, per),
        "undo": lambda _, __: session.undo(),
        "redo": lambda _, __: session.redo(),
    }


def _of_curve(
    session: Session, act: Callable[[Session, Curve, str], None], uid: str, text: str
) -> None:
    for curve in session.scene.curves:
        if str(curve.color) == uid:
            act(session, curve, text)
            return


def _rename(session: Session, curve: Curve, text: str) -> None:
    session.set(scene=session.scene.with_curve(curve.color, label=clean_label(text)))


def _duplicate(session: Session, curve: Curve, _: str) -> None:
    copy = replace(curve, label=clean_label(f"{curve.name} *"))
    session.set(scene=session.scene.add(copy))


def _place(session: Session, curve: Curve, text: str) -> None:
    if text.isdecimal() and len(text) < 3:
        session.set(scene=session.scene.move(curve.color, int(text)))


def _add(session: Session, name: str) -> None:
    scene = session.scene
    for schedule in SCHEDULES:
        if schedule.__name__ == name:
            session.set(scene=scene.add(Curve(schedule.example(scene.timeline.steps))))


def _apply(session: Session, per: str) -> None:
    if per in get_args(Per):
        session.set(scene=session.scene.with_curve(session.scene.curve.color, per=per))
