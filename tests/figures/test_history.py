from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrviz.figures import losses_figure, measured_figure, rates_figure, to_json
from lrviz.figures.history import Fit, extremes
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


def _trace(figure, uid):
    return next(trace for trace in figure.data if trace.uid == uid)


@pytest.mark.parametrize("steps", [0, 1, 1800])
def test_figures_are_valid_whatever_is_logged(steps):
    fits = _fits(steps)
    for figure in (
        rates_figure(fits, str),
        rates_figure(fits, str, "log"),
        losses_figure(fits, str),
        measured_figure(fits, "val_loss", str),
        measured_figure(fits, "val_accuracy", str),
    ):
        valid(figure)
        # What travels several times a second is small.
        assert len(to_json(figure)) < 60_000


def test_the_applied_rate_lies_over_the_plan_and_restarts_are_marked():
    figure = valid(rates_figure(_fits(1000), str))
    applied = _trace(figure, "CosineDecayRestarts-applied")
    assert applied.line.color == COLORS[2]
    assert applied.y.dtype == np.float32
    assert applied.x[-1] == 999
    planned = _trace(figure, "CosineDecayRestarts-planned")
    assert planned.x[-1] >= 1799
    assert [shape.x0 for shape in figure.layout.shapes] == [450, 900, 1350]
    assert not [trace for trace in figure.data if trace.uid.endswith("apart")]


def test_what_was_applied_jumps_where_the_plan_jumps():
    figure = valid(rates_figure(_fits(1800), str))
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
    figure = valid(rates_figure(_fits(100, rates=rates), str))
    applied = _trace(figure, "ReduceLROnPlateau-applied")
    assert [float(x) for x in applied.x if list(applied.x).count(x) == 2] == [25, 25, 75, 75]


def test_a_difference_is_marked_at_its_step():
    rates = CosineDecayRestarts(1.0, 450, t_mul=1.0)(np.arange(1000))
    rates[450] = 0
    marked = _trace(valid(rates_figure(_fits(1000, rates=rates), str)), "CosineDecayRestarts-apart")
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
    fits = [replace(fit, name=f"{over}: {fit.name}", over=over) for over in range(4)]
    for made in (losses_figure(fits, str), measured_figure(fits, "val_loss", str)):
        figure = valid(made)
        shown = [trace for trace in figure.data if trace.showlegend is not False]
        assert len({trace.line.dash for trace in shown}) == 4
        assert len({trace.name for trace in shown}) == 4
    assert len({trace.marker.symbol for trace in shown}) == 4
