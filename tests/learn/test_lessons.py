"""Every lesson: rightly and wrongly answered, and every number in it checked against the engine."""

import html
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import lrviz.learn.lessons
from lrviz.figures import Note, lesson_figure
from lrviz.learn.handout import handout
from lrviz.learn.lesson import Choose, MarkStep, PredictRate, SetParameter, field_of, value_of
from lrviz.learn.lessons import LESSONS
from lrviz.learn.printed_walks import crossed
from lrviz.learn.study import MOST_ROUNDS
from lrviz.lenses import PathLens
from lrviz.locale import LANGUAGES, translator
from lrviz.scene import Curve, Lens, Timeline, scene_of
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


#: How far a slider's thumb goes on a phone that is 320 pixels wide, and what a finger hits.
TRACK, FINGER = 270, 8


@pytest.mark.parametrize(("lesson", "asked"), ROUNDS)
def test_a_finger_can_set_every_stop_of_a_slider_and_the_answer(lesson, asked):
    question = asked.question
    if not isinstance(question, SetParameter):
        return
    # Where it stands before it is moved, and what was typed, are stops, too.
    start = value_of(asked.chart.scene, question.field)
    stops = {*question.stops, start}
    assert TRACK / len(stops) >= FINGER
    assert any(question.answers.judge(each).right for each in question.stops)
    assert all(asked.legal(each) == each for each in question.stops)
    for mistake in question.answers.mistakes:
        said = {question.answers.judge(each).why for each in stops}
        assert mistake.why in said


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
    # A chart is printed without the lens beneath it.
    charts = [
        replace(asked.chart, scene=replace(asked.chart.scene, lens=Lens()))
        for asked in lesson.rounds
    ]
    new = [one != before for one, before in zip(charts, [None, *charts], strict=False)]
    questions, key = sheet[: sheet.index('class="key"')], sheet[sheet.index('class="key"') :]
    # Where particles begin, once for each landscape; and what became of them, beside the answers.
    walked = [(asked.revealed or asked.chart).scene.lens for asked in lesson.rounds]
    grounds = {lens.of(PathLens).landscape for lens in walked if lens.kind == "path"}
    assert questions.count("<svg") == sum(new) + len(grounds)
    assert questions.count("<circle") == len(grounds)
    ends = [
        asked
        for asked in lesson.rounds
        if asked.revealed and asked.revealed.scene.lens.kind == "path"
    ]
    assert key.count("<svg") == len(ends)
    assert sheet.count("<li>") == 2 * len(lesson.rounds)
    assert "http" not in sheet.replace("http://www.w3.org", "")
    assert not re.search(r"\{\w+\}", sheet.split("</style>")[1])
    assert ("<table>" in sheet) == (lesson.id in ("restart", "m_mul", "rounding"))
    assert "nan" not in sheet
    # Paper has no marker to drag; and what a question asks for is not printed before it.
    assert not re.search("[Dd]rag|옮기|끌어|beneath|아래 그림", questions)
    covered = [chart for chart, is_new in zip(charts, new, strict=True) if is_new]
    assert questions.count(">?</text>") == sum(chart.upto is not None for chart in covered)
    for asked in lesson.rounds:
        assert html.escape(asked.sentence.translated(translator(language))) not in questions


def _texts(sheet):
    return [html.unescape(each) for each in re.findall(r"<text[^>]*>([^<]*)</text>", sheet)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_became_of_the_particles_is_printed_as_the_page_says_it(language):
    translate = translator(language)
    said = _texts(handout(BY_ID["warmup"], translate, language).split('class="key"')[1])
    for asked in BY_ID["warmup"].rounds:
        if not asked.revealed:
            continue
        scene = asked.revealed.scene
        for curve in scene.curves:
            found = scene.lens.of(PathLens).walk(curve, scene.timeline)
            count = translate(found.ground.counts).format(count=int(found.counted), all=64)
            assert f"{translate(curve.name)}: {count}" in said
    sheet = handout(BY_ID["decay"], translate, language).split('class="key"')[1]
    assert translate("mean loss") in _texts(sheet)
    assert f"{translate('cosine')}: 0.068" in _texts(sheet)


def test_a_sheet_has_what_its_words_speak_of():
    # “The crosses are the rates of a real run”, “in its own words below”
    log = BY_ID["rounding"].rounds[1].chart.series[0]
    sheet = handout(BY_ID["rounding"], str, "en")
    crosses = re.findall(r'<path d="(M[^"]*)" stroke="#0072B2" stroke-width="1.2"', sheet)
    assert len(log.x) in [each.count("m0-6") for each in crosses]
    assert log.name.template in _texts(sheet)
    applied = BY_ID["applied"]
    (quote,) = (asked.quote for asked in applied.rounds if asked.quote)
    assert html.escape(quote) in handout(applied, str, "en").split('class="key"')[1]


def test_the_contours_of_a_bowl_are_its_ellipses():
    x, y = np.meshgrid(np.linspace(-3, 3, 41), np.linspace(-3, 3, 41))
    corners = np.stack([x, y, x**2 + y**2], axis=-1)
    one, mid, other = corners[:-1, :-1], corners[:-1, 1:], corners[1:, 1:]
    triangles = np.stack([one, mid, other], axis=2).reshape(-1, 3, 3)
    lines = crossed(triangles, 4.0)
    for at in (lines[:, :2], lines[:, 2:]):
        np.testing.assert_allclose(np.hypot(*at.T), 2, atol=0.01)
    assert len(crossed(triangles, 99.0)) == 0


@pytest.mark.parametrize("lesson", [BY_ID["decay"], BY_ID["warmup"]], ids=lambda each: each.id)
def test_a_lessons_curves_have_names_in_the_readers_language(lesson):
    for asked in lesson.rounds:
        for chart in (asked.chart, asked.revealed or asked.chart):
            figure = lesson_figure(chart.scene, translator("ko"))
            labels = [curve.label for curve in chart.scene.curves if curve.label]
            names = [trace["name"] for trace in figure["data"] if trace.get("name")]
            assert len(names) == len(chart.scene.curves)
            for label in labels:
                assert (label in names) == bool(re.fullmatch(r"WSD|[\d.]+", label))


# What the texts say in plain figures.


def test_words_in_a_chart_are_only_text():
    scene = scene_of(Curve(CosineDecay(0.1, 10)), timeline=Timeline(total_steps=20))
    note = Note(Sentence("<b>{x}</b>", {"x": "<img src=x>"}), 5)
    figure = valid(lesson_figure(scene, str, notes=[note]))
    text = figure.layout.annotations[0].text
    assert "<img" not in text
    assert "<b>" not in text
