"""How a question is answered: by the marker, a control, or a choice."""

from collections.abc import Sequence

import streamlit as st

from lrviz.figures import Note
from lrviz.lessons import (
    Choose,
    MarkStep,
    PredictRate,
    Question,
    Round,
    SetParameter,
    field_of,
    value_of,
)
from lrviz.scene import Curve, Scene
from lrviz.text import Sentence
from lrviz.timeline import Timeline
from lrviz.ui import controls, room, rounds
from lrviz.ui.focus import focus
from lrviz.ui.plot import Marker
from lrviz.ui.state import Session


def marker(now: Session, asked: Round) -> Marker | None:
    """The marker that the question is answered with, if it is."""
    question, name = asked.question, rounds.round_id(now)
    pending = rounds.pending(now, asked)
    if isinstance(question, MarkStep):
        high = asked.chart.scene.timeline.steps
        return Marker(
            id=name,
            axis="x",
            value=float(pending or 0),
            low=0,
            high=high,
            step=_key_step(high, whole=True),
            whole=True,
            label=now.text("Your answer: a step"),
            text=now.text("step {number}").replace("{number}", "{value}"),
        )
    if isinstance(question, PredictRate):
        step = _key_step(question.highest, whole=False)
        middle = round(question.highest * 0.6 / step) * step
        return Marker(
            id=name,
            axis="y",
            value=middle if pending is None else pending,
            low=0,
            high=question.highest,
            step=step,
            whole=False,
            label=now.text("Your answer: a learning rate"),
            text=now.text("rate {number}").replace("{number}", "{value}"),
        )
    return None


def answered(question: Question, answer: float | None) -> list[Note]:
    """What was answered, as it is drawn under the reveal."""
    if answer is None:
        return []
    if isinstance(question, MarkStep):
        return [Note(Sentence("You: step {step}", {"step": int(answer)}), answer, None, "answer")]
    if isinstance(question, PredictRate):
        return [
            Note(Sentence("You: {rate}", {"rate": float(f"{answer:.3g}")}), None, answer, "answer")
        ]
    return []


def ask(now: Session, asked: Round) -> None:
    """The controls of the question, and the button that gives the answer."""
    question, name = asked.question, rounds.round_id(now)
    pending = rounds.pending(now, asked)
    if isinstance(question, Choose):

        def _take(chosen: int) -> None:
            rounds.move(now, float(chosen))

        options = [controls.escaped(now.text(option)) for option in question.options]
        key = now.show(f"choice-{name}", None if pending is None else int(pending), _take)
        st.radio(
            now.text("Your answer"),
            range(len(options)),
            index=None,
            key=key,
            format_func=options.__getitem__,
        )
    elif isinstance(question, SetParameter):
        offer(now, (question.field,))
        pending = value_of(now.scene, question.field)
    elif pending is None:
        st.markdown(
            now.text(
                "Drag the marker in the chart, or move it with the arrow keys (Page Up and Page "
                "Down: ten times as far)."
            )
        )
    else:
        place = "step {number}" if isinstance(question, MarkStep) else "rate {number}"
        shown = f"{pending:,.0f}" if isinstance(question, MarkStep) else f"{pending:.3g}"
        st.markdown(now.text("Your answer") + ": **" + now.text(place).format(number=shown) + "**")
    waits = room.waits(now)
    tried = None if waits else rounds.given(now, asked)
    if tried is not None:
        hint(now, asked, tried)
    st.button(
        now.text("Send answer") if waits else now.text("Check"),
        key=f"check-{name}",
        type="primary",
        icon=":material/send:" if waits else ":material/check:",
        # The same wrong answer is no second try.
        disabled=pending is None or pending == tried,
        on_click=lambda: _check(now, asked),
    )
    focus(now)
    if waits:
        _sent(now, name)
    else:
        st.button(
            now.text("Show me"),
            key=f"reveal-{name}",
            type="tertiary",
            on_click=lambda: now.study(shown=True),
        )


def hint(now: Session, asked: Round, answer: float) -> None:
    """What a wrong answer has mixed up."""
    why = controls.escaped(now.text(asked.question.answers.judge(answer).why))
    verdict = controls.escaped(now.text("Not quite."))
    told = f"**{verdict}** {why}"
    if not now.scene.study.shown:
        told += "  \n" + controls.escaped(now.text("Try once more."))
    st.warning(told, icon=":material/lightbulb:")


def offer(now: Session, names: Sequence[str]) -> None:
    """The controls of those names, of the run and of the selected curve; no others."""
    for name in names:
        field = field_of(now.scene, name)
        if field is not None:
            controls.fields(now, _owner(now.scene, name), [field])


def _owner(scene: Scene, name: str) -> Timeline | Curve:
    """What has the field that :func:`field_of` finds."""
    own = {field.name for field in scene.curve.schedule.fields()}
    return scene.curve if name in own else scene.timeline


def _key_step(high: float, *, whole: bool) -> float:
    """A hundredth of the axis or less, as a number that people count in."""
    wanted = high / 80
    power = 10.0 ** float(f"{wanted:e}".split("e")[1])
    step: float = max(each * power for each in (1, 2, 5) if each * power <= wanted * 1.0001)
    return max(round(step), 1) if whole else step


def _check(now: Session, asked: Round) -> None:
    question = asked.question
    # What has just been typed is taken before the button acts.
    now.take()
    if isinstance(question, SetParameter):
        if now.refuses(_owner(now.scene, question.field), [question.field]):
            return
        value = asked.legal(value_of(now.scene, question.field))
    else:
        value = rounds.pending(now, asked)
    if value is None:
        return
    if room.waits(now):
        room.send(now, rounds.round_id(now), value)
        return
    # A wrong answer gets its hint first, and a second try.
    second = rounds.given(now, asked) is not None
    now.study(answer=value, shown=second or question.answers.judge(value).right)


def _sent(now: Session, name: str) -> None:
    if now.desk.sent == name:
        st.caption(now.text("Sent. You may change it until your teacher reveals the answer."))
    else:
        st.caption(now.text("Your answer goes to your teacher, without your name."))
