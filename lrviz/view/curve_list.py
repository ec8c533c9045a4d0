"""The scene's curves: choose one, add, arrange, name; undo and redo."""

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import get_args

from lrviz.declared import Value
from lrviz.errors import InvalidFields
from lrviz.figures.palette import COLORS, DASHES, swatch
from lrviz.scene import MOST_CURVES, Curve, Line, Scene, clean_label
from lrviz.scene.timeline import Per
from lrviz.schedules import SCHEDULES
from lrviz.text import Sentence
from lrviz.view import phases
from lrviz.view.editing import Edit, Editing
from lrviz.view.payload import Payload
from lrviz.view.phases import kind_of, levels
from lrviz.view.subject import schedule_of
from lrviz.view.typed import Typed

_TEXTS = {
    "curves": Sentence("Curves"),
    "undo": Sentence("Undo"),
    "redo": Sentence("Redo"),
    "add": Sentence("Add a curve"),
    "more": Sentence("More"),
    "hide": Sentence("Hide"),
    "show": Sentence("Show"),
    "name": Sentence("Name"),
    "details": Sentence("Formula and cycles"),
    "applied": Sentence("Applied"),
    "rename": Sentence("Rename"),
    "duplicate": Sentence("Duplicate"),
    "color": Sentence("Colour"),
    "earlier": Sentence("Move up"),
    "later": Sentence("Move down"),
    "remove": Sentence("Remove"),
    "search": Sentence("Search: cosine, OneCycleLR, noam, ..."),
    "none": Sentence("No schedule of that name."),
    "phases": Sentence("Phases of the chosen curve"),
    "warm": Sentence("Warm-up first"),
    "behind": Sentence("Add a phase behind this one"),
    "tied": Sentence("start where the last one ended"),
    "fitted": Sentence("as long as its phase"),
    "scale": Sentence("Multiply by a factor"),
    "before": Sentence("Move before"),
    "after": Sentence("Move behind"),
    "drop": Sentence("Take out"),
}
_PERS: dict[Per, Sentence] = {"step": Sentence("every step"), "epoch": Sentence("every epoch")}
_HELP = Sentence(
    "Every step: the schedule object in the optimizer. Every epoch: the "
    "LearningRateScheduler callback, which counts epochs, so every length above does too."
)


def curves_payload(editing: Editing, wrong: Collection[int], *, undo: bool, redo: bool) -> Payload:
    """What the list of curves gets in the browser.

    Args:
        editing: What is edited.
        wrong: The ids of the curves of which something was refused.
        undo: Whether there is something to undo,
        redo: or to redo.
    """
    scene = editing.scene
    return {
        "curves": [
            _entry(line, apart.name, chosen=line is scene.curve, wrong=line.id in wrong)
            for line, apart in zip(scene.lines, scene.distinct.lines, strict=True)
        ],
        "colors": COLORS,
        "kinds": [[each.__name__, " ".join(each.aliases)] for each in SCHEDULES],
        "levels": levels(editing),
        "full": len(scene.lines) >= MOST_CURVES,
        "undo": undo,
        "redo": redo,
        "per": scene.curve.per,
        "pers": [*_PERS.items()],
        "help": _HELP,
        "convert": _offer(editing),
        "texts": _TEXTS,
    }


def _offer(editing: Editing) -> Sentence | str:
    """The label of the button that converts the lengths; empty: there is nothing to convert."""
    converted, curve = _converted(editing), editing.scene.curve
    if converted is None:
        return ""
    before, after = curve.schedule, converted.schedule
    lengths = (
        f"{field.path} {field.text(before.value(field.path))} → "
        f"{field.text(after.value(field.path))}"
        for field in before.fields()
        if not field.item and before.value(field.path) != after.value(field.path)
    )
    return Sentence("Keep the lengths: {lengths}", {"lengths": ", ".join(lengths)})


def _entry(line: Line, name: str, *, chosen: bool, wrong: bool) -> Payload:
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


def _of_line(edit: Callable[[Scene, Line, str], Scene]) -> Edit:
    """An edit of the line that the message names."""

    def of_line(editing: Editing, uid: str, text: str) -> Editing:
        for line in editing.scene.lines:
            if str(line.id) == uid:
                return replace(editing, scene=edit(editing.scene, line, text))
        return editing

    return of_line


def _select(scene: Scene, line: Line, _: str) -> Scene:
    return replace(scene, selected=scene.lines.index(line))


def _rename(scene: Scene, line: Line, text: str) -> Scene:
    return scene.with_line(line.id, label=clean_label(text))


def _color(scene: Scene, line: Line, text: str) -> Scene:
    if text in map(str, range(len(COLORS))):
        return scene.with_line(line.id, color=int(text))
    return scene


def _duplicate(scene: Scene, line: Line, _: str) -> Scene:
    return scene.add(replace(line, label=clean_label(f"{line.name} *")))


def _place(scene: Scene, line: Line, text: str) -> Scene:
    if text.isdecimal() and len(text) < 3:
        return scene.move(line.id, int(text))
    return scene


def _add(editing: Editing, name: str, _: str) -> Editing:
    scene, kind = editing.scene, kind_of(name)
    if kind is None:
        return editing
    return replace(editing, scene=scene.add(Curve(kind.example(scene.timeline.steps))))


def _apply(editing: Editing, per: str, _: str) -> Editing:
    scene, curve = editing.scene, editing.scene.curve
    for each in get_args(Per):
        if per == each != curve.per:
            scene = _replaced(scene, replace(curve, per=each).over(scene.timeline))
            return replace(editing, scene=scene, switched=scene.curve)
    return editing


def _replaced(scene: Scene, curve: Curve) -> Scene:
    return scene.with_line(curve.id, per=curve.per, schedule=curve.schedule)


def _is_switched(editing: Editing) -> bool:
    """Whether the chosen curve has just been applied otherwise; it may look otherwise since."""
    one, other = editing.scene.curve, editing.switched
    if other is None:
        return False
    return one == replace(other, label=one.label, shown=one.shown, color=one.color)


def _converted(editing: Editing) -> Curve | None:
    """The curve with its lengths as long as they were, where they have just become others.

    Applied every epoch instead of every step, 50 steps have silently become 50 epochs.
    """
    curve = editing.scene.curve
    # Whatever else has changed since: the lengths are what the reader wants now.
    if not _is_switched(editing):
        return None
    steps = editing.scene.timeline.steps_per_epoch
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
        converted = replace(curve, schedule=curve.schedule.with_values(lengths))
        return None if converted == curve else converted
    return None


def _convert(editing: Editing, _: str, __: str) -> Editing:
    converted = _converted(editing)
    if converted is None:
        return editing
    return replace(editing, scene=_replaced(editing.scene, converted))


#: What can be done with the curves, by the name of the message.
EDITS: Mapping[str, Edit] = {
    "select": _of_line(_select),
    "toggle": _of_line(lambda scene, line, _: scene.toggle(line.id)),
    "label": _of_line(_rename),
    "color": _of_line(_color),
    "duplicate": _of_line(_duplicate),
    "remove": _of_line(lambda scene, line, _: scene.remove(line.id)),
    "place": _of_line(_place),
    "add": _add,
    "per": _apply,
    "convert": _convert,
    **phases.EDITS,
}


def edit(editing: Editing, typed: Typed, act: str, first: str, second: str) -> Editing:
    """What becomes of ``editing`` by an act of :data:`EDITS`; ``typed`` keeps why it cannot be."""
    try:
        return EDITS[act](editing, first, second)
    except InvalidFields as refused:
        typed.form(schedule_of(editing.scene.curve)).problems |= refused.problems
        return editing
