"""What is written in each framework runs there, and says the same when it is read again."""

import re

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lrviz.errors import InvalidCode
from lrviz.export import FRAMEWORKS, read
from lrviz.scene import Curve
from lrviz.schedules import (
    Composed,
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    Expression,
    Linear,
    OneCycle,
    Sequence,
)
from tests.export.curves import CURVES, RUNS
from tests.strategies import schedules

#: How exact each is: Keras and optax calculate in 32 bits.
EXACT = {"torch": 2e-8, "transformers": 2e-8, "optax": 3e-6, "keras": 3e-6}
each_framework = pytest.mark.parametrize("name", FRAMEWORKS)


def _close(rates, curve, rtol):
    run = RUNS[curve.per]
    expected = curve.rate(np.arange(run.steps), run)
    # Where a curve has no rate at all, the code stays at the floor.
    known = np.isfinite(expected)
    scale = np.abs(expected[known]).max(initial=1e-12)
    np.testing.assert_allclose(np.array(rates)[known], expected[known], rtol=0, atol=rtol * scale)


@each_framework
@pytest.mark.parametrize("curve", CURVES, ids=str)
def test_what_is_written_is_read_as_the_same_curve(name, curve):
    run = RUNS[curve.per]
    text = FRAMEWORKS[name].write(curve, run)
    for reads in (FRAMEWORKS[name].read, read):
        again = reads(text, run)
        assert again.per == curve.per
        _close(again.rate(np.arange(run.steps), run), curve, 1e-9)


@each_framework
def test_a_part_that_is_never_reached_may_be_without_end(name):
    text = "where(t < 999, 0.1, 0.1 / max(high - low, 0))"
    curve, run = Curve(Expression(text, 160, ("low", "high"), (1.0, 1.0))), RUNS["step"]
    again = FRAMEWORKS[name].read(FRAMEWORKS[name].write(curve, run), run)
    _close(again.rate(np.arange(run.steps), run), curve, 1e-9)


def _again(name, text, run):
    """The curve that is read; or why it is not."""
    try:
        return FRAMEWORKS[name].read(text, run)
    except InvalidCode as error:
        return str(error)


@each_framework
@given(schedules(), st.sampled_from(list(RUNS)))
def test_any_curve_is_read_as_it_was_written(name, schedule, per):
    # A cycle that is shorter than a float can tell has no place to be carried to.
    assume(all(schedule.value(f.path) > 1e-6 for f in schedule.fields() if f.name == "t_mul"))
    curve, run = Curve(schedule, per), RUNS[per]
    text = FRAMEWORKS[name].write(curve, run)
    compile(text, name, "exec")
    assert FRAMEWORKS[name].notes(curve, run) is not None
    again = _again(name, text, run)
    if isinstance(again, str) and isinstance(schedule, Composed):
        # A formula, and a text, are bounded: what is made of many may be longer than one may be.
        assert re.search("too many parts|too long|too deeply|too large", again)
        return
    rates = curve.rate(np.arange(run.steps), run)
    if isinstance(again, str) and np.nanmax(rates, initial=0.0) > 1e15:
        assert "too large" in again
        return
    assert isinstance(again, Curve), again
    assert again.per == per
    _close(again.rate(np.arange(run.steps), run), curve, 1e-9)


def _applied(names, run, per):
    """The rates of a run: of an optimizer with a scheduler those that its loop applies."""
    if "scheduler" not in names:
        return [float(names["rate"](step)) for step in range(run.steps)]
    rates = []
    for step in range(run.steps):
        rates.append(names["optimizer"].param_groups[0]["lr"])
        names["optimizer"].step()
        if per == "step" or (step + 1) % run.steps_per_epoch == 0:
            names["scheduler"].step()
    return rates


@pytest.mark.keras
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
@each_framework
def test_every_text_runs_and_gives_our_rates(name):
    pytest.importorskip(name)
    for curve in CURVES:
        framework, run = FRAMEWORKS[name], RUNS[curve.per]
        names: dict = {}
        exec(framework.write(curve, run), names)
        rates = _applied(names, run, curve.per)
        for step in (0, run.steps // 3, run.steps - 1):
            assert float(names["rate"](step)) == pytest.approx(rates[step], nan_ok=True)
        told = [str(note) for note in framework.notes(curve, run)]
        # What is said to be otherwise is so.
        if any("Keras rounds" in note for note in told):
            continue
        try:
            _close(rates, curve, EXACT[name])
        except AssertionError as error:
            raise AssertionError(f"{curve}\n{framework.write(curve, run)}\n{error}") from None


@pytest.mark.keras
@pytest.mark.parametrize("name", ["torch", "transformers"])
def test_a_rate_that_is_logged_trains_nothing(name):
    """The reader's parameters change by the reader's own steps alone, after any ``backward``."""
    torch = pytest.importorskip("torch")
    pytest.importorskip(name)
    for curve in CURVES:
        names: dict = {}
        exec(FRAMEWORKS[name].write(curve, RUNS[curve.per]), names)
        model = names["model"]
        model(torch.ones(1, 1)).sum().backward()
        before = [each.detach().clone() for each in model.parameters()]
        state = names["optimizer"].state_dict(), names["scheduler"].state_dict()
        for step in (0, 1, 7):
            names["rate"](step)
        assert all(map(torch.equal, before, model.parameters()))
        assert state == (names["optimizer"].state_dict(), names["scheduler"].state_dict())
        # Deleted it leaves code that works.
        text = FRAMEWORKS[name].write(curve, RUNS[curve.per]).partition("def rate(step):")[0]
        exec(text, {})


def _told(name, schedule):
    return " ".join(map(str, FRAMEWORKS[name].notes(Curve(schedule), RUNS["step"])))


def test_what_is_otherwise_is_said():
    warm = Sequence((Linear(0.0, 0.1, 20), CosineDecay(0.1, 140)), (20,))
    rounds = CosineDecayRestarts(0.1, 10, t_mul=1.1)
    assert "the first at step 10" in _told("keras", rounds)
    assert "cycle_decay" in _told("keras", CosineDecayRestarts(0.1, 10, 2.0, 0.5, 0.1))
    assert not _told("keras", CosineDecay(0.1, 160))
    assert "rises again after T_max" in _told("torch", CosineDecay(0.1, 160))
    assert "LambdaLR calls the formula" in _told("torch", CosineDecayRestarts(0.1, 10, 1.5))
    assert "counts from 0" in _told("torch", warm)
    assert "32 bits" in _told("optax", Constant(0.1))
    assert "counts the warm-up" in _told(
        "optax", CosineDecay(0.0, 140, warmup_target=0.1, warmup_steps=20)
    )
    assert "one less than total_steps" in _told("optax", OneCycle(0.1, 201, 51 / 201))
    assert "counts the warm-up" in _told("transformers", warm)
    assert "rises again" in _told("transformers", warm)
    assert _told("transformers", Constant(0.1)) == ""
    linear = "num_training_steps counts the warm-up, too."
    assert _told("transformers", Linear(0.1, 0.0, 160)) == linear
    restarts = CosineDecayRestarts(0.1, 40, 1.0, cycle_limit=4)
    assert "0 for ever" in _told("transformers", restarts)
    assert "it is PyTorch's" in _told("transformers", rounds)
