from string import Formatter

import pytest
from babel.messages.pofile import read_po

from lrviz.locale import LANGUAGES, catalogue, translator
from lrviz.text import Sentence, counted
from tests.locale_texts import texts

OTHERS = [language for language in LANGUAGES if language != "en"]


def _catalogue(language):
    with catalogue(language).open("rb") as source:
        return {message.id: message for message in read_po(source) if message.id}


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_lacks_its_translation(language):
    catalogued = _catalogue(language)
    assert texts() - set(catalogued) == set()
    assert set(catalogued) - texts() == set()
    assert [message.id for message in catalogued.values() if not message.string] == []
    assert [message.id for message in catalogued.values() if message.fuzzy] == []


def _places(text):
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


@pytest.mark.parametrize("language", OTHERS)
def test_translations_keep_every_value(language):
    for message in _catalogue(language).values():
        # Another grammar may name a value twice (the unit), but never leave one out or invent one.
        ids = [message.id] if isinstance(message.id, str) else message.id
        said = [message.string] if isinstance(message.string, str) else message.string
        for each in said:
            assert {*_places(each)} == {*_places(ids[-1])}, message.id


def test_sentences_are_translated_with_the_sentences_in_them():
    sentence = Sentence(
        "The run ends before the decay does: {run} of {end}, so the rate only gets to {final}.",
        {"run": 10, "end": counted("{count} step", "{count} steps", 5000), "final": 0.1},
    )
    assert "10 of 5,000 steps" in str(sentence)
    korean = sentence.translated(translator("ko"))
    assert "5,000스텝" in korean
    assert translator("en")("steps") == "steps"


@pytest.mark.parametrize(
    ("count", "english", "korean"),
    [(1, "1 step", "1스텝"), (0, "0 steps", "0스텝"), (1024, "1,024 steps", "1,024스텝")],
)
def test_one_and_many_are_told_apart(count, english, korean):
    steps = counted("{count} step", "{count} steps", count)
    assert str(steps) == steps.translated(translator("en")) == english
    assert steps.translated(translator("ko")) == korean
