"""Texts that anybody may have written, in Markdown."""


def escaped(text: str) -> str:
    """``text`` with nothing in it that Markdown would take for its own."""
    return "".join(f"\\{each}" if each in r"\`*_{}[]()#+-.!|<>~$:" else each for each in text)
