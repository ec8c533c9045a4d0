"""A lesson on the page: the question, the chart it is answered on, the reveal, the free try."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from lrviz.figures import Note, Tally, lesson_figure, to_json
from lrviz.learn.lesson import Chart, Lesson, Round, SetParameter
from lrviz.learn.lessons import LESSONS
from lrviz.learn.reveal import revealed
from lrviz.locale import Language, translator
from lrviz.once import once
from lrviz.scene import Curve, Scene
from lrviz.scene.insights import description
from lrviz.ui.learn import answer, class_panel, membership, navigation
from lrviz.ui.learn.memory import memory_of
from lrviz.ui.session import Session
from lrviz.ui.widgets.bench import bench
from lrviz.ui.widgets.chart import plot
from lrviz.ui.widgets.lens import lens_data
from lrviz.ui.widgets.panel import follow
from lrviz.view import question
from lrviz.view.chart import Drawing, Marker
from lrviz.view.markdown import escaped
from lrviz.view.payload import Acts


def show(session: Session, lesson: Lesson) -> None:
    """Draw the lesson as far as it is."""
    at = session.page.study.at
    if at < len(lesson.rounds):
        _ask(session, lesson, lesson.rounds[at])
    else:
        _free(session, lesson)


def title(session: Session, lesson: Lesson) -> str:
    """The lesson's title, and where in it the page is."""
    at = session.page.study.at
    place = session.text("Free try")
    if at < len(lesson.rounds):
        place = session.text("Question {number} of {count}").format(
            number=at + 1, count=len(lesson.rounds)
        )
    number = LESSONS.index(lesson) + 1
    return f"**{number} · {escaped(session.text(lesson.title))}** — {place}"


def _ask(session: Session, lesson: Lesson, asked: Round) -> None:
    seen, answered, _ = bench("lesson")
    with seen:
        st.subheader(escaped(session.text(asked.question.text)), anchor=False)
        _chart(session, asked)
    with answered:
        if session.page.study.revealed:
            _revealed(session, lesson, asked)
        else:
            answer.ask(session, asked)
        class_panel.distribution(session, asked)


def _chart(session: Session, asked: Round) -> None:
    scene, tallies = _scene(session, asked), class_panel.tallies(session, asked)
    if not session.page.study.revealed:
        pending = navigation.pending(session, asked)
        marker = question.marker(asked, navigation.round_id(session), pending)
        draw(session, replace(asked.chart, scene=scene), (), marker, tallies)
        return
    chart, notes = revealed(asked, navigation.given(session, asked), session.translate)
    ends, around = class_panel.settings(session, asked)
    draw(session, chart, notes, tallies=[*tallies, *ends], around=around)


def draw(
    session: Session,
    chart: Chart,
    notes: Sequence[Note] = (),
    marker: Marker | None = None,
    tallies: Sequence[Tally] = (),
    *,
    around: Sequence[tuple[Curve, int]] = (),
    free: bool = False,
) -> None:
    """The chart of a lesson; ``free``: its sliders move it, and it has the player of Explore.

    ``around`` are the curves of a class's settings, and how many have each.
    """
    page = session.page
    scene = replace(chart.scene, scale=page.scene.scale)
    figure = _figure(
        replace(chart, scene=scene),
        tuple(notes),
        tuple(tallies),
        tuple(around),
        page.learner.projector,
        page.language,
    )
    words = () if chart.upto is not None else description(chart.scene)
    drawing = Drawing(
        figure,
        (*words, *(note.text for note in notes)),
        marker=marker,
        play=chart.measure is None and not free,
        live=follow(session, "free") if free else None,
        # What a lens would show of a covered curve is its answer.
        lens=lens_data(session, chart.scene, selectable=False) if chart.upto is None else None,
    )
    acts: Acts = {"set": lambda name, text: navigation.drag(session, name, text)}
    plot(session, "free" if free else "lesson", drawing, acts)


@once(most=64)
def _figure(
    chart: Chart,
    notes: tuple[Note, ...],
    tallies: tuple[Tally, ...],
    around: tuple[tuple[Curve, int], ...],
    large: bool,
    language: Language,
) -> str:
    """The chart as JSON, drawn once for all of a class who look at the same."""
    figure = lesson_figure(
        chart.scene,
        translator(language),
        upto=chart.upto,
        notes=notes,
        series=chart.series,
        measure=chart.measure,
        tallies=tallies,
        around=around,
        large=large,
    )
    return to_json(figure)


def _scene(session: Session, asked: Round) -> Scene:
    """The round's scene; where a parameter is the answer, with what was set."""
    if not isinstance(asked.question, SetParameter):
        return asked.chart.scene
    _fit(session, asked.chart.scene)
    return session.scene


def _fit(session: Session, wanted: Scene) -> None:
    """Lay out the curves of ``wanted`` if a link came with curves of another kind."""
    schedules = [type(curve.schedule) for curve in session.scene.curves]
    if schedules != [type(curve.schedule) for curve in wanted.curves]:
        session.load(replace(session.page, scene=wanted))


def _revealed(session: Session, lesson: Lesson, asked: Round) -> None:
    study, given = session.page.study, navigation.given(session, asked)
    judged = None if given is None else asked.question.answers.judge(given)
    if judged is not None and judged.right:
        why = escaped(session.text(judged.why))
        st.success(_bold(session.text("Right."), why), icon=":material/check_circle:")
    elif given is not None:
        answer.hint(session, asked, given)
    if judged is None or not judged.right:
        why = escaped(session.text(asked.question.answers.why))
        right = escaped(session.text(question.right_answer(asked)))
        st.markdown(_bold(session.text("The answer:"), right + why))
    if asked.quote:
        st.code(asked.quote, language=None, wrap_lines=True)
    st.info(escaped(session.text(asked.sentence)), icon=":material/school:")
    if membership.follows(session):
        return
    with st.container(horizontal=True):
        st.button(
            session.text("Next"),
            key="next",
            type="primary",
            icon=":material/arrow_forward:",
            on_click=lambda: navigation.enter(session, lesson, study.at + 1),
        )
        st.button(
            session.text("Try again"),
            key="again",
            icon=":material/replay:",
            on_click=lambda: navigation.enter(session, lesson, study.at),
        )


def _bold(first: str, rest: str) -> str:
    return f"**{escaped(first)}** {rest}"


def _free(session: Session, lesson: Lesson) -> None:
    seen, tried, _ = bench("lesson")
    _fit(session, lesson.free.scene)
    free = not lesson.views
    chart = replace(lesson.free, scene=session.scene)
    with tried:
        if lesson.views:
            names = [name for name, _ in lesson.views]
            memory = memory_of(session)
            chosen = memory.view

            def take(place: int) -> None:
                memory.view = place

            key = session.show("lesson-view", chosen, take)
            st.radio(
                session.text("Task"),
                range(len(names)),
                key=key,
                format_func=lambda place: session.text(names[place]),
            )
            chart = lesson.views[chosen][1]
        answer.offer(session, lesson.controls, chart="free" if free else "lesson")
    with seen:
        st.subheader(escaped(session.text(lesson.invitation)), anchor=False)
        draw(session, chart, free=free)
    with tried:
        if not membership.follows(session):
            _onward(session, lesson)


def _onward(session: Session, lesson: Lesson) -> None:
    place = LESSONS.index(lesson) + 1
    with st.container(horizontal=True):
        if place < len(LESSONS):
            st.button(
                session.text("Next lesson"),
                key="next-lesson",
                type="primary",
                icon=":material/arrow_forward:",
                on_click=lambda: navigation.enter(session, LESSONS[place], 0),
            )
        if not lesson.views:
            st.button(
                session.text("Open these curves in Explore"),
                key="to-explore",
                icon=":material/open_in_new:",
                on_click=lambda: _explore(session),
            )


def _explore(session: Session) -> None:
    scene = session.scene
    navigation.leave(session)
    session.set(scene=scene, tab="explore")
