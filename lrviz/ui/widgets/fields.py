"""A control for any declared field: what it is comes from its declaration, never from here."""

from collections.abc import Sequence
from contextlib import suppress

import streamlit as st

from lrviz.declared import Field, Value
from lrviz.scene import Curve
from lrviz.ui.session import Session, Target, exact_name, form_name, subject
from lrviz.ui.widgets.markdown import escaped
from lrviz.ui.widgets.slider import slider


def fields(session: Session, target: Target, declared: Sequence[Field]) -> None:
    """A control for each field of ``target``, with its problem beneath it."""
    # One container for all (slider.css lays them out): each more is sent again at every change.
    with st.container(
        key=f"fields-{form_name(target)}-{declared[0].name}",
        horizontal=True,
        vertical_alignment="bottom",
        gap="small",
    ):
        for each in declared:
            _control(session, target, each)
            problem(session, target, each.name)


def problem(session: Session, target: Target, name: str) -> None:
    """The sentence about a field, if what was typed into it was refused."""
    sentence = session.form(target).problems.get(name)
    if sentence is not None:
        text = session.text(sentence)
        shown = escaped(text + " " + session.text("The last valid value is still in use."))
        st.markdown(f":red[:material/error: {shown}]")


def exact(session: Session, target: Target, declared: Field) -> None:
    """A field that takes a number as it is typed: 1e-3, 1e7, 0.1."""
    name = exact_name(target, declared)
    value = getattr(subject(target), declared.name)
    draft = session.form(target).drafts.get(declared.name)
    text = _as_typed(session, name, declared, value) if draft is None else draft
    key = session.show(name, text, lambda typed: session.type(target, declared, typed))
    st.text_input(
        declared.name,
        key=key,
        max_chars=2000 if declared.many else 40,
        help=_help(session, declared),
        placeholder=session.text("none") if declared.optional else None,
        autocomplete="off",
    )


def _control(session: Session, target: Target, declared: Field) -> None:
    value = getattr(subject(target), declared.name)
    if declared.kind == "bool":
        _toggle(session, target, declared, on=value)
    elif declared.parameter.slider is None or not isinstance(target, Curve):
        exact(session, target, declared)
    else:
        if declared.optional:
            _toggle(session, target, declared, on=value is not None)
            if value is None:
                return
        exact(session, target, declared)
        slider(session, target, declared, value)


def _as_typed(session: Session, name: str, declared: Field, value: Value) -> str:
    """The text of ``value``: what was typed, as long as it means that, else the shortest one."""
    known = session.inputs.get(name)
    if known is not None and isinstance(known.seen, str):
        with suppress(ValueError):
            if declared.parse(known.seen) == value:
                return known.seen
    return "" if value is None else declared.text(value)


def _toggle(session: Session, target: Target, declared: Field, *, on: bool) -> None:

    def take(chosen: bool) -> None:
        if declared.optional:
            session.put(target, declared, declared.parameter.start if chosen else None)
        else:
            session.put(target, declared, chosen)

    key = session.show(f"{form_name(target)}-{declared.name}-on", on, take)
    st.toggle(declared.name, key=key, help=_help(session, declared))


def _help(session: Session, declared: Field) -> str:
    parameter = declared.parameter
    parts = [session.text(parameter.help)]
    if parameter.unit:
        parts.append(session.text("Unit: {unit}.").format(unit=session.text(parameter.unit)))
    if declared.kind != "bool":
        low = parameter.at_least if parameter.at_least > parameter.above else parameter.above
        kind = session.text("Legal: at least {low}, at most {high}.")
        if low == parameter.above:
            kind = session.text("Legal: above {low}, at most {high}.")
        parts.append(kind.format(low=f"{low:g}", high=f"{parameter.at_most:g}"))
    return " ".join(parts)
