"""Reveals: the right setting is drawn, and what was answered lies around it."""

import numpy as np
import pytest

from lrviz.figures import lesson_figure
from lrviz.learn.lesson import MarkStep, PredictRate, SetParameter, value_of, with_value
from lrviz.learn.lessons import LESSONS
from lrviz.learn.reveal import others, revealed
from lrviz.locale import LANGUAGES, translator
from lrviz.scene.lines import drawn
from tests.plotly import valid

ROUNDS = [
    pytest.param(asked, id=f"{lesson.id}-{at}")
    for lesson in LESSONS
    for at, asked in enumerate(lesson.rounds)
    if isinstance(asked.question, SetParameter)
]


def _drawn(figure, name):
    """The line of that name, as it is drawn."""
    (line,) = (each for each in figure.data if each.name == name)
    return np.asarray(line.x, float), np.asarray(line.y, float)


def test_there_are_five_questions_for_a_setting():
    assert len(ROUNDS) == 5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", ROUNDS)
def test_the_right_setting_is_drawn_whatever_was_answered(asked, language):
    question = asked.question
    right = question.answers.right
    for given in (None, right, question.answers.mistakes[0].answer):
        chart, notes = revealed(asked, given, translator(language))
        assert chart.upto is None
        # Its curve is that of the engine, over its own run, and is called by the setting.
        wanted = with_value(asked.chart.scene, question.field, right)
        scene = chart.scene
        assert scene.timeline == wanted.timeline
        assert scene.curve.schedule == wanted.curve.schedule
        assert value_of(scene, question.field) == pytest.approx(right)
        assert f"{question.field} = {right:.3g}" in scene.curve.label
        figure = valid(lesson_figure(scene, translator(language), notes=notes))
        made = _drawn(figure, scene.curve.name)
        np.testing.assert_allclose(made, drawn(wanted.curve, wanted.timeline)[:2], 1e-5, 1e-9)
        # What was answered is there too, where it is not right; and so is each note.
        answered = [each for each in notes if each.kind == "answer"]
        own = [each for each in scene.curves if each is not scene.curve]
        assert len(own) + len(answered) == (given not in (None, right))
        left, end = figure.layout.xaxis.range
        assert all(note.step is None or left <= note.step <= end for note in notes)
        for curve in own:
            assert curve.schedule.value(question.field) == given
            assert f"{question.field} = {given:.3g}" in curve.label


@pytest.mark.parametrize("asked", ROUNDS)
def test_a_classs_settings_lie_around_it(asked):
    question = asked.question
    mistake = question.answers.mistakes[0].answer
    # Whatever a browser sends: what is no setting is nothing.
    sent = [(mistake, 3), (question.answers.right, 1), (float("nan"), 2), (-1e300, 1)]
    ends, around = others(asked, sent)
    if asked.of_run:
        runs = [with_value(asked.chart.scene, question.field, each) for each in (mistake, 1)]
        assert [(each.answer, each.count) for each in ends] == [
            (runs[0].timeline.last_step, 3),
            (runs[1].timeline.last_step, 1),
        ]
        assert around == ()
        return
    assert ends == ()
    assert [curve.schedule.value(question.field) for curve, _ in around] == [
        pytest.approx(mistake, rel=0.01),
        pytest.approx(question.answers.right, rel=0.01),
    ]
    scene = revealed(asked, None, str)[0].scene
    before = valid(lesson_figure(scene, str)).layout
    figure = valid(lesson_figure(scene, str, around=around))
    lines = [each for each in figure.data if each.name == "The class's settings"]
    assert [each.showlegend for each in lines] == [True, False]
    assert lines[0].line.width > lines[1].line.width
    # Beneath the answer, and its axes stay.
    assert figure.data[:2] == tuple(lines)
    assert (figure.layout.xaxis.range, figure.layout.yaxis.range) == (
        before.xaxis.range,
        before.yaxis.range,
    )


def test_a_class_of_many_minds_is_bounded():
    (asked,) = (each.values[0] for each in ROUNDS if each.id == "m_mul-0")
    _, around = others(asked, [(place / 1000, 1) for place in range(1, 1000)])
    assert len(around) == 24


def test_other_questions_have_no_settings():
    for lesson in LESSONS:
        for asked in lesson.rounds:
            if isinstance(asked.question, MarkStep | PredictRate):
                assert others(asked, [(1.0, 1)]) == ((), ())
