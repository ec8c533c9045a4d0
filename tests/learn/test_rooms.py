"""Rooms with a clock that the tests hold, and any order of events."""

import math

import pytest

from lrviz.learn import rooms
from lrviz.learn.rooms import RoomError, Rooms
from lrviz.learn.study import CODE_LETTERS
from tests.learn.clock import Clock


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def hall(clock):
    return Rooms(clock)


def test_students_see_what_the_teacher_shows(hall, clock):
    code, key = hall.create()
    student = hall.join(code)
    hall.publish(code, key, "lesson=restart", "restart-0")
    assert hall.look(code, student).published == "lesson=restart"
    version = hall.look(code, student).version
    clock.now += 1
    hall.publish(code, key, "lesson=restart", "restart-0")
    assert hall.look(code, student).version == version


def test_a_code_is_short_and_easily_read_and_says_nothing_of_the_key(hall):
    code, key = hall.create()
    assert len(code) == 6
    assert set(code) <= set(CODE_LETTERS)
    assert code not in key


@pytest.mark.parametrize("key", ["", "wrong", "열쇠", "x" * 1000])
def test_nobody_teaches_without_the_key(hall, key):
    code, _ = hall.create()
    student = hall.join(code)
    for forbidden in (
        lambda: hall.publish(code, key, "hacked"),
        lambda: hall.look_over(code, key),
        lambda: hall.close(code, key),
        lambda: hall.publish(code, student, "hacked"),
    ):
        with pytest.raises(RoomError, match="teacher"):
            forbidden()
    assert hall.look(code, student).published == ""


def test_answers_are_counted_without_names_and_the_last_counts(hall, clock):
    code, key = hall.create()
    students = [hall.join(code) for _ in range(3)]
    hall.publish(code, key, "scene", "q")
    for student, answer in zip(students, (300.0, 300.0, 200.0), strict=True):
        assert hall.answer(code, student, "q", answer)
    clock.now += 1
    assert hall.answer(code, students[0], "q", 400.0)
    seen = hall.look_over(code, key)
    assert seen.answers == ((200.0, 1), (300.0, 1), (400.0, 1))
    assert (seen.present, seen.following, seen.answered) == (3, 3, 3)
    assert not any(student in repr(seen) for student in students)


def test_another_question_forgets_the_answers_and_takes_no_late_ones(hall, clock):
    code, key = hall.create()
    student = hall.join(code)
    assert not hall.answer(code, student, "", 1.0)
    hall.publish(code, key, "scene", "q")
    assert hall.answer(code, student, "q", 1.0)
    clock.now += 1
    hall.publish(code, key, "scene", "r")
    assert not hall.answer(code, student, "q", 2.0)
    assert hall.look_over(code, key).answers == ()
    assert hall.answer(code, student, "r", 2.0)


@pytest.mark.parametrize("answer", [math.nan, math.inf])
def test_an_answer_is_a_number(hall, answer):
    code, key = hall.create()
    student = hall.join(code)
    hall.publish(code, key, "scene", "q")
    assert not hall.answer(code, student, "q", answer)


def test_letting_go_and_coming_back_is_seen(hall):
    code, key = hall.create()
    student = hall.join(code)
    hall.follow(code, student, following=False)
    assert (hall.look_over(code, key).present, hall.look_over(code, key).following) == (1, 0)
    hall.follow(code, student, following=True)
    assert hall.look_over(code, key).following == 1


def test_quick_changes_wait_and_the_last_one_wins(hall, clock):
    code, key = hall.create()
    student = hall.join(code)
    for number in range(50):
        hall.publish(code, key, f"scene {number}")
    assert hall.look(code, student).published == "scene 0"
    clock.now += rooms.PUBLISH_RATE_LIMIT
    assert hall.look(code, student).published == "scene 49"
    assert hall.look(code, student).version == 2


def test_quick_answers_are_refused(hall, clock):
    code, key = hall.create()
    student = hall.join(code)
    hall.publish(code, key, "scene", "q")
    assert hall.answer(code, student, "q", 1.0)
    assert not hall.answer(code, student, "q", 2.0)
    clock.now += rooms.ANSWER_RATE_LIMIT
    assert hall.answer(code, student, "q", 2.0)


def test_everything_is_bounded(hall, monkeypatch):
    monkeypatch.setattr(rooms, "MOST_ROOMS", 2)
    monkeypatch.setattr(rooms, "MOST_MEMBERS", 2)
    code, key = hall.create()
    hall.create()
    with pytest.raises(RoomError, match="no room left"):
        hall.create()
    hall.join(code)
    hall.join(code)
    with pytest.raises(RoomError, match="full"):
        hall.join(code)
    with pytest.raises(RoomError, match="too much"):
        hall.publish(code, key, "x" * (rooms.MOST_PUBLISHED + 1))


def test_one_address_takes_neither_all_rooms_nor_one(hall, monkeypatch):
    monkeypatch.setattr(rooms, "MOST_ROOMS_FROM_ONE", 2)
    monkeypatch.setattr(rooms, "MOST_MEMBERS_FROM_ONE", 2)
    code, key = hall.create("here")
    hall.create("here")
    with pytest.raises(RoomError, match="Too many rooms have been opened from here"):
        hall.create("here")
    hall.create("there")
    hall.close(code, key)
    code, _ = hall.create("here")
    hall.join(code, "here")
    hall.join(code, "here")
    with pytest.raises(RoomError, match="from where you are"):
        hall.join(code, "here")
    hall.join(code, "there")


def test_what_stirs_a_room_is_counted_while_nobody_asks(hall, clock):
    code, key = hall.create()
    student = hall.join(code)
    before = hall.teacher_version(code)
    assert hall.teacher_version(code) == before
    hall.publish(code, key, "scene", "q")
    hall.publish(code, key, "later", "q")
    first = hall.teacher_version(code)
    assert first > before
    # What waits is shown when its time has come, and who has left is missed.
    clock.now += rooms.PUBLISH_RATE_LIMIT
    assert hall.teacher_version(code) > first
    first = hall.teacher_version(code)
    clock.now += rooms.AWAY + 1
    assert hall.teacher_version(code) > first
    with pytest.raises(RoomError, match="join it again"):
        hall.look(code, student)
    hall.close(code, key)
    assert hall.teacher_version(code) == -1


def test_a_version_changes_with_what_one_sees(hall, clock):
    code, key = hall.create()
    student = hall.join(code)
    mine, theirs = hall.version(code, key), hall.version(code, student)
    clock.now += 1
    hall.publish(code, key, "scene", "q")
    assert hall.version(code, student) != theirs
    theirs = hall.version(code, student)
    hall.answer(code, student, "q", 1.0)
    # An answer is the teacher's to see, and nobody else's.
    assert hall.version(code, student) == theirs
    assert hall.version(code, key) != mine
    for stranger in ("", "x", "열쇠"):
        with pytest.raises(RoomError):
            hall.version(code, stranger)


def test_who_is_not_heard_of_has_left(hall, clock):
    code, key = hall.create()
    stays, goes = hall.join(code), hall.join(code)
    clock.now += rooms.AWAY
    hall.look(code, stays)
    clock.now += 1
    assert hall.look_over(code, key).present == 1
    with pytest.raises(RoomError, match="join it again"):
        hall.look(code, goes)
    hall.leave(code, stays)
    hall.leave(code, stays)
    assert hall.look_over(code, key).present == 0


def test_a_room_expires(hall, clock):
    idle, _ = hall.create()
    busy, key = hall.create()
    student = hall.join(busy)
    for _ in range(5):
        clock.now += rooms.IDLE * 0.75
        hall.publish(busy, key, "scene")
        hall.leave(busy, student)
        student = hall.join(busy)
    with pytest.raises(RoomError, match="over"):
        hall.join(idle)
    clock.now = rooms.LIFE + 1
    with pytest.raises(RoomError, match="over"):
        hall.look(busy, student)


def test_a_closed_room_is_over(hall):
    code, key = hall.create()
    student = hall.join(code)
    hall.close(code, key)
    with pytest.raises(RoomError, match="over"):
        hall.look(code, student)
    hall.leave(code, student)


def test_a_code_is_not_given_twice():
    letters = iter("AAAAAA" + "AAAAAA" + "BBBBBB")
    hall = Rooms(Clock(), letter=lambda _: next(letters))
    assert [hall.create()[0], hall.create()[0]] == ["AAAAAA", "BBBBBB"]
