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

from lrviz.learn import rooms
from lrviz.learn.rooms import RoomError, Rooms
from tests.learn.clock import Clock


class AnyOrder(RuleBasedStateMachine):
    """Whatever happens in whichever order, a room is as a plain dictionary says it is."""

    codes = Bundle("codes")
    members = Bundle("members")

    def __init__(self):
        super().__init__()
        self.clock = Clock()
        self.hall = Rooms(self.clock)
        self.published = {}
        self.keys = {}
        self.open = {}
        self.answers = {}

    @rule(target=codes)
    def create(self):
        code, self.keys[code] = self.hall.create(f"10.0.0.{len(self.keys)}")
        self.published[code], self.open[code], self.answers[code] = "", "", {}
        return code

    @rule(target=members, code=codes)
    def join(self, code):
        member = self.hall.join(code)
        self.answers[code][member] = None
        return code, member

    @rule(code=codes, shown=st.text(max_size=5), question=st.sampled_from(["", "p", "q"]))
    def publish(self, code, shown, question):
        self.clock.now += 2 * rooms.PUBLISH_RATE_LIMIT
        self.hall.publish(code, self.keys[code], shown, question)
        if question != self.open[code]:
            self.answers[code] = dict.fromkeys(self.answers[code])
        self.published[code], self.open[code] = shown, question

    @rule(member=members, question=st.sampled_from(["", "p", "q"]), answer=st.integers(0, 3))
    def answer(self, member, question, answer):
        code, name = member
        self.clock.now += 2 * rooms.ANSWER_RATE_LIMIT
        taken = self.hall.answer(code, name, question, answer)
        assert taken == (question == self.open[code] != "")
        if taken:
            self.answers[code][name] = answer

    @rule(member=members, key=st.text(max_size=4))
    def meddle(self, member, key):
        code, name = member
        for forged in (key, name, code):
            with pytest.raises(RoomError):
                self.hall.publish(code, forged, "forged", "forged")

    @rule(member=consumes(members))
    def leave(self, member):
        code, name = member
        self.hall.leave(code, name)
        self.answers[code].pop(name)
        with pytest.raises(RoomError):
            self.hall.look(code, name)

    @rule(target=members, member=consumes(members), following=st.booleans())
    def follow(self, member, following):
        self.hall.follow(*member, following=following)
        return multiple(member)

    @invariant()
    def everybody_sees_the_truth(self):
        for code, key in self.keys.items():
            seen = self.hall.look_over(code, key)
            assert seen.present == len(self.answers[code])
            given = [each for each in self.answers[code].values() if each is not None]
            assert seen.answers == tuple((each, given.count(each)) for each in sorted({*given}))
            for name in self.answers[code]:
                assert self.hall.look(code, name).published == self.published[code]


TestAnyOrder = AnyOrder.TestCase
