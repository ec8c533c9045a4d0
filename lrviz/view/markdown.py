"""Texts that anybody may have written, in Markdown."""

import re

#: An invisible character, at which no line is broken.
_JOINER = "\u2060"
#: What is recognised in a text whatever is escaped there: addresses (``http:``, ``www.``, ``me@``),
#: icons (``:material/...``), and characters that are drawn as one (``->``).
_RECOGNISED = re.compile(r"(?<=[:@])(?=\S)|(?<=www)(?=\.)|(?<=[-<>~])(?=[-=>])", re.IGNORECASE)


def escaped(text: str) -> str:
    """``text`` with nothing in it that Markdown, or Streamlit, would take for its own."""
    parted = _RECOGNISED.sub(_JOINER, text)
    return "".join(f"\\{each}" if each in r"\`*_{}[]()#+-.!|<>~$:" else each for each in parted)
