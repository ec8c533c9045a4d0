"""Every lesson: rightly and wrongly answered, and every number in it checked against the engine."""

import math
import re
from pathlib import Path

import numpy as np
import pytest

import lrviz.lessons
from lrviz.figures import Note, lesson_figure
from lrviz.lessons import LESSONS, Choose, MarkStep, PredictRate, SetParameter, field_of, value_of
from lrviz.lessons.fits import content, fits
from lrviz.lessons.handout import handout
from lrviz.locale import LANGUAGES, translator
from lrviz.scene import Curve, scene_of
from lrviz.schedules import CosineDecay, CosineDecayRestarts
from lrviz.study import MOST_ROUNDS
from lrviz.text import Sentence
from lrviz.timeline import Timeline

BY_ID = {lesson.id: lesson for lesson in LESSONS}
ROUNDS = [
    pytest.param(lesson, asked, id=f"{lesson.id}-{at}")
    for lesson in LESSONS
    for at, asked in enumerate(lesson.rounds)
]


def _start(question, chart):
    """The number that the right answer must agree with, out of the engine."""
    if isinstance(question, PredictRate):
        (curve,) = chart.scene.curves
        return float(curve.rate(question.step, chart.scene.timeline))
    return None


def test_every_file_of_a_lesson_is_in_the_catalogue():
    others = {"__init__", "lesson", "fits", "handout"}
    folder = Path(lrviz.lessons.__file__).parent
    assert {path.stem for path in folder.glob("*.py")} - others == {each.id for each in LESSONS}
    assert len({lesson.id for lesson in LESSONS}) == len(LESSONS) == 7


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
    for answer in (-1e9, 1e9):
        judged = answers.judge(answer)
        assert not judged.right
        assert str(judged.why)


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
        before = lesson_figure(
            chart.scene,
            translate,
            upto=chart.upto,
            series=chart.series,
            measure=chart.measure,
            large=large,
        )
        if chart.upto is not None:
            # What is covered is not in the page at all.
            for trace in before.data:
                assert trace.x is None or np.max(trace.x, initial=0) <= chart.upto
    shown = asked.revealed or chart
    after = lesson_figure(
        shown.scene, translate, notes=asked.notes, series=shown.series, measure=shown.measure
    )
    assert len(after.layout.annotations) == len(asked.notes)
    said = str(after.to_dict()["layout"]["title"]) if after.layout.title.text else ""
    assert "{" not in said
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
    assert sheet.count("<svg") == 1
    assert sheet.count("<li>") == 2 * len(lesson.rounds)
    assert "http" not in sheet.replace("http://www.w3.org", "")
    assert not re.search(r"\{\w+\}", sheet.split("</style>")[1])
    assert ("<table>" in sheet) == (lesson.id in ("restart", "m_mul", "rounding"))
    assert "nan" not in sheet


# What the texts say in plain figures.


def test_lesson_1_says_the_truth():
    run = Timeline(samples=10, batch_size=32, epochs=10)
    cosine = CosineDecay(0.001, 50, alpha=0.001)
    assert (run.steps, run.last_step) == (10, 9)
    reached = float(cosine(9))
    assert f"{reached:.6f}" == "0.000922"
    # “half-way at step 25”, “the floor, at step 50”, “one short of the floor”
    assert cosine(25) == pytest.approx(0.0005, abs=1e-6)
    assert cosine(49) > cosine(50) == cosine(60) == pytest.approx(1e-6)
    steps = [Timeline(samples=10, batch_size=size, epochs=10).steps for size in range(1, 33)]
    assert [size for size, count in enumerate(steps, start=1) if count > 50] == [1]
    assert steps[1] == 50


def test_lesson_2_says_the_truth():
    warm = CosineDecay(0.1, 100, alpha=0.1, warmup_target=0.4, warmup_steps=50)
    assert warm(150) == pytest.approx(0.04)
    assert warm(149) > warm(150) == warm(190)
    assert warm(50) == 0.4
    plain = CosineDecay(0.2, 100, alpha=0.1)
    assert plain(50) == pytest.approx((plain(0) + plain(100)) / 2)


def test_lesson_3_says_the_truth():
    def starts(t_mul, last=1000):
        return [each.start for each in CosineDecayRestarts(0.1, 100, t_mul=t_mul).cycles(last)]

    assert starts(2.0) == [0, 100, 300, 700]
    assert starts(1.5)[:3] == [0, 100, 250]
    assert starts(1.0)[:3] == [0, 100, 200]
    assert starts(0.5)[:4] == [0, 100, 150, 175]
    half = CosineDecayRestarts(0.1, 100, t_mul=0.5)
    assert half.limit == 200
    assert math.isfinite(half(199))
    assert math.isnan(half(200))
    never = CosineDecayRestarts(0.1, 320, t_mul=2.0)
    assert [each.start for each in never.cycles(319)] == [0]
    assert [each.start for each in never.cycles(320)] == [0, 320]
    # “a seventh of it gives three whole cycles”
    seventh = CosineDecayRestarts(0.1, 100, t_mul=2.0).cycles(699)
    assert sum(each.length for each in seventh) == 700
    assert len(seventh) == 3


def test_lesson_4_says_the_truth():
    def peaks(**values):
        schedule = CosineDecayRestarts(0.1, 100, **values)
        return [each.peak / 0.1 for each in schedule.cycles(350)]

    assert peaks(t_mul=1.0, m_mul=0.5**0.5)[2] == pytest.approx(0.5)
    assert peaks(t_mul=1.0, m_mul=0.5)[1:3] == pytest.approx([0.5, 0.25])
    assert peaks(t_mul=1.0, m_mul=0.5 ** (1 / 3))[3] == pytest.approx(0.5)
    assert peaks(t_mul=1.0, m_mul=2.0, alpha=0.1)[:3] == pytest.approx([1, 1.9, 3.7])
    mixed = CosineDecayRestarts(0.1, 100, t_mul=2.0, m_mul=0.5).cycles(699)
    assert [each.length for each in mixed] == [100, 200, 400]
    assert [each.peak for each in mixed] == pytest.approx([0.1, 0.05, 0.025])


def test_lesson_5_says_the_truth():
    log = content()["before_after"]
    cosine = CosineDecay(0.1, 10)
    # Keras works in float32.
    np.testing.assert_allclose(log["before"], cosine(np.arange(12)), atol=2e-8)
    np.testing.assert_allclose(log["after"], cosine(np.arange(1, 13)), atol=2e-8)
    assert content()["error_of_both"].startswith("TypeError: This optimizer was created with")
    run = Timeline(samples=128, batch_size=32, epochs=10)
    assert Curve(cosine, per="epoch").rate(30, run) == cosine(7)


def test_lesson_6_says_the_truth():
    log = np.array(content()["rounding"]["before"])
    exact = CosineDecayRestarts(0.1, 10, t_mul=1.1)
    off = np.flatnonzero(np.abs(log - exact(np.arange(len(log)))) > 0.05)
    assert off.tolist() == [21]
    assert (log[21], exact(21)) == (0.0, 0.1)
    assert log[10] == pytest.approx(0.1)
    # “right again” one step later, “on the line again”
    np.testing.assert_allclose(log[22:34], exact(np.arange(22, 34)), atol=1e-5)
    assert [each.start for each in exact.cycles(30)][:3] == [0, 10, 21]
    # The invitation's riddle has an answer.
    assert [each.start for each in CosineDecayRestarts(0.1, 10, t_mul=1.2).cycles(30)][2] == 22


def test_lesson_7_says_the_truth():
    ends = [9, 19, 29, 39]
    noisy = fits("noisy", "restarts")
    assert noisy.seeds >= 5
    # In every fit: a jump after each restart, a deeper end of each cycle.
    for end in ends[:-1]:
        assert (noisy.loss[:, end + 1] > noisy.loss[:, end]).all()
    assert (np.diff(noisy.loss[:, ends], axis=1) < 0).all()
    assert (noisy.ensemble > noisy.last).all()
    long = fits("noisy", "cosine")
    assert (long.loss[:, -1] < noisy.loss[:, -1]).all()
    assert (noisy.ensemble > long.ensemble).all()
    assert (noisy.ensemble > long.last).all()
    # “no difference that the seeds could show”
    gain = fits("clean", "restarts").last - fits("clean", "cosine").last
    assert abs(gain.mean()) < gain.std(ddof=1)
    assert abs(gain.mean()) < 0.3
    assert fits("clean", "cosine").loss[:, -1].max() < 0.01
    assert fits("clean", "restarts").loss[:, -1].max() < 0.01
    harm = fits("spirals", "restarts").last - fits("spirals", "cosine").last
    assert harm.max() <= 0
    assert (harm < 0).mean() > 0.5


@pytest.mark.keras
def test_keras_still_misses_the_restart_of_lesson_6_and_its_documentation_is_right_again():
    from keras.optimizers.schedules import CosineDecayRestarts as Theirs

    theirs = Theirs(0.1, 10, t_mul=1.1)
    assert [round(float(theirs(step)), 3) for step in (10, 21, 22)] == [0.1, 0.0, 0.098]


def test_words_in_a_chart_are_only_text():
    scene = scene_of(Curve(CosineDecay(0.1, 10)), timeline=Timeline(total_steps=20))
    note = Note(Sentence("<b>{x}</b>", {"x": "<img src=x>"}), 5)
    figure = lesson_figure(scene, str, notes=[note])
    text = figure.layout.annotations[0].text
    assert "<img" not in text
    assert "<b>" not in text
