"""How a payload leaves: as JSON, with each sentence in the reader's language.

What builds a payload knows no language: it puts a :class:`lrviz.text.Sentence` wherever text is to
be translated, and plain texts (names, numbers, addresses) where nothing is.
"""

import json
from collections.abc import Callable

from lrviz.text import Sentence, Translate

#: What a component of the page gets, by the names of its typedef in ``widgets/payloads.js``.
Payload = dict[str, object]
#: What can be done in a component, by the name of the message; each takes its two texts.
Acts = dict[str, Callable[[str, str], None]]


def to_json(value: object, translate: Translate) -> str:
    """``value`` as JSON; dataclasses become objects, sentences texts."""

    def lower(each: object) -> object:
        return each.translated(translate) if isinstance(each, Sentence) else vars(each)

    return json.dumps(value, default=lower)


def component_data(payload: Payload, translate: Translate) -> dict[str, object]:
    """``payload`` as a component gets it: texts and numbers; what is neither as JSON in a text.

    To look into anything else, Streamlit would load pandas (65 MB).
    """
    return {name: _lowered(value, translate) for name, value in payload.items()}


def _lowered(value: object, translate: Translate) -> object:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Sentence):
        return value.translated(translate)
    return to_json(value, translate)
