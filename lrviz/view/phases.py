"""The parts of the chosen curve, its phases and factors, as chips; and how they are edited."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from lrviz.errors import InvalidFields, InvalidSchedule
from lrviz.scene.phases import (
    dropped,
    inserted,
    lengths,
    moved,
    scaled,
    simple_path,
    stretch,
    toggled,
    warmed_up,
)
from lrviz.schedules import (
    MOST_PHASES,
    SCHEDULES,
    Composed,
    Linear,
    Schedule,
    Sequence,
)
from lrviz.view.editing import Edit, Editing
from lrviz.view.payload import Payload

#: A change of a schedule in a run of so many steps.
Change = Callable[[Schedule, int], Schedule]


def levels(editing: Editing) -> list[Payload]:
    """The chosen curve's parts: a row of chips for each level."""
    curve, path = editing.scene.curve, editing.shown_part
    schedule, run = curve.schedule, curve.count(editing.scene.timeline)
    rows, within = list[Payload](), ""
    names = path.split(".") if path else [""]
    for name in names:
        whole = schedule.part(within.removesuffix("."))
        assert isinstance(whole, Schedule)
        rows.append(_level(whole, within, name, stretch(schedule, within.removesuffix("."), run)))
        within += f"{name}."
    return rows


def _level(whole: Schedule, within: str, name: str, run: int) -> Payload:
    parts: tuple[tuple[str, Schedule], ...]
    if not isinstance(whole, Composed):
        parts, ends = (("", whole),), [run]
    elif isinstance(whole, Sequence):
        parts, ends = whole.parts, lengths(whole, run)
    else:
        parts, ends = whole.parts, [0, 0]
    place = [path for path, _ in parts].index(name)
    follows = dict[str, bool]()
    if isinstance(whole, Sequence) and place > 0 and parts[place][1].first_rate:
        follows["tied"] = place in whole.tied
    if isinstance(whole, Sequence) and place < len(parts) - 1 and parts[place][1].own_length:
        follows["fitted"] = place in whole.fitted
    return {
        "joined": ">" if isinstance(whole, Sequence) else "×",
        "sequence": isinstance(whole, Sequence),
        "parts": [
            {
                "path": within + path,
                "name": part.title,
                "length": f"{length:,}" if length else "",
                "chosen": path == name,
            }
            for (path, part), length in zip(parts, ends, strict=True)
        ],
        "follows": follows,
        "full": isinstance(whole, Sequence) and len(parts) >= MOST_PHASES,
        "warm": not isinstance(parts[0][1], Linear) and within == "",
    }


def _choose(editing: Editing, path: str, _: str) -> Editing:
    return replace(editing, part=simple_path(editing.scene.curve.schedule, path))


def _changed(editing: Editing, change: Change, part: str) -> Editing:
    """The chosen curve's schedule changed, and the part at that path looked at."""
    curve = editing.scene.curve
    try:
        schedule = change(curve.schedule, curve.count(editing.scene.timeline))
        # Lengths that follow the run have other paths now.
        changed = {"schedule": schedule, "shares": ()}
        scene = editing.scene.with_line(curve.id, **changed)
    except InvalidFields:
        return editing  # What cannot be stays as it is.
    return replace(editing, scene=scene, part=simple_path(schedule, part))


def _phase(editing: Editing, path: str) -> tuple[str, int] | None:
    """The path of the sequence that the part at ``path`` is a phase of, and its place there."""
    if path not in _paths(editing.scene.curve.schedule):
        return None
    owner, _, name = path.rpartition(".")
    return (owner, int(name)) if name.isdecimal() else None


def _paths(schedule: Schedule, within: str = "") -> list[str]:
    """The paths of all parts."""
    if not isinstance(schedule, Composed):
        return []
    paths = list[str]()
    for name, part in schedule.parts:
        paths += [within + name, *_paths(part, f"{within}{name}.")]
    return paths


def _on(owner: str, change: Change) -> Change:
    """A change of the part at ``owner``, as one of the whole."""

    def whole(schedule: Schedule, run: int) -> Schedule:
        part = schedule.part(owner)
        assert isinstance(part, Schedule)
        new = change(part, stretch(schedule, owner, run))
        return schedule.with_part(owner, new) if owner else new

    return whole


def _insert(editing: Editing, name: str, path: str) -> Editing:
    """A phase of that kind behind the one at ``path``; behind the whole, if it has none there."""
    kind = kind_of(name)
    if kind is None:
        return editing
    owner, place = _phase(editing, path) or ("", 0)
    start = f"{owner}." if owner else ""
    change = _on(owner, lambda schedule, run: inserted(schedule, place, kind, run))
    return _changed(editing, change, f"{start}{place + 1}")


def kind_of(name: str) -> type[Schedule] | None:
    """The schedule of that name in the catalogue; the browser may send anything."""
    return next((each for each in SCHEDULES if each.__name__ == name), None)


def _drop(editing: Editing, path: str, _: str) -> Editing:
    if path not in _paths(editing.scene.curve.schedule):
        return editing
    return _changed(editing, lambda whole, run: dropped(_composed(whole), path, run), path)


def _composed(schedule: Schedule) -> Composed:
    assert isinstance(schedule, Composed)
    return schedule


def _shift(editing: Editing, path: str, by: str) -> Editing:
    phase = _phase(editing, path)
    if phase is None or by not in ("-1", "1"):
        return editing
    owner, place = phase
    start = f"{owner}." if owner else ""

    def change(schedule: Schedule, run: int) -> Schedule:
        assert isinstance(schedule, Sequence)
        return moved(schedule, place, int(by), run)

    return _changed(editing, _on(owner, change), f"{start}{place + int(by)}")


def _follow(editing: Editing, path: str, name: str) -> Editing:
    """Let what a phase has of its own follow its place, or not.

    Raises:
        InvalidSchedule: It cannot; the problems are by the paths of the whole schedule's fields.
    """
    phase = _phase(editing, path)
    if phase is None or name not in ("tied", "fitted"):
        return editing
    owner, place = phase
    curve = editing.scene.curve
    whole = curve.schedule.part(owner)
    assert isinstance(whole, Sequence)
    try:
        schedule: Schedule = toggled(whole, name, place)
        schedule = curve.schedule.with_part(owner, schedule) if owner else schedule
    except InvalidFields as error:
        start = f"{owner}." if owner else ""
        raise InvalidSchedule(
            {start + field: why for field, why in error.problems.items()}
        ) from error
    return replace(editing, scene=editing.scene.with_line(curve.id, schedule=schedule))


#: What can be done with the parts, by the name of the message.
EDITS: Mapping[str, Edit] = {
    "part": _choose,
    "warm": lambda editing, _, __: _changed(editing, warmed_up, "0"),
    "scale": lambda editing, _, __: _changed(editing, lambda each, _: scaled(each), "factor"),
    "insert": _insert,
    "drop": _drop,
    "shift": _shift,
    "follow": _follow,
}
