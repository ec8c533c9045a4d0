"""What the selected curve really does, and how to take it away."""

import streamlit as st

from lrviz.export import csv_text, keras_code, stride
from lrviz.insights import cycles, readout, remarks, restarts, summary
from lrviz.link import to_text
from lrviz.ui.controls import escaped
from lrviz.ui.state import Session

#: At most so many rows of the cycle table.
_ROWS = 50


def plain(now: Session) -> str:
    """The selected curve's figures in one line."""
    curve, timeline = now.scene.curve, now.scene.timeline
    found = restarts(curve, timeline)
    figures = readout(summary(curve, timeline), None if found is None else len(found))
    told = "  ·  ".join(f"{now.text(name)} {text}" for name, text in figures.items())
    return f"{curve.name}: {told}"


def selected(now: Session) -> None:
    """A sentence for each thing about the selected curve that may surprise."""
    curve, timeline = now.scene.curve, now.scene.timeline
    if now.form(curve).problems:
        st.markdown(
            ":red[" + escaped(now.text("This curve is drawn with its last valid values.")) + "]"
        )
    told = [f":material/lightbulb: {escaped(now.text(each))}" for each in remarks(curve, timeline)]
    if told:
        st.markdown("\n\n".join(told))


def formula(now: Session) -> None:
    """The selected curve's formula, with its symbols and with the values put in."""
    general, concrete = now.scene.curve.schedule.latex()
    st.latex(rf"\begin{{gathered}} {general} \\[1.2em] {concrete} \end{{gathered}}")


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
                f"{first / timeline.steps_per_epoch:.4g}",
                f"{cycle.length:,.6g}",
                f"{cycle.peak:.6g}",
                f"{cycle.trough:.6g}",
            ]
        )
    st.markdown("\n".join("| " + " | ".join(row) + " |" for row in rows))
    if len(found) > _ROWS:
        st.caption(now.text("The first {shown} cycles of the run.").format(shown=_ROWS))


def take_away(now: Session) -> None:
    """Code, data and link."""
    st.subheader(now.text("Take it with you"), anchor=False)
    code = st.expander(
        now.text("Code for Keras 3"), icon=":material/code:", key="code", on_change="rerun"
    )
    if code.open:
        code.code(keras_code(now.scene.curve), language="python")
    scene = now.scene
    st.download_button(
        now.text("Curves as CSV"),
        data=lambda: csv_text(scene),
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
        now.text("Link to this view"), icon=":material/link:", key="link", on_change="rerun"
    )
    if link.open:
        address = (st.context.url or "").split("?")[0]
        link.code(f"{address}?{to_text(scene)}", language=None, wrap_lines=True)
