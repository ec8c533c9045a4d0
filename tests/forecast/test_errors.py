"""What a law says of its own errors: as far off as it was where runs were trained.

``ends.csv`` holds the last losses of the authors' runs (MIT, ``curves.LICENSE``): constant and
cosine over 24,000 and 72,000 steps, WSD with a geometric and with a linear fall over 24,000.
"""

import csv
from itertools import combinations
from pathlib import Path

import pytest

from lrviz.forecast import LAWS, forecast
from lrviz.schedules import Constant, Linear, Sequence
from tests.forecast.schedules import FLOOR, PEAK, UP, WARMUP, constant, cosine, exponential

SCHEDULES = {
    "constant": constant,
    "cosine": cosine,
    "wsd_20000": lambda steps: exponential(steps, 20_000),
    "wsdld_20000": lambda steps: Sequence(
        (UP, Constant(PEAK), Linear(PEAK, FLOOR, steps - 20_000)), (WARMUP - 1, 20_000)
    ),
}


def _ends(law):
    """Of each run that was trained: its schedule, its steps, its last loss, and the forecast."""
    with Path(__file__).with_name("ends.csv").open() as file:
        for row in csv.DictReader(file):
            if law.name.endswith(row["model"]):
                steps, loss = int(row["steps"]), float(row["loss"])
                schedule = SCHEDULES[row["schedule"]](steps)
                yield (
                    row["schedule"],
                    steps,
                    loss,
                    float(forecast(schedule, steps, law, int(row["step"]))),
                )


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_an_end_and_a_difference_were_off_by_as_much_as_is_told(law):
    ends = [*_ends(law)]
    assert len(ends) == 6
    off = max(abs(found / loss - 1) for _, _, loss, found in ends)
    # Rounded up: "up to" is true.
    assert off <= law.errors.end < off + 1e-4
    gaps = [
        abs((one[3] - other[3]) - (one[2] - other[2]))
        for one, other in combinations(ends, 2)
        if one[1] == other[1]
    ]
    assert len(gaps) == 7
    assert max(gaps) <= law.errors.gap < max(gaps) + 1e-4
    # A curve's mean is no error of its end.
    assert law.errors.end > 2 * law.errors.curve


@pytest.mark.parametrize(
    ("model", "measured", "told"), [("100M", 0.028, 0.054), ("400M", 0.017, 0.057)]
)
def test_cosine_and_wsd_are_further_apart_in_the_forecast_than_they_were(model, measured, told):
    (law,) = [each for each in LAWS if each.name.endswith(model)]
    ends = {(name, steps): (loss, found) for name, steps, loss, found in _ends(law)}
    cosine_end, wsd = ends["cosine", 24_000], ends["wsd_20000", 24_000]
    assert cosine_end[0] - wsd[0] == pytest.approx(measured, abs=5e-4)
    assert cosine_end[1] - wsd[1] == pytest.approx(told, abs=5e-4)
    assert told - measured < law.errors.gap
