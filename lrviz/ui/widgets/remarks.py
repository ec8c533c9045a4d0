"""What the selected curve really does, in sentences and in a table."""

from collections.abc import Iterator

import streamlit as st

from lrviz.scene.remarks import remarks
from lrviz.text import number
from lrviz.ui.session import Session
from lrviz.view.markdown import escaped
from lrviz.view.subject import schedule_of

#: At most so many rows of the cycle table.
_ROWS = 50


def reading(
    session: Session, *, surprises: bool = True, formula: bool = True, table: bool = True
) -> None:
    """What is to be said of the selected curve: what may surprise, its cycles, its formula."""
    told = [*_surprises(session)] if surprises else []
    if table and session.scene.lens.kind == "cycles":
        told += _cycle_table(session)
    if formula:
        # With its symbols, and with the values put in.
        told += [f"$$\n{each}\n$$" for each in session.scene.curve.schedule.latex()]
    if told:
        # One element for all: each more is sent again at every change.
        st.markdown("\n\n".join(told))


def _surprises(session: Session) -> Iterator[str]:
    curve, timeline = session.scene.curve, session.scene.timeline
    if session.problems(schedule_of(curve)):
        sentence = session.text("This curve is drawn with its last valid values.")
        yield f":red[{escaped(sentence)}]"
    for each in remarks(curve, timeline):
        yield f":material/lightbulb: {escaped(session.text(each))}"


def _cycle_table(session: Session) -> list[str]:
    """The cycles of the selected curve."""
    curve, timeline = session.scene.curve, session.scene.timeline
    found = curve.cycles(timeline)
    if not found:
        return [session.text("It does not restart: there are no cycles.")]
    stride = curve.stride(timeline)
    head = [
        session.text("Cycle"),
        session.text("First step"),
        session.text("Epoch"),
        session.text("Length") + f" ({session.text('steps' if curve.per == 'step' else 'epochs')})",
        session.text("Peak"),
        session.text("Trough"),
    ]
    rows = [head, ["--:"] * len(head)]
    for cycle in found[:_ROWS]:
        first = cycle.start * stride
        rows.append(
            [
                f"{cycle.index}",
                f"{first:,}",
                number(first / timeline.steps_per_epoch),
                f"{cycle.length:,.6g}",
                number(cycle.peak),
                number(cycle.trough),
            ]
        )
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    told = [table]
    if len(found) > _ROWS:
        told.append(session.text("The first {shown} cycles of the run.").format(shown=_ROWS))
    return told
