"""A session without Streamlit: its widgets are a dict."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from lrviz.link import from_query
from lrviz.page import Page, first_page
from lrviz.scene import Curve, Timeline, scene_of
from lrviz.schedules import CosineDecayRestarts, PiecewiseConstantDecay
from lrviz.ui.session import Session
from lrviz.view.subject import PLATEAU, RECIPE, RUN, schedule_of


@pytest.fixture
def session():
    return Session(first_page())


def _problems(session, subject):
    return {path: str(why) for path, why in session.typed.form(subject).problems.items()}


def test_what_is_typed_is_on_the_page_and_in_the_address(session):
    session.type(RUN, "epochs", "7")
    session.type(RECIPE, "epochs", "3")
    session.type(PLATEAU, "factor", "0.25")
    session.type(schedule_of(session.scene.curve), "m_mul", "5e-1")
    page = session.page
    assert page.scene.timeline.epochs == 7
    assert (page.recipe.epochs, page.plateau.factor) == (3, 0.25)
    assert page.scene.curve.schedule.m_mul == 0.5
    assert from_query(session.address()) == (page, ())
    # Once: the browser has it now.
    assert session.address() is None


def test_what_is_refused_keeps_its_text_and_its_reason_and_loses_nothing(session):
    before = session.page
    session.type(RUN, "epochs", "ten")
    assert session.page == before
    assert session.typed.form(RUN).drafts == {"epochs": "ten"}
    assert _problems(session, RUN) == {"epochs": "epochs must be a number, not “ten”."}
    session.type(RUN, "samples", "64")
    assert session.page.scene.timeline == replace(before.scene.timeline, samples=64)
    assert "epochs" in session.typed.form(RUN).drafts
    session.type(RUN, "epochs", "10")
    assert RUN.name not in session.typed.forms


def test_fields_that_are_refused_only_together_wait_for_one_another():
    curve = Curve(PiecewiseConstantDecay((1, 2), (0.3, 0.2, 0.1)))
    session = Session(Page(scene_of(curve, timeline=Timeline())))
    subject = schedule_of(curve)
    session.type(subject, "boundaries", "1,2,3")
    assert session.scene.curve == curve
    session.type(subject, "values", "4,3,2,1")
    assert session.scene.curve.schedule == PiecewiseConstantDecay((1, 2, 3), (4, 3, 2, 1))
    assert not session.typed.forms


def test_a_refused_field_is_named_for_the_focus(session):
    subject = schedule_of(session.scene.curve)
    session.type(subject, "alpha", "2")
    assert session.typed.refuses(session.page, subject, ["alpha", "m_mul"])
    assert (session.typed.focused, session.typed.refusals) == (f"{subject.name}/alpha", 1)
    assert not session.typed.refuses(session.page, subject, ["m_mul"])


def test_a_callback_that_comes_late_changes_nothing(session):
    gone = schedule_of(session.scene.curve)
    session.set(scene=session.scene.remove(session.scene.curve.id))
    before = session.page
    session.type(gone, "alpha", "0.5")
    assert session.page == before
    # What was typed for a curve that is gone is gone with it.
    assert gone.name not in session.typed.forms


def test_a_widget_is_replaced_never_told(session):
    taken = []
    key = session.show("name", "a", taken.append)
    assert session.widgets[key] == "a"
    session.widgets[key] = "b"
    session.take()
    assert taken == ["b"]
    # The page agrees: the widget stays. It shows something else: another takes its place.
    assert session.show("name", "b", taken.append) == key
    other = session.show("name", "c", taken.append)
    assert other != key
    assert session.widgets[other] == "c"


def test_who_types_while_the_page_is_drawn_is_not_overtaken(session):
    taken = []
    key = session.show("name", "a", taken.append)
    session.widgets[key] = "typed meanwhile"
    assert session.show("name", "the page's", taken.append) == key
    session.take()
    assert taken == ["typed meanwhile"]


def test_each_tab_has_a_memory_of_its_own(session):
    @dataclass
    class Memory:
        seen: list = field(default_factory=list)

    session.memory(Memory).seen.append(1)
    assert session.memory(Memory).seen == [1]
    assert Session(first_page()).memory(Memory).seen == []


def test_opening_a_link_forgets_what_was_typed(session):
    session.type(RUN, "epochs", "x")
    session.open([("epochs", "3"), ("nonsense", "1")])
    assert session.page.scene.timeline.epochs == 3
    assert len(session.link_problems) == 1
    assert not session.typed.forms
    session.set(tab="train")
    assert session.link_problems == ()


class Typing(RuleBasedStateMachine):
    """However one types, the page is valid, and what is refused is said."""

    def __init__(self):
        super().__init__()
        curve = Curve(CosineDecayRestarts(0.1, 50))
        self.session = Session(Page(scene_of(curve, timeline=Timeline())))
        self.subjects = [RUN, RECIPE, PLATEAU, schedule_of(curve)]

    @rule(
        data=st.data(), text=st.sampled_from(["", "x", "-1", "0", "1", "0.5", "2", "1e9", "none"])
    )
    def type(self, data, text):
        subject = data.draw(st.sampled_from(self.subjects))
        fields = subject.read(self.session.page).fields()
        path = data.draw(st.sampled_from([each.path for each in fields]))
        self.session.type(subject, path, text)
        if path not in self.session.typed.form(subject).drafts:
            made = subject.read(self.session.page)
            assert made == made.retyped({path: text})

    @invariant()
    def the_address_is_the_page(self):
        query = self.session.address()
        if query is not None:
            assert from_query(query) == (self.session.page, ())

    @invariant()
    def what_is_kept_is_explained(self):
        for form in self.session.typed.forms.values():
            assert bool(form.drafts) == bool(form.problems)


TestTyping = Typing.TestCase
TestTyping.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
