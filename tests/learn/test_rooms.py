"""Rooms with a clock that the tests hold, and any order of events."""

import math

import pytest

from lrviz.learn import events, rooms
from lrviz.learn.room import RoomError
from lrviz.learn.rooms import Rooms
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


@pytest.mark.parametrize("key", ["", "wrong", "열쇠", "x" * 1000, "\ud800"])
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
    clock.now += events.PUBLISH_RATE_LIMIT
    assert hall.look(code, student).published == "scene 49"
    assert hall.look(code, student).version == 2


def test_of_quick_answers_the_last_counts(hall):
    code, key = hall.create()
    student = hall.join(code)
    hall.publish(code, key, "scene", "q")
    assert hall.answer(code, student, "q", 1.0)
    assert hall.answer(code, student, "q", 2.0)
    assert hall.look_over(code, key).answers == ((2.0, 1),)


def test_everything_is_bounded(hall, monkeypatch):
    monkeypatch.setattr(rooms, "MOST_ROOMS", 2)
    monkeypatch.setattr(events, "MOST_MEMBERS", 2)
    code, key = hall.create()
    hall.create()
    with pytest.raises(RoomError, match="no room left"):
        hall.create()
    for student in (hall.join(code), hall.join(code)):
        hall.version(code, student)
    with pytest.raises(RoomError, match="full"):
        hall.join(code)
    with pytest.raises(RoomError, match="too much"):
        hall.publish(code, key, "x" * (events.MOST_PUBLISHED + 1))


def test_one_address_takes_neither_all_rooms_nor_one(hall, monkeypatch):
    monkeypatch.setattr(rooms, "MOST_ROOMS_FROM_ONE", 2)
    monkeypatch.setattr(events, "MOST_MEMBERS_FROM_ONE", 2)
    code, key = hall.create("here")
    hall.create("here")
    with pytest.raises(RoomError, match="Too many rooms have been opened from here"):
        hall.create("here")
    hall.create("there")
    hall.close(code, key)
    code, _ = hall.create("here")
    for student in (hall.join(code, "here"), hall.join(code, "here")):
        hall.version(code, student)
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
    # What waits is shown when its time has come, and who is away is missed.
    clock.now += events.PUBLISH_RATE_LIMIT
    assert hall.teacher_version(code) > first
    first = hall.teacher_version(code)
    clock.now += events.AWAY + 1
    assert hall.teacher_version(code) > first
    first = hall.teacher_version(code)
    hall.look(code, student)
    assert hall.teacher_version(code) > first
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
    for stranger in ("", "x", "열쇠", "\ud800"):
        with pytest.raises(RoomError):
            hall.version(code, stranger)


def seen(hall, code, key):
    """How many are there, are away, could have answered, and have answered."""
    found = hall.look_over(code, key)
    return found.present, found.away, found.eligible, found.answered


def test_who_is_not_heard_of_is_away_and_keeps_seat_and_answer(hall, clock):
    code, key = hall.create()
    stays, sleeps = hall.join(code), hall.join(code)
    hall.publish(code, key, "scene", "q")
    assert hall.answer(code, sleeps, "q", 300.0)
    clock.now += events.AWAY
    hall.look(code, stays)
    clock.now += 1
    assert seen(hall, code, key) == (1, 1, 2, 1)
    assert hall.look(code, sleeps).answer == 300.0
    assert seen(hall, code, key) == (2, 0, 2, 1)
    assert hall.answer(code, sleeps, "q", 200.0)
    assert hall.look_over(code, key).answers == ((200.0, 1),)


def test_an_answer_stays_when_its_member_leaves_and_goes_with_the_question(hall, clock):
    code, key = hall.create()
    stays, goes = hall.join(code), hall.join(code)
    hall.publish(code, key, "scene", "q")
    assert hall.answer(code, goes, "q", 300.0)
    for leaves in (goes, goes):
        hall.leave(code, leaves)
        assert seen(hall, code, key) == (1, 0, 2, 1)
    with pytest.raises(RoomError, match="join it again"):
        hall.look(code, goes)
    # The same browser is back, and is who it was.
    assert hall.join(code, member=goes) == goes
    assert hall.look(code, goes).answer == 300.0
    assert seen(hall, code, key) == (2, 0, 2, 1)
    hall.leave(code, goes)
    hall.leave(code, stays)
    assert seen(hall, code, key) == (0, 0, 1, 1)
    clock.now += 1
    hall.publish(code, key, "scene", "r")
    assert seen(hall, code, key) == (0, 0, 0, 0)
    # Who is not known any more gets a name that nobody had.
    assert hall.join(code, member=goes) != goes


def test_a_closed_question_takes_no_more_answers_and_keeps_those_it_has(hall, clock):
    code, key = hall.create()
    first, second = hall.join(code), hall.join(code)
    hall.publish(code, key, "scene", "q")
    assert hall.answer(code, first, "q", 1.0)
    clock.now += 1
    hall.publish(code, key, "scene, revealed", "q", closed=True)
    for student, answer in ((first, 2.0), (second, 2.0)):
        assert not hall.answer(code, student, "q", answer)
    assert hall.look_over(code, key).answers == ((1.0, 1),)
    clock.now += 1
    hall.publish(code, key, "scene", "q")
    assert hall.answer(code, second, "q", 2.0)
    assert hall.look_over(code, key).answered == 2


def test_a_seat_that_was_left_is_taken_by_the_same_browser_alone(hall):
    code, key = hall.create()
    student = hall.join(code)
    for guess in ("", "guess", key, "\ud800"):
        assert hall.join(code, member=guess) not in (guess, student)
    assert hall.join(code, member=student) == student
    assert hall.look_over(code, key).present == 5


def test_in_a_full_room_who_is_away_gives_up_the_seat_and_not_the_answer(hall, clock, monkeypatch):
    monkeypatch.setattr(events, "MOST_MEMBERS", 3)
    code, key = hall.create()
    hall.publish(code, key, "scene", "q")
    first, second, third = (hall.join(code) for _ in range(3))
    for student, answer in ((first, 1.0), (second, 2.0), (third, 3.0)):
        clock.now += 1
        hall.version(code, student)
        assert hall.answer(code, student, "q", answer)
    clock.now += events.AWAY - 1
    hall.look(code, third)
    clock.now += 1
    assert seen(hall, code, key) == (1, 2, 3, 3)
    # The longest away is the first.
    hall.join(code)
    assert seen(hall, code, key) == (2, 1, 4, 3)
    hall.look(code, second)
    with pytest.raises(RoomError, match="join it again"):
        hall.look(code, first)
    # The one who has joined and not listened since, and then nobody any more.
    hall.version(code, hall.join(code, member=first))
    assert seen(hall, code, key) == (3, 0, 3, 3)
    assert hall.look(code, first).answer == 1.0
    with pytest.raises(RoomError, match="full"):
        hall.join(code)


def test_many_who_only_join_leave_room_for_those_who_come(hall, monkeypatch):
    monkeypatch.setattr(events, "MOST_MEMBERS_FROM_ONE", 5)
    code, key = hall.create()
    sits = hall.join(code, "here")
    hall.version(code, sits)
    for _ in range(20):
        hall.join(code, "here")
    comes = hall.join(code, "here")
    hall.version(code, comes)
    assert hall.look_over(code, key).present == 5
    assert {sits, comes} <= set(hall._rooms[code].members)


def test_answers_of_those_who_left_are_bounded(hall, monkeypatch):
    monkeypatch.setattr(events, "MOST_MEMBERS", 2)
    code, key = hall.create()
    hall.publish(code, key, "scene", "q")
    for _ in range(4):
        student = hall.join(code)
        assert hall.answer(code, student, "q", 1.0)
        hall.leave(code, student)
    with pytest.raises(RoomError, match="full"):
        hall.join(code)


def test_who_was_there_comes_back_to_a_room_that_remembers_no_more(hall, clock, monkeypatch):
    monkeypatch.setattr(events, "MOST_MEMBERS_FROM_ONE", 2)
    code, key = hall.create()
    hall.publish(code, key, "scene", "q")
    student = hall.join(code, "here")
    hall.answer(code, student, "q", 1.0)
    clock.now += 1
    # Others from there join, answer and never listen, one after another.
    for _ in range(3):
        hall.answer(code, hall.join(code, "here"), "q", 2.0)
        clock.now += 1
    with pytest.raises(RoomError, match="from where you are"):
        hall.join(code, "here")
    with pytest.raises(RoomError, match="join it again"):
        hall.look(code, student)
    assert hall.join(code, "here", student) == student
    assert hall.look(code, student).answer == 1.0


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
