"""A control for any declared field: what it is comes from its declaration, never from here."""

from collections.abc import Sequence
from contextlib import suppress

import streamlit as st

from lrviz.declared import Field, Value
from lrviz.ui.session import Session
from lrviz.ui.subject import Subject
from lrviz.ui.widgets.markdown import escaped
from lrviz.ui.widgets.slider import slider


def fields(
    session: Session, subject: Subject, declared: Sequence[Field], *, chart: str = ""
) -> None:
    """A control for each field of ``subject``, with its problem beneath it.

    Those that have one get a slider, which the chart of the name ``chart`` follows; without a chart
    there are none.
    """
    # One container for all (slider.css lays them out): each more is sent again at every change.
    with st.container(
        key=f"fields-{subject.name}-{declared[0].path}",
        horizontal=True,
        vertical_alignment="bottom",
        gap="small",
    ):
        for each in declared:
            _control(session, subject, each, chart)
            _problem(session, subject, each.path)


def _problem(session: Session, subject: Subject, path: str) -> None:
    """The sentence about a field, if what was typed into it was refused."""
    sentence = session.form(subject).problems.get(path)
    if sentence is not None:
        text = session.text(sentence)
        told = escaped(text + " " + session.text("The last valid value is still in use."))
        st.markdown(f":red[:material/error: {told}]")


def _control(session: Session, subject: Subject, declared: Field, chart: str) -> None:
    made = subject.read(session.page)
    if made is None:
        return
    value = made.value(declared.path)
    if declared.kind == "bool":
        _toggle(session, subject, declared, on=value)
    elif declared.parameter.slider is None or not chart:
        _exact(session, subject, declared, value)
    else:
        if declared.optional:
            _toggle(session, subject, declared, on=value is not None)
            if value is None:
                return
        _exact(session, subject, declared, value)
        slider(session, subject, declared, value, chart)


def _exact(session: Session, subject: Subject, declared: Field, value: Value) -> None:
    """A field that takes a number as it is typed: 1e-3, 1e7, 0.1."""
    name = subject.exact(declared)
    draft = session.form(subject).drafts.get(declared.path)
    text = _as_typed(session, name, declared, value) if draft is None else draft
    key = session.show(name, text, lambda typed: session.type(subject, declared.path, typed))
    st.text_input(
        declared.path,
        key=key,
        max_chars=2000 if declared.many else 40,
        help=_help(session, declared),
        placeholder=session.text("none") if declared.optional else None,
        autocomplete="off",
    )


def _as_typed(session: Session, name: str, declared: Field, value: Value) -> str:
    """The text of ``value``: what was typed, as long as it means that, else the shortest one."""
    known = session.inputs.get(name)
    if known is not None and isinstance(known.seen, str):
        with suppress(ValueError):
            if declared.parse(known.seen) == value:
                return known.seen
    return "" if value is None else declared.text(value)


def _toggle(session: Session, subject: Subject, declared: Field, *, on: bool) -> None:

    def take(chosen: bool) -> None:
        if declared.optional:
            session.put(subject, declared, declared.parameter.start if chosen else None)
        else:
            session.put(subject, declared, chosen)

    key = session.show(f"{subject.name}-{declared.path}-on", on, take)
    st.toggle(declared.path, key=key, help=_help(session, declared))


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
