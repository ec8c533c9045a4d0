"""What is drawn when a question is revealed: the right answer beside the given one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from lrviz.figures import Note, Tally
from lrviz.learn.lesson import Chart, MarkStep, PredictRate, Round, SetParameter, with_value
from lrviz.scene import Curve, Scene
from lrviz.text import Sentence, Translate, mark

#: At most so many settings of a class are drawn.
_MOST_OTHERS = 24
#: The label of a curve whose parameter was set.
_RIGHT, _OWN = mark("The answer: {name} = {value}"), mark("You: {name} = {value}")


def revealed(
    asked: Round, given: float | None, translate: Translate
) -> tuple[Chart, tuple[Note, ...]]:
    """The chart that shows the answer beside what was ``given`` (None: nothing), and its notes.

    The answer to a question for a setting is a curve, named in the language of ``translate``; so is
    what was given, unless it is right.
    """
    chart = replace(asked.revealed or asked.chart, upto=None)
    question = asked.question
    if isinstance(question, SetParameter):
        right = question.answers.right
        scene = _set(chart.scene, question, right, _RIGHT, translate)
        if given is not None and not question.answers.judge(given).right and not asked.of_run:
            own = _set(chart.scene, question, given, _OWN, translate)
            scene = replace(scene.add(own.curve), selected=scene.selected)
        chart = replace(chart, scene=scene)
    return chart, (*_answered(asked, given), *asked.notes)


def others(
    asked: Round, answers: Iterable[tuple[float, int]]
) -> tuple[tuple[Tally, ...], tuple[tuple[Curve, int], ...]]:
    """A class's settings, by how many have each: where their runs end, or else their curves."""
    if not isinstance(asked.question, SetParameter):
        return (), ()
    counts = Counter[float]()
    for given, count in answers:
        # Whatever a browser has sent.
        value = asked.legal(given)
        if value is not None:
            counts[float(f"{value:.3g}")] += count
    scenes = [
        (with_value(asked.chart.scene, asked.question.field, value), count)
        for value, count in counts.most_common(_MOST_OTHERS)
    ]
    if not asked.of_run:
        return (), tuple((scene.curve, count) for scene, count in scenes)
    shown = with_value(asked.chart.scene, asked.question.field, asked.question.answers.right)
    return tuple(
        Tally("x", scene.timeline.last_step, count)
        for scene, count in scenes
        if scene.timeline.steps <= shown.timeline.steps
    ), ()


def _set(
    scene: Scene, question: SetParameter, value: float, label: str, translate: Translate
) -> Scene:
    """The scene with that setting, which is its curve's label."""
    changed = with_value(scene, question.field, value)
    named = Sentence(label, {"name": question.field, "value": float(f"{value:.3g}")})
    return changed.with_line(changed.curve.id, label=named.translated(translate))


def _answered(asked: Round, given: float | None) -> tuple[Note, ...]:
    """What was answered, where it is a place in the chart."""
    question = asked.question
    if given is None:
        return ()
    if isinstance(question, MarkStep):
        return (Note(Sentence("You: step {step}", {"step": int(given)}), given, None, "answer"),)
    if isinstance(question, PredictRate):
        label = Sentence("You: {rate}", {"rate": float(f"{given:.3g}")})
        return (Note(label, None, given, "answer"),)
    if asked.of_run and not question.answers.judge(given).right:
        # The curve is the same; the run is another.
        assert isinstance(question, SetParameter)
        last = with_value(asked.chart.scene, question.field, given).timeline.last_step
        label = Sentence("Your run ends at step {step}", {"step": last})
        return (Note(label, last, None, "answer"),)
    return ()
