"""Where in a lesson the page is, and how it goes on."""

from contextlib import suppress
from dataclasses import replace

from lrviz.learn.lesson import Lesson, Round
from lrviz.learn.lessons import LESSONS
from lrviz.learn.study import Learner, Study
from lrviz.ui.learn.memory import memory_of
from lrviz.ui.session import Session

BY_ID = {lesson.id: lesson for lesson in LESSONS}


def enter(session: Session, lesson: Lesson, at: int) -> None:
    """Go to a round of ``lesson``; past the last one is the free try."""
    at = min(max(at, 0), len(lesson.rounds))
    page, memory = session.page, memory_of(session)
    if not page.study.lesson:
        memory.kept = page.scene
    study = Study(lesson.id, at)
    chart = lesson.rounds[at].chart if at < len(lesson.rounds) else lesson.free
    memory.pending.clear()
    memory.view = 0
    session.load(
        replace(
            page,
            scene=chart.scene,
            study=study,
            learner=replace(gone_through(page.learner, study), answer=None),
        )
    )


def reveal(session: Session) -> None:
    """Reveal the answer to the open question."""
    session.study(revealed=True)
    session.set(learner=gone_through(session.page.learner, session.page.study))


def gone_through(learner: Learner, study: Study) -> Learner:
    """The learner, by whom a lesson is done whose last answer is revealed, alone or in a class."""
    lesson = BY_ID.get(study.lesson)
    if lesson is None or study.at + study.revealed < len(lesson.rounds):
        return learner
    return (
        learner if lesson.id in learner.done else replace(learner, done=(*learner.done, lesson.id))
    )


def leave(session: Session) -> None:
    """Close the lesson, and put back what was on the page before it."""
    page, memory = session.page, memory_of(session)
    scene, memory.kept = memory.kept or page.scene, None
    learner = replace(page.learner, answer=None, projector=False)
    session.load(replace(page, scene=scene, study=Study(), learner=learner))


def press(session: Session, what: str) -> None:
    """Do what a key of the projector view stands for."""
    lesson = BY_ID.get(session.page.study.lesson)
    at = session.page.study.at
    if what == "leave":
        session.learner(projector=False)
    elif lesson is not None and what == "reveal" and at < len(lesson.rounds):
        reveal(session)
    elif lesson is not None and what in ("next", "back"):
        enter(session, lesson, at + (1 if what == "next" else -1))


def question_id(study: Study) -> str:
    """The name of the open question; empty where none is."""
    return f"{study.lesson}-{study.at}" if _open(study) else ""


def round_id(session: Session) -> str:
    """The name of the question that is open here."""
    return question_id(session.page.study)


def move(session: Session, value: object) -> None:
    """Keep an answer that is not given yet, if it can be one: a browser may send anything."""
    asked = _open(session.page.study)
    legal = asked.legal(value) if asked else None
    if legal is not None:
        memory_of(session).pending[round_id(session)] = legal


def drag(session: Session, name: str, text: str) -> None:
    """Keep an answer that the marker of that question was moved to; it may come too late."""
    if name == round_id(session):
        with suppress(ValueError):
            move(session, float(text))


def given(session: Session, asked: Round) -> float | None:
    """The answer that was given to the open question, if the link's is one."""
    return asked.legal(session.page.learner.answer)


def pending(session: Session, asked: Round) -> float | None:
    """The answer as it stands: where it was last moved to, or what was given."""
    return memory_of(session).pending.get(round_id(session), given(session, asked))


def _open(study: Study) -> Round | None:
    lesson = BY_ID.get(study.lesson)
    return lesson.rounds[study.at] if lesson and study.at < len(lesson.rounds) else None
