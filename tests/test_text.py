"""Sentences in the reader's language."""

import re

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from lrviz.locale import LANGUAGES, catalogue
from lrviz.text import Sentence, particles

BOTH = re.compile(r"은\(는\)|이\(가\)|을\(를\)|와\(과\)|\(으\)로|\(이\)")


@pytest.mark.parametrize(
    ("word", "about"),
    [
        # By its last sound, as it is read: 이백, 영점일, 십, 삼십칠, 구.
        ("200", "은"),
        ("0.1", "은"),
        ("10", "은"),
        ("1,024", "는"),
        ("1.5", "는"),
        ("1e-9", "는"),
        ("37", "은"),
        ("스텝", "은"),
        ("에포크", "는"),
        ("alpha", "는"),
        ("t_mul", "은"),
        ("initial_learning_rate", "는"),
        ("decay_steps", "는"),
        ("warmup_target", "은"),
        ("momentum", "은"),
        ("“abc”", "는"),
        ("“학습률”", "은"),
        ("95.1%", "는"),
        ("95.1 ± 1.0", "은"),
    ],
)
def test_a_particle_follows_the_last_sound(word, about):
    closed = about == "은"
    said = Sentence("{word}은(는) {word}이(가) {word}을(를) {word}와(과) {word}(이)고")
    expected = [about, "이" if closed else "가", "을" if closed else "를", "과" if closed else "와"]
    expected.append("이고" if closed else "고")
    assert str(Sentence(said.template, {"word": word})) == " ".join(
        word + each for each in expected
    )


@pytest.mark.parametrize(
    ("word", "towards"),
    [("7", "로"), ("1", "로"), ("3", "으로"), ("길", "로"), ("t_mul", "로"), ("값", "으로")],
)
def test_a_liquid_is_no_hindrance_to_going_there(word, towards):
    assert particles(f"{word}(으)로") == word + towards


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"])))
def test_only_particles_are_touched(text):
    assert particles(text) == text or BOTH.search(text)
    assert not BOTH.search(particles(f"값{text} 값은(는)").rsplit(" ", 1)[-1])


def test_no_template_leaves_a_particle_to_chance():
    fixed = re.compile(r"\}(은|는|이|가|을|를|와|과|로|으로|이고|이라|이며)(?![가-힣(])")
    for language in LANGUAGES:
        if language == "en":
            continue
        with catalogue(language).open("rb") as file:
            for message in read_po(file):
                for said in [message.string] if isinstance(message.string, str) else message.string:
                    assert not fixed.search(said), said
