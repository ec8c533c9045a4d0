"""Every text of the source that people read."""

from pathlib import Path

from babel.messages.extract import extract_from_dir

import lrviz

#: What wraps a text: see lrviz.text, and lrviz.ui.session.Session.text.
KEYWORDS = {
    "counted": (1, 2),
    "mark": None,
    "Sentence": None,
    "text": None,
    "translate": None,
    "_refusal": None,
}


def texts() -> set[str | tuple[str, str]]:
    root = Path(lrviz.__file__).parent
    found = extract_from_dir(str(root), method_map=[("**.py", "python")], keywords=KEYWORDS)
    return {message for _, _, message, _, _ in found if isinstance(message, str) or all(message)}
