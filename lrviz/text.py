"""Sentences that people read, independent of the language that they are read in."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from gettext import NullTranslations

#: Turns an English source text into the reader's language (a gettext function).
Translate = Callable[[str], str]


@dataclass(frozen=True)
class Sentence:
    """An English template and the values that go into it.

    ``str(sentence)`` is English; :meth:`translated` is any language that has the template. Values
    that are themselves sentences are translated too; floats are shown as :func:`number` shows them.
    Without values the template stays as it is: the browser may put some in. Where there is a
    ``plural``, the value ``count`` decides between both.
    """

    template: str
    values: dict[str, object] = field(default_factory=dict)
    plural: str = ""

    def __str__(self) -> str:
        return self.translated(lambda text: text)

    def __hash__(self) -> int:
        return hash(self.template)

    def translated(self, translate: Translate) -> str:
        """The sentence in the language of ``translate``."""
        if not self.values:
            return translate(self.template)
        if self.plural:
            # A plain function translates single texts: then it is English's rule that decides.
            ngettext = getattr(translate, "ngettext", NullTranslations().ngettext)
            template = ngettext(self.template, self.plural, 1 if self.values["count"] == 1 else 2)
        else:
            template = translate(self.template)
        return particles(
            template.format(
                **{name: _shown(value, translate) for name, value in self.values.items()}
            )
        )


#: Gives a text, or a sentence, in the reader's language.
Text = Callable[[str | Sentence], str]


def counted(one: str, many: str, count: float, **values: object) -> Sentence:
    """``one`` or ``many`` (gettext's singular and plural), as the reader's language counts."""
    return Sentence(one, {"count": count, **values}, many)


def paragraph(*sentences: object) -> Sentence:
    """Sentences, or plain texts, one after another."""
    values = {f"part{place}": each for place, each in enumerate(sentences)}
    template = " ".join(f"{{{name}}}" for name in values)
    return Sentence(template, values)


def _shown(value: object, translate: Translate) -> str:
    if isinstance(value, Sentence):
        return value.translated(translate)
    if isinstance(value, float):
        return number(value)
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


#: Korean particles by the sound that they follow: a consonant, or a vowel.
_PARTICLES = {
    "은(는)": ("은", "는"),
    "이(가)": ("이", "가"),
    "을(를)": ("을", "를"),
    "와(과)": ("과", "와"),
    "(으)로": ("으로", "로"),
    "(이)": ("이", ""),
}
# Long enough for any word; without an end to it, a long text would take very long.
_PARTICLE = re.compile(rf"(\w{{1,40}})([^\w\s]*)({'|'.join(map(re.escape, _PARTICLES))})")
#: Latin words whose last sound is a consonant in Korean: team, label, ring, target, batch-top.
_CLOSED = re.compile(r"([lmn]|ng|(^|[^aeiou])[aeiou][ptk])$", re.IGNORECASE)


def particles(text: str) -> str:
    """``text`` with each Korean particle in the form that what stands before it asks for.

    A template cannot know what will stand there, and says both: ``{value}은(는)``.
    """
    if "(" not in text:
        return text  # Each of them has a bracket, and to look for them takes ten times as long.
    return _PARTICLE.sub(lambda match: match[1] + match[2] + _fitting(*match.groups()), text)


def _fitting(word: str, between: str, both: str) -> str:
    last = word[-1]
    if "%" in between:
        closed = liquid = False
    elif "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        closed, liquid = final > 0, final == 8
    elif last.isdecimal():
        # Read as 영 일 이 삼 사 오 육 칠 팔 구.
        closed, liquid = last in "013678", last in "178"
    else:
        closed, liquid = bool(_CLOSED.search(word)), word.lower().endswith("l")
    if both == "(으)로" and liquid:
        closed = False
    return _PARTICLES[both][0 if closed else 1]


def number(value: float) -> str:
    """``value`` as people read it: four digits, 1.2e-9; in full it stands in fields and files."""
    text = "NaN" if math.isnan(value) else f"{value:.4g}"
    mantissa, sign, power = text.partition("e")
    return f"{mantissa}e{int(power)}" if sign else text


def mark(text: str) -> str:
    """Mark ``text`` for the translators; it is translated where it is shown."""
    return text


def quoted(value: object) -> str:
    """A received value in quotation marks: cut to 40 characters, and printable."""
    text = value if isinstance(value, str) else repr(value)
    # JSON can hold half of a surrogate pair, which cannot be encoded.
    text = text.encode(errors="replace").decode()
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"
