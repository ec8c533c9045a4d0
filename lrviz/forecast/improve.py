"""Search for the parameters with the lowest forecast loss at the run's end."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from lrviz.declared import Field
from lrviz.forecast.multi_power import MultiPowerLaw
from lrviz.scene import Curve, Timeline, fields_of
from lrviz.schedules import Floats, Schedule

#: The loss is evaluated at most so often: well under 2 s.
_MOST = 240
#: The lowest rate that is tried, as a share of the setting's peak.
_LOWEST = 1e-3
#: The warm-up may change by at most this share of the peak.
_WARM = 0.005
#: The loss of a curve that is not allowed: above any other, and finite for the method.
_NEVER = 1e9


def improve(
    curve: Curve, timeline: Timeline, law: MultiPowerLaw, locked: Collection[str]
) -> Curve | None:
    """The curve with the lowest forecast loss at the end of the run; None: there is no better one.

    All fields move but those at the paths in ``locked``. No rate gets above the peak of the law's
    setting, and no length beyond the run; values that the schedule refuses are skipped.
    """
    # Imported on first use: it takes memory that most servers need not spend.
    from scipy.optimize import minimize

    fields = [each for each in fields_of(curve) if each.path not in locked]
    if not fields:
        return None
    ranges = [_range(field, curve, timeline, law) for field in fields]
    values = [curve.schedule.value(field.path) for field in fields]
    begin = np.array([_place(*each) for each in zip(values, ranges, strict=True)])
    warm = np.linspace(0, min(law.setting.warmup, timeline.last_step), 32).round()
    start = (warm, curve.rate(warm, timeline))
    losses: dict[tuple[float, ...], float] = {}

    def loss(places: Floats) -> float:
        schedule = _at(curve.schedule, fields, ranges, places)
        if schedule is None:
            return _NEVER
        values = tuple(float(schedule.value(field.path)) for field in fields)
        if values not in losses:
            losses[values] = _final(replace(curve, schedule=schedule), timeline, law, start)
        return losses[values]

    # What has run into a ridge begins anew from there.
    best, left = begin, _MOST
    for _ in range(3):
        result = minimize(
            loss,
            best,
            method="Nelder-Mead",
            bounds=[(0.0, 1.0)] * len(fields),
            options={
                "maxfev": left // 2,
                "xatol": 1e-4,
                "fatol": 1e-6,
                "initial_simplex": _simplex(best),
            },
        )
        best, left = result.x, left - result.nfev
    better = _at(curve.schedule, fields, ranges, best)
    before = _final(curve, timeline, law, start)
    if better is None or not loss(best) < before:
        return None
    return replace(curve, schedule=better)


#: Steps of the warm-up, and their rates.
_Start = tuple[Floats, Floats]


def _final(curve: Curve, timeline: Timeline, law: MultiPowerLaw, start: _Start) -> float:
    """The forecast loss at the run's end; ``_NEVER`` outside of the law's setting.

    Allowed are rates up to the setting's peak, and the warm-up of ``start``: the law was never
    tested without one, and would gain by leaving it out.
    """
    steps = curve.steps(timeline)
    rates = curve.rate(steps, timeline)
    warm = np.interp(start[0], steps, rates)
    peak = law.setting.peak
    if not rates.max() <= peak * (1 + 1e-9) or np.abs(warm - start[1]).max() > _WARM * peak:
        return _NEVER
    loss = law.end(steps, rates)
    return loss if np.isfinite(loss) else _NEVER


#: The lowest value, the highest, and whether the range is logarithmic.
_Range = tuple[float, float, bool]


def _range(field: Field, curve: Curve, timeline: Timeline, law: MultiPowerLaw) -> _Range:
    parameter = field.parameter
    assert parameter.slider is not None
    low, high = parameter.slider
    if parameter.unit:
        return max(parameter.at_least, 0.0), float(curve.count(timeline)), False
    if parameter.scale == "log":
        zero = parameter.at_least == 0.0
        return (0.0 if zero else _LOWEST * law.setting.peak), law.setting.peak, not zero
    return low, high, False


def _place(value: float, within: _Range) -> float:
    low, high, log = within
    value = min(max(value, low), high)
    if log:
        return float(np.log(value / low) / np.log(high / low))
    return (value - low) / (high - low)


def _at(
    schedule: Schedule, fields: Sequence[Field], ranges: Sequence[_Range], places: Floats
) -> Schedule | None:
    values = {}
    for field, (low, high, log), place in zip(fields, ranges, places.tolist(), strict=True):
        value = low * (high / low) ** place if log else low + (high - low) * place
        values[field.path] = round(value) if field.whole else float(f"{value:.4g}")
    try:
        return schedule.with_values(values)
    except ValueError:
        return None


def _simplex(places: Floats) -> Floats:
    """A first simplex within the bounds: a tenth of the range away along each axis."""
    corners = np.tile(places, (len(places) + 1, 1))
    for at in range(len(places)):
        corners[at + 1, at] += 0.1 if places[at] < 0.5 else -0.1
    return corners
