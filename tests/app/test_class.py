"""A class: a teacher and students in a room."""

import json
from dataclasses import replace

import streamlit as st

from lrviz.examples import EXAMPLES
from lrviz.learn import events
from lrviz.learn.lesson import MarkStep
from lrviz.learn.lessons import LESSONS
from lrviz.ui.learn import class_panel, membership, navigation
from lrviz.ui.learn.memory import memory_of
from tests.app.learn_steps import answer_with, click, open_learn, send, warned
from tests.app.steps import (
    page_in,
    ran,
    scene_in,
    sent_in,
    session_in,
    texts_in,
    type_into,
    widget,
)


def test_no_student_can_break_the_teachers_page():
    teacher = click(open_learn(), "open-room")
    click(teacher, "start-restart")
    code = page_in(teacher).learner.room
    member = membership.hall().join(code)
    # As if it had come past the student's page.
    assert membership.hall().answer(code, member, "restart-0", 1e308)
    ran(widget(teacher.toggle, "class-answers").set_value(True).run())
    assert not teacher.exception
    assert "1 of 1 has answered" in texts_in(teacher)
    student = open_learn(room=code)
    for sent in (1e308, -1.0, float("nan"), "300", None, [300], {"a": 1}, True):
        navigation.move(session_in(student), sent)
    assert memory_of(session_in(student)).pending == {}


def test_a_class_follows_lets_go_comes_back_and_answers():
    teacher = click(open_learn(), "open-room")
    code = page_in(teacher).learner.room
    key = memory_of(session_in(teacher)).key
    students = [open_learn(room=code) for _ in range(3)]
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
    click(teacher, "start-restart")
    for student in students:
        ran(student.run())
        assert page_in(student).study.lesson == "restart"
        # The teacher's key is nowhere in what a student has.
        assert key not in str(student.query_params)
        assert key not in texts_in(student) + " ".join(each.value for each in student.code)
    question = LESSONS[2].rounds[0].question
    assert isinstance(question, MarkStep)
    for student, value in zip(students, (300.0, 300.0, 200.0), strict=True):
        answer_with(student, question, value)
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
    _reveal(teacher, students)


def _reveal(teacher, students):
    """One lets go, the answer is revealed, they come back; the teacher closes the room."""
    first, _, last = students
    click(first, "let-go")
    click(teacher, "reveal-restart-0")
    ran(first.run())
    assert not page_in(first).study.revealed
    click(first, "come-back")
    for student in students:
        ran(student.run())
        assert page_in(student).study.revealed
    assert first.success
    assert last.warning
    # The teacher closes the room; the students are told.
    click(teacher, "leave-room")
    ran(last.run())
    assert page_in(last).learner.room == ""


def _example(app):
    session_in(app).set(tab="explore")
    ran(app.run())
    return ran(widget(app.selectbox, "preset").set_value(list(EXAMPLES)[1]).run())


def test_an_example_chosen_in_a_room_keeps_the_room():
    teacher = click(open_learn(done="steps"), "open-room")
    code = page_in(teacher).learner.room
    student = open_learn(room=code, done="steps")
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
    click(student, "come-back")
    ran(student.run())
    assert page_in(student).tab == "learn"
    assert scene_in(student).curves == scene_in(teacher).curves
    assert membership.hall().look_over(code, memory_of(session_in(teacher)).key).present == 1


def test_who_lets_go_lands_where_the_class_is():
    teacher = click(open_learn(), "open-room")
    student = open_learn(room=page_in(teacher).learner.room)
    _example(teacher)
    ran(student.run())
    click(student, "let-go")
    assert page_in(student).tab == "explore"
    assert scene_in(student).curves == scene_in(teacher).curves
    assert not membership.follows(session_in(student))
    click(student, "come-back")
    assert page_in(student).tab == "learn"
    # In a lesson they stay at its question.
    session_in(teacher).set(tab="learn")
    click(ran(teacher.run()), "start-restart")
    click(ran(student.run()), "let-go")
    assert (page_in(student).tab, page_in(student).study.lesson) == ("learn", "restart")
    assert widget(student.button, "check-restart-0")
    # While there is nothing to see yet, there are the lessons.
    click(student, "come-back")
    click(teacher, "leave-lesson")
    click(ran(student.run()), "let-go")
    assert page_in(student).tab == "learn"
    assert widget(student.button, "start-restart")


def test_a_lesson_done_in_class_is_ticked():
    teacher = click(open_learn(), "open-room")
    click(teacher, "start-m_mul")
    code = page_in(teacher).learner.room
    students = [open_learn(room=code), open_learn(room=code)]
    last = len(LESSONS[3].rounds) - 1
    for at in range(last):
        click(teacher, f"reveal-m_mul-{at}")
        click(teacher, "next")
    assert page_in(ran(students[0].run())).learner.done == ()
    # Its last answer is the end of it, for whoever is there; the free try is an extra.
    click(teacher, f"reveal-m_mul-{last}")
    assert page_in(ran(students[0].run())).learner.done == ("m_mul",)
    click(teacher, "next")
    for each in (teacher, *students):
        assert page_in(ran(each.run())).learner.done == ("m_mul",)
    click(students[0], "leave-room")
    click(students[0], "leave-lesson")
    assert widget(students[0].button, "start-m_mul").label == "Again"


def test_a_classs_settings_lie_around_the_answer_once_its_teacher_shows_them():
    teacher = click(open_learn(), "open-room")
    click(teacher, "start-m_mul")
    students = [open_learn(room=page_in(teacher).learner.room) for _ in range(3)]
    for student, value in zip(students, (0.5, 0.5, 0.7), strict=True):
        answer_with(student, LESSONS[3].rounds[0].question, value)
    click(teacher, "reveal-m_mul-0")
    assert _curves(teacher) == ["The answer: m_mul = 0.707"]
    ran(widget(teacher.toggle, "class-answers").set_value(True).run())
    assert _curves(teacher) == [*["The class's settings"] * 2, "The answer: m_mul = 0.707"]
    # A student sees the answer beside their own.
    ran(students[0].run())
    assert _curves(students[0]) == ["The answer: m_mul = 0.707", "You: m_mul = 0.5"]
    assert _curves(ran(students[2].run())) == ["The answer: m_mul = 0.707"]


def _curves(app):
    (chart,) = (data for data in sent_in(app) if "figure" in data)
    return [each["name"] for each in json.loads(chart["figure"])["data"] if "name" in each]


def test_the_browsers_key_makes_the_teacher_the_teacher_again():
    teacher = click(open_learn(), "open-room")
    code, key = memory_of(session_in(teacher)).code, memory_of(session_in(teacher)).key
    again = open_learn(room=code)
    assert not membership.teaches(session_in(again))
    for sent in ("", "wrong", None, 7, ["x"]):
        membership.back(session_in(again), sent, code)
        assert not membership.teaches(session_in(again))
    membership.back(session_in(again), key, code)
    assert membership.teaches(session_in(again))
    # No student's seat is taken.
    assert membership.hall().look_over(code, key).present == 0
    assert key not in str(ran(again.run()).query_params)


def test_a_teacher_comes_back_to_a_full_room(monkeypatch):
    monkeypatch.setattr(events, "MOST_MEMBERS", 1)
    teacher = click(open_learn(), "open-room")
    code, key = memory_of(session_in(teacher)).code, memory_of(session_in(teacher)).key
    membership.hall().version(code, membership.hall().join(code))
    again = open_learn(room=code)
    assert "full" in warned(again)
    # The browser is asked for the key that it has kept, and keeps nothing new.
    (told,) = (each for each in sent_in(again) if "cookie" in each)
    assert (told["code"], told["who"], told["key"]) == (code, "", "")
    membership.back(session_in(again), key, told["code"])
    assert membership.teaches(session_in(ran(again.run())))
    assert membership.hall().look_over(code, key).present == 1


def test_a_student_cannot_teach():
    teacher = click(open_learn(), "open-room")
    code = page_in(teacher).learner.room
    student = open_learn(room=code)
    assert not membership.teaches(session_in(student))
    thief = open_learn()
    ran(widget(thief.text_input, "room-code").set_value(f"{code}.guess").run())
    assert not membership.teaches(session_in(thief))
    assert "teacher" in warned(thief)


def test_a_teacher_takes_the_room_back_after_a_reload():
    teacher = click(open_learn(), "open-room")
    code, key = memory_of(session_in(teacher)).code, memory_of(session_in(teacher)).key
    again = open_learn()
    ran(widget(again.text_input, "room-code").set_value(f"{code}.{key}").run())
    assert membership.teaches(session_in(again))


def test_a_code_of_no_room_is_said():
    app = open_learn(room="AAAAAA")
    assert "no room with this code" in warned(app)
    assert page_in(app).learner.room == ""


def test_what_a_student_sets_is_not_overwritten_by_the_teacher():
    teacher = click(open_learn(), "open-room")
    student = open_learn(room=page_in(teacher).learner.room)
    click(teacher, "start-m_mul")
    ran(student.run())
    field = "curve-0-CosineDecayRestarts/m_mul"
    type_into(student, field, "0.7")
    type_into(teacher, field, "0.9")
    ran(student.run())
    assert scene_in(student).curve.schedule.m_mul == 0.7


def test_a_student_is_the_same_student_after_a_reload(monkeypatch):
    teacher = click(open_learn(), "open-room")
    code, key = page_in(teacher).learner.room, memory_of(session_in(teacher)).key
    click(teacher, "start-restart")
    student = open_learn(room=code)
    send(student, "restart-0", 300.0)
    # What the component was told to keep (news.js) comes with the next connection.
    (told,) = (each for each in sent_in(student) if "cookie" in each)
    kept = {told["cookie"]: told["who"]}
    monkeypatch.setattr(type(st.context), "cookies", property(lambda _: kept))
    again = open_learn(room=code)
    seen = membership.hall().look_over(code, key)
    assert (seen.present, seen.eligible, seen.answers) == (1, 1, ((300.0, 1),))
    assert page_in(again).learner.answer == 300.0
    # Whatever a browser keeps: it is somebody new.
    for forged in ("", "nobody", key, "\ud800"):
        kept[told["cookie"]] = forged
        assert memory_of(session_in(open_learn(room=code))).member not in (told["who"], forged)
    assert membership.hall().look_over(code, key).answered == 1


def test_an_answer_stays_with_the_class_while_its_student_is_away():
    teacher = click(open_learn(), "open-room")
    click(teacher, "start-restart")
    code = page_in(teacher).learner.room
    students = [open_learn(room=code) for _ in range(2)]
    for student in students:
        send(student, "restart-0", 300.0)
    room = membership.hall()._rooms[code]
    asleep = memory_of(session_in(students[0])).member
    members = dict(room.members)
    members[asleep] = replace(members[asleep], heard=-100.0)
    membership.hall()._rooms[code] = replace(room, members=members)
    assert "Students here: 1, following: 1. Away: 1." in texts_in(ran(teacher.run()))
    assert "2 of 2 have answered" in texts_in(teacher)
    click(students[1], "leave-room")
    assert "2 of 2 have answered" in texts_in(ran(teacher.run()))
    # Nobody is asked to join again: the page goes on, with the answer that was given.
    ran(students[0].run())
    assert page_in(students[0]).learner.room == code
    assert "Students here: 1, following: 1." in texts_in(ran(teacher.run()))
    click(teacher, "reveal-restart-0")
    assert ran(students[0].run()).success
