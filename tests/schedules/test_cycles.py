"""Cycles are counted from 0: in the table, in the formulas, and in what is written of them."""

import math

import pytest

from lrviz.schedules import CosineDecayRestarts, PolynomialDecay

CYCLIC = [
    CosineDecayRestarts(0.1, 50, 1.0),
    CosineDecayRestarts(0.1, 50, 2.0),
    PolynomialDecay(0.1, 100, 0.01, 2.0, cycle=True),
]


@pytest.mark.parametrize("schedule", CYCLIC, ids=repr)
def test_the_i_of_a_formula_is_the_cycles_number_in_the_table(schedule):
    lines = schedule.closed().splitlines()
    names = [line.partition(" = ")[0] for line in lines]
    known = {"floor": math.floor, "log": math.log, "min": min, "max": max, **schedule.variables}
    found = schedule.cycles(700)
    assert [cycle.index for cycle in found] == [*range(len(found))]
    assert len(found) > 2
    for cycle in found:
        scope = known | {"t": cycle.start}
        exec("\n".join(lines[: names.index("i") + 1]), scope)
        assert scope["i"] == cycle.index
    assert "i = " in schedule.latex()[0] or "s_i" in schedule.latex()[0]
