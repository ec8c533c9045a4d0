"""What a schedule states of itself in our formula language is what its engine says."""

import numpy as np
import pytest

from lrviz.schedules import CosineDecayRestarts, Factor, Sequence, language
from tests.export.curves import EVERY


def _states(schedule) -> bool:
    """Whether it states one formula, over all of the run: cycles that shrink have an end."""
    if isinstance(schedule, CosineDecayRestarts) and schedule.t_mul < 1:
        return False
    return not isinstance(schedule, (Sequence, Factor))


@pytest.mark.parametrize("schedule", [*filter(_states, EVERY)], ids=repr)
def test_its_formula_has_the_engines_values(schedule):
    step = np.arange(160.0)
    known = {"t": step}
    *parts, last = schedule.closed().splitlines()
    for part in parts:
        name, _, text = part.partition(" = ")
        known[name] = language.evaluate(text, known)
    found = np.broadcast_to(language.evaluate(last, known), step.shape)
    np.testing.assert_allclose(found, schedule(step), rtol=1e-9, atol=1e-15)
