"""How a question is answered: by the marker, a control, or a choice."""

from collections.abc import Sequence

import streamlit as st

from lrviz.learn.lesson import Choose, Question, Round, SetParameter, value_of
from lrviz.ui.learn import membership, navigation
from lrviz.ui.learn.memory import memory_of
from lrviz.ui.learn.sending import sending
from lrviz.ui.session import Session
from lrviz.ui.widgets.panel import panel
from lrviz.view.markdown import escaped
from lrviz.view.question import marked, offered_rows, subject_of


def ask(session: Session, asked: Round) -> None:
    """The controls of the question, and the button that gives the answer."""
    name = navigation.round_id(session)
    pending = _take_answer(session, asked)
    if membership.waits(session):
        _to_the_teacher(session, asked.question, pending)
        return
    tried = navigation.given(session, asked)
    if tried is not None:
        hint(session, asked, tried)
    st.button(
        session.text("Check"),
        key=f"check-{name}",
        type="primary",
        icon=":material/check:",
        # The same wrong answer is no second try.
        disabled=pending is None or pending == tried,
        on_click=lambda: _check(session, asked),
    )
    st.button(
        session.text("Show me"),
        key=f"reveal-{name}",
        type="tertiary",
        on_click=lambda: navigation.reveal(session),
    )


def _to_the_teacher(session: Session, question: Question, pending: float | None) -> None:
    field = question.field if isinstance(question, SetParameter) else ""
    refused = field in session.typed.refused(subject_of(session.scene, field))
    sending(
        session,
        session.page.learner.room,
        memory_of(session).member,
        navigation.round_id(session),
        field=field,
        value=None if refused else pending,
        seen=memory_of(session).seen,
    )


def _take_answer(session: Session, asked: Round) -> float | None:
    """What the answer is given with, where that is not the marker; the answer as it stands."""
    question, pending = asked.question, navigation.pending(session, asked)
    if isinstance(question, SetParameter):
        offer(session, (question.field,), chart="lesson", asked=question.stops)
        return value_of(session.scene, question.field)
    if isinstance(question, Choose):
        _choice(session, question, pending)
    elif pending is None:
        st.markdown(
            session.text(
                "Drag the marker in the chart, or move it with the arrow keys (with Shift: ten "
                "times as far)."
            )
        )
    else:
        value = session.text(marked(asked, pending))
        st.markdown(f"{session.text('Your answer')}: **{value}**")
    return pending


def _choice(session: Session, question: Choose, pending: float | None) -> None:
    options = [escaped(session.text(option)) for option in question.options]
    key = session.show(
        f"choice-{navigation.round_id(session)}",
        None if pending is None else int(pending),
        lambda chosen: navigation.move(session, float(chosen)),
    )
    st.radio(
        session.text("Your answer"),
        range(len(options)),
        index=None,
        key=key,
        format_func=options.__getitem__,
    )


def hint(session: Session, asked: Round, answer: float) -> None:
    """What a wrong answer has mixed up."""
    why = escaped(session.text(asked.question.answers.judge(answer).why))
    verdict = escaped(session.text("Not quite."))
    text = f"**{verdict}** {why}"
    if not session.page.study.revealed:
        text += "  \n" + escaped(session.text("Try once more."))
    st.warning(text, icon=":material/lightbulb:")


def offer(
    session: Session, names: Sequence[str], *, chart: str, asked: tuple[float, ...] = ()
) -> None:
    """The controls of those names, whose sliders ``chart`` follows, if it knows their fans.

    One that answers a question has a slider with the stops ``asked``.
    """
    rows = offered_rows(session.scene, names, asked)
    if rows:
        panel(session, rows, chart=chart)


def _check(session: Session, asked: Round) -> None:
    question = asked.question
    # What has just been typed is taken before the button acts.
    session.take()
    if isinstance(question, SetParameter):
        subject = subject_of(session.scene, question.field)
        if session.typed.refuses(session.page, subject, [question.field]):
            return
        value = asked.legal(value_of(session.scene, question.field))
    else:
        value = navigation.pending(session, asked)
    if value is None:
        return
    # A wrong answer gets its hint first, and a second try.
    second = navigation.given(session, asked) is not None
    session.learner(answer=value)
    if second or question.answers.judge(value).right:
        navigation.reveal(session)
