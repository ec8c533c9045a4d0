"""A question of a lesson: what it is answered with, the answer in words, a class's answers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from lrviz.figures import Tally
from lrviz.learn.lesson import Choose, MarkStep, PredictRate, Round, SetParameter, field_of
from lrviz.scene import Scene
from lrviz.text import Sentence
from lrviz.view.chart import Marker
from lrviz.view.panel import ARROWS, Row, curve_rows, rows_of
from lrviz.view.subject import RUN, Subject, schedule_of

#: At most so many different answers are drawn one by one.
_MOST_TALLIES = 60
_MOST_BARS = 8
#: The same in every language.
_QUOTED = "“{option}” "

#: Answers, and how many of a class have given each.
Answers = Iterable[tuple[float, int]]


def marker(asked: Round, id: str, pending: float | None) -> Marker | None:
    """The marker of that id that the question is answered with; None: it is answered otherwise.

    ``pending`` is where it was last; None: nowhere yet.
    """
    question = asked.question
    if isinstance(question, MarkStep):
        high = asked.chart.scene.timeline.steps
        return Marker(
            id=id,
            axis="x",
            value=float(pending or 0),
            low=0,
            high=high,
            step=_key_step(high, whole=True),
            whole=True,
            label=Sentence("Your answer: a step"),
            text=Sentence("step {number}", {"number": "{value}"}),
            arrows=ARROWS,
        )
    if isinstance(question, PredictRate):
        step = _key_step(question.highest, whole=False)
        middle = round(question.highest * 0.6 / step) * step
        return Marker(
            id=id,
            axis="y",
            value=middle if pending is None else pending,
            low=0,
            high=question.highest,
            step=step,
            whole=False,
            label=Sentence("Your answer: a learning rate"),
            text=Sentence("rate {number}", {"number": "{value}"}),
            arrows=ARROWS,
        )
    return None


def _key_step(high: float, *, whole: bool) -> float:
    """A hundredth of the axis or less, as a number that people count in."""
    wanted = high / 80
    power = 10.0 ** float(f"{wanted:e}".split("e")[1])
    step: float = max(each * power for each in (1, 2, 5) if each * power <= wanted * 1.0001)
    return max(round(step), 1) if whole else step


def marked(asked: Round, value: float) -> Sentence:
    """The value of the marker in words."""
    if isinstance(asked.question, MarkStep):
        return Sentence("step {number}", {"number": f"{value:,.0f}"})
    return Sentence("rate {number}", {"number": f"{value:.3g}"})


def right_answer(asked: Round) -> Sentence | str:
    """The right answer, where it can be written; empty: it is a place in the chart."""
    question = asked.question
    if isinstance(question, Choose):
        option = question.options[int(question.answers.right)]
        return Sentence(_QUOTED, {"option": option})
    if isinstance(question, SetParameter):
        return f"{question.field} = {question.answers.right:.3g}. "
    return ""


def offered_rows(scene: Scene, names: Sequence[str], stops: tuple[float, ...] = ()) -> list[Row]:
    """The lines of those names, of the run and of the selected curve; no others.

    One that answers a question has a slider with ``stops``.
    """
    rows, own = list[Row](), {row.field.path: row for row in curve_rows(scene)}
    for name in names:
        field = field_of(scene, name)
        if field is not None:
            lines = [own[name]] if name in own else rows_of(RUN, [field])
            rows += [replace(row, asked=stops) for row in lines]
    return rows


def subject_of(scene: Scene, name: str) -> Subject:
    """What has the field that :func:`field_of` gives: the selected curve, or else the run."""
    curve = scene.curve
    own = name in {field.path for field in curve.schedule.fields()}
    return schedule_of(curve) if own else RUN


def tallies(asked: Round, answers: Answers) -> list[Tally]:
    """A class's answers where they lie on the chart's axes; close ones are counted together."""
    question = asked.question
    if not isinstance(question, MarkStep | PredictRate):
        return []
    grain = max(question.answers.tolerance, 1e-9)
    together: Counter[float] = Counter()
    for given, count in answers:
        # What is out of the question's bounds has no place on its axes.
        if asked.legal(given) is not None:
            together[round(given / grain) * grain] += count
    axis: Literal["x", "y"] = "x" if isinstance(question, MarkStep) else "y"
    return [Tally(axis, place, count) for place, count in together.most_common(_MOST_TALLIES)]


def bars(asked: Round, answers: Answers) -> list[tuple[Sentence | str, int]]:
    """A class's commonest answers, where the chart has no axis for them, and how many gave each."""
    question = asked.question
    if isinstance(question, MarkStep | PredictRate):
        return []
    legal = [each for each in answers if asked.legal(each[0]) is not None]
    commonest = sorted(legal, key=lambda each: (-each[1], each[0]))[:_MOST_BARS]
    if isinstance(question, Choose):
        return [(question.options[int(given)], count) for given, count in commonest]
    return [(f"{given:,.4g}", count) for given, count in commonest]
