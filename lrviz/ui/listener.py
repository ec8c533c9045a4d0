"""The messages of a component: numbered, each taken once."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeGuard

#: Takes a message: the name of an act, and two texts.
Take = Callable[[str, str, str], None]
#: What a component may send at once, and the last number of its messages.
_LONGEST, _MOST_MESSAGES, _LAST = 100_000, 200, 2**53


@dataclass
class Listener:
    """The state in which a component sends its messages, and the last that was taken.

    The browser sends all that has not been taken, as JSON:
    ``[post, [[number, act, text, text], ...]]``. A text that is missing is empty.
    """

    state: str
    take: Take
    taken: int = 0

    def receive(self, sent: object) -> None:
        """Take what was sent, unless it was taken before; what is no message is nothing."""
        if not isinstance(sent, str) or len(sent) > _LONGEST:
            return
        with suppress(ValueError, RecursionError):
            match json.loads(sent):
                case [_, list(messages)]:
                    for message in messages[:_MOST_MESSAGES]:
                        self._receive(message)

    def _receive(self, message: object) -> None:
        match message:
            case [int(number), str(act), *texts] if (
                type(number) is int and self.taken < number < _LAST
            ):
                self.taken = number
                first, second, *_ = [*texts, "", ""]
                if _is_text(first) and _is_text(second):
                    self.take(act, first, second)


def _is_text(value: object) -> TypeGuard[str]:
    """Whether this is a text that can be shown, and written: JSON can spell half a character."""
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
