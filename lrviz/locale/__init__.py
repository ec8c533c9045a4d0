"""The languages of the page: English texts are the source, gettext catalogues hold the others."""

from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import Literal

from lrviz.text import Translate

Language = Literal["en", "ko"]

#: Each language by its own name.
LANGUAGES: dict[Language, str] = {"en": "English", "ko": "한국어"}


@cache
def translator(language: Language) -> Translate:
    """The translation of English texts into ``language``; what it lacks stays English."""
    if language == "en":
        return str
    # Not for those who read the source texts: it takes memory, and time at the start.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with catalogue(language).open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return _Translator(GNUTranslations(compiled))


class _Translator:
    """A translation by a gettext catalogue, with its plurals."""

    def __init__(self, catalogued: GNUTranslations) -> None:
        self.ngettext = catalogued.ngettext
        self._gettext = catalogued.gettext

    def __call__(self, text: str) -> str:
        return self._gettext(text)


def catalogue(language: Language) -> Path:
    """The file that holds the texts of ``language``."""
    return Path(__file__).parent / f"{language}.po"
