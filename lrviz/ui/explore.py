"""The Explore tab: curves over a run, and the controls that shape them."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from lrviz.figures import curves_json
from lrviz.insights import description, length
from lrviz.presets import PRESETS
from lrviz.text import Sentence, counted
from lrviz.timeline import Timeline
from lrviz.ui import controls, curves, live, readout, room
from lrviz.ui.plot import plot
from lrviz.ui.state import Session, form_name, session


def explore(now: Session) -> None:
    """Draw the tab."""
    st.markdown(
        now.text(
            "Each line is the learning rate that a schedule gives to every step of one training "
            "run. Choose a curve, move its sliders, and watch it change; the page's address always "
            "holds what you see."
        )
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _view(now)
        _run(now)
        _presets(now)
    now.below = readout.taken_away(now)
    _curves()
    readout.take_away(now)


@st.fragment
def _curves() -> None:
    """What follows a curve's controls: only this is drawn anew when one of them moves."""
    now = session()
    left, right = st.columns([5, 3], gap="large")
    with left:
        _chart(now)
        readout.selected(now)
    with right:
        curves.choose(now)
        curves.edit(now)
    readout.cycle_table(now)
    if now.below != readout.taken_away(now) or room.let_go(now):
        st.rerun()


def _presets(now: Session) -> None:
    # It is a menu: it shows nothing, and what is chosen is loaded.
    key = now.show("preset", None, lambda title: _load(now, title))
    st.selectbox(
        now.text("Start from an example"),
        list(PRESETS),
        index=None,
        key=key,
        format_func=now.text,
        placeholder=now.text("Choose an example"),
        label_visibility="collapsed",
        filter_mode=None,
    )


def _load(now: Session, title: str) -> None:
    example = PRESETS[title]
    now.load(example.scene)
    if example.recipe is not None:
        # What it is trained with; the device stays the reader's choice.
        now.training.recipe = replace(example.recipe, device=now.training.recipe.device)
        now.forms.pop(form_name(now.training.recipe), None)


def _view(now: Session) -> None:
    choices = {
        "unit": (now.text("x axis"), {"step": now.text("Steps"), "epoch": now.text("Epochs")}),
        "scale": (now.text("y axis"), {"linear": now.text("Linear"), "log": now.text("Log")}),
    }
    for name, (label, options) in choices.items():
        key = now.show(f"view-{name}", getattr(now.scene, name), _set(now, name))
        st.segmented_control(
            label,
            list(options),
            key=key,
            format_func=options.__getitem__,
            required=True,
            width="content",
        )


def _set(now: Session, name: str) -> Callable[[str], None]:
    return lambda chosen: now.set(**{name: chosen})


def _chart(now: Session) -> None:
    scene = now.scene
    plot(
        now,
        curves_json(scene, now.text),
        key="curves",
        description=description(scene),
        on_toggle=lambda uid: _toggle(now, uid),
        live=live.chart_data(now),
    )


def _toggle(now: Session, uid: object) -> None:
    # The browser names the curve, and may name anything.
    for curve in now.scene.curves:
        if uid == str(curve.color):
            now.commit(now.scene.toggle(curve.color))


def _run(now: Session) -> None:
    timeline = now.scene.timeline
    steps = counted("{count} step", "{count} steps", timeline.steps)
    title = now.text(Sentence("The run: {steps}", {"steps": steps}))
    if now.form(timeline).problems:
        title = f":material/error: {title}"
    with st.popover(title, icon=":material/schedule:"):
        controls.fields(now, timeline, Timeline.fields())
        st.caption(now.text(length(timeline)))
