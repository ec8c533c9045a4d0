"""Where parameters can be dragged in a chart."""

import math

import numpy as np
import pytest
from hypothesis import given

from lrviz.schedules import (
    SCHEDULES,
    Composed,
    CosineDecay,
    CosineDecayRestarts,
    PiecewiseConstantDecay,
)
from tests.strategies import schedules

WITH = [each for each in SCHEDULES if each.example(750).handles]


@given(schedules())
def test_handles_are_the_same_whatever_the_values(schedule):
    if isinstance(schedule, Composed):
        # Those of its parts, but for a first rate that follows; and its boundaries.
        paths = {each.path for each in schedule.fields()}
        assert {each.path for each in schedule.handles} <= paths
        return
    if isinstance(schedule, PiecewiseConstantDecay):
        # As many as its lists are long, if these are short.
        numbers = [each.path for each in schedule.fields() if each.item]
        assert {each.path for each in schedule.handles} in (set(), set(numbers))
        return
    example = type(schedule).example(750)
    assert [(each.path, each.axis) for each in schedule.handles] == [
        (each.path, each.axis) for each in example.handles
    ]
    assert all(each.step >= 0 or math.isnan(each.step) for each in schedule.handles)


@pytest.mark.parametrize("kind", WITH)
def test_a_handle_moves_with_its_parameter(kind):
    schedule = kind.example(750)
    if kind is CosineDecay:
        schedule = CosineDecay(0.01, 750, warmup_target=0.1, warmup_steps=100)
    fields = {each.path: each for each in schedule.fields()}
    for place, handle in enumerate(schedule.handles):
        field = fields[handle.path]
        assert field.slides
        seen = []
        for stop in field.parameter.stops(whole=field.whole, run=750)[20:90:3]:
            changed = schedule.with_value(field, stop)
            if changed is None:
                continue
            at = changed.handles[place].step
            seen.append(at if handle.axis == "x" else float(changed(np.floor(at))))
        # Along its axis, and in one direction.
        assert len(set(seen)) >= 5, handle
        assert seen == sorted(seen) or seen == sorted(seen, reverse=True), handle


def test_the_places_of_a_table_by_hand():
    schedule = PiecewiseConstantDecay([10, 20], [0.3, 0.2, 0.1])
    assert {each.path: (each.axis, each.step) for each in schedule.handles} == {
        "values.0": ("y", 5.5),
        "values.1": ("y", 16),
        "values.2": ("y", 21),
        "boundaries.0": ("x", 11),
        "boundaries.1": ("x", 21),
    }
    # So many cannot be told from each other.
    assert PiecewiseConstantDecay([*range(9)], [0.1] * 10).handles == ()


def test_the_places_of_restarts_by_hand():
    places = {each.path: each.step for each in CosineDecayRestarts(0.1, 50, t_mul=2.0).handles}
    assert places == {
        "initial_learning_rate": 0,
        "first_decay_steps": 50,
        "t_mul": 150,
        "m_mul": 50,
        "alpha": 149,
    }


def test_without_a_warm_up_it_has_no_place():
    places = {each.path: each.step for each in CosineDecay(0.1, 750).handles}
    assert math.isnan(places["warmup_steps"])
    assert math.isnan(places["warmup_target"])
    assert places["alpha"] == 750
