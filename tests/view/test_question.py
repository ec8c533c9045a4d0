"""What a question is answered with, and a class's answers to it."""

from itertools import chain

import pytest

from lrviz.learn.lesson import Choose, MarkStep, PredictRate, SetParameter
from lrviz.learn.lessons import LESSONS
from lrviz.locale import translator
from lrviz.scene import first_scene
from lrviz.view.question import (
    bars,
    marked,
    marker,
    offered_rows,
    right_answer,
    subject_of,
    tallies,
)

ROUNDS = [*chain(*(lesson.rounds for lesson in LESSONS))]


def _rounds(kind):
    return [each for each in ROUNDS if isinstance(each.question, kind)]


@pytest.mark.parametrize("asked", _rounds(MarkStep | PredictRate))
def test_a_marker_reaches_the_answer_by_its_keys(asked):
    drawn = marker(asked, "a-0", None)
    right = asked.question.answers.right
    assert drawn.low <= drawn.value <= drawn.high
    assert drawn.low <= right <= drawn.high
    assert drawn.step <= (max(1, drawn.high / 80) if drawn.whole else drawn.high / 80)
    # In a few tens of presses, and as a number that people count in.
    assert f"{drawn.step:e}"[0] in "125"
    assert "{value}" in str(drawn.text)
    assert marker(asked, "a-0", right).value == right


def test_what_is_set_or_chosen_has_no_marker():
    assert {marker(each, "a-0", None) for each in _rounds(SetParameter | Choose)} == {None}


def test_answers_in_words():
    step, rate = _rounds(MarkStep)[0], _rounds(PredictRate)[0]
    assert str(marked(step, 1234.0)) == "step 1,234"
    assert str(marked(rate, 0.012345)) == "rate 0.0123"
    assert right_answer(step) == ""
    asked = _rounds(SetParameter)[0]
    assert str(right_answer(asked)).startswith(f"{asked.question.field} = ")
    choice = _rounds(Choose)[0]
    option = choice.question.options[int(choice.question.answers.right)]
    korean = translator("ko")
    assert right_answer(choice).translated(korean) == f"“{option.translated(korean)}” "


def test_the_lines_that_are_offered_are_the_runs_and_the_curves():
    scene = first_scene()
    rows = offered_rows(scene, ["t_mul", "epochs", "nope"], (1.0, 2.0))
    assert [row.field.path for row in rows] == ["t_mul", "epochs"]
    assert rows[0].asked == (1.0, 2.0)
    assert subject_of(scene, "t_mul").name == "curve-2-CosineDecayRestarts"
    assert subject_of(scene, "epochs").name == "run"


def test_close_answers_are_counted_together_and_wild_ones_not_at_all():
    asked = _rounds(MarkStep)[0]
    right, grain = asked.question.answers.right, max(asked.question.answers.tolerance, 1e-9)
    (tally,) = tallies(asked, [(right, 2), (right + grain / 4, 3), (-5.0, 7), (1e12, 1)])
    assert (tally.axis, tally.count) == ("x", 5)
    assert abs(tally.answer - right) <= grain
    assert bars(asked, [(right, 2)]) == []


def test_what_is_chosen_is_counted_in_bars():
    asked = _rounds(Choose)[0]
    names = [str(each) for each in asked.question.options]
    answers = [(0.0, 1), (1.0, 4), (99.0, 9)]
    assert [(str(name), n) for name, n in bars(asked, answers)] == [(names[1], 4), (names[0], 1)]
    assert tallies(asked, answers) == []
    value = _rounds(SetParameter)[0]
    right = value.question.answers.right
    assert bars(value, [(right, 2)]) == [(f"{right:,.4g}", 2)]
