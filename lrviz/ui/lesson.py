"""A lesson on the page: the question, the chart it is answered on, the reveal, the free try."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from lrviz.figures import Note, Tally, lesson_figure, to_json
from lrviz.insights import description
from lrviz.lessons import LESSONS, Chart, Choose, Lesson, Round, SetParameter
from lrviz.locale import translator
from lrviz.scene import Scene
from lrviz.study import NOT_BEGUN
from lrviz.ui import answer, classroom, controls, live, room, rounds
from lrviz.ui.once import once
from lrviz.ui.plot import Marker, plot
from lrviz.ui.state import Session


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


def _ask(now: Session, lesson: Lesson, asked: Round) -> None:
    st.subheader(controls.escaped(now.text(asked.question.text)), anchor=False)
    now.desk.chart = "lesson"
    left, right = st.columns([5, 3], gap="large")
    with left:
        _chart(now, asked)
    with right:
        if now.scene.study.shown:
            _revealed(now, lesson, asked)
        else:
            answer.ask(now, asked)
        classroom.distribution(now, asked)


def _chart(now: Session, asked: Round) -> None:
    study, question = now.scene.study, asked.question
    chart, notes, marker = asked.chart, list[Note](), None
    scene = _scene(now, asked)
    if study.shown:
        # What is drawn over the answer, and the answer itself.
        chart = replace(asked.revealed or chart, upto=None)
        notes = [*answer.answered(question, rounds.given(now, asked)), *asked.notes]
        if not isinstance(question, SetParameter):
            scene = chart.scene
    else:
        marker = answer.marker(now, asked)
    draw(now, replace(chart, scene=scene), notes, marker, classroom.tallies(now, asked))


def draw(
    now: Session,
    chart: Chart,
    notes: Sequence[Note] = (),
    marker: Marker | None = None,
    tallies: Sequence[Tally] = (),
) -> None:
    """The chart of a lesson."""
    scene = _view(chart.scene, now.scene)
    figure = _figure(
        replace(chart, scene=scene), tuple(notes), tuple(tallies), now.scene.study.projector
    )
    # In the free try the chart follows the slider, with the player that belongs to that.
    free = now.desk.chart == "free"
    words = [] if chart.upto is not None else list(description(chart.scene))
    plot(
        now,
        figure,
        key="free" if free else "lesson",
        description=[*words, *(note.text for note in notes)],
        marker=marker,
        on_marker=lambda value: rounds.move(now, value),
        play=chart.measure is None and not free,
        live=live.chart_data(now) if free else "",
    )


@once(most=64)
def _figure(chart: Chart, notes: tuple[Note, ...], tallies: tuple[Tally, ...], large: bool) -> str:
    """The chart as JSON, drawn once for all of a class who look at the same."""
    figure = lesson_figure(
        chart.scene,
        translator(chart.scene.language),
        upto=chart.upto,
        notes=notes,
        series=chart.series,
        measure=chart.measure,
        tallies=tallies,
        large=large,
    )
    return to_json(figure)


def _view(scene: Scene, now: Scene) -> Scene:
    return replace(
        scene, scale=now.scale, language=now.language, study=NOT_BEGUN, tab="learn", run=""
    )


def _scene(now: Session, asked: Round) -> Scene:
    """The round's scene; where a parameter is the answer, with what was set."""
    question = asked.question
    if not isinstance(question, SetParameter):
        return asked.chart.scene
    _fit(now, asked.chart.scene)
    return now.scene


def _fit(now: Session, wanted: Scene) -> None:
    """Lay out the curves of ``wanted`` if a link came with curves of another kind."""
    schedules = [type(curve.schedule) for curve in now.scene.curves]
    if schedules != [type(curve.schedule) for curve in wanted.curves]:
        now.load(wanted)


def _revealed(now: Session, lesson: Lesson, asked: Round) -> None:
    study, given = now.scene.study, rounds.given(now, asked)
    judged = None if given is None else asked.question.answers.judge(given)
    if judged is not None and judged.right:
        said = controls.escaped(now.text(judged.why))
        st.success(_bold(now.text("Right."), said), icon=":material/check_circle:")
    elif given is not None:
        answer.hint(now, asked, given)
    if judged is None or not judged.right:
        why = controls.escaped(now.text(asked.question.answers.why))
        st.markdown(_bold(now.text("The answer:"), _right(now, asked) + why))
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
            on_click=lambda: rounds.enter(now, lesson, study.at + 1),
        )
        st.button(
            now.text("Try again"),
            key="again",
            icon=":material/replay:",
            on_click=lambda: rounds.enter(now, lesson, study.at),
        )


def _bold(first: str, rest: str) -> str:
    return f"**{controls.escaped(first)}** {rest}"


def _right(now: Session, asked: Round) -> str:
    question = asked.question
    if isinstance(question, Choose):
        option = question.options[int(question.answers.right)]
        return f"“{controls.escaped(now.text(option))}” "
    return ""


def _free(now: Session, lesson: Lesson) -> None:
    st.subheader(controls.escaped(now.text(lesson.invitation)), anchor=False)
    left, right = st.columns([5, 3], gap="large")
    _fit(now, lesson.free.scene)
    now.desk.chart = "lesson" if lesson.views else "free"
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
        answer.offer(now, lesson.controls)
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
                on_click=lambda: rounds.enter(now, LESSONS[place], 0),
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
    rounds.leave(now)
    now.load(scene)
    now.set(tab="explore")
