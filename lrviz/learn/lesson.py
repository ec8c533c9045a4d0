"""The parts of a lesson. A lesson is data: nothing here draws, asks or stores anything."""

import math
from dataclasses import dataclass

from lrviz.declared import Declared, Field
from lrviz.errors import InvalidFields
from lrviz.figures import Note, Series
from lrviz.scene import Scene, Timeline
from lrviz.text import Sentence


@dataclass(frozen=True)
class Judgement:
    """The feedback to an answer: whether it is right, and why (or which mistake it shows)."""

    right: bool
    why: Sentence


@dataclass(frozen=True)
class Mistake:
    """A common wrong answer, and the mistake behind it."""

    answer: float
    why: Sentence


_OTHER = Sentence("Not this one.")


@dataclass(frozen=True)
class Answers:
    """How an answer is judged.

    Attributes:
        right: The right answer: a step, a rate, a parameter's value, or the number of a choice.
        tolerance: How far an answer may be off, and still be right.
        why: The explanation of the right answer.
        mistakes: Wrong answers with an explanation of their own, within the same tolerance.
        too_low: The feedback to any other answer that is smaller than the right one.
        too_high: The feedback to any other answer that is greater.
    """

    right: float
    why: Sentence
    mistakes: tuple[Mistake, ...] = ()
    too_low: Sentence = _OTHER
    too_high: Sentence = _OTHER
    tolerance: float = 0.0

    def judge(self, answer: float) -> Judgement:
        """Whether ``answer`` is right, and the explanation for this very answer."""
        if abs(answer - self.right) <= self.tolerance:
            return Judgement(True, self.why)
        near = [each for each in self.mistakes if abs(answer - each.answer) <= self.tolerance]
        if near:
            return Judgement(False, min(near, key=lambda each: abs(answer - each.answer)).why)
        return Judgement(False, self.too_low if answer < self.right else self.too_high)


@dataclass(frozen=True)
class MarkStep:
    """Drag a marker to a step."""

    text: Sentence
    answers: Answers


@dataclass(frozen=True)
class PredictRate:
    """Drag a marker to the rate at ``step``, on an axis that reaches up to ``highest``."""

    text: Sentence
    answers: Answers
    step: int
    highest: float


@dataclass(frozen=True)
class SetParameter:
    """Set a field of the selected curve's schedule, or of the run.

    ``stops`` are those of its slider while it is asked: a thumb on a phone can hit each.
    """

    text: Sentence
    answers: Answers
    field: str
    stops: tuple[float, ...]


@dataclass(frozen=True)
class Choose:
    """Choose one of a few sentences (or curves); the answer is its number, from 0."""

    text: Sentence
    answers: Answers
    options: tuple[Sentence, ...]


Question = MarkStep | PredictRate | SetParameter | Choose


@dataclass(frozen=True)
class Chart:
    """What the chart of a round shows.

    Attributes:
        scene: The curves and their run.
        upto: The step (or other x) from which on everything is covered until it is revealed.
        series: Real measurements, drawn beside the curves.
        measure: What the y axis shows instead of the learning rate, with the curves left out.
    """

    scene: Scene
    upto: float | None = None
    series: tuple[Series, ...] = ()
    measure: Sentence | None = None


@dataclass(frozen=True)
class Round:
    """A question, what is drawn over the answer, and the sentence to take home.

    Attributes:
        chart: What is seen while the question is asked.
        question: The question.
        notes: Written into the chart when the answer is revealed, over the learner's own.
        sentence: The explanation.
        revealed: The chart from then on, if it is another one.
        quote: A text to show as it is: real output of a program.
    """

    chart: Chart
    question: Question
    notes: tuple[Note, ...]
    sentence: Sentence
    revealed: Chart | None = None
    quote: str = ""

    @property
    def of_run(self) -> bool:
        """Whether the answer is a setting of the run: it changes its length, and no curve."""
        question, curve = self.question, self.chart.scene.curve
        own = {field.path for field in curve.schedule.fields()}
        return isinstance(question, SetParameter) and question.field not in own

    def legal(self, answer: object) -> float | None:
        """``answer`` if it is one that can be given to the question; whatever a browser sent."""
        if isinstance(answer, bool) or not isinstance(answer, int | float):
            return None
        question = self.question
        if isinstance(question, SetParameter):
            return _legal_value(self.chart.scene, question.field, answer)
        if isinstance(question, MarkStep):
            high: float = self.chart.scene.timeline.steps
        elif isinstance(question, Choose):
            high = len(question.options) - 1
        else:
            high = question.highest
        # A comparison with NaN is false.
        if not 0 <= answer <= high:
            return None
        return float(answer) if isinstance(question, PredictRate) else float(round(answer))


@dataclass(frozen=True)
class Lesson:
    """A lesson of about five minutes.

    Attributes:
        id: Its name in a link: small letters, digits, underscores.
        title: Its title.
        about: What it is about, before the first question.
        rounds: The questions, in order.
        free: Where the free try begins.
        controls: The fields of the free try's selected curve and run that matter; no others show.
        invitation: What is worth trying.
        views: Charts to choose from in the free try, by their names; for measurements.
    """

    id: str
    title: str
    about: Sentence
    rounds: tuple[Round, ...]
    free: Chart
    controls: tuple[str, ...]
    invitation: Sentence
    views: tuple[tuple[Sentence, Chart], ...] = ()


def field_of(scene: Scene, name: str) -> Field | None:
    """The declared field of that name: of the selected curve's schedule, or of the run."""
    declared = (*scene.curve.schedule.fields(), *Timeline.declared())
    return next((field for field in declared if field.path == name), None)


def value_of(scene: Scene, name: str) -> float:
    """The number that :func:`field_of` that name has in ``scene``."""
    own = {field.path for field in scene.curve.schedule.fields()}
    owner: Declared = scene.curve.schedule if name in own else scene.timeline
    return float(owner.value(name))


def with_value(scene: Scene, name: str, value: float) -> Scene:
    """The scene in which that field (:func:`field_of`) has that value.

    Raises :class:`lrviz.errors.InvalidFields` where it cannot have it.
    """
    if name in {field.path for field in scene.curve.schedule.fields()}:
        return scene.with_schedule(scene.curve.schedule.with_values({name: value}))
    return scene.over(scene.timeline.with_values({name: value}))


def _legal_value(scene: Scene, name: str, value: float) -> float | None:
    if field_of(scene, name) is None or not math.isfinite(value):
        return None
    try:
        with_value(scene, name, value)
    except InvalidFields:
        return None
    return float(value)
