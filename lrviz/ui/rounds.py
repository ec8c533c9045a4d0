"""Where in a lesson the page is, and how it goes on."""

from dataclasses import replace

from lrviz.lessons import LESSONS, Lesson, Round
from lrviz.study import Study
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
    now.load(chart.scene, study)


def leave(now: Session) -> None:
    """Close the lesson, and put back what was on the page before it."""
    study = replace(now.scene.study, lesson="", at=0, answer=None, shown=False, projector=False)
    now.load(now.desk.kept or now.scene, replace(study, title="", words="", hidden=()))
    now.desk.kept = None


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


def question_id(study: Study) -> str:
    """The name of the open question; empty where none is."""
    return f"{study.lesson}-{study.at}" if _open(study) else ""


def round_id(now: Session) -> str:
    """The name of the question that is open here."""
    return question_id(now.scene.study)


def move(now: Session, value: object) -> None:
    """Keep an answer that is not given yet, if it can be one: a browser may send anything."""
    asked = _open(now.scene.study)
    legal = asked.legal(value) if asked else None
    if legal is not None:
        now.desk.pending[round_id(now)] = legal


def given(now: Session, asked: Round) -> float | None:
    """The answer that was given to the open question, if the link's is one."""
    return asked.legal(now.scene.study.answer)


def pending(now: Session, asked: Round) -> float | None:
    """The answer as it stands: where it was last moved to, or what was given."""
    return now.desk.pending.get(round_id(now), given(now, asked))


def _open(study: Study) -> Round | None:
    lesson = BY_ID.get(study.lesson)
    return lesson.rounds[study.at] if lesson and study.at < len(lesson.rounds) else None
