"""The Learn tab through AppTest: every lesson, in every language, and a class."""

from urllib.parse import parse_qsl

import pytest

from lrviz.learn.lessons import LESSONS
from lrviz.learn.study import OWN
from lrviz.link import from_query, to_query
from lrviz.locale import LANGUAGES, translator
from lrviz.page import Page
from lrviz.scene import Curve, Timeline, scene_of
from lrviz.schedules import CosineDecay, Linear, Sequence
from lrviz.view.markdown import escaped
from tests.app.learn_steps import answer_with, click, open_learn, said, warned
from tests.app.steps import (
    linked,
    open_page,
    page_in,
    ran,
    rows_in,
    scene_in,
    texts_in,
    type_into,
    widget,
)

HOSTILE = "<script>alert(1)</script> **b** [x](javascript:alert(1)) $x$ ![i](//e.example/i.png)"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_a_lesson_from_start_to_end(lesson, language):
    """Wrong, wrong again, then right: a hint first, then the answer and the sentence."""
    translate = translator(language)
    app = click(open_learn(language=language), f"start-{lesson.id}")
    for at, asked in enumerate(lesson.rounds):
        question, answers = asked.question, asked.question.answers
        assert app.subheader[0].value == escaped(question.text.translated(translate))
        first, last = answers.mistakes[0], answers.mistakes[-1]
        sentence = escaped(asked.sentence.translated(translate))
        answer_with(app, question, first.answer)
        assert escaped(first.why.translated(translate)) in warned(app)
        assert sentence not in said(app)
        # The same answer is no second try; a link opens at the same place, with its hint.
        assert widget(app.button, f"check-{lesson.id}-{at}").disabled
        assert linked(app) == (page_in(app), ())
        if last is not first:
            answer_with(app, question, last.answer)
            assert escaped(last.why.translated(translate)) in warned(app)
        else:
            click(app, f"reveal-{lesson.id}-{at}")
        assert sentence in said(app)
        click(app, "again")
        assert not page_in(app).study.revealed
        answer_with(app, question, answers.right)
        assert [each.value for each in app.success]
        assert escaped(answers.why.translated(translate)) in app.success[0].value
        # A link opens at the same place, with the same answer revealed.
        assert linked(app) == (page_in(app), ())
        assert page_in(app).study.at == at
        click(app, "next")
    assert lesson.id in page_in(app).learner.done
    assert app.subheader[0].value == escaped(lesson.invitation.translated(translate))


def test_the_second_try_may_be_right():
    app = open_learn(lesson="restart")
    question = LESSONS[2].rounds[0].question
    answer_with(app, question, 200.0)
    assert not page_in(app).study.revealed
    answer_with(app, question, 300.0)
    assert page_in(app).study.revealed
    assert app.success
    assert not app.warning


@pytest.mark.parametrize("answer", ["1e308", "-5.0", "801.0", "nan"])
def test_an_answer_that_cannot_be_one_is_none(answer):
    app = open_learn(lesson="restart", answer=answer, shown="true")
    assert not app.exception
    assert not app.success
    assert "Not quite" not in said(app)


def test_a_value_that_was_refused_is_not_graded():
    app = open_learn(lesson="restart", at=1)
    field = "curve-0-CosineDecayRestarts/t_mul"
    type_into(app, field, "1.4")
    type_into(app, field, "abc")
    click(app, "check-restart-1")
    assert page_in(app).learner.answer is None
    assert not page_in(app).study.revealed
    assert "t_mul must be a number" in texts_in(app)


def test_a_lesson_gives_back_what_was_there_before():
    app = open_learn()
    before = scene_in(app)
    click(app, "start-restart")
    assert scene_in(app).curves != before.curves
    click(app, "leave-lesson")
    assert (scene_in(app).curves, scene_in(app).timeline) == (before.curves, before.timeline)


def test_only_the_controls_that_matter_are_shown():
    app = open_learn(lesson="restart", at=4)
    fields = {row["name"] for row in rows_in(app).values()}
    assert fields == {"first_decay_steps", "t_mul"}


def test_a_link_with_other_curves_gets_the_lessons():
    app = open_learn(lesson="restart", at=1)
    assert [type(each.schedule).__name__ for each in scene_in(app).curves] == [
        "CosineDecayRestarts"
    ]


def test_a_lesson_that_does_not_exist_is_the_overview():
    app = open_learn(lesson="nonsense", at=3)
    assert len([each for each in app.button if each.key.startswith("start-")]) == len(LESSONS)


@pytest.mark.parametrize("at", [0, 20])
def test_a_round_that_does_not_exist_is_the_free_try(at):
    app = open_learn(lesson="cosine", at=at)
    assert not app.exception


def test_showing_the_answer_without_one_tells_it():
    app = click(open_learn(lesson="restart"), "reveal-restart-0")
    asked = LESSONS[2].rounds[0]
    assert escaped(str(asked.question.answers.why)) in said(app)
    assert not app.success
    assert not app.warning


def test_a_teachers_lesson_shows_just_that():
    made = open_learn()
    ran(widget(made.text_input, "own-title").set_value("Warm restarts").run())
    ran(widget(made.text_area, "own-words").set_value("Look at **t_mul**.\nNow move it.").run())
    ran(widget(made.button_group, "own-hidden").set_value(["alpha", "cycles", "samples"]).run())
    link = next(each.value for each in made.code if "lesson=own" in each.value)
    query = parse_qsl(link.split("?", 1)[1])
    page, problems = from_query(query)
    assert problems == ()
    assert (page.study.lesson, page.study.title) == (OWN, "Warm restarts")
    app = open_page(query)
    assert [each.value for each in app.text] == ["Look at **t_mul**.", "Now move it."]
    labels = {row["name"] for row in rows_in(app).values()}
    assert "t_mul" in labels
    assert not labels & {"alpha", "samples"}
    # Nothing else is there: no list of lessons, no table.
    assert not [each for each in app.button if each.key.startswith("start-")]
    assert "| Cycle" not in texts_in(app)


def test_a_teachers_lesson_of_phases_hides_what_belongs_to_one():
    schedule = Sequence((Linear(0.0, 0.1, 20), CosineDecay(0.1, 80)), (20,))
    scene = scene_of(Curve(schedule), timeline=Timeline(total_steps=100))
    page = Page(scene, tab="learn")
    made = open_page(to_query(page))
    ran(widget(made.button_group, "own-hidden").set_value(["1.alpha", "0.decay_steps"]).run())
    link = next(each.value for each in made.code if "lesson=own" in each.value)
    query = parse_qsl(link.split("?", 1)[1])
    assert from_query(query)[1] == ()
    names = {row["name"] for row in rows_in(open_page(query)).values()}
    assert {"1.decay_steps", "boundaries.0"} <= names
    assert not names & {"1.alpha", "0.decay_steps"}


def test_all_controls_of_a_lesson_of_many_phases_can_be_hidden():
    schedule = Sequence((CosineDecay(0.1, 10),) * 16, tuple(range(10, 160, 10)))
    scene = scene_of(Curve(schedule), timeline=Timeline(total_steps=160))
    made = open_page(to_query(Page(scene, tab="learn")))
    every = [each.path for each in schedule.fields() if not each.item]
    ran(widget(made.button_group, "own-hidden").set_value(every).run())
    link = next(each.value for each in made.code if "lesson=own" in each.value)
    page, problems = from_query(parse_qsl(link.split("?", 1)[1]))
    assert problems == ()
    assert set(page.study.hidden) <= set(every)


def test_hostile_words_are_only_text():
    app = open_learn(lesson=OWN, title=HOSTILE[:80], words=HOSTILE)
    shown = [each for each in [*app.markdown, *app.subheader] if "alert" in each.value]
    assert shown
    for each in shown:
        assert not getattr(each, "allow_html", False)
        assert "<script" not in each.value.replace("\\<script", "")
        assert "](" not in each.value
    # Its words are not even Markdown: nothing in them becomes a link, an icon or an arrow.
    assert [each.value for each in app.text] == [HOSTILE]


def test_the_projector_view_is_the_lesson_alone():
    app = open_learn(lesson="restart", projector="true")
    assert not app.title
    assert not [each for each in app.button if each.key == "leave-lesson"]
