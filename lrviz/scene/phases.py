"""How schedules are put together: phases before and behind one another, and factors."""

from contextlib import suppress
from dataclasses import dataclass, replace

from lrviz.errors import InvalidFields
from lrviz.schedules import Composed, Constant, Factor, Linear, Schedule, Sequence

#: So much of what a phase had goes to a new one behind it, and of the run to a warm-up.
_NEW, _WARM = 0.2, 0.05


@dataclass
class _Phase:
    """A phase, how long it is, and what of it follows its place."""

    schedule: Schedule
    length: int
    tied: bool = False
    fitted: bool = False


def warmed_up(schedule: Schedule, run: int) -> Sequence:
    """``schedule`` behind a line from 0 to its first rate, which takes 5 % of the run."""
    steps = max(1, round(_WARM * run))
    phases = _phases(schedule, run)
    # The last one has so much less.
    phases[-1].length = max(1, phases[-1].length - steps)
    line = Linear(0.0, float(schedule(0)), steps)
    return _joined([_Phase(line, steps, fitted=True), *phases])


def inserted(schedule: Schedule, place: int, kind: type[Schedule], run: int) -> Sequence:
    """With a new phase behind the one at ``place``, of which it takes the last fifth."""
    phases = _phases(schedule, run)
    new = max(1, round(_NEW * phases[place].length))
    phases[place].length = max(phases[place].length - new, 1)
    phase = kind.example(new)
    phases.insert(place + 1, _Phase(phase, new, fitted=bool(kind.own_length)))
    whole = _joined(phases)
    # Where the one before ends at nothing, it begins anew.
    if not kind.first_rate or not whole.ends[place] > 0:
        return whole
    with suppress(InvalidFields):
        return toggled(whole, "tied", place + 1)
    return whole


def removed(sequence: Sequence, place: int, run: int) -> Schedule:
    """Without a phase: the one before it, or else the one behind it, has its steps then."""
    phases = _phases(sequence, run)
    gone = phases.pop(place)
    phases[max(place - 1, 0)].length += gone.length
    phases[0].tied = False
    if len(phases) == 1:
        (left,) = phases
        return _sized(left)
    return _joined(phases)


def moved(sequence: Sequence, place: int, by: int, run: int) -> Sequence:
    """With a phase one place earlier or later; each keeps its length."""
    phases, other = _phases(sequence, run), place + by
    if not 0 <= other < len(phases):
        return sequence
    phases[place], phases[other] = phases[other], phases[place]
    phases[0].tied = False
    return _joined(phases)


def toggled(sequence: Sequence, name: str, place: int) -> Sequence:
    """With ``tied`` or ``fitted`` of a phase turned on, or off."""
    places: tuple[int, ...] = getattr(sequence, name)
    others = tuple(each for each in places if each != place)
    changed = others if place in places else (*others, place)
    return replace(sequence, **{name: changed})  # type: ignore[arg-type]  # its own fields


def scaled(schedule: Schedule) -> Factor:
    """``schedule`` times a factor that changes nothing yet."""
    return Factor(schedule, Constant(1.0))


def dropped(schedule: Composed, path: str, run: int) -> Schedule:
    """Without the part at ``path``."""
    owner, _, name = path.rpartition(".")
    whole = schedule.part(owner)
    if isinstance(whole, Sequence):
        left: Schedule = removed(whole, int(name), stretch(schedule, owner, run))
    else:
        assert isinstance(whole, Factor)
        left = whole.factor if name == "base" else whole.base
    return schedule.with_part(owner, left) if owner else left


def stretch(schedule: Schedule, path: str, run: int) -> int:
    """How many of the run's steps the part at ``path`` has."""
    name, _, rest = path.partition(".")
    if not name:
        return run
    if isinstance(schedule, Sequence):
        run = lengths(schedule, run)[int(name)]
    part = schedule.part(name)
    assert isinstance(part, Schedule)
    return stretch(part, rest, run)


def lengths(sequence: Sequence, run: int) -> list[int]:
    """The length of each phase; the last one's is what is left of the run, at least 1."""
    stops = [*sequence.boundaries, max(run, sequence.starts[-1] + 1)]
    return [stop - start for start, stop in zip(sequence.starts, stops, strict=True)]


def simple_path(schedule: Schedule, wanted: str) -> str:
    """The path of a part with a formula of its own: ``wanted``, or what is nearest to it."""
    if not isinstance(schedule, Composed):
        return ""
    name, _, rest = wanted.partition(".")
    parts = dict(schedule.parts)
    chosen = name if name in parts else next(iter(parts))
    inner = simple_path(parts[chosen], rest)
    return f"{chosen}.{inner}" if inner else chosen


def _phases(schedule: Schedule, run: int) -> list[_Phase]:
    """The phases of a schedule, over a run; itself, where it has none."""
    if not isinstance(schedule, Sequence):
        return [_Phase(schedule, run, fitted=_fits(schedule, run))]
    own = lengths(schedule, run)
    phases = [
        _Phase(phase, length, place in schedule.tied, place in schedule.fitted)
        for place, (phase, length) in enumerate(zip(schedule.schedules, own, strict=True))
    ]
    phases[-1].fitted = _fits(phases[-1].schedule, own[-1])
    return phases


def _fits(schedule: Schedule, length: int) -> bool:
    name = schedule.own_length
    return bool(name) and schedule.value(name) == length


def _sized(phase: _Phase) -> Schedule:
    """A phase's schedule; as long as it, where it was so."""
    name = phase.schedule.own_length
    return phase.schedule.with_values({name: phase.length}) if phase.fitted else phase.schedule


def _joined(phases: list[_Phase]) -> Sequence:
    boundaries, start = list[int](), 0
    for phase in phases[:-1]:
        start += phase.length
        boundaries.append(start)
    return Sequence(
        tuple(map(_sized, phases)),
        tuple(boundaries),
        tuple(place for place, phase in enumerate(phases) if phase.tied),
        tuple(place for place, phase in enumerate(phases[:-1]) if phase.fitted),
    )
