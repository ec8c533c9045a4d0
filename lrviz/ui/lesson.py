"""A lesson on the page: the question, the chart it is answered on, the reveal, the free try."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from lrviz.figures import Note, Tally, lesson_figure
from lrviz.insights import description
from lrviz.lessons import (
    LESSONS,
    Chart,
    Choose,
    Lesson,
    MarkStep,
    PredictRate,
    Round,
    SetParameter,
    field_of,
    value_of,
)
from lrviz.scene import Scene
from lrviz.text import Sentence
from lrviz.timeline import Timeline
from lrviz.ui import controls, room
from lrviz.ui.plot import Marker, plot
from lrviz.ui.state import Session

BY_ID = {lesson.id: lesson for lesson in LESSONS}


def enter(now: Session, lesson: Lesson, at: int) -> None:
    """Go to a round of ``lesson``; past the last one is the free try."""
    at = min(max(at, 0), len(lesson.rounds))
    study = now.scene.study
    if not study.lesson:
        now.desk.kept = now.scene
    done = study.done
    if at == len(lesson.rounds) and lesson.id not in done:
        done = (*done, lesson.id)
    chart = lesson.rounds[at].chart if at < len(lesson.rounds) else lesson.free
    study = replace(study, lesson=lesson.id, at=at, answer=None, shown=False, done=done)
    now.desk.pending.clear()
    now.lay(chart.scene, study)


def leave(now: Session) -> None:
    """Close the lesson, and put back what was on the page before it."""
    study = replace(now.scene.study, lesson="", at=0, answer=None, shown=False, projector=False)
    now.lay(now.desk.kept or now.scene, replace(study, title="", words="", hidden=()))
    now.desk.kept = None


def show(now: Session, lesson: Lesson) -> None:
    """Draw the lesson as far as it is."""
    at = min(now.scene.study.at, len(lesson.rounds))
    number = LESSONS.index(lesson) + 1
    place = now.text("Free try")
    if at < len(lesson.rounds):
        place = now.text("Question {number} of {count}").format(
            number=at + 1, count=len(lesson.rounds)
        )
    st.markdown(f"**{number} · {controls.escaped(now.text(lesson.title))}** — {place}")
    if at < len(lesson.rounds):
        _ask(now, lesson, lesson.rounds[at])
    else:
        _free(now, lesson)


def press(now: Session, what: str) -> None:
    """Do what a key of the projector view stands for."""
    lesson = BY_ID.get(now.scene.study.lesson)
    at = now.scene.study.at
    if what == "leave":
        now.study(projector=False)
    elif lesson is not None and what == "reveal" and at < len(lesson.rounds):
        now.study(shown=True)
    elif lesson is not None and what in ("next", "back"):
        enter(now, lesson, at + (1 if what == "next" else -1))


def round_id(now: Session) -> str:
    """The name of the open question; empty where none is."""
    study = now.scene.study
    lesson = BY_ID.get(study.lesson)
    return f"{study.lesson}-{study.at}" if lesson and study.at < len(lesson.rounds) else ""


def _ask(now: Session, lesson: Lesson, asked: Round) -> None:
    st.markdown(f"#### {controls.escaped(now.text(asked.question.text))}")
    left, right = st.columns([5, 3], gap="large")
    with left:
        _chart(now, asked)
    with right:
        if now.scene.study.shown:
            _revealed(now, lesson, asked)
        else:
            _answer(now, asked)


def _chart(now: Session, asked: Round) -> None:
    study, question = now.scene.study, asked.question
    chart, notes, marker = asked.chart, list[Note](), None
    scene = _scene(now, asked)
    if study.shown:
        # What is drawn over the answer, and the answer itself.
        chart = replace(asked.revealed or chart, upto=None)
        notes = [*_answered(question, study.answer), *asked.notes]
        if not isinstance(question, SetParameter):
            scene = chart.scene
    else:
        marker = _marker(now, asked)
    draw(now, replace(chart, scene=scene), notes, marker, room.tallies(now, question))


def draw(
    now: Session,
    chart: Chart,
    notes: Sequence[Note] = (),
    marker: Marker | None = None,
    tallies: Sequence[Tally] = (),
) -> None:
    """The chart of a lesson."""
    figure = lesson_figure(
        _view(chart.scene, now.scene),
        now.text,
        upto=chart.upto,
        notes=notes,
        series=chart.series,
        measure=chart.measure,
        tallies=tallies,
        large=now.scene.study.projector,
    )
    words = [] if chart.upto is not None else list(description(chart.scene))
    plot(
        now,
        figure,
        key="lesson",
        description=[*words, *(note.text for note in notes)],
        marker=marker,
        on_marker=lambda value: _move(now, value),
        play=chart.measure is None,
    )


def _view(scene: Scene, now: Scene) -> Scene:
    return replace(scene, scale=now.scale, language=now.language)


def _scene(now: Session, asked: Round) -> Scene:
    """The round's scene; where a parameter is the answer, with what was set."""
    question = asked.question
    if not isinstance(question, SetParameter):
        return asked.chart.scene
    wanted = asked.chart.scene
    schedules = [type(curve.schedule) for curve in now.scene.curves]
    if schedules != [type(curve.schedule) for curve in wanted.curves]:
        # A link whose curves are not this round's.
        now.lay(wanted, now.scene.study)
    return now.scene


def _move(now: Session, value: float) -> None:
    now.desk.pending[round_id(now)] = value


def _marker(now: Session, asked: Round) -> Marker | None:
    question, name = asked.question, round_id(now)
    pending = now.desk.pending.get(name)
    if isinstance(question, MarkStep):
        high = asked.chart.scene.timeline.last_step
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


def _key_step(high: float, *, whole: bool) -> float:
    """A hundredth of the axis or less, as a number that people count in."""
    wanted = high / 80
    power = 10.0 ** float(f"{wanted:e}".split("e")[1])
    step: float = max(each * power for each in (1, 2, 5) if each * power <= wanted * 1.0001)
    return max(round(step), 1) if whole else step


def _answered(question: object, answer: float | None) -> list[Note]:
    if answer is None:
        return []
    if isinstance(question, MarkStep):
        return [Note(Sentence("You: step {step}", {"step": int(answer)}), answer, None, "answer")]
    if isinstance(question, PredictRate):
        return [
            Note(Sentence("You: {rate}", {"rate": float(f"{answer:.3g}")}), None, answer, "answer")
        ]
    return []


def _answer(now: Session, asked: Round) -> None:
    question, name = asked.question, round_id(now)
    pending = now.desk.pending.get(name)
    if isinstance(question, Choose):

        def _take(chosen: int) -> None:
            _move(now, float(chosen))

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
    st.button(
        now.text("Send answer") if waits else now.text("Check"),
        key=f"check-{name}",
        type="primary",
        icon=":material/send:" if waits else ":material/check:",
        disabled=pending is None,
        on_click=lambda: _check(now, asked),
    )
    if waits:
        room.sent(now, name)
    else:
        st.button(
            now.text("Show me"),
            key=f"reveal-{name}",
            type="tertiary",
            on_click=lambda: now.study(shown=True),
        )


def _check(now: Session, asked: Round) -> None:
    question, name = asked.question, round_id(now)
    if isinstance(question, SetParameter):
        value: float | None = value_of(now.scene, question.field)
    else:
        value = now.desk.pending.get(name)
    if value is None:
        return
    if room.waits(now):
        room.send(now, name, value)
    else:
        now.study(answer=value, shown=True)


def _revealed(now: Session, lesson: Lesson, asked: Round) -> None:
    study = now.scene.study
    if study.answer is not None:
        judged = asked.question.answers.judge(study.answer)
        said = controls.escaped(now.text(judged.why))
        if judged.right:
            st.success(f"**{now.text('Right.')}** {said}", icon=":material/check_circle:")
        else:
            st.warning(f"**{now.text('Not quite.')}** {said}", icon=":material/lightbulb:")
    if study.answer is None or not asked.question.answers.judge(study.answer).right:
        why = controls.escaped(now.text(asked.question.answers.why))
        st.markdown(f"**{now.text('The answer')}:** {_right(now, asked)}{why}")
    if asked.quote:
        st.code(asked.quote, language=None, wrap_lines=True)
    st.info(controls.escaped(now.text(asked.sentence)), icon=":material/school:")
    if room.follows(now):
        return
    with st.container(horizontal=True):
        st.button(
            now.text("Next"),
            key="next",
            type="primary",
            icon=":material/arrow_forward:",
            on_click=lambda: enter(now, lesson, study.at + 1),
        )
        st.button(
            now.text("Try again"),
            key="again",
            icon=":material/replay:",
            on_click=lambda: enter(now, lesson, study.at),
        )


def _right(now: Session, asked: Round) -> str:
    question = asked.question
    if isinstance(question, Choose):
        option = question.options[int(question.answers.right)]
        return f"“{controls.escaped(now.text(option))}” "
    return ""


def _free(now: Session, lesson: Lesson) -> None:
    st.markdown(f"#### {controls.escaped(now.text(lesson.invitation))}")
    left, right = st.columns([5, 3], gap="large")
    chart = replace(lesson.free, scene=now.scene)
    with right:
        if lesson.views:
            names = [name for name, _ in lesson.views]
            chosen = now.desk.pending.get("view", 0.0)

            def take(place: int) -> None:
                now.desk.pending["view"] = float(place)

            key = now.show("lesson-view", int(chosen), take)
            st.radio(
                now.text("Task"),
                range(len(names)),
                key=key,
                format_func=lambda place: now.text(names[place]),
            )
            chart = lesson.views[int(chosen)][1]
        offer(now, lesson.controls)
    with left:
        draw(now, chart)
    with right:
        if not room.follows(now):
            _onward(now, lesson)


def _onward(now: Session, lesson: Lesson) -> None:
    place = LESSONS.index(lesson) + 1
    with st.container(horizontal=True):
        if place < len(LESSONS):
            st.button(
                now.text("Next lesson"),
                key="next-lesson",
                type="primary",
                icon=":material/arrow_forward:",
                on_click=lambda: enter(now, LESSONS[place], 0),
            )
        if not lesson.views:
            st.button(
                now.text("Open these curves in Explore"),
                key="to-explore",
                icon=":material/open_in_new:",
                on_click=lambda: _explore(now),
            )


def _explore(now: Session) -> None:
    scene = now.scene
    leave(now)
    now.lay(scene, now.scene.study)
    now.set(tab="explore")


def offer(now: Session, names: Sequence[str]) -> None:
    """The controls of those names, of the run and of the selected curve; no others."""
    scene = now.scene
    run = {field.name for field in Timeline.fields()}
    for name in names:
        field = field_of(scene, name)
        if field is not None:
            controls.fields(now, scene.timeline if name in run else scene.curve, [field])
