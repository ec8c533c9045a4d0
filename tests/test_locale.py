from string import Formatter

import pytest
from babel.messages.pofile import read_po

from lrviz.locale import LANGUAGES, catalogue, translator
from lrviz.text import Sentence
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
        assert set(_places(message.string)) == set(_places(message.id)), message.id


def test_sentences_are_translated_with_the_sentences_in_them():
    sentence = Sentence(
        "The run ends before the decay does: {run} of {end} {unit}, so the rate only gets to "
        "{final}.",
        {"run": 10, "end": 5000, "unit": Sentence("steps"), "final": 0.1},
    )
    assert "10 of 5,000 steps" in str(sentence)
    korean = sentence.translated(translator("ko"))
    assert "5,000스텝" in korean
    assert translator("en")("steps") == "steps"
