"""What there is to read of runs."""

from dataclasses import replace

import numpy as np
import pytest

from lrviz.figures import Fit, Look
from lrviz.scene import first_scene
from lrviz.text import Sentence
from lrviz.training.events import EpochDone, FitEnded, StepsDone
from lrviz.training.run import Run
from lrviz.training.spec import FitSpec, Recipe
from lrviz.view.run_figure import fits_of
from lrviz.view.runs import description, fit_remarks, progress, runs_table, switches

RECIPE = Recipe(data="moons", epochs=2)
CURVE = first_scene().curve


def _run(*losses, steps=9, label=""):
    """A run of one fit, whose loss on the test set was so high after each epoch."""
    run = Run("abc", FitSpec(RECIPE, (replace(CURVE, label=label),)), state="done")
    rates = CURVE.rate(np.arange(float(steps)), RECIPE.timeline).astype("f4")
    run.histories.add(StepsDone(0, 0, rates, np.ones(steps, "f4")))
    for epoch, loss in enumerate(losses):
        run.histories.add(EpochDone(0, epoch, loss, loss, 1 - loss))
    run.histories.add(FitEnded(0, seconds=1.25))
    return run


def test_the_best_of_each_column_is_bold():
    lines = runs_table([_run(0.5, 0.4), _run(0.3, 0.45)]).markdown(str).splitlines()
    assert lines[0].startswith("| Run | Schedule | State | Steps | Final loss | Best loss |")
    assert lines[1].split("|")[1:5] == [" --: ", " :-- ", " :-- ", " --: "]
    first, second = ([each.strip() for each in line.split("|")[1:-1]] for line in lines[2:])
    assert first[:4] == ["1", "CosineDecayRestarts", "done", "9"]
    assert (first[4:6], second[4:6]) == (["**0.4**", "0.4"], ["0.45", "**0.3**"])
    assert (first[7], second[7]) == ("60.0%", "**70.0%**")
    assert first[8] == "–"
    assert first[9] == "1.2"


def test_one_run_is_the_best_of_nothing_and_a_name_is_no_markdown():
    text = runs_table([_run(0.5, label="a|b **c**")]).markdown(str)
    assert r"a\|b \*\*c\*\*" in text
    assert "**0.5**" not in text


def test_another_rate_than_the_plan_is_remarked():
    (history,) = _run(0.5).history
    assert fit_remarks(history) == []
    run = Run("abc", FitSpec(RECIPE, (CURVE,)))
    run.histories.add(StepsDone(0, 0, np.full(3, 0.7, "f4"), np.ones(3, "f4")))
    (remark,) = fit_remarks(run.history[0])
    assert "at 3 steps, first at step 0" in str(remark)
    run.histories.add(FitEnded(0, seconds=1.0, problem=Sentence("It stopped.")))
    assert str(fit_remarks(run.history[0])[0]) == "It stopped."


@pytest.mark.parametrize(
    ("state", "ahead", "flaw", "parts"),
    [
        ("waiting", 0, None, ["next in line"]),
        ("waiting", 2, None, ["2 ahead of you"]),
        ("waiting", 2, Sentence("No worker."), ["No worker."]),
        ("done", 0, None, ["step 9 of 50", "0.0 s"]),
    ],
)
def test_how_far_a_run_is(state, ahead, flaw, parts):
    run = replace(_run(0.5), state=state)
    run.histories.add(StepsDone(0, 0, np.ones(9, "f4"), np.ones(9, "f4")))
    assert [str(each) for each in progress(run, ahead=ahead, flaw=flaw)] == parts


def test_a_chart_of_fits_in_words():
    run = Run("abc", FitSpec(RECIPE, (CURVE, CURVE)))
    run.histories.add(StepsDone(0, 0, np.full(3, 0.7, "f4"), np.ones(3, "f4")))
    fits = fits_of(run.history, "2: ")
    assert all(isinstance(each, Fit) for each in fits)
    assert list(map(str, description(fits))) == [
        "2: CosineDecayRestarts (1): 3 steps, the last rate 0.7, the last loss 1.",
        "2: CosineDecayRestarts (2): nothing is logged yet.",
    ]


def test_the_switches_say_how_the_losses_are_drawn():
    losses, smoothing = switches(Look(losses="log", smoothing=0.6))
    assert (losses.value, smoothing.value) == ("log", "0.6")
    assert switches(Look())[0].value == ""
