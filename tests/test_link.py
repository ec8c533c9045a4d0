import ast
import time
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import parse_qsl

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrviz.declared import rate
from lrviz.examples import EXAMPLES
from lrviz.learn.lesson import Answers, Chart, Round, SetParameter, field_of, value_of
from lrviz.learn.study import MOST_WORDS, Learner, Study, clean_title, clean_words
from lrviz.link import from_query, lines, to_query, to_text
from lrviz.page import Page, first_page
from lrviz.scene import MOST_CURVES, Curve, Timeline, clean_label, first_scene, scene_of
from lrviz.schedules import Constant, Schedule
from lrviz.text import Sentence, mark
from lrviz.training.spec import Recipe
from tests.strategies import pages

GOOD = "CosineDecay~initial_learning_rate~0.1~decay_steps~50"


@given(pages())
def test_every_page_survives_its_link(page):
    assert from_query(to_query(page)) == (page, ())
    assert from_query(parse_qsl(to_text(page))) == (page, ())


@pytest.mark.parametrize("title", EXAMPLES)
def test_every_example_survives_its_link(title):
    page = EXAMPLES[title].opened(first_page())
    assert from_query(to_query(page)) == (page, ())


def test_a_link_is_readable_and_explicit():
    text = to_text(first_page())
    assert text.startswith("v=3&samples=2400&batch_size=32&epochs=10&total_steps=none&")
    assert "curve=CosineDecayRestarts~initial_learning_rate~0.1~first_decay_steps~50~t_mul~" in text


def test_no_link_is_the_first_scene():
    assert from_query([]) == (first_page(), ())


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["v", "curve", "samples", "epochs", "unit", "selected", "x"])
            | st.text(max_size=8),
            st.text(max_size=60)
            | st.text("CosineDecay~0123456789.-einftralph_", max_size=60).map(
                lambda text: f"CosineDecay~{text}"
            ),
        ),
        max_size=15,
    )
)
def test_any_garbage_gives_a_scene_and_sentences(query):
    page, problems = from_query(query)
    scene = page.scene
    assert 1 <= len(scene.curves) <= MOST_CURVES
    assert len({curve.id for curve in scene.curves}) == len(scene.curves)
    assert 0 <= scene.selected < len(scene.curves)
    assert all(str(problem) for problem in problems)
    assert from_query(to_query(page)) == (page, ())


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ([("v", "7")], "version “7”"),
        ([("samples", "abc")], "samples must be a number, not “abc”"),
        ([("epochs", "0")], "epochs must be at least 1"),
        ([("samples", "1e15"), ("epochs", "1e15")], "is the most that can be shown"),
        ([("unit", "year")], "“unit” = “year”"),
        ([("selected", "-1")], "“selected” = “-1”"),
        ([("utm", "1")], "“utm” = “1”"),
        ([("curve", "Nonsense~a~1")], "There is no schedule “Nonsense”"),
        ([("curve", "")], "There is no schedule"),
        ([("curve", "CosineDecay~alpha")], "“alpha” has no value"),
        ([("curve", "CosineDecay~alpha~0")], "initial_learning_rate is missing"),
        ([("curve", f"{GOOD}~alpha~2")], "alpha must be at most 1"),
        ([("curve", f"{GOOD}~beta~2")], "“beta” = “2”"),
        ([("curve", f"{GOOD}~per~year")], "“per” = “year”"),
        ([("curve", f"{GOOD}~shown~maybe")], "“shown” = “maybe”"),
        ([("curve", GOOD)] * 9, "holds 9 curves; the first 8"),
    ],
)
def test_what_is_not_understood_is_said(query, part):
    _, problems = from_query(query)
    assert len(problems) == 1
    assert part in str(problems[0])


def test_what_is_understood_is_kept():
    page, problems = from_query(
        [
            ("curve", "Nonsense"),
            ("curve", f"{GOOD}~color~3~label~a%7Eb~shown~false~per~epoch"),
            ("curve", f"{GOOD}~color~3"),
            ("curve", f"{GOOD}~id~1~color~x"),
            ("curve", f"{GOOD}~id~7"),
            ("curve", f"{GOOD}~id~x"),
            ("epochs", "x"),
            ("samples", "64"),
            ("selected", "7"),
        ]
    )
    assert len(problems) == 2
    scene = page.scene
    first = scene.curves[0]
    assert (first.color, first.label, first.shown, first.per) == (3, "a~b", False, "epoch")
    # Its place is its id, if it has no other one, also behind what was left out.
    assert [curve.id for curve in scene.curves] == [1, 2, 0, 7, 5]
    # A colour or an id that is taken or not understood is no reason to lose a curve.
    assert [curve.color for curve in scene.curves] == [3, 3, 0, 1, 2]
    assert (scene.timeline.samples, scene.timeline.epochs) == (64, 10)
    assert scene.selected == 4


def test_a_hostile_link_costs_little():
    boundaries = ",".join(map(str, range(200_000)))
    curve = f"PiecewiseConstantDecay~boundaries~{boundaries}~values~{boundaries}"
    start = time.process_time()
    page, problems = from_query([("curve", curve)] * 50 + [(f"x{i}", "1") for i in range(5000)])
    assert time.process_time() - start < 2
    assert page.scene.curves == first_scene().curves
    assert len(problems) < 20


_FORMULAS = st.tuples(
    st.sampled_from(["(", "-", "t**", "not ", "min(t,", "[", "t if ", "f'{", "9", "t<", "\ud800"]),
    st.sampled_from([1, 39, 41, 99, 201, 1999]),
    st.sampled_from(["", "t", "t)", "\x00"]),
).map(lambda parts: parts[0] * parts[1] + parts[2])


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["curve", "language", "words", "lens.kind", "\udfff"]),
            _FORMULAS.map(lambda text: f"Expression~expression~{text}~total_steps~9")
            | st.text(st.characters(), max_size=20)
            | st.sampled_from(["1" * 5000, "Sequence~boundaries~\ud800~0~Linear", "\ud800" * 50]),
        ),
        max_size=4,
    )
)
def test_what_no_parser_takes_is_only_left_out(query):
    page, problems = from_query(query)
    # It can be written, and shown.
    to_text(page)
    assert all(str(problem).encode() for problem in problems)


@pytest.mark.parametrize("error", [SystemError, RecursionError, MemoryError, TypeError, KeyError])
def test_an_error_that_nobody_has_thought_of_takes_no_page_away(monkeypatch, error):
    def fails(*_):
        raise error("AST constructor recursion depth mismatch")

    monkeypatch.setattr(lines, "_line", fails)
    page, problems = from_query([("curve", GOOD), ("tab", "learn")])
    assert page == first_page()
    assert list(map(str, problems)) == ["The link could not be read."]


def test_a_formula_that_python_stumbles_over_is_left_out_alone(monkeypatch):
    def stumbles(*_, **__):
        raise SystemError("AST constructor recursion depth mismatch (before=0, after=68)")

    monkeypatch.setattr(ast, "parse", stumbles)
    page, (problem,) = from_query(
        [("curve", "Expression~expression~t~total_steps~9"), ("curve", GOOD), ("tab", "learn")]
    )
    assert page.tab == "learn"
    assert [type(each.schedule).__name__ for each in page.scene.curves] == ["CosineDecay"]
    assert "left out" in str(problem)


@given(st.text())
def test_a_label_is_one_short_printable_line(text):
    label = clean_label(text)
    assert len(label) <= 60
    assert label.isprintable()
    assert clean_label(label) == label
    page = Page(scene_of(Curve(Constant(0.1), label=label), timeline=Timeline()))
    assert from_query(to_query(page)) == (page, ())


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ([("lesson", "../etc")], "“lesson” = “../etc”"),
        ([("at", "-1")], "“at” = “-1”"),
        ([("at", "21")], "“at” = “21”"),
        ([("answer", "inf")], "“answer” = “inf”"),
        ([("answer", "much")], "“answer” = “much”"),
        ([("done", "a,,b")], "“done” = “a,,b”"),
        ([("done", ",".join(f"a{i}" for i in range(25)))], "“done” = “a0,a1"),
        ([("room", "K7M2Q")], "“room” = “K7M2Q”"),
        ([("room", "K7M2Q0")], "“room” = “K7M2Q0”"),
        ([("projector", "yes")], "“projector” = “yes”"),
        ([("hide", "<b>")], "“hide” = “<b>”"),
    ],
)
def test_a_study_that_is_not_understood_is_left_out(query, part):
    page, problems = from_query(query)
    assert page == first_page()
    assert len(problems) == 1
    assert part in str(problems[0])


def test_a_study_is_read_as_it_is_written():
    query = [
        ("lesson", "own"),
        ("at", "2"),
        ("answer", "0.25"),
        ("shown", "true"),
        ("done", "steps,cosine,steps"),
        ("room", "k7m2qx"),
        ("projector", "true"),
        ("hide", "alpha,m_mul"),
        ("title", " a\n b "),
        ("words", "one\x00\n\ntwo  "),
    ]
    page, problems = from_query(query)
    assert problems == ()
    assert page.study == Study("own", 2, True, ("alpha", "m_mul"), "a b", "one\n\ntwo")
    assert page.learner == Learner(0.25, ("steps", "cosine"), "K7M2QX", True)


@given(st.text())
def test_words_of_a_teacher_are_bounded_and_printable(text):
    words, title = clean_words(text), clean_title(text)
    assert len(words) <= MOST_WORDS
    assert all(line.isprintable() for line in words.split("\n"))
    assert clean_words(words) == words
    assert len(title) <= 80
    assert title.isprintable()
    assert clean_title(title) == title


def test_what_is_as_on_a_new_page_adds_nothing_to_a_link():
    names = {name for name, _ in to_query(first_page())}
    assert names == {
        "v",
        *("samples", "batch_size", "epochs", "total_steps"),
        *("selected", "unit", "scale", "language", "tab", "curve"),
    }


def test_an_id_is_in_a_link_where_it_is_not_the_curves_place():
    page = replace(first_page(), scene=first_scene().move(2, 0), chosen=(2, 1))
    text = to_text(page)
    assert [part.split("~id~")[1][:1] for part in text.split("&") if "~id~" in part] == [
        "2",
        "0",
        "1",
    ]
    assert from_query(parse_qsl(text)) == (page, ())
    assert "~id~" not in to_text(first_page())


def test_what_the_train_form_says_is_in_a_link_and_is_not_the_runs():
    page = replace(
        first_page(),
        chosen=(2, 0),
        with_plateau=True,
        recipe=Recipe(batch_size=64, epochs=5, data="moons", model="two", optimizer="Adam"),
    )
    text = to_text(page)
    assert "&epochs=10&" in text
    assert "&fit.curves=2,0&fit.plateau=true&" in text
    # In full: it means the same when a default has changed.
    assert "&fit.batch_size=64&fit.epochs=5&fit.seed=0&fit.units=128&" in text
    assert "&fit.data=moons&fit.model=two&fit.optimizer=Adam&" in text
    assert from_query(parse_qsl(text)) == (page, ())


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ([("fit.epochs", "0")], "epochs must be at least 1"),
        ([("fit.epochs", "100000"), ("fit.batch_size", "1")], "is the most"),
        ([("fit.data", "cats")], "data = “cats”"),
        ([("fit.device", "../../x")], "device = “../../x”"),
        ([("fit.curves", "100")], "“fit.curves” = “100”"),
        ([("plateau.factor", "2")], "factor must be at most"),
    ],
)
def test_what_the_train_form_cannot_say_is_left_out(query, part):
    page, problems = from_query(query)
    assert page == first_page()
    assert len(problems) == 1
    assert part in str(problems[0])


@pytest.mark.parametrize("run", ["a b", "x" * 65, "../x", "é"])
def test_an_id_is_letters_digits_and_little_else(run):
    page, (problem,) = from_query([("run", run)])
    assert page.run == ""
    assert "was not understood" in str(problem)


@dataclass(frozen=True)
class Labelled(Schedule):
    """Its fields have the names of a curve's own, and of a run's."""

    color: Annotated[float, rate(mark("A rate."), "c", start=0.1)]
    label: Annotated[float, rate(mark("A rate."), "l", start=0.1)] = 0.2
    per: Annotated[float, rate(mark("A rate."), "p", start=0.1)] = 0.3
    epochs: Annotated[float, rate(mark("A rate."), "e", start=0.1)] = 0.4

    @property
    def formula(self):
        return "$color $label $per $epochs"

    def _rate(self, step):
        return np.full_like(step, self.color)


def test_a_schedules_field_may_have_a_name_of_the_curves_or_the_runs_own(monkeypatch):
    monkeypatch.setitem(lines._SCHEDULES, "Labelled", Labelled)
    curve = Curve(Labelled(0.5, 0.6, 0.7, 0.8), per="epoch", label="a~b", shown=False, color=3)
    scene = scene_of(curve, timeline=Timeline(samples=64, epochs=7))
    scene = replace(scene, lines=(curve,))
    assert from_query(to_query(Page(scene))) == (Page(scene), ())
    # A lesson asks for the schedule's field first.
    assert field_of(scene, "epochs") in Labelled.declared()
    assert value_of(scene, "epochs") == 0.8
    assert value_of(scene, "samples") == 64
    asked = Round(
        Chart(scene),
        SetParameter(Sentence(""), Answers(0.9, Sentence("")), "epochs", (0.9,)),
        (),
        Sentence(""),
    )
    assert asked.legal(0.9) == 0.9
    assert asked.legal(-1.0) is None
