"""The scene's curves: choose one, add, arrange, and shape the chosen one."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from lrviz.link import clean_label
from lrviz.scene import MOST_CURVES, MOST_LABEL, Curve, Scene
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
        wrap=True,
    )
    actions = _actions(now)
    with st.container(horizontal=True, gap="small"):
        st.menu_button(
            now.text("Add a curve"),
            [schedule.__name__ for schedule in SCHEDULES],
            icon=":material/add:",
            key="add",
            disabled=len(scene.curves) >= MOST_CURVES,
            on_click=lambda: _add(now, now.clicked("add")),
        )
        st.menu_button(
            now.text("Arrange"),
            list(actions),
            icon=":material/tune:",
            key="arrange",
            format_func=lambda name: actions[name][0],
            on_click=lambda: now.commit(actions[now.clicked("arrange")][1]()),
        )


def edit(now: Session) -> None:
    """Everything about the selected curve."""
    curve = now.scene.curve
    key = now.show(
        f"label-{curve.color}",
        curve.label,
        lambda text: now.change(curve, label=clean_label(text)),
    )
    st.text_input(
        now.text("Name"),
        key=key,
        max_chars=MOST_LABEL,
        placeholder=type(curve.schedule).__name__,
        autocomplete="off",
    )
    _applied(now, curve)
    controls.fields(now, curve, curve.schedule.fields())


def _actions(now: Session) -> dict[str, tuple[str, Callable[[], Scene]]]:
    """What can be done with the selected curve: its title, and the scene that it makes."""
    scene = now.scene
    curve, count = scene.curve, len(scene.curves)
    found: dict[str, tuple[str, Callable[[], Scene]]] = {}
    if count < MOST_CURVES:
        found["duplicate"] = (now.text("Duplicate"), lambda: now.scene.add(_copy(now.scene.curve)))
    found["toggle"] = (
        now.text("Hide") if curve.shown else now.text("Show"),
        lambda: now.scene.toggle(now.scene.curve.color),
    )
    if scene.selected > 0:
        found["earlier"] = (now.text("Move to the left"), lambda: now.scene.move(-1))
    if scene.selected < count - 1:
        found["later"] = (now.text("Move to the right"), lambda: now.scene.move(1))
    if count > 1:
        found["remove"] = (now.text("Remove"), lambda: now.scene.remove())
    return found


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
