"""The button that sends an answer to the class's teacher, and what has become of the answer.

It goes by plain HTTP, and the browser keeps it until the room has said what it did with it: neither
a line that is down nor a run of the page that comes too late loses one.
"""

from lrviz.learn.room import View
from lrviz.text import Sentence
from lrviz.ui.component import Component
from lrviz.ui.learn.routes import ANSWERS
from lrviz.ui.session import Session
from lrviz.view.payload import Payload

_SENDING = Component("sending", '<div class="lrviz-sending"></div>', "ui/learn/sending/sending.js")
_TEXTS = {
    "first": Sentence("Your answer goes to your teacher, without your name."),
    "sending": Sentence("Being sent."),
    "waiting": Sentence("Waiting to be sent. It is kept, and goes when the connection is back."),
    "sent": Sentence("Sent. You may change it until your teacher reveals the answer."),
    "changed": Sentence("Changed since it was sent: the one that was sent is counted."),
    "late": Sentence("Not counted: the question was closed before your answer came."),
    "before": Sentence("Your answer to the question before came too late, and is not counted."),
}


def sending(
    session: Session,
    code: str,
    who: str,
    question: str,
    *,
    field: str,
    value: float | None,
    seen: View | None,
) -> None:
    """Show the button.

    Args:
        session: Whose page it is.
        code: The room's code.
        who: The member's secret name.
        question: The name of the open question.
        field: The parameter that is the answer; empty: it is none.
        value: The answer as it stands, not sent; None: there is none.
        seen: The room, with the answer that it counts.
    """
    payload: Payload = {
        "path": ANSWERS,
        "label": Sentence("Send answer"),
        "texts": _TEXTS,
        "code": code,
        "who": who,
        "question": question,
        "field": field,
        "value": value,
        "sent": seen.answer if seen else None,
        "given": seen.given if seen else 0,
    }
    # Another question begins anew: what was sent for the one before says nothing of it.
    _SENDING.show(session, f"sending-{question}", payload)
