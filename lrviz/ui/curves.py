"""The scene's curves: choose one, add, arrange, and shape the chosen one."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from lrviz.link import clean_label
from lrviz.scene import MOST_CURVES, MOST_LABEL, Curve
from lrviz.schedules import SCHEDULES
from lrviz.ui import controls
from lrviz.ui.state import Session


def choose(now: Session) -> None:
    """The list of curves, and the ways to add one."""
    scene = now.scene
    by_color = {curve.color: place for place, curve in enumerate(scene.curves)}
    key = now.show("selected", scene.curve.color, lambda color: now.set(selected=by_color[color]))
    st.pills(
        now.text("Curves"),
        list(by_color),
        key=key,
        format_func=lambda color: _entry(now, scene.curves[by_color[color]]),
        required=True,
    )
    full = len(scene.curves) >= MOST_CURVES
    with st.container(horizontal=True, gap="small"):
        st.menu_button(
            now.text("Add a curve"),
            [schedule.__name__ for schedule in SCHEDULES],
            icon=":material/add:",
            key="add",
            disabled=full,
            on_click=lambda: _add(now, now.clicked("add")),
        )
        st.button(
            now.text("Duplicate"),
            icon=":material/content_copy:",
            key="duplicate",
            disabled=full,
            on_click=lambda: now.commit(now.scene.add(_copy(now.scene.curve))),
        )
        st.button(
            now.text("Remove"),
            icon=":material/delete:",
            key="remove",
            disabled=len(scene.curves) == 1,
            on_click=lambda: now.commit(now.scene.remove()),
        )


def edit(now: Session) -> None:
    """Everything about the selected curve."""
    curve = now.scene.curve
    st.subheader(controls.escaped(curve.name), anchor=False)
    _applied(now, curve)
    controls.fields(now, curve, curve.schedule.fields())
    title = now.text("Name, order, visibility")
    # What is folded away is not even made.
    folded = st.expander(title, icon=":material/tune:", key="arrange", on_change="rerun")
    if folded.open:
        with folded:
            _arrange(now, curve)


def _entry(now: Session, curve: Curve) -> str:
    name = controls.escaped(curve.name)
    if now.form(curve).problems:
        name = f":material/error: {name}"
    return name if curve.shown else f":material/visibility_off: {name}"


def _add(now: Session, name: str) -> None:
    schedule = next(each for each in SCHEDULES if each.__name__ == name)
    now.commit(now.scene.add(Curve(schedule.example(now.scene.timeline.steps))))


def _copy(curve: Curve) -> Curve:
    return replace(curve, label=clean_label(f"{curve.name} *"))


def _applied(now: Session, curve: Curve) -> None:
    texts = {"step": now.text("every step"), "epoch": now.text("every epoch")}
    key = now.show(f"per-{curve.color}", curve.per, lambda per: now.change(curve, per=per))
    st.segmented_control(
        now.text("Applied"),
        list(texts),
        key=key,
        format_func=texts.__getitem__,
        required=True,
        help=now.text(
            "Every step: the schedule object in the optimizer. Every epoch: the "
            "LearningRateScheduler callback, which counts epochs, so every length below does too."
        ),
    )


def _arrange(now: Session, curve: Curve) -> None:
    label, shown = f"label-{curve.color}", f"shown-{curve.color}"
    key = now.show(label, curve.label, lambda text: now.change(curve, label=clean_label(text)))
    st.text_input(
        now.text("Name"),
        key=key,
        max_chars=MOST_LABEL,
        placeholder=type(curve.schedule).__name__,
        autocomplete="off",
    )
    key = now.show(shown, curve.shown, lambda on: now.change(curve, shown=on))
    st.toggle(
        now.text("Shown in the chart"),
        key=key,
    )
    with st.container(horizontal=True, gap="small"):
        for by, text, icon in (
            (-1, now.text("Earlier"), ":material/arrow_back:"),
            (1, now.text("Later"), ":material/arrow_forward:"),
        ):
            at_end = now.scene.selected == (0 if by < 0 else len(now.scene.curves) - 1)
            st.button(text, icon=icon, key=f"move{by}", on_click=_move(now, by), disabled=at_end)


def _move(now: Session, by: int) -> Callable[[], None]:
    return lambda: now.commit(now.scene.move(by))
