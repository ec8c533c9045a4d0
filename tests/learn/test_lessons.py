"""Every lesson: rightly and wrongly answered, and every number in it checked against the engine."""

import html
import math
import re
from pathlib import Path

import numpy as np
import pytest

import lrviz.learn.lessons
from lrviz.figures import Note, lesson_figure
from lrviz.learn.handout import handout
from lrviz.learn.lesson import Choose, MarkStep, PredictRate, SetParameter, field_of, value_of
from lrviz.learn.lessons import LESSONS
from lrviz.learn.lessons.fits import content, fits
from lrviz.learn.study import MOST_ROUNDS
from lrviz.locale import LANGUAGES, translator
from lrviz.scene import Curve, Timeline, scene_of
from lrviz.schedules import CosineDecay, CosineDecayRestarts
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
    others = {"__init__", "lesson", "fits", "measured", "handout"}
    folder = Path(lrviz.learn.lessons.__file__).parent
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
    assert ("<table>" in sheet) == (lesson.id in ("restart", "m_mul", "rounding"))
    assert "nan" not in sheet
    # Paper has no marker to drag; and what a question asks for is not printed before it.
    questions = sheet[: sheet.index('class="key"')]
    assert not re.search("[Dd]rag|옮기|끌어", questions)
    covered = [chart for chart, is_new in zip(charts, new, strict=True) if is_new]
    assert questions.count(">?</text>") == sum(chart.upto is not None for chart in covered)
    for asked in lesson.rounds:
        assert html.escape(asked.sentence.translated(translator(language))) not in questions


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


def test_lesson_7_s_fits_are_a_fair_comparison():
    found = content()
    assert not set(found["trial_seeds"]) & set(range(20))
    for task in ("noisy", "clean", "spirals"):
        for which, rows in found["trials"][task].items():
            # The peak is the best of those that were tried, and none of the outermost.
            best = max(rows, key=lambda row: row["last"])["peak"]
            assert fits(task, which).peak == best
            assert rows[0]["peak"] < best < rows[-1]["peak"]
            # As many models are averaged, whatever the schedule.
            assert fits(task, which).models.shape == (20, 4)
    assert {fits("high", which).peak for which in ("restarts", "cosine")} == {1.0}


def test_lesson_7_says_the_truth_of_noisy_digits():
    ends = [9, 19, 29, 39]
    short, long = fits("noisy", "restarts"), fits("noisy", "cosine")
    assert short.seeds == 20
    # In every fit: a jump after each restart, a lower end of each cycle.
    for end in ends[:-1]:
        assert (short.loss[:, end + 1] > short.loss[:, end]).all()
    assert (np.diff(short.loss[:, ends], axis=1) < 0).all()
    # “no merit of the restarts”: the cosine ends as low.
    assert abs(long.loss[:, -1].mean() - short.loss[:, -1].mean()) < 0.01
    # “as accurate”, “less than one point better”, “its early models are just worse”
    assert short.peak == long.peak == 0.3
    assert abs((short.last - long.last).mean()) < 0.2
    gain = short.ensemble - long.last
    assert 0 < gain.mean() < 1
    assert ((gain > 0).sum(), (gain < 0).sum()) == (12, 6)
    assert (short.ensemble - short.last).mean() > 0.3
    assert abs((long.ensemble - long.last).mean()) < 0.05
    # Not too much alike: the cosine's models differ more.
    assert long.differ.mean() > short.differ.mean()
    assert long.models[:, 0].mean() < short.models[:, 0].mean() - 1


def test_lesson_7_says_the_truth_of_a_peak_that_is_too_high():
    high, best = fits("high", "restarts"), fits("noisy", "cosine")
    assert ((high.ensemble - high.last) > 0).all()
    assert 3 < (high.ensemble - high.last).mean() < 4
    # One model of a lower peak is as good as their average.
    difference = best.last - high.ensemble
    assert abs(difference.mean()) < difference.std(ddof=1) / 2
    assert fits("high", "cosine").last.mean() < high.ensemble.mean() - 3
    # “worse from cycle to cycle”, while the loss falls
    assert (np.diff(high.models.mean(axis=0)) < 0).all()
    assert (np.diff(high.loss.mean(axis=0)[[9, 19, 29, 39]]) < 0).all()
    # “even the model after the first cycle”
    assert high.models[:, 0].mean() > best.last.mean()


def test_lesson_7_says_the_truth_of_clean_digits_and_of_spirals():
    clean = [fits("clean", which) for which in ("restarts", "cosine", "constant")]
    means = [each.last.mean() for each in clean]
    assert max(means) - min(means) < 0.1
    assert all(each.loss[:, -1].max() < 0.01 for each in clean)
    assert abs((clean[0].ensemble - clean[0].last).mean()) < 0.1
    short, long = fits("spirals", "restarts"), fits("spirals", "cosine")
    assert short.peak == long.peak
    harm = short.last - long.last
    assert (harm.max(), (harm < 0).sum()) == (0, 15)
    # “one cycle is too short, two nearly finish, those after that throw some fits back”
    first, second, third, fourth = short.models.mean(axis=0)
    assert first < 75
    assert second > 98
    assert max(third, fourth) < 95
    assert (short.ensemble <= long.last).all()


@pytest.mark.keras
def test_keras_still_misses_the_restart_of_lesson_6_and_its_documentation_is_right_again():
    from keras.optimizers.schedules import CosineDecayRestarts as Theirs

    theirs = Theirs(0.1, 10, t_mul=1.1)
    assert [round(float(theirs(step)), 3) for step in (10, 21, 22)] == [0.1, 0.0, 0.098]


def test_words_in_a_chart_are_only_text():
    scene = scene_of(Curve(CosineDecay(0.1, 10)), timeline=Timeline(total_steps=20))
    note = Note(Sentence("<b>{x}</b>", {"x": "<img src=x>"}), 5)
    figure = valid(lesson_figure(scene, str, notes=[note]))
    text = figure.layout.annotations[0].text
    assert "<img" not in text
    assert "<b>" not in text
