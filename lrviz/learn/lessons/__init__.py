"""Lessons: each is one file that holds data, and one line here."""

from lrviz.learn.lesson import (
    Answers,
    Chart,
    Choose,
    Judgement,
    Lesson,
    MarkStep,
    Mistake,
    PredictRate,
    Question,
    Round,
    SetParameter,
    field_of,
    value_of,
)
from lrviz.learn.lessons import (
    applied,
    cosine,
    decay,
    m_mul,
    restart,
    rounding,
    steps,
    warmup,
    worth,
)

#: Every lesson, in the order in which they are taught.
LESSONS: tuple[Lesson, ...] = (
    steps.LESSON,
    cosine.LESSON,
    restart.LESSON,
    m_mul.LESSON,
    applied.LESSON,
    rounding.LESSON,
    worth.LESSON,
    decay.LESSON,
    warmup.LESSON,
)

__all__ = [
    "LESSONS",
    "Answers",
    "Chart",
    "Choose",
    "Judgement",
    "Lesson",
    "MarkStep",
    "Mistake",
    "PredictRate",
    "Question",
    "Round",
    "SetParameter",
    "field_of",
    "value_of",
]
