"""What is written in each framework says the same when it is read again."""

import re

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lrviz.errors import InvalidCode
from lrviz.export import FRAMEWORKS, read
from lrviz.scene import Curve
from lrviz.schedules import (
    WSD,
    Composed,
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    Expression,
    Factor,
    FlatCosine,
    Linear,
    OneCycle,
    PiecewiseConstantDecay,
    Sequence,
    StepDecay,
)
from tests.export.curves import CURVES, RUNS, close
from tests.strategies import schedules

each_framework = pytest.mark.parametrize("name", FRAMEWORKS)


@each_framework
@pytest.mark.parametrize("curve", CURVES, ids=str)
def test_what_is_written_is_read_as_the_same_curve(name, curve):
    run = RUNS[curve.per]
    text = FRAMEWORKS[name].write(curve, run)
    for reads in (FRAMEWORKS[name].read, read):
        again = reads(text, run)
        assert again.per == curve.per
        close(again.rate(np.arange(run.steps), run), curve, 1e-9)


@each_framework
def test_a_part_that_is_never_reached_may_be_without_end(name):
    text = "where(t < 999, 0.1, 0.1 / max(high - low, 0))"
    curve, run = Curve(Expression(text, 160, ("low", "high"), (1.0, 1.0))), RUNS["step"]
    again = FRAMEWORKS[name].read(FRAMEWORKS[name].write(curve, run), run)
    close(again.rate(np.arange(run.steps), run), curve, 1e-9)


#: What is legal together, and would not be in parts; what would be too many of them; what has none.
WHOLE = [
    WSD(0.1, 10**15, 10**15, 10),
    Sequence(
        (Constant(0.1), Sequence((Constant(0.1), Linear(0.1, 0, 10)), (10**15,))),
        (10**15,),
    ),
    Sequence((FlatCosine(0.1, 10, 0.5, 3.0),) * 16, tuple(range(10, 160, 10))),
    Sequence((WSD(0.1, 3, 3, 3, "linear"),) * 16, tuple(range(10, 160, 10))),
    Sequence((Expression("0.1 / (1 + t)", 1), Expression("0.1 / (2 + t)", 1)), (50,)),
    CosineDecay(0.1, 100, 0.1, warmup_target=0.0, warmup_steps=20),
    Expression("math * math_ / (1 + t)", 1, ("math", "math_"), (0.1, 0.5)),
]


@each_framework
@pytest.mark.parametrize("schedule", WHOLE, ids=str)
def test_what_cannot_be_said_in_parts_is_said_whole(name, schedule):
    curve, run = Curve(schedule), RUNS["step"]
    again = FRAMEWORKS[name].read(FRAMEWORKS[name].write(curve, run), run)
    close(again.rate(np.arange(run.steps), run), curve, 1e-9)


def test_where_32_bits_may_move_a_restart_it_is_said():
    def said(t_mul):
        curve = Curve(CosineDecayRestarts(0.1, 10, t_mul))
        return " ".join(map(str, FRAMEWORKS["optax"].notes(curve, RUNS["step"])))

    assert "a restart of these cycles may come at another step" in said(0.5)
    assert "another step" not in said(2.0)


def test_keras_own_line_from_0_is_read_as_a_line():
    text = "keras.optimizers.schedules.PolynomialDecay(0.0, 50, 0.1)"
    assert read(text, RUNS["step"]).schedule == Linear(0.0, 0.1, 50)


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
    close(again.rate(np.arange(run.steps), run), curve, 1e-9)


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


def _text(name, schedule):
    return FRAMEWORKS[name].write(Curve(schedule), RUNS["step"])


#: What a person would write: a schedule, and the calls of each framework that say it.
_BY_HAND = [
    (
        Linear(0.0, 0.1, 50),
        {
            "keras": "CosineDecay(\n    initial_learning_rate=0.0,\n    decay_steps=1,\n"
            "    alpha=1.0,\n    warmup_target=0.1,\n    warmup_steps=50,\n)",
            "torch": "lr_scheduler.LinearLR(optimizer, start_factor=1e-20, total_iters=50)",
            "optax": "optax.linear_schedule(init_value=0.0, end_value=0.1, transition_steps=50)",
            "transformers": "get_constant_schedule_with_warmup(optimizer, num_warmup_steps=50)",
        },
    ),
    (
        Linear(0.001, 0.1, 50),
        {"torch": "lr_scheduler.LinearLR(optimizer, start_factor=0.01, total_iters=50)"},
    ),
    (
        Linear(0.1, 0.01, 160),
        {
            "keras": "schedules.PolynomialDecay(",
            "torch": "LinearLR(optimizer, start_factor=1.0, end_factor=0.1, total_iters=160)",
            "transformers": "get_polynomial_decay_schedule_with_warmup(optimizer, "
            "num_warmup_steps=0, num_training_steps=160, lr_end=0.01)",
        },
    ),
    (
        OneCycle(0.1, 160),
        {
            "torch": "OneCycleLR(optimizer, max_lr=0.1, total_steps=160, cycle_momentum=False)",
            "optax": "optax.cosine_onecycle_schedule(transition_steps=159, peak_value=0.1)",
            "transformers": "OneCycleLR(",
        },
    ),
    (
        Sequence((Linear(0, 0.1, 20), CosineDecay(0.1, 140, 0.1)), (20,)),
        {
            "keras": "CosineDecay(\n    initial_learning_rate=0.0,\n    decay_steps=140,\n"
            "    alpha=0.1,\n    warmup_target=0.1,\n    warmup_steps=20,\n)",
            "torch": "CosineAnnealingLR(optimizer, T_max=140, eta_min=0.01)",
            "optax": "optax.warmup_cosine_decay_schedule(init_value=0.0, peak_value=0.1, "
            "warmup_steps=20, decay_steps=160, end_value=0.01)",
            "transformers": "get_cosine_with_min_lr_schedule_with_warmup(",
        },
    ),
    (
        WSD(0.1, 10, 100, 50),
        {
            "torch": "lr_scheduler.SequentialLR(",
            "optax": "optax.join_schedules(",
            "transformers": "get_wsd_schedule(optimizer, num_warmup_steps=10, "
            "num_stable_steps=100, num_decay_steps=50)",
        },
    ),
    (
        Sequence((Linear(0, 0.1, 20), WSD(0.1, 0, 100, 40)), (20,)),
        {"torch": "SequentialLR(", "optax": "join_schedules(", "transformers": "get_wsd_schedule("},
    ),
    (
        FlatCosine(0.1, 160),
        {
            "torch": "CosineAnnealingLR(optimizer, T_max=40, eta_min=1e-06)",
            "optax": "optax.cosine_decay_schedule(init_value=0.1, decay_steps=40, alpha=1e-05)",
            "transformers": "get_wsd_schedule(",
        },
    ),
    (
        PiecewiseConstantDecay([64, 128], [0.1, 0.02, 0.004]),
        {
            "keras": "PiecewiseConstantDecay(\n    boundaries=[64, 128],",
            "torch": "MultiStepLR(optimizer, milestones=[65, 129], gamma=0.2)",
            "optax": "optax.piecewise_constant_schedule(0.1, {65: 0.2, 129: 0.2})",
        },
    ),
    (
        Factor(CosineDecay(0.1, 160), StepDecay(1.0, 0.5, 40)),
        {"torch": "lr_scheduler.ChainedScheduler("},
    ),
    (Factor(StepDecay(0.1, 0.5, 40), Constant(0.3)), {"torch": "StepLR(optimizer, step_size=40"}),
    (Sequence((Constant(0.3), StepDecay(0.1, 0.5, 40)), (0,)), {"torch": "lr=0.1)"}),
    (
        Sequence((Constant(0.05), Linear(0.1, 0.0, 60)), (100,)),
        {"torch": "lr_scheduler.ConstantLR(optimizer, factor=0.5, total_iters=100)"},
    ),
]


@pytest.mark.parametrize(
    ("name", "schedule", "expected"),
    [(name, schedule, part) for schedule, parts in _BY_HAND for name, part in parts.items()],
)
def test_the_frameworks_own_class_is_written_where_one_says_it(name, schedule, expected):
    text = _text(name, schedule)
    assert expected in text
    assert "LambdaLR" not in text
    assert "jnp" not in text
    assert "class " not in text
    assert "of its own" not in _told(name, schedule)


@each_framework
@pytest.mark.parametrize("curve", CURVES[::2], ids=str)
def test_numbers_are_written_as_they_were_typed(name, curve):
    """No dust of rounding: 0.01, where 0.1 is multiplied with 0.1."""
    if name == "optax" and isinstance(curve.schedule, CosineDecayRestarts):
        # Cycles one by one: what has gone of each at its first step is a rest of rounding.
        return
    text = FRAMEWORKS[name].write(curve, RUNS[curve.per])
    long = re.findall(r"\d*\.\d{12,}(?:e[+-]?\d+)?", text)
    assert [each for each in long if each not in repr(curve.schedule)] == []


@pytest.mark.parametrize("name", ["torch", "transformers"])
def test_what_no_class_says_is_told_truly(name):
    # Of a line from 0 a run may see no more than what LinearLR cannot say.
    assert "LambdaLR" in _text("torch", Linear(0.0, 0.1, 10**9))
    goes_on = "does not hold its last rate"
    assert goes_on in _told(name, OneCycle(0.1, 100))
    assert goes_on in _told(name, CosineDecayRestarts(0.1, 10, 2.0, 1.0, 0.1, 3))
    assert goes_on in _told("torch", CosineDecay(0.01, 100, 0.1, 0.2, 20))
    assert "1e-20" in _told("torch", WSD(0.1, 10, 100, 50))
    phases = Sequence((Linear(0.01, 0.1, 20), OneCycle(0.1, 200)), (20,))
    assert "OneCycleLR is not made to be a phase" in _told(name, phases)
    assert "goes back" in _told(name, Sequence((Linear(0.1, 0.1, 9), Constant(0.01)), (9,)))
    assert "of its own" in _told(name, CosineDecay(0.1, 100, exponent=2.0))
