"""Sentences that people read, kept apart from the language they are read in."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

#: Turns an English source text into the reader's language (a gettext function).
Translate = Callable[[str], str]


@dataclass(frozen=True)
class Sentence:
    """An English template and the values that go into it.

    ``str(sentence)`` is English; :meth:`translated` is any language that has the template. Values
    that are themselves sentences are translated too; floats are shown as :func:`number` shows them.
    """

    template: str
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.translated(lambda text: text)

    def __hash__(self) -> int:
        return hash(self.template)

    def translated(self, translate: Translate) -> str:
        """The sentence in the language of ``translate``."""
        return translate(self.template).format(
            **{name: _shown(value, translate) for name, value in self.values.items()}
        )


def _shown(value: object, translate: Translate) -> str:
    if isinstance(value, Sentence):
        return value.translated(translate)
    if isinstance(value, float):
        return number(value)
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


def number(value: float) -> str:
    """``value`` as people read it: four digits, 1.2e-9; in full it stands in fields and files."""
    text = "NaN" if math.isnan(value) else f"{value:.4g}"
    mantissa, sign, power = text.partition("e")
    return f"{mantissa}e{int(power)}" if sign else text


def mark(text: str) -> str:
    """Mark ``text`` for the translators; it is translated where it is shown."""
    return text


def quoted(value: object) -> str:
    """What was received, short enough for a sentence."""
    text = value if isinstance(value, str) else repr(value)
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"
