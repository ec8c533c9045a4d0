"""The Learn tab through AppTest: every lesson, in every language, and a class."""

import pytest

from lrviz.examples import EXAMPLES
from lrviz.learn import rooms
from lrviz.learn.lesson import Choose, MarkStep, SetParameter
from lrviz.learn.lessons import LESSONS
from lrviz.learn.study import OWN
from lrviz.link import from_query
from lrviz.locale import LANGUAGES, translator
from lrviz.ui.learn import class_panel, membership, navigation
from lrviz.ui.learn.memory import memory
from lrviz.ui.widgets.markdown import escaped
from tests.app.steps import (
    linked,
    open_page,
    page_in,
    ran,
    scene_in,
    session_in,
    texts_in,
    widget,
)

HOSTILE = "<script>alert(1)</script> **b** [x](javascript:alert(1)) $x$ ![i](//e.example/i.png)"


@pytest.fixture(autouse=True)
def _own_rooms():
    membership.hall.cache_clear()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    # A change that comes right after another waits for a moment: here nobody waits.
    monkeypatch.setattr(rooms, "PAUSE", 0)


def _learn(**query):
    given = {"tab": "learn"} | query
    return open_page([(name, str(value)) for name, value in given.items()])


def _click(app, key):
    return ran(widget(app.button, key).click().run())


def _answer(app, question, value):
    """Give an answer as a reader does; the marker is moved as the chart's component tells it."""
    name = f"{page_in(app).study.lesson}-{page_in(app).study.at}"
    if isinstance(question, Choose):
        ran(widget(app.radio, f"choice-{name}").set_value(int(value)).run())
    elif isinstance(question, SetParameter):
        now, text = session_in(app), repr(value)
        target = now.scene.timeline if hasattr(now.scene.timeline, question.field) else now.scene
        kind = "run" if target is now.scene.timeline else "curve-0-CosineDecayRestarts"
        text = str(int(value)) if kind == "run" else text
        ran(widget(app.text_input, f"{kind}-{question.field}-exact").set_value(text).run())
    else:
        memory(session_in(app)).pending[name] = value
        ran(app.run())
    return _click(app, f"check-{name}")


def _warned(app):
    return " ".join(each.value for each in app.warning)


def _said(app):
    return " ".join(each.value for each in [*app.success, *app.warning, *app.info, *app.markdown])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_a_lesson_from_start_to_end(lesson, language):
    """Wrong, wrong again, then right: a hint first, then the answer and the sentence."""
    translate = translator(language)
    app = _click(_learn(language=language), f"start-{lesson.id}")
    for at, asked in enumerate(lesson.rounds):
        question, answers = asked.question, asked.question.answers
        assert app.subheader[0].value == escaped(question.text.translated(translate))
        first, last = answers.mistakes[0], answers.mistakes[-1]
        sentence = escaped(asked.sentence.translated(translate))
        _answer(app, question, first.answer)
        assert escaped(first.why.translated(translate)) in _warned(app)
        assert sentence not in _said(app)
        # The same answer is no second try; a link opens at the same place, with its hint.
        assert widget(app.button, f"check-{lesson.id}-{at}").disabled
        assert linked(app) == (page_in(app), ())
        if last is not first:
            _answer(app, question, last.answer)
            assert escaped(last.why.translated(translate)) in _warned(app)
        else:
            _click(app, f"reveal-{lesson.id}-{at}")
        assert sentence in _said(app)
        _click(app, "again")
        assert not page_in(app).study.revealed
        _answer(app, question, answers.right)
        assert [each.value for each in app.success]
        assert escaped(answers.why.translated(translate)) in app.success[0].value
        # A link opens at the same place, with the same answer revealed.
        assert linked(app) == (page_in(app), ())
        assert page_in(app).study.at == at
        _click(app, "next")
    assert lesson.id in page_in(app).learner.done
    assert app.subheader[0].value == escaped(lesson.invitation.translated(translate))


def test_the_second_try_may_be_right():
    app = _learn(lesson="restart")
    question = LESSONS[2].rounds[0].question
    _answer(app, question, 200.0)
    assert not page_in(app).study.revealed
    _answer(app, question, 300.0)
    assert page_in(app).study.revealed
    assert app.success
    assert not app.warning


@pytest.mark.parametrize("answer", ["1e308", "-5.0", "801.0", "nan"])
def test_an_answer_that_cannot_be_one_is_none(answer):
    app = _learn(lesson="restart", answer=answer, shown="true")
    assert not app.exception
    assert not app.success
    assert "Not quite" not in _said(app)


def test_a_value_that_was_refused_is_not_graded():
    app = _learn(lesson="restart", at=1)
    field = "curve-0-CosineDecayRestarts-t_mul-exact"
    ran(widget(app.text_input, field).set_value("1.4").run())
    ran(widget(app.text_input, field).set_value("abc").run())
    _click(app, "check-restart-1")
    assert page_in(app).learner.answer is None
    assert not page_in(app).study.revealed
    assert "t\\_mul must be a number" in texts_in(app)


def test_no_student_can_break_the_teachers_page():
    teacher = _click(_learn(), "open-room")
    _click(teacher, "start-restart")
    code = page_in(teacher).learner.room
    member = membership.hall().join(code)
    # As if it had come past the student's page.
    assert membership.hall().answer(code, member, "restart-0", 1e308)
    ran(widget(teacher.toggle, "class-answers").set_value(True).run())
    assert not teacher.exception
    assert "1 of 1 has answered" in texts_in(teacher)
    student = _learn(room=code)
    for sent in (1e308, -1.0, float("nan"), "300", None, [300], {"a": 1}, True):
        navigation.move(session_in(student), sent)
    assert memory(session_in(student)).pending == {}


def test_a_lesson_gives_back_what_was_there_before():
    app = _learn()
    before = scene_in(app)
    _click(app, "start-restart")
    assert scene_in(app).curves != before.curves
    _click(app, "leave-lesson")
    assert (scene_in(app).curves, scene_in(app).timeline) == (before.curves, before.timeline)


def test_only_the_controls_that_matter_are_shown():
    app = _learn(lesson="restart", at=4)
    fields = {each.label.split(",")[0] for each in app.text_input}
    assert fields == {"first_decay_steps", "t_mul"}


def test_a_link_with_other_curves_gets_the_lessons():
    app = _learn(lesson="restart", at=1)
    assert [type(each.schedule).__name__ for each in scene_in(app).curves] == [
        "CosineDecayRestarts"
    ]


def test_a_lesson_that_does_not_exist_is_the_overview():
    app = _learn(lesson="nonsense", at=3)
    assert len([each for each in app.button if each.key.startswith("start-")]) == len(LESSONS)


@pytest.mark.parametrize("at", [0, 20])
def test_a_round_that_does_not_exist_is_the_free_try(at):
    app = _learn(lesson="cosine", at=at)
    assert not app.exception


def test_showing_the_answer_without_one_tells_it():
    app = _click(_learn(lesson="restart"), "reveal-restart-0")
    asked = LESSONS[2].rounds[0]
    assert escaped(str(asked.question.answers.why)) in _said(app)
    assert not app.success
    assert not app.warning


def test_a_teachers_lesson_shows_just_that():
    made = _learn()
    ran(widget(made.text_input, "own-title").set_value("Warm restarts").run())
    ran(widget(made.text_area, "own-words").set_value("Look at **t_mul**.\nNow move it.").run())
    ran(widget(made.button_group, "own-hidden").set_value(["alpha", "cycles", "samples"]).run())
    link = next(each.value for each in made.code if "lesson=own" in each.value)
    from urllib.parse import parse_qsl

    query = parse_qsl(link.split("?", 1)[1])
    page, problems = from_query(query)
    assert problems == ()
    assert (page.study.lesson, page.study.title) == (OWN, "Warm restarts")
    app = open_page(query)
    assert "Look at \\*\\*t\\_mul\\*\\*\\." in texts_in(app)
    labels = {each.label.split(",")[0] for each in app.text_input}
    assert "t_mul" in labels
    assert not labels & {"alpha", "samples"}
    # Nothing else is there: no list of lessons, no table.
    assert not [each for each in app.button if each.key.startswith("start-")]
    assert "| Cycle" not in texts_in(app)


def test_hostile_words_are_only_text():
    app = _learn(lesson=OWN, title=HOSTILE[:80], words=HOSTILE)
    shown = [each for each in app.markdown if "alert" in each.value]
    assert shown
    for each in shown:
        assert not each.allow_html
        assert "<script" not in each.value.replace("\\<script", "")
        assert "](" not in each.value


def test_a_class_follows_lets_go_comes_back_and_answers():
    teacher = _click(_learn(), "open-room")
    code = page_in(teacher).learner.room
    key = memory(session_in(teacher)).key
    students = [_learn(room=code) for _ in range(3)]
    # There is nothing to see yet, and nothing to work out.
    assert "You are in the class" in texts_in(students[0]) + students[0].subheader[0].value
    assert "$$" not in texts_in(students[0])
    # What the teacher explores comes with its formula and its cycles.
    session_in(teacher).set(tab="explore")
    ran(teacher.run())
    for student in students:
        ran(student.run())
    session_in(teacher).set(tab="learn")
    ran(teacher.run())
    assert "$$" in texts_in(students[0])
    assert "| 3 | 350 |" in texts_in(students[0])
    _click(teacher, "start-restart")
    for student in students:
        ran(student.run())
        assert page_in(student).study.lesson == "restart"
        # The teacher's key is nowhere in what a student has.
        assert key not in str(student.query_params)
        assert key not in texts_in(student) + " ".join(each.value for each in student.code)
    question = LESSONS[2].rounds[0].question
    assert isinstance(question, MarkStep)
    for student, value in zip(students, (300.0, 300.0, 200.0), strict=True):
        _answer(student, question, value)
        assert not page_in(student).study.revealed
    ran(teacher.run())
    assert "3 of 3 have answered" in texts_in(teacher)
    # What they answered stays off the projector until the teacher shows it, question by question.
    asked = LESSONS[2].rounds[0]
    assert class_panel.tallies(session_in(teacher), asked) == []
    ran(widget(teacher.toggle, "class-answers").set_value(True).run())
    assert {
        (each.answer, each.count) for each in class_panel.tallies(session_in(teacher), asked)
    } == {
        (300.0, 2),
        (204.0, 1),
    }
    first, _, last = students
    _click(first, "let-go")
    _click(teacher, "reveal-restart-0")
    ran(first.run())
    assert not page_in(first).study.revealed
    _click(first, "come-back")
    for student in students:
        ran(student.run())
        assert page_in(student).study.revealed
    assert first.success
    assert last.warning
    # The teacher closes the room; the students are told.
    _click(teacher, "leave-room")
    ran(last.run())
    assert page_in(last).learner.room == ""


def _example(app):
    session_in(app).set(tab="explore")
    ran(app.run())
    return ran(widget(app.selectbox, "preset").set_value(list(EXAMPLES)[1]).run())


def test_an_example_chosen_in_a_room_keeps_the_room():
    teacher = _click(_learn(done="steps"), "open-room")
    code = page_in(teacher).learner.room
    student = _learn(room=code, done="steps")
    _example(teacher)
    assert membership.teaches(session_in(teacher))
    assert page_in(teacher).learner.room == code
    assert page_in(teacher).learner.done == ("steps",)
    assert f"**{code}**" in texts_in(teacher)
    # The student sees it, and may choose another: they let go, and can come back from any tab.
    ran(student.run())
    assert scene_in(student).curves == scene_in(teacher).curves
    session_in(student).set(tab="explore")
    ran(ran(student.run()).selectbox[0].set_value(list(EXAMPLES)[2]).run())
    ran(student.run())
    assert not membership.follows(session_in(student))
    assert page_in(student).learner.room == code
    assert page_in(student).learner.done == ("steps",)
    _click(student, "come-back")
    ran(student.run())
    assert page_in(student).tab == "learn"
    assert scene_in(student).curves == scene_in(teacher).curves
    assert membership.hall().look_over(code, memory(session_in(teacher)).key).present == 1


def test_the_browsers_key_makes_the_teacher_the_teacher_again():
    teacher = _click(_learn(), "open-room")
    code, key = memory(session_in(teacher)).code, memory(session_in(teacher)).key
    again = _learn(room=code)
    assert not membership.teaches(session_in(again))
    for sent in ("", "wrong", None, 7, ["x"]):
        membership.back(session_in(again), sent)
        assert not membership.teaches(session_in(again))
    membership.back(session_in(again), key)
    assert membership.teaches(session_in(again))
    # No student's seat is taken.
    assert membership.hall().look_over(code, key).present == 0
    assert key not in str(ran(again.run()).query_params)


def test_a_student_cannot_teach():
    teacher = _click(_learn(), "open-room")
    code = page_in(teacher).learner.room
    student = _learn(room=code)
    assert not membership.teaches(session_in(student))
    thief = _learn()
    ran(widget(thief.text_input, "room-code").set_value(f"{code}.guess").run())
    assert not membership.teaches(session_in(thief))
    assert "teacher" in _warned(thief)


def test_a_teacher_takes_the_room_back_after_a_reload():
    teacher = _click(_learn(), "open-room")
    code, key = memory(session_in(teacher)).code, memory(session_in(teacher)).key
    again = _learn()
    ran(widget(again.text_input, "room-code").set_value(f"{code}.{key}").run())
    assert membership.teaches(session_in(again))


def test_a_code_of_no_room_is_said():
    app = _learn(room="AAAAAA")
    assert "no room with this code" in _warned(app)
    assert page_in(app).learner.room == ""


def test_what_a_student_sets_is_not_overwritten_by_the_teacher():
    teacher = _click(_learn(), "open-room")
    student = _learn(room=page_in(teacher).learner.room)
    _click(teacher, "start-m_mul")
    ran(student.run())
    field = "curve-0-CosineDecayRestarts-m_mul-exact"
    ran(widget(student.text_input, field).set_value("0.7").run())
    ran(widget(teacher.text_input, field).set_value("0.9").run())
    ran(student.run())
    assert scene_in(student).curve.schedule.m_mul == 0.7


def test_the_projector_view_is_the_lesson_alone():
    app = _learn(lesson="restart", projector="true")
    assert not app.title
    assert not [each for each in app.button if each.key == "leave-lesson"]
