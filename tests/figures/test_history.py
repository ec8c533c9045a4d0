from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrviz.figures import Look, fit_figure, to_json
from lrviz.figures.history import Fit, extremes, smoothed
from lrviz.figures.palette import COLORS
from lrviz.scene import Curve, Plateau
from lrviz.schedules import CosineDecayRestarts
from lrviz.training.events import EpochDone, StepsDone
from lrviz.training.history import Histories, history_csv
from lrviz.training.spec import FitSpec, Recipe
from tests.plotly import valid


def _fits(steps, recipe=None, rates=None):
    curve = Curve(CosineDecayRestarts(1.0, 450, t_mul=1.0), color=2)
    histories = Histories(FitSpec(recipe or Recipe(), (curve, Plateau())))
    for fit in (0, 1):
        planned = curve.schedule(np.arange(steps)) if rates is None else rates
        losses = np.linspace(2, 1, steps, dtype=np.float32)
        histories.add(StepsDone(fit, 0, np.float32(planned), losses))
        histories.add(EpochDone(fit, 0, 2.0, 1.5, 0.5))
    return [Fit(each.line.name, each.line.color, each) for each in histories.so_far()]


MEASURES = ("val_loss", "val_accuracy")
LOOKS = (
    Look(),
    Look(scale="log", losses="log", smoothing=0.0),
    Look(losses="linear", smoothing=0.99, unit="epoch"),
)


def _figure(fits, look=LOOKS[0], overlay=()):
    return fit_figure(fits, [*fits, *overlay], MEASURES, look, str)


def _trace(figure, uid):
    return next(trace for trace in figure.data if trace.uid == uid)


@pytest.mark.parametrize("steps", [0, 1, 1800])
def test_figures_are_valid_whatever_is_logged(steps):
    fits = _fits(steps)
    for look in LOOKS:
        figure = _figure(fits, look)
        made = valid(figure)
        assert {trace.yaxis for trace in made.data} == {"y", "y2", "y3", "y4"}
        # What travels several times a second is small.
        assert len(to_json(figure)) < 120_000


def test_the_applied_rate_lies_over_the_plan_and_restarts_are_marked():
    figure = valid(_figure(_fits(1000)))
    applied = _trace(figure, "CosineDecayRestarts-applied")
    assert applied.line.color == COLORS[2]
    assert applied.y.dtype == np.float32
    assert applied.x[-1] == 999
    planned = _trace(figure, "CosineDecayRestarts-planned")
    assert planned.x[-1] >= 1799
    assert [shape.x0 for shape in figure.layout.shapes] == [450, 900, 1350]
    assert not [trace for trace in figure.data if trace.uid.endswith("apart")]


def test_what_was_applied_jumps_where_the_plan_jumps():
    figure = valid(_figure(_fits(1800)))
    applied, planned = (
        _trace(figure, f"CosineDecayRestarts-{each}") for each in ("applied", "planned")
    )
    for line in (applied, planned):
        at = [place for place, x in enumerate(line.x) if x == 450]
        # Up to the restart the old rate holds, and there it jumps.
        assert len(at) == 2
        before, after = (float(line.y[place]) for place in at)
        assert before < 1e-4
        assert after == 1.0
    assert applied.x[-1] == planned.x[-1] == 1800


def test_a_plateau_falls_in_steps():
    rates = np.repeat([0.1, 0.05, 0.05, 0.025], 25)
    figure = valid(_figure(_fits(100, rates=rates)))
    applied = _trace(figure, "ReduceLROnPlateau-applied")
    assert [float(x) for x in applied.x if list(applied.x).count(x) == 2] == [25, 25, 75, 75]


def test_a_difference_is_marked_at_its_step():
    rates = CosineDecayRestarts(1.0, 450, t_mul=1.0)(np.arange(1000))
    rates[450] = 0
    marked = _trace(valid(_figure(_fits(1000, rates=rates))), "CosineDecayRestarts-apart")
    assert marked.x.tolist() == [450]


@given(st.lists(st.floats(-1e6, 1e6, width=32) | st.just(float("nan")), max_size=400))
def test_thinned_lines_keep_their_extremes(values):
    values = np.array(values, np.float32)
    at = extremes(values, 20)
    assert len(at) <= 44
    assert (np.diff(at) > 0).all()
    if np.isfinite(values).any():
        assert np.nanmax(values[at]) == np.nanmax(values)
        assert np.nanmin(values[at]) == np.nanmin(values)


def test_the_csv_holds_every_step():
    fits = _fits(50, Recipe(data="moons", batch_size=32, epochs=2))
    rows = history_csv(tuple(fit.history for fit in fits)).splitlines()
    assert rows[0] == "fit,name,step,epoch,planned,logged,loss,val_loss,val_accuracy"
    assert len(rows) == 101
    assert rows[1].startswith("1,CosineDecayRestarts,0,0,1.0,1.0,2.0")
    assert rows[25].endswith(",1.5,0.5")
    # Nobody planned what a plateau does.
    assert rows[51].startswith("2,ReduceLROnPlateau,0,0,,1.0,2.0")


def test_runs_that_are_laid_over_one_another_can_be_told_apart():
    (fit, _) = _fits(100)
    over = [replace(fit, name=f"{over}: {fit.name}", over=over) for over in range(1, 4)]
    figure = valid(_figure([fit], overlay=over))
    shown = [trace for trace in figure.data if trace.showlegend]
    assert len({trace.name for trace in shown}) == 4
    for kind in ("mean", "val_loss"):
        assert len({t.line.dash for t in figure.data if t.uid.endswith(f"-{kind}")}) == 4
    assert len({t.marker.symbol for t in figure.data if t.uid.endswith("-val_loss")}) == 4


def test_rows_share_one_axis_in_steps_or_in_epochs():
    fits = _fits(900)
    steps, epochs = (valid(_figure(fits, Look(unit=unit))) for unit in ("step", "epoch"))
    for figure, last in ((steps, 899), (epochs, 899 / 45)):
        applied = _trace(figure, "CosineDecayRestarts-applied")
        assert applied.x[-1] == pytest.approx(last)
        assert {trace.xaxis for trace in figure.data} == {None}
        assert figure.layout.xaxis.anchor == "y4"
    tests = _trace(epochs, "CosineDecayRestarts-val_loss")
    assert tests.x.tolist() == pytest.approx([44 / 45])
    assert [shape.x0 for shape in epochs.layout.shapes] == [10, 20, 30]
    domains = [getattr(steps.layout, f"yaxis{number}").domain for number in ("", 2, 3, 4)]
    ends = [end for low, high in reversed(domains) for end in (low, high)]
    assert ends == sorted(ends)


@settings(deadline=None)
@given(st.lists(st.floats(-1e3, 1e3), max_size=300), st.sampled_from([0.0, 0.6, 0.9, 0.99]))
def test_smoothing_is_the_debiased_moving_average(values, weight):
    average, expected = 0.0, []
    for place, value in enumerate(values):
        average = weight * average + (1 - weight) * value
        expected.append(average / (1 - weight ** (place + 1)))
    found = smoothed(np.array(values), weight)
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-6)
