"""The scene's curves: choose one, add, arrange, and shape the chosen one."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from lrviz.scene import MOST_CURVES, MOST_LABEL, Curve, Scene, clean_label
from lrviz.schedules import SCHEDULES
from lrviz.ui.session import Session
from lrviz.ui.subject import schedule_of
from lrviz.ui.widgets.fields import fields
from lrviz.ui.widgets.markdown import escaped


def choose(session: Session) -> None:
    """The list of curves, and the ways to add one."""
    scene = session.scene
    by_color = {curve.color: place for place, curve in enumerate(scene.curves)}
    key = session.show(
        "selected", scene.curve.color, lambda color: session.look(selected=by_color[color])
    )
    st.pills(
        session.text("Curves"),
        list(by_color),
        key=key,
        format_func=lambda color: _entry(session, scene.curves[by_color[color]]),
        required=True,
        wrap=True,
    )
    actions = _actions(session)
    with st.container(horizontal=True, gap="small"):
        st.menu_button(
            session.text("Add a curve"),
            [schedule.__name__ for schedule in SCHEDULES],
            icon=":material/add:",
            key="add",
            disabled=len(scene.curves) >= MOST_CURVES,
            on_click=lambda: _add(session, session.clicked("add")),
        )
        st.menu_button(
            session.text("Arrange"),
            list(actions),
            icon=":material/tune:",
            key="arrange",
            format_func=lambda name: actions[name][0],
            on_click=lambda: session.set(scene=actions[session.clicked("arrange")][1]()),
        )


def edit(session: Session) -> None:
    """Everything about the selected curve."""
    curve = session.scene.curve
    key = session.show(
        f"label-{curve.color}",
        curve.label,
        lambda text: _change(session, curve, label=text),
    )
    st.text_input(
        session.text("Name"),
        key=key,
        max_chars=MOST_LABEL,
        placeholder=type(curve.schedule).__name__,
        autocomplete="off",
    )
    _applied(session, curve)
    fields(session, schedule_of(curve), curve.schedule.fields(), chart="curves")


def _actions(session: Session) -> dict[str, tuple[str, Callable[[], Scene]]]:
    """What can be done with the selected curve: its title, and the scene that it makes."""
    scene = session.scene
    curve, count = scene.curve, len(scene.curves)
    found: dict[str, tuple[str, Callable[[], Scene]]] = {}
    if count < MOST_CURVES:
        found["duplicate"] = (
            session.text("Duplicate"),
            lambda: session.scene.add(_copy(session.scene.curve)),
        )
    found["toggle"] = (
        session.text("Hide") if curve.shown else session.text("Show"),
        lambda: session.scene.toggle(session.scene.curve.color),
    )
    if scene.selected > 0:
        found["earlier"] = (session.text("Move to the left"), lambda: session.scene.move(-1))
    if scene.selected < count - 1:
        found["later"] = (session.text("Move to the right"), lambda: session.scene.move(1))
    if count > 1:
        found["remove"] = (session.text("Remove"), lambda: session.scene.remove())
    return found


def _entry(session: Session, curve: Curve) -> str:
    name = escaped(curve.name)
    if session.form(schedule_of(curve)).problems:
        name = f":material/error: {name}"
    return name if curve.shown else f":material/visibility_off: {name}"


def _add(session: Session, name: str) -> None:
    schedule = next(each for each in SCHEDULES if each.__name__ == name)
    scene = session.scene
    session.set(scene=scene.add(Curve(schedule.example(scene.timeline.steps))))


def _change(session: Session, curve: Curve, **changes: str) -> None:
    """Change the curve that has the colour of ``curve``, if it is still there."""
    if "label" in changes:
        changes["label"] = clean_label(changes["label"])
    session.set(scene=session.scene.with_curve(curve.color, **changes))


def _copy(curve: Curve) -> Curve:
    return replace(curve, label=clean_label(f"{curve.name} *"))


def _applied(session: Session, curve: Curve) -> None:
    texts = {"step": session.text("every step"), "epoch": session.text("every epoch")}
    key = session.show(
        f"per-{curve.color}", curve.per, lambda per: _change(session, curve, per=per)
    )
    st.segmented_control(
        session.text("Applied"),
        list(texts),
        key=key,
        format_func=texts.__getitem__,
        required=True,
        help=session.text(
            "Every step: the schedule object in the optimizer. Every epoch: the "
            "LearningRateScheduler callback, which counts epochs, so every length below does too."
        ),
    )
