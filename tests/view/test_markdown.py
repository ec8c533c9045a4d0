"""Texts that anybody wrote, in Markdown: as they were written, and nothing more."""

import re

import pytest

from lrviz.view.markdown import escaped

#: What the Markdown of the page looks for in a text when all escapes are resolved (measured: a
#: browser journey asks the page itself).
FOUND = re.compile(
    r"https?://|www\.|[-.\w+]+@[-\w]+\.\w|:material/|->|<-|--|[<>~]=|:\w+:|:\w+\[", re.IGNORECASE
)


@pytest.mark.parametrize(
    "text",
    [
        "http://e.com",
        "HTTPS://e.com/a?b=1",
        "<http://e.com>",
        "www.e.com",
        "WWW.e.com",
        "me@e.com",
        "mailto:me@e.com",
        ":material/home:",
        ":smile:",
        ":red[x]",
        "a -> b <- c <-> d -- e --- f >= g <= h ~= i",
        "[x](http://e.com)",
        "![x](//e.com/i.png)",
        "<b>x</b>",
    ],
)
def test_nothing_in_a_text_is_taken_for_an_address_an_icon_or_an_arrow(text):
    assert FOUND.search(text) or re.search(r"[<\[]", text)
    shown = re.sub(r"\\(.)", r"\1", escaped(text))
    assert not FOUND.search(shown)
    # Nothing is lost, and nothing is added that can be seen.
    assert shown.replace("\u2060", "") == text
    # And whatever Markdown knows is escaped.
    assert not re.search(r"(?<!\\)[\[\]<>`*_$~]", escaped(text))


def test_a_plain_text_stays_as_it_is():
    for text in ("학습률 0", "Step 5, epoch 2", "What now?"):
        assert escaped(text) == text
    assert escaped("Ratio: 2") == "Ratio\\: 2"
