"""What the chosen curve is made of: its phases and factors, as chips."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from lrviz.errors import InvalidFields
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
from lrviz.ui.explore.memory import ExploreMemory
from lrviz.ui.session import Session
from lrviz.view.subject import schedule_of


def chosen(session: Session) -> str:
    """The path of the part whose lines are shown; empty: the schedule is not made of parts."""
    return simple_path(session.scene.curve.schedule, session.memory(ExploreMemory).part)


def told(session: Session) -> list[dict[str, object]]:
    """What the browser is told of the chosen curve's parts: a row of chips for each level."""
    curve, path = session.scene.curve, chosen(session)
    schedule, run = curve.schedule, curve.count(session.scene.timeline)
    levels, within = list[dict[str, object]](), ""
    names = path.split(".") if path else [""]
    for name in names:
        whole = schedule.part(within.removesuffix("."))
        assert isinstance(whole, Schedule)
        levels.append(_level(whole, within, name, stretch(schedule, within.removesuffix("."), run)))
        within += f"{name}."
    return levels


def _level(whole: Schedule, within: str, name: str, run: int) -> dict[str, object]:
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


def acts(session: Session) -> dict[str, Callable[[str, str], None]]:
    """What can be done with the parts; the browser names a part, and may name anything."""
    return {
        "part": lambda path, _: _choose(session, path),
        "warm": lambda _, __: _change(session, warmed_up, "0"),
        "scale": lambda _, __: _change(session, lambda schedule, _: scaled(schedule), "factor"),
        "insert": partial(_insert, session),
        "drop": lambda path, _: _drop(session, path),
        "shift": partial(_shift, session),
        "follow": partial(_follow, session),
    }


def _choose(session: Session, path: str) -> None:
    session.memory(ExploreMemory).part = simple_path(session.scene.curve.schedule, path)


def _change(session: Session, change: Callable[[Schedule, int], Schedule], part: str) -> None:
    """Change the chosen curve's schedule, and look at the part at that path then."""
    curve = session.scene.curve
    # What cannot be stays as it is.
    with suppress(InvalidFields):
        schedule = change(curve.schedule, curve.count(session.scene.timeline))
        # Lengths that follow the run have other paths now.
        changed = {"schedule": schedule, "shares": ()}
        session.set(scene=session.scene.with_line(curve.id, **changed))
        session.memory(ExploreMemory).part = simple_path(schedule, part)


def _sequence(session: Session, path: str) -> tuple[str, int] | None:
    """The path of the sequence that the part at ``path`` is a phase of, and its place there."""
    if path not in _paths(session.scene.curve.schedule):
        return None
    owner, _, name = path.rpartition(".")
    return (owner, int(name)) if name.isdecimal() else None


def _paths(schedule: Schedule, within: str = "") -> list[str]:
    """The paths of all parts."""
    if not isinstance(schedule, Composed):
        return []
    found = list[str]()
    for name, part in schedule.parts:
        found += [within + name, *_paths(part, f"{within}{name}.")]
    return found


def _on(
    owner: str, change: Callable[[Schedule, int], Schedule]
) -> Callable[[Schedule, int], Schedule]:
    """A change of the part at ``owner``, as one of the whole."""

    def made(schedule: Schedule, run: int) -> Schedule:
        part = schedule.part(owner)
        assert isinstance(part, Schedule)
        new = change(part, stretch(schedule, owner, run))
        return schedule.with_part(owner, new) if owner else new

    return made


def _insert(session: Session, kind: str, path: str) -> None:
    """A phase of that kind behind the one at ``path``; behind the whole, if it has none there."""
    known = kind_of(kind)
    if known is None:
        return
    where = _sequence(session, path)
    owner, place = where if where is not None else ("", 0)
    start = f"{owner}." if owner else ""
    change = _on(owner, lambda schedule, run: inserted(schedule, place, known, run))
    _change(session, change, f"{start}{place + 1}")


def kind_of(name: str) -> type[Schedule] | None:
    """The schedule of that name in the catalogue; the browser may say anything."""
    return next((each for each in SCHEDULES if each.__name__ == name), None)


def _drop(session: Session, path: str) -> None:
    schedule = session.scene.curve.schedule
    if path in _paths(schedule):
        _change(session, lambda whole, run: dropped(_composed(whole), path, run), path)


def _composed(schedule: Schedule) -> Composed:
    assert isinstance(schedule, Composed)
    return schedule


def _shift(session: Session, path: str, by: str) -> None:
    where = _sequence(session, path)
    if where is None or by not in ("-1", "1"):
        return
    owner, place = where
    start = f"{owner}." if owner else ""

    def change(schedule: Schedule, run: int) -> Schedule:
        assert isinstance(schedule, Sequence)
        return moved(schedule, place, int(by), run)

    _change(session, _on(owner, change), f"{start}{place + int(by)}")


def _follow(session: Session, path: str, name: str) -> None:
    """Let what a phase has of its own follow its place, or not; say why, if it cannot."""
    where = _sequence(session, path)
    if where is None or name not in ("tied", "fitted"):
        return
    owner, place = where
    curve = session.scene.curve
    whole = curve.schedule.part(owner)
    assert isinstance(whole, Sequence)
    try:
        made: Schedule = toggled(whole, name, place)
        made = curve.schedule.with_part(owner, made) if owner else made
    except InvalidFields as error:
        start = f"{owner}." if owner else ""
        problems = {start + field: why for field, why in error.problems.items()}
        session.form(schedule_of(curve)).problems |= problems
        return
    session.set(scene=session.scene.with_line(curve.id, schedule=made))
