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
from lrviz.ui.widgets.markdown import escaped
from tests.app.test_explore import _linked, _open, _ran, _scene, _texts, _widget

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
    return _open([(name, str(value)) for name, value in given.items()])


def _click(app, key):
    return _ran(_widget(app.button, key).click().run())


def _now(app):
    return app.session_state["session"]


def _answer(app, question, value):
    """Give an answer as a reader does; the marker is moved as the chart's component tells it."""
    name = f"{_scene(app).study.lesson}-{_scene(app).study.at}"
    if isinstance(question, Choose):
        _ran(_widget(app.radio, f"choice-{name}").set_value(int(value)).run())
    elif isinstance(question, SetParameter):
        now, text = _now(app), repr(value)
        target = now.scene.timeline if hasattr(now.scene.timeline, question.field) else now.scene
        kind = "run" if target is now.scene.timeline else "curve-0-CosineDecayRestarts"
        text = str(int(value)) if kind == "run" else text
        _ran(_widget(app.text_input, f"{kind}-{question.field}-exact").set_value(text).run())
    else:
        _now(app).desk.pending[name] = value
        _ran(app.run())
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
        assert _widget(app.button, f"check-{lesson.id}-{at}").disabled
        assert _linked(app) == (_scene(app), ())
        if last is not first:
            _answer(app, question, last.answer)
            assert escaped(last.why.translated(translate)) in _warned(app)
        else:
            _click(app, f"reveal-{lesson.id}-{at}")
        assert sentence in _said(app)
        _click(app, "again")
        assert not _scene(app).study.shown
        _answer(app, question, answers.right)
        assert [each.value for each in app.success]
        assert escaped(answers.why.translated(translate)) in app.success[0].value
        # A link opens at the same place, with the same answer revealed.
        assert _linked(app) == (_scene(app), ())
        assert _scene(app).study.at == at
        _click(app, "next")
    assert lesson.id in _scene(app).study.done
    assert app.subheader[0].value == escaped(lesson.invitation.translated(translate))


def test_the_second_try_may_be_right():
    app = _learn(lesson="restart")
    question = LESSONS[2].rounds[0].question
    _answer(app, question, 200.0)
    assert not _scene(app).study.shown
    _answer(app, question, 300.0)
    assert _scene(app).study.shown
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
    _ran(_widget(app.text_input, field).set_value("1.4").run())
    _ran(_widget(app.text_input, field).set_value("abc").run())
    _click(app, "check-restart-1")
    assert _scene(app).study.answer is None
    assert not _scene(app).study.shown
    assert "t\\_mul must be a number" in _texts(app)


def test_no_student_can_break_the_teachers_page():
    teacher = _click(_learn(), "open-room")
    _click(teacher, "start-restart")
    code = _scene(teacher).study.room
    member = membership.hall().join(code)
    # As if it had come past the student's page.
    assert membership.hall().answer(code, member, "restart-0", 1e308)
    _ran(_widget(teacher.toggle, "class-answers").set_value(True).run())
    assert not teacher.exception
    assert "1 of 1 has answered" in _texts(teacher)
    student = _learn(room=code)
    for sent in (1e308, -1.0, float("nan"), "300", None, [300], {"a": 1}, True):
        navigation.move(_now(student), sent)
    assert _now(student).desk.pending == {}


def test_a_lesson_gives_back_what_was_there_before():
    app = _learn()
    before = _scene(app)
    _click(app, "start-restart")
    assert _scene(app).curves != before.curves
    _click(app, "leave-lesson")
    assert (_scene(app).curves, _scene(app).timeline) == (before.curves, before.timeline)


def test_only_the_controls_that_matter_are_shown():
    app = _learn(lesson="restart", at=4)
    fields = {each.label.split(",")[0] for each in app.text_input}
    assert fields == {"first_decay_steps", "t_mul"}


def test_a_link_with_other_curves_gets_the_lessons():
    app = _learn(lesson="restart", at=1)
    assert [type(each.schedule).__name__ for each in _scene(app).curves] == ["CosineDecayRestarts"]


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
    _ran(_widget(made.text_input, "own-title").set_value("Warm restarts").run())
    _ran(_widget(made.text_area, "own-words").set_value("Look at **t_mul**.\nNow move it.").run())
    _ran(_widget(made.button_group, "own-hidden").set_value(["alpha", "cycles", "samples"]).run())
    link = next(each.value for each in made.code if "lesson=own" in each.value)
    from urllib.parse import parse_qsl

    query = parse_qsl(link.split("?", 1)[1])
    scene, problems = from_query(query)
    assert problems == ()
    assert (scene.study.lesson, scene.study.title) == (OWN, "Warm restarts")
    app = _open(query)
    assert "Look at \\*\\*t\\_mul\\*\\*\\." in _texts(app)
    labels = {each.label.split(",")[0] for each in app.text_input}
    assert "t_mul" in labels
    assert not labels & {"alpha", "samples"}
    # Nothing else is there: no list of lessons, no table.
    assert not [each for each in app.button if each.key.startswith("start-")]
    assert "| Cycle" not in _texts(app)


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
    code = _scene(teacher).study.room
    key = _now(teacher).desk.key
    students = [_learn(room=code) for _ in range(3)]
    # There is nothing to see yet, and nothing to work out.
    assert "You are in the class" in _texts(students[0]) + students[0].subheader[0].value
    assert "$$" not in _texts(students[0])
    # What the teacher explores comes with its formula and its cycles.
    _now(teacher).set(tab="explore")
    _ran(teacher.run())
    for student in students:
        _ran(student.run())
    _now(teacher).set(tab="learn")
    _ran(teacher.run())
    assert "$$" in _texts(students[0])
    assert "| 3 | 350 |" in _texts(students[0])
    _click(teacher, "start-restart")
    for student in students:
        _ran(student.run())
        assert _scene(student).study.lesson == "restart"
        # The teacher's key is nowhere in what a student has.
        assert key not in str(student.query_params)
        assert key not in _texts(student) + " ".join(each.value for each in student.code)
    question = LESSONS[2].rounds[0].question
    assert isinstance(question, MarkStep)
    for student, value in zip(students, (300.0, 300.0, 200.0), strict=True):
        _answer(student, question, value)
        assert not _scene(student).study.shown
    _ran(teacher.run())
    assert "3 of 3 have answered" in _texts(teacher)
    # What they answered stays off the projector until the teacher shows it, question by question.
    asked = LESSONS[2].rounds[0]
    assert class_panel.tallies(_now(teacher), asked) == []
    _ran(_widget(teacher.toggle, "class-answers").set_value(True).run())
    assert {(each.answer, each.count) for each in class_panel.tallies(_now(teacher), asked)} == {
        (300.0, 2),
        (204.0, 1),
    }
    first, _, last = students
    _click(first, "let-go")
    _click(teacher, "reveal-restart-0")
    _ran(first.run())
    assert not _scene(first).study.shown
    _click(first, "come-back")
    for student in students:
        _ran(student.run())
        assert _scene(student).study.shown
    assert first.success
    assert last.warning
    # The teacher closes the room; the students are told.
    _click(teacher, "leave-room")
    _ran(last.run())
    assert _scene(last).study.room == ""


def _example(app):
    _now(app).set(tab="explore")
    _ran(app.run())
    return _ran(_widget(app.selectbox, "preset").set_value(list(EXAMPLES)[1]).run())


def test_an_example_chosen_in_a_room_keeps_the_room():
    teacher = _click(_learn(done="steps"), "open-room")
    code = _scene(teacher).study.room
    student = _learn(room=code, done="steps")
    _example(teacher)
    assert membership.teaches(_now(teacher))
    assert _scene(teacher).study.room == code
    assert _scene(teacher).study.done == ("steps",)
    assert f"**{code}**" in _texts(teacher)
    # The student sees it, and may choose another: they let go, and can come back from any tab.
    _ran(student.run())
    assert _scene(student).curves == _scene(teacher).curves
    _now(student).set(tab="explore")
    _ran(_ran(student.run()).selectbox[0].set_value(list(EXAMPLES)[2]).run())
    _ran(student.run())
    assert not membership.follows(_now(student))
    assert _scene(student).study.room == code
    assert _scene(student).study.done == ("steps",)
    _click(student, "come-back")
    _ran(student.run())
    assert _scene(student).tab == "learn"
    assert _scene(student).curves == _scene(teacher).curves
    assert membership.hall().look_over(code, _now(teacher).desk.key).present == 1


def test_the_browsers_key_makes_the_teacher_the_teacher_again():
    teacher = _click(_learn(), "open-room")
    code, key = _now(teacher).desk.code, _now(teacher).desk.key
    again = _learn(room=code)
    assert not membership.teaches(_now(again))
    for sent in ("", "wrong", None, 7, ["x"]):
        membership.back(_now(again), sent)
        assert not membership.teaches(_now(again))
    membership.back(_now(again), key)
    assert membership.teaches(_now(again))
    # No student's seat is taken.
    assert membership.hall().look_over(code, key).present == 0
    assert key not in str(_ran(again.run()).query_params)


def test_a_student_cannot_teach():
    teacher = _click(_learn(), "open-room")
    code = _scene(teacher).study.room
    student = _learn(room=code)
    assert not membership.teaches(_now(student))
    thief = _learn()
    _ran(_widget(thief.text_input, "room-code").set_value(f"{code}.guess").run())
    assert not membership.teaches(_now(thief))
    assert "teacher" in _warned(thief)


def test_a_teacher_takes_the_room_back_after_a_reload():
    teacher = _click(_learn(), "open-room")
    code, key = _now(teacher).desk.code, _now(teacher).desk.key
    again = _learn()
    _ran(_widget(again.text_input, "room-code").set_value(f"{code}.{key}").run())
    assert membership.teaches(_now(again))


def test_a_code_of_no_room_is_said():
    app = _learn(room="AAAAAA")
    assert "no room with this code" in _warned(app)
    assert _scene(app).study.room == ""


def test_what_a_student_sets_is_not_overwritten_by_the_teacher():
    teacher = _click(_learn(), "open-room")
    student = _learn(room=_scene(teacher).study.room)
    _click(teacher, "start-m_mul")
    _ran(student.run())
    field = "curve-0-CosineDecayRestarts-m_mul-exact"
    _ran(_widget(student.text_input, field).set_value("0.7").run())
    _ran(_widget(teacher.text_input, field).set_value("0.9").run())
    _ran(student.run())
    assert _scene(student).curve.schedule.m_mul == 0.7


def test_the_projector_view_is_the_lesson_alone():
    app = _learn(lesson="restart", projector="true")
    assert not app.title
    assert not [each for each in app.button if each.key == "leave-lesson"]
