"""What may surprise in a curve over a run, in plain sentences."""

import math
from dataclasses import replace

import numpy as np

from lrviz.scene import Curve, Timeline
from lrviz.scene.insights import summary
from lrviz.schedules import Composed, Cycle, PiecewiseConstantDecay, Schedule, Sequence, Simple
from lrviz.text import Sentence, counted

#: A run that ends at this share of its last peak, or above, ends "near a peak".
_NEAR_PEAK = 0.75


def remarks(curve: Curve, timeline: Timeline) -> tuple[Sentence, ...]:
    """Everything about this curve in this run that may surprise, most important first."""
    return (
        *_applied(curve, timeline),
        *_length(curve, timeline),
        *_restarts(curve, timeline),
        *_reached(curve, timeline),
        *_finite(curve, timeline),
        *curve.schedule.remarks(),
    )


def _applied(curve: Curve, timeline: Timeline) -> tuple[Sentence, ...]:
    if curve.per == "step" or timeline.steps_per_epoch == 1:
        return ()
    return (
        Sentence(
            "Applied every epoch, this curve counts epochs: the rate changes only every {steps} "
            "steps.",
            {"steps": timeline.steps_per_epoch},
        ),
    )


def _length(curve: Curve, timeline: Timeline) -> tuple[Sentence, ...]:
    schedule, run = curve.schedule, curve.count(timeline)
    end = schedule.end
    # What never changes does not end, and what ends never is no matter of the run.
    if end == 0 or math.isinf(end):
        return ()
    final = float(curve.rate(timeline.last_step, timeline))
    values: dict[str, object] = {"run": run, "end": int(end), "final": final}
    if run < end and not isinstance(schedule, PiecewiseConstantDecay):
        values["end"] = _counted(curve, int(end))
        if float(schedule(end)) > final:
            return (
                Sentence(
                    "The run ends before the rise does: {run} of {end}, so the rate only gets to "
                    "{final}.",
                    values,
                ),
            )
        return (
            Sentence(
                "The run ends before the decay does: {run} of {end}, so the rate only gets to "
                "{final}.",
                values,
            ),
        )
    if run - 1 > end:
        values |= {"run": _counted(curve, run), "rest": int(run - end)}
        return _over(values, rises=final >= summary(curve, timeline).highest)
    return ()


def _over(values: dict[str, object], *, rises: bool) -> tuple[Sentence, ...]:
    """The rate stays as it is from some step on."""
    if rises:
        return (
            Sentence(
                "The rise is over after {end} of {run}: the other {rest} all have the rate "
                "{final}.",
                values,
            ),
        )
    return (
        Sentence(
            "The decay is over after {end} of {run}: the other {rest} all have the rate {final}.",
            values,
        ),
    )


def _restarts(curve: Curve, timeline: Timeline) -> tuple[Sentence, ...]:
    cycles, last = curve.cycles(timeline), timeline.last(curve.per)
    if not cycles:
        return ()
    if len(cycles) == 1:
        return (_no_restart(curve, cycles[0], last),)
    final, newest = float(curve.schedule(last)), cycles[-1]
    spread = newest.peak - newest.trough
    # In a phase behind it the run is not in that cycle any more.
    within = newest.start < last < newest.start + newest.length
    if within and spread > 0 and final - newest.trough >= _NEAR_PEAK * spread:
        values: dict[str, object] = {"ago": _counted(curve, last - newest.start), "final": final}
        return (
            Sentence(
                "The run ends near a peak, {ago} after a restart, at {final}: most runs end "
                "better at the end of a cycle.",
                values,
            ),
        )
    return ()


def _no_restart(curve: Curve, cycle: Cycle, last: int) -> Sentence:
    """Why there is but one cycle in a run up to step ``last``."""
    whole = _whole(curve.schedule, cycle)
    values: dict[str, object] = {
        "run": last + 1,
        "first": _counted(curve, whole),
        "start": cycle.start,
        "length": _counted(curve, cycle.length),
    }
    if cycle.start + cycle.length <= last and isinstance(curve.schedule, Composed):
        if whole > cycle.length:
            return Sentence(
                "There is no restart: after {length} another phase begins, and the first cycle "
                "would be {first} long.",
                values,
            )
        return Sentence(
            "There is no restart: the first cycle is {first} long, and then another phase begins.",
            values,
        )
    if cycle.start:
        return Sentence(
            "There is no restart: the first cycle begins at {start} and is {first} long, and the "
            "run is {run}.",
            values,
        )
    if "t_mul" in (field.path for field in curve.schedule.declared()):
        return Sentence(
            "There is no restart: the first cycle is {first} long and the run is {run}, so t_mul "
            "and m_mul have no effect.",
            values,
        )
    return Sentence(
        "There is no restart: the first cycle is {first} long and the run is {run}.", values
    )


def _whole(schedule: Schedule, cycle: Cycle) -> float:
    """How long a cycle would be if no other phase began before its end."""
    if isinstance(schedule, Sequence):
        window = schedule.windows(cycle.start)[-1]
        return _whole(window.schedule, replace(cycle, start=cycle.start - window.start))
    within = (each for each in schedule.cycles(cycle.start) if each.start == cycle.start)
    return next((each.length for each in within), cycle.length)


def _reached(curve: Curve, timeline: Timeline) -> tuple[Sentence, ...]:
    schedule, last = curve.schedule, timeline.last(curve.per)
    values: dict[str, object] = {
        "last": last,
        "unit": Sentence("steps") if curve.per == "step" else Sentence("epochs"),
    }
    if isinstance(schedule, PiecewiseConstantDecay):
        missed = [boundary for boundary in schedule.boundaries if boundary >= last]
        if missed:
            values["missed"] = ", ".join(map(str, missed[:5]))
            return (
                Sentence(
                    "Never reached: boundaries {missed}. The run ends at {last} (counted from 0, "
                    "in {unit}).",
                    values,
                ),
            )
    elif (
        isinstance(schedule, Simple)
        and schedule.jumps
        and not schedule.cyclic
        and not schedule.knots(last)
    ):
        # What jumps, but nowhere in the run, does so at the end of its first piece.
        values["start"] = int(schedule.pieces.start(1))
        return (
            Sentence(
                "The rate never changes in this run: the first change would come at {start} "
                "(counted from 0, in {unit}).",
                values,
            ),
        )
    return ()


def _finite(curve: Curve, timeline: Timeline) -> tuple[Sentence, ...]:
    final = float(curve.rate(timeline.last_step, timeline))
    if math.isnan(final):
        return (
            Sentence(
                "Part of this run has no rate at all (NaN): training would be ruined from there on."
            ),
        )
    if math.isinf(final) or final > float(np.finfo(np.float32).max):
        return (
            Sentence(
                "The rate outgrows what a 32-bit number can hold: training would break down long "
                "before."
            ),
        )
    return ()


def _counted(curve: Curve, count: float) -> Sentence:
    """So many of what the curve counts."""
    if curve.per == "step":
        return counted("{count} step", "{count} steps", count)
    return counted("{count} epoch", "{count} epochs", count)
