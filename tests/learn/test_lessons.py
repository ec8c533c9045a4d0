"""Every lesson: rightly and wrongly answered, and every number in it checked against the engine."""

import html
import re
from pathlib import Path

import numpy as np
import pytest

import lrviz.learn.lessons
from lrviz.figures import Note, lesson_figure
from lrviz.learn.handout import handout
from lrviz.learn.lesson import Choose, MarkStep, PredictRate, SetParameter, field_of, value_of
from lrviz.learn.lessons import LESSONS
from lrviz.learn.study import MOST_ROUNDS
from lrviz.locale import LANGUAGES, translator
from lrviz.scene import Curve, Timeline, scene_of
from lrviz.schedules import CosineDecay
from lrviz.text import Sentence
from tests.plotly import valid

BY_ID = {lesson.id: lesson for lesson in LESSONS}
ROUNDS = [
    pytest.param(lesson, asked, id=f"{lesson.id}-{at}")
    for lesson in LESSONS
    for at, asked in enumerate(lesson.rounds)
]


#: Answers of all sizes.
SHARES = [digit * 10.0**power for power in range(-4, 4) for digit in range(1, 10)]


def _start(question, chart):
    """The number that the right answer must agree with, out of the engine."""
    if isinstance(question, PredictRate):
        (curve,) = chart.scene.curves
        return float(curve.rate(question.step, chart.scene.timeline))
    return None


def test_every_file_of_a_lesson_is_in_the_catalogue():
    others = {"__init__", "fits", "measured", "other_tasks"}
    folder = Path(lrviz.learn.lessons.__file__).parent
    assert {path.stem for path in folder.glob("*.py")} - others == {each.id for each in LESSONS}
    assert len({lesson.id for lesson in LESSONS}) == len(LESSONS) == 9


@pytest.mark.parametrize(("lesson", "asked"), ROUNDS)
def test_a_right_answer_is_right_and_every_mistake_has_its_own_words(lesson, asked):
    answers = asked.question.answers
    assert answers.judge(answers.right).right
    assert answers.judge(answers.right).why == answers.why
    said = {str(answers.why)}
    for mistake in answers.mistakes:
        judged = answers.judge(mistake.answer)
        assert (judged.right, judged.why) == (False, mistake.why)
        said.add(str(judged.why))
    assert len(said) == 1 + len(answers.mistakes)
    if isinstance(asked.question, Choose):
        # Every option is either right or explained.
        explained = {answers.right, *(each.answer for each in answers.mistakes)}
        assert explained == set(range(len(asked.question.options)))
    else:
        assert answers.mistakes


@pytest.mark.parametrize(("lesson", "asked"), ROUNDS)
def test_any_other_answer_is_told_which_way_to_go(lesson, asked):
    answers = asked.question.answers
    if isinstance(asked.question, Choose):
        return
    given = [asked.legal(float(f"{sign * share:.3g}")) for sign in (-1, 1) for share in SHARES]
    said = {}
    for answer in {each for each in given if each is not None}:
        judged = answers.judge(answer)
        if not judged.right and judged.why not in [each.why for each in answers.mistakes]:
            said.setdefault(answer < answers.right, set()).add(str(judged.why))
    # Below and above are told apart, in words of the question's own.
    assert said
    assert all(len(words) == 1 for words in said.values())
    assert len(set().union(*said.values())) == len(said)
    assert "Not this one." not in set().union(*said.values())


@pytest.mark.parametrize(("lesson", "asked"), ROUNDS)
def test_every_answer_can_be_given(lesson, asked):
    question = asked.question
    given = [question.answers.right, *(each.answer for each in question.answers.mistakes)]
    if isinstance(question, MarkStep):
        low, high = 0, asked.chart.scene.timeline.steps
    elif isinstance(question, PredictRate):
        low, high = 0, question.highest
    elif isinstance(question, SetParameter):
        field = field_of(asked.chart.scene, question.field)
        low, high = field.parameter.at_least, field.parameter.at_most
        # The question is not answered before it is asked.
        assert not question.answers.judge(value_of(asked.chart.scene, question.field)).right
    else:
        low, high = 0, len(question.options) - 1
    assert all(low <= each <= high for each in given)


@pytest.mark.parametrize(("lesson", "asked"), ROUNDS)
def test_a_predicted_rate_is_the_engines(lesson, asked):
    if isinstance(asked.question, PredictRate):
        assert asked.question.answers.right == pytest.approx(
            _start(asked.question, asked.chart), rel=1e-12
        )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("lesson", "asked"), ROUNDS)
def test_every_round_is_drawn_before_and_after_in_every_language(lesson, asked, language):
    translate = translator(language)
    chart = asked.chart
    for large in (False, True):
        before = valid(
            lesson_figure(
                chart.scene,
                translate,
                upto=chart.upto,
                series=chart.series,
                measure=chart.measure,
                large=large,
            )
        )
        if chart.upto is not None:
            # What is covered is not in the page at all.
            for trace in before.data:
                assert trace.x is None or np.max(trace.x, initial=0) <= chart.upto
    shown = asked.revealed or chart
    after = valid(
        lesson_figure(
            shown.scene, translate, notes=asked.notes, series=shown.series, measure=shown.measure
        )
    )
    assert len(after.layout.annotations) == len(asked.notes)
    for figure in (before, after):
        # What a chart says is filled in, and in the reader's language.
        said = [trace.name or "" for trace in figure.data]
        said += [axis.title.text for axis in (figure.layout.xaxis, figure.layout.yaxis)]
        said += [note.text for note in figure.layout.annotations]
        assert said
        assert not any("{" in each for each in said)
        if language != "en":
            assert re.search("[가-힣]", figure.layout.yaxis.title.text)
    for text in (asked.question.text, asked.sentence, asked.question.answers.why):
        assert "{" not in text.translated(translate)
        if language != "en":
            assert re.search("[가-힣]", text.translated(translate))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_a_lesson_fits_a_link_and_a_sheet(lesson, language):
    assert 1 <= len(lesson.rounds) < MOST_ROUNDS
    assert all(field_of(lesson.free.scene, name) for name in lesson.controls)
    sheet = handout(lesson, translator(language), language)
    charts = [asked.chart for asked in lesson.rounds]
    new = [one != before for one, before in zip(charts, [None, *charts], strict=False)]
    assert sheet.count("<svg") == sum(new)
    assert sheet.count("<li>") == 2 * len(lesson.rounds)
    assert "http" not in sheet.replace("http://www.w3.org", "")
    assert not re.search(r"\{\w+\}", sheet.split("</style>")[1])
    assert ("<table>" in sheet) == (lesson.id in ("restart", "m_mul", "rounding", "warmup"))
    assert "nan" not in sheet
    # Paper has no marker to drag; and what a question asks for is not printed before it.
    questions = sheet[: sheet.index('class="key"')]
    assert not re.search("[Dd]rag|옮기|끌어", questions)
    covered = [chart for chart, is_new in zip(charts, new, strict=True) if is_new]
    assert questions.count(">?</text>") == sum(chart.upto is not None for chart in covered)
    for asked in lesson.rounds:
        assert html.escape(asked.sentence.translated(translator(language))) not in questions


# What the texts say in plain figures.


def test_words_in_a_chart_are_only_text():
    scene = scene_of(Curve(CosineDecay(0.1, 10)), timeline=Timeline(total_steps=20))
    note = Note(Sentence("<b>{x}</b>", {"x": "<img src=x>"}), 5)
    figure = valid(lesson_figure(scene, str, notes=[note]))
    text = figure.layout.annotations[0].text
    assert "<img" not in text
    assert "<b>" not in text
