"""What the selected curve really does, in sentences and in a table."""

import streamlit as st

from lrviz.scene.insights import cycles, remarks
from lrviz.text import number
from lrviz.ui.session import Session
from lrviz.ui.subject import schedule_of
from lrviz.ui.widgets.markdown import escaped

#: At most so many rows of the cycle table.
_ROWS = 50


def selected(session: Session, *, formula: bool = True) -> None:
    """A sentence for each thing about the selected curve that may surprise, and its formula."""
    curve, timeline = session.scene.curve, session.scene.timeline
    told = []
    if session.form(schedule_of(curve)).problems:
        sentence = session.text("This curve is drawn with its last valid values.")
        told.append(f":red[{escaped(sentence)}]")
    told += [
        f":material/lightbulb: {escaped(session.text(each))}" for each in remarks(curve, timeline)
    ]
    if formula:
        # With its symbols, and with the values put in.
        told += [f"$$\n{each}\n$$" for each in curve.schedule.latex()]
    if told:
        st.markdown("\n\n".join(told))


def cycle_table(session: Session) -> None:
    """The cycles of the selected curve, if it has any."""
    curve, timeline = session.scene.curve, session.scene.timeline
    found = cycles(curve, timeline)
    if not found:
        return
    st.subheader(session.text("Cycles"), anchor=False)
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
    st.markdown("\n\n".join(told))
