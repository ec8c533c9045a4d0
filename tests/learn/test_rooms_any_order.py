"""Rooms in any order of events: what holds whatever happens."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
)

from lrviz.learn import events
from lrviz.learn.room import RoomError
from lrviz.learn.rooms import Rooms
from tests.learn.clock import Clock


class AnyOrder(RuleBasedStateMachine):
    """Whatever happens in whichever order, a room is as a plain dictionary says it is."""

    codes = Bundle("codes")
    members = Bundle("members")
    left = Bundle("left")

    def __init__(self):
        super().__init__()
        self.clock = Clock()
        self.hall = Rooms(self.clock)
        self.published = {}
        self.keys = {}
        self.open = {}
        self.answers = {}
        self.seats = {}
        self.heard = {}

    @rule(target=codes)
    def create(self):
        code, self.keys[code] = self.hall.create(f"10.0.0.{len(self.keys)}")
        self.published[code], self.open[code] = "", ""
        self.answers[code], self.seats[code] = {}, set()
        return code

    @rule(target=members, code=codes)
    def join(self, code):
        member = self.hall.join(code)
        self.seats[code].add(member)
        self.heard[member] = self.clock.now
        return code, member

    @rule(code=codes, shown=st.text(max_size=5), question=st.sampled_from(["", "p", "q"]))
    def publish(self, code, shown, question):
        self.clock.now += 2 * events.PUBLISH_RATE_LIMIT
        self.hall.publish(code, self.keys[code], shown, question)
        if question != self.open[code]:
            self.answers[code] = {}
        self.published[code], self.open[code] = shown, question

    @rule(member=members, question=st.sampled_from(["", "p", "q"]), answer=st.integers(0, 3))
    def answer(self, member, question, answer):
        code, name = member
        taken = self.hall.answer(code, name, question, answer)
        assert bool(taken) == (question == self.open[code] != "")
        if taken:
            self.answers[code][name] = answer
        self.heard[name] = self.clock.now

    @rule(member=members, key=st.text(max_size=4))
    def meddle(self, member, key):
        code, name = member
        for forged in (key, name, code):
            with pytest.raises(RoomError):
                self.hall.publish(code, forged, "forged", "forged")

    @rule(target=left, member=consumes(members))
    def leave(self, member):
        code, name = member
        self.hall.leave(code, name)
        self.seats[code].remove(name)
        with pytest.raises(RoomError):
            self.hall.look(code, name)
        return member

    @rule(target=members, member=consumes(left))
    def come_back(self, member):
        code, name = member
        again = self.hall.join(code, member=name)
        assert (again == name) == (name in self.answers[code])
        self.seats[code].add(again)
        self.heard[again] = self.clock.now
        return code, again

    @rule(time=st.sampled_from([1.0, events.AWAY, events.AWAY + 1]))
    def time_passes(self, time):
        self.clock.now += time

    @rule(member=members)
    def look(self, member):
        code, name = member
        seen = self.hall.look(code, name)
        self.heard[name] = self.clock.now
        assert seen.published == self.published[code]
        assert seen.answer == self.answers[code].get(name)

    @rule(target=members, member=consumes(members), following=st.booleans())
    def follow(self, member, following):
        self.hall.follow(*member, following=following)
        self.heard[member[1]] = self.clock.now
        return multiple(member)

    @invariant()
    def the_teacher_sees_the_truth(self):
        for code, key in self.keys.items():
            seen = self.hall.look_over(code, key)
            seats, answers = self.seats[code], self.answers[code]
            here = [each for each in seats if self.clock.now - self.heard[each] <= events.AWAY]
            assert (seen.present, seen.away) == (len(here), len(seats) - len(here))
            assert seen.eligible == len(seats | answers.keys())
            given = list(answers.values())
            assert seen.answers == tuple((each, given.count(each)) for each in sorted({*given}))


TestAnyOrder = AnyOrder.TestCase
