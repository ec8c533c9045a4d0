"""What the declarations promise, for every field of every schedule and of the run."""

import math
from dataclasses import MISSING, FrozenInstanceError, is_dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrviz.declared import Declared
from lrviz.errors import InvalidSchedule
from lrviz.page import Page
from lrviz.scene import Timeline
from lrviz.schedules import (
    COMPOSED,
    SCHEDULES,
    CosineDecay,
    CosineDecayRestarts,
    PiecewiseConstantDecay,
)
from tests.strategies import made, schedules

DECLARED = [*SCHEDULES, Timeline]
FIELDS = [(each, field) for each in DECLARED for field in each.declared()]
every_field = pytest.mark.parametrize(
    ("declared", "field"), FIELDS, ids=lambda each: getattr(each, "name", None) or each.__name__
)


def _refused(field, value):
    with pytest.raises(ValueError, match=r".") as caught:
        field.check(value)
    sentence = str(caught.value.args[0])
    assert field.name in sentence
    return sentence


@every_field
def test_wrong_types_and_numbers_are_refused(declared, field):
    wrong = ["x", object(), 1j, b"1", math.nan, math.inf, -math.inf, np.nan, np.float32("inf")]
    if field.kind in ("text", "texts"):
        wrong = wrong[1:]
    if field.many:
        wrong = [[each] for each in wrong] + [0.1, "1,2", [0.1] * 1000]
        wrong += [[]] if field.parameter.least_items else []
        wrong += [[True], [[1]]]
    elif field.kind == "bool":
        wrong += [0, 1, 0.0]
    else:
        wrong += [True, False, np.True_, [1], 10**400]
    if not field.optional:
        wrong.append(None)
    for value in wrong:
        _refused(field, value)


@every_field
def test_values_beyond_the_bounds_are_refused_and_say_what_came(declared, field):
    if field.kind in ("bool", "choice", "text", "texts"):
        return
    parameter = field.parameter
    beyond = [parameter.at_most * 2 + 1]
    if math.isfinite(parameter.at_least):
        beyond.append(parameter.at_least - 1)
        assert field.check([parameter.at_least] if field.many else parameter.at_least) is not None
    if math.isfinite(parameter.above):
        beyond += [parameter.above, parameter.above - 1]
    for value in beyond:
        assert f"{value:.15g}" in _refused(field, [value] if field.many else value)
    if field.whole:
        assert "whole" in _refused(field, [1.5] if field.many else 1.5)


@every_field
def test_slider_stops_rise_and_are_legal(declared, field):
    stops = field.parameter.stops(whole=field.whole)
    if field.parameter.slider is None:
        assert stops == ()
        return
    assert (stops[0], stops[-1]) == field.parameter.slider
    assert list(stops) == sorted(set(stops))
    assert 10 <= len(stops) <= 104
    checked = [field.check([stop] if field.many else stop) for stop in stops]
    assert checked == [(stop,) if field.many else stop for stop in stops]


@every_field
def test_every_field_explains_itself(declared, field):
    assert field.parameter.help.endswith(".")
    assert field.parameter.symbol


@given(schedules())
def test_texts_give_the_same_schedule_again(schedule):
    kinds = {each.__name__: each for each in (*SCHEDULES, *COMPOSED)}
    assert type(schedule).from_text(schedule.texts(), kinds) == schedule


def test_the_numbers_of_a_list_are_fields_by_themselves():
    schedule = PiecewiseConstantDecay([10, 20], [0.3, 0.2, 0.1])
    paths = ["boundaries", "boundaries.0", "boundaries.1"]
    paths += ["values", "values.0", "values.1", "values.2"]
    assert [each.path for each in schedule.fields()] == paths
    assert schedule.value("boundaries.1") == 20
    changed = schedule.with_values({"boundaries.1": 15, "values.0": 0.5})
    assert changed == PiecewiseConstantDecay([10, 15], [0.5, 0.2, 0.1])
    # One that does not fit its list is itself what is wrong.
    with pytest.raises(InvalidSchedule) as refused:
        schedule.retyped({"boundaries.0": "20"})
    assert list(refused.value.problems) == ["boundaries.0"]
    with pytest.raises(InvalidSchedule) as refused:
        schedule.retyped({"values.2": "-1"})
    assert "values.2 must be at least 0" in refused.value.problems["values.2"].translated(str)
    # The list may be typed anew, and be too short for what was typed for its numbers.
    shorter = schedule.retyped({"boundaries": "10", "values": "1,2", "values.2": "7"})
    assert shorter == PiecewiseConstantDecay([10], [1.0, 2.0])
    longer = PiecewiseConstantDecay([*range(9)], [0.1] * 10)
    assert [each.path for each in longer.fields()] == ["boundaries", "values"]


@given(made(Timeline))
def test_texts_give_the_same_run_again(run):
    assert Timeline.from_text(run.texts()) == run


@given(st.sampled_from(SCHEDULES), st.integers(1, 10**15))
def test_a_new_curve_is_valid_for_any_run(schedule, steps):
    assert np.isfinite(schedule.example(steps)(0))


@given(st.sampled_from(FIELDS), st.text(max_size=50))
def test_any_text_is_a_value_or_a_sentence(where, text):
    _, field = where
    try:
        value = field.parse(text)
    except ValueError as error:
        assert field.name in str(error.args[0])  # noqa: PT017 - either outcome is right
    else:
        assert field.parse(field.text(value)) == value


def test_numbers_as_people_type_them():
    rate, steps = CosineDecay.declared()[:2]
    target = CosineDecay.declared()[3]
    boundaries = PiecewiseConstantDecay.declared()[0]
    assert rate.parse(" 1e-3 ") == 0.001
    assert rate.parse("0.1") == 0.1
    assert rate.parse("-0.0") == 0
    assert math.copysign(1, rate.parse("-0.0")) == 1
    assert steps.parse("1e7") == 10**7
    assert isinstance(steps.parse("1e7"), int)
    assert steps.parse("999999999999999") == 999_999_999_999_999
    assert target.parse("none") is None
    assert target.parse("") is None
    assert boundaries.parse("1e2, 200,300,") == (100, 200, 300)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "is empty"),
        ("   ", "is empty"),
        ("abc", "must be a number, not “abc”"),
        ("1,5", "must be a number"),
        ("nan", "finite"),
        ("inf", "finite"),
        ("1e9999", "finite"),
        ("1e308", "at most"),
        ("-1", "at least"),
        ("9" * 5000, "finite"),
    ],
)
def test_what_cannot_be_a_rate_says_why(text, part):
    with pytest.raises(ValueError, match=r".") as caught:
        CosineDecay.declared()[0].parse(text)
    sentence = str(caught.value.args[0])
    assert part in sentence
    assert len(sentence) < 120


def test_an_empty_list_says_how_to_type_one():
    with pytest.raises(ValueError, match=r".") as caught:
        PiecewiseConstantDecay.declared()[0].parse("")
    assert "commas" in str(caught.value.args[0])


def test_every_problem_is_reported_at_once():
    with pytest.raises(InvalidSchedule) as caught:
        CosineDecayRestarts(True, 0, -1, math.nan, "x", 0.5)
    assert list(caught.value.problems) == [field.name for field in CosineDecayRestarts.declared()]
    with pytest.raises(InvalidSchedule) as caught:
        CosineDecay.from_text({"initial_learning_rate": "x"})
    assert {name: str(problem) for name, problem in caught.value.problems.items()} == {
        "initial_learning_rate": "initial_learning_rate must be a number, not “x”.",
        "decay_steps": "decay_steps is missing.",
    }


@pytest.mark.parametrize(
    ("boundaries", "values", "field", "part"),
    [
        ([100, 50], [3, 2, 1], "boundaries", "50 comes after 100"),
        ([100, 100], [3, 2, 1], "boundaries", "100 comes after 100"),
        ([100, 200], [3, 2], "values", "3, not 2"),
        ([-1], [1, 2], "boundaries", "at least"),
    ],
)
def test_lists_that_do_not_fit(boundaries, values, field, part):
    with pytest.raises(InvalidSchedule) as caught:
        PiecewiseConstantDecay(boundaries, values)
    assert list(caught.value.problems) == [field]
    assert part in str(caught.value)


def test_numpy_numbers_are_numbers_and_schedules_are_frozen():
    schedule = CosineDecay(np.float64(0.1), np.int64(10))
    assert schedule == CosineDecay(0.1, 10)
    assert type(schedule.decay_steps) is int
    assert hash(schedule) == hash(CosineDecay(0.1, 10.0))
    with pytest.raises(FrozenInstanceError):
        schedule.alpha = 0.5


def test_one_value_is_changed_or_refused():
    schedule = PiecewiseConstantDecay((1, 2), (0.3, 0.2, 0.1))
    boundaries, values = schedule.declared()
    assert schedule.with_value(boundaries, (1, 3)) == PiecewiseConstantDecay(
        (1, 3), schedule.values
    )
    assert schedule.with_value(boundaries, (3, 1)) is None
    assert schedule.with_value(values, (0.1,)) is None


def test_a_place_in_the_run_can_be_dragged_all_over_it():
    field = next(each for each in PiecewiseConstantDecay.declared() if each.name == "boundaries")
    for run in (1, 7, 100, 750, 10_000, 600_000, 10**15):
        stops = field.parameter.stops(whole=True, run=run)
        assert (stops[0], stops[-1]) == (1, run)
        assert len(stops) <= 152
        assert max(np.diff(stops), default=1) <= max(1, run / 50)
    assert field.parameter.stops(whole=True, run=750)[:4] == (1, 5, 10, 15)


def test_a_length_reaches_to_the_end_of_the_run():
    (field,) = (each for each in CosineDecay.declared() if each.name == "decay_steps")
    assert field.parameter.stops(whole=True, run=750)[-1] == 100_000
    assert field.parameter.stops(whole=True, run=600_000)[-1] == 600_000


def _kinds(kind=Declared):
    for each in kind.__subclasses__():
        yield from (each, *_kinds(each))


def test_every_default_is_legal_and_of_its_type():
    kinds = [each for each in _kinds() if is_dataclass(each)]
    assert Page in kinds
    fields = [(each, field) for each in kinds for field in each.declared()]
    defaults = [(each, field) for each, field in fields if field.default is not MISSING]
    assert len(defaults) > 60
    for kind, field in defaults:
        checked = field.check(field.default)
        assert (type(checked), checked) == (type(field.default), field.default), (kind, field.name)
