"""What the selected curve really does, and how to take it away."""

import streamlit as st

from lrviz.export import csv_text, keras_code, stride
from lrviz.insights import cycles, remarks
from lrviz.link import to_text
from lrviz.text import number
from lrviz.ui.controls import escaped
from lrviz.ui.state import Session

#: At most so many rows of the cycle table.
_ROWS = 50
#: The keys of what is folded away.
_CODE, _LINK = "code", "link"


def selected(now: Session, *, formula: bool = True) -> None:
    """A sentence for each thing about the selected curve that may surprise, and its formula."""
    curve, timeline = now.scene.curve, now.scene.timeline
    told = []
    if now.form(curve).problems:
        sentence = now.text("This curve is drawn with its last valid values.")
        told.append(f":red[{escaped(sentence)}]")
    told += [f":material/lightbulb: {escaped(now.text(each))}" for each in remarks(curve, timeline)]
    if formula:
        # With its symbols, and with the values put in.
        told += [f"$$\n{each}\n$$" for each in curve.schedule.latex()]
    if told:
        st.markdown("\n\n".join(told))


def cycle_table(now: Session) -> None:
    """The cycles of the selected curve, if it has any."""
    curve, timeline = now.scene.curve, now.scene.timeline
    found = cycles(curve, timeline)
    if not found:
        return
    st.subheader(now.text("Cycles"), anchor=False)
    stride_ = 1 if curve.per == "step" else timeline.steps_per_epoch
    head = [
        now.text("Cycle"),
        now.text("First step"),
        now.text("Epoch"),
        now.text("Length") + f" ({now.text('steps' if curve.per == 'step' else 'epochs')})",
        now.text("Peak"),
        now.text("Trough"),
    ]
    rows = [head, ["--:"] * len(head)]
    for cycle in found[:_ROWS]:
        first = cycle.start * stride_
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
        told.append(now.text("The first {shown} cycles of the run.").format(shown=_ROWS))
    st.markdown("\n\n".join(told))


def taken_away(now: Session) -> object:
    """What :func:`take_away` draws depends on this alone."""
    opened = any(st.session_state.get(name) for name in (_CODE, _LINK))
    return to_text(now.scene) if opened else (stride(now.scene), bool(now.scene.shown))


def take_away(now: Session) -> None:
    """Code, data and link."""
    st.subheader(now.text("Take it with you"), anchor=False)
    code = st.expander(
        now.text("Code for Keras 3"), icon=":material/code:", key=_CODE, on_change="rerun"
    )
    if code.open:
        code.code(keras_code(now.scene.curve), language="python")
    scene = now.scene
    st.download_button(
        now.text("Curves as CSV"),
        data=lambda: csv_text(now.scene),
        file_name="lrviz.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        disabled=not scene.shown,
    )
    if stride(scene) > 1:
        st.caption(
            now.text("The run is long: the file holds every {stride} steps.").format(
                stride=f"{stride(scene):,}"
            )
        )
    link = st.expander(
        now.text("Link to this view"), icon=":material/link:", key=_LINK, on_change="rerun"
    )
    if link.open:
        address = (st.context.url or "").split("?")[0]
        link.code(f"{address}?{to_text(scene)}", language=None, wrap_lines=True)
