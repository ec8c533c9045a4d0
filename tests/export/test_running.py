"""What is written runs in each framework, is saved and loaded there, and goes on from there."""

import io
import os

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lrviz.errors import InvalidSchedule
from lrviz.export import FRAMEWORKS
from lrviz.scene import Curve
from lrviz.schedules import Expression, Factor, Sequence, StepDecay
from tests.export.curves import CURVES, RUNS, close
from tests.strategies import schedules

pytestmark = [
    pytest.mark.keras,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]
#: How exact each is: Keras and optax calculate in 32 bits.
EXACT = {"torch": 2e-8, "transformers": 2e-8, "optax": 3e-6, "keras": 3e-6}
each_framework = pytest.mark.parametrize("name", FRAMEWORKS)
of_torch = pytest.mark.parametrize("name", ["torch", "transformers"])
STEPS = [each for each in CURVES if each.per == "step"]
EPOCHS = [each for each in CURVES if each.per == "epoch"]


def _run(name, curve, text=None):
    """What the code leaves."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    pytest.importorskip(name)
    names: dict = {}
    exec(text or FRAMEWORKS[name].write(curve, RUNS[curve.per]), names)
    return names


def _steps(names, curve, steps):
    """The rates that a training loop applies at those steps: those before have been done."""
    run, rates = RUNS[curve.per], []
    for step in steps:
        rates.append(names["optimizer"].param_groups[0]["lr"])
        names["optimizer"].step()
        if curve.per == "step" or (step + 1) % run.steps_per_epoch == 0:
            names["scheduler"].step()
    return rates


def _counted(names, run):
    """The rates that an optimizer of optax's applies when its state has counted so far."""
    import jax
    import optax

    optimizer, counts = names["optimizer"], np.arange(run.steps, dtype=np.int32)

    def update(count):
        gradient = np.ones(count.shape, np.float32)
        state = optax.tree_utils.tree_set(optimizer.init(gradient), count=count)
        return optimizer.update(gradient, state)[0]

    try:
        return -np.asarray(update(counts))
    except (TypeError, ValueError):
        # Some of optax's schedules take no more than one step.
        return -np.asarray(jax.vmap(update)(counts))


def _scheduled(schedule, curve):
    """The rates that a schedule of Keras's gives for all steps of a run at once."""
    run = RUNS[curve.per]
    counted = np.arange(run.steps) // (run.steps_per_epoch if curve.per == "epoch" else 1)
    rates = schedule
    if callable(schedule):
        try:
            rates = schedule(counted.astype(np.int32))
        except ValueError:
            # A warm-up asks whether one step is one of its own.
            rates = [float(schedule(int(each))) for each in counted]
    return np.broadcast_to(np.asarray(rates, dtype=np.float64), counted.shape)


def _applied(name, names, curve):
    """The rates of a whole run."""
    run = RUNS[curve.per]
    if name == "optax":
        return _counted(names, run)
    if name == "keras":
        return _scheduled(names["schedule"], curve)
    return _steps(names, curve, range(run.steps))


#: The parameters that are rates.
_RATES = ("learning_rate", "max_lr", "base_lr", "warmup_target")


def _top(schedule):
    """The highest rate of a schedule anywhere: what 32 bits round is a share of this."""
    if isinstance(schedule, Factor):
        return _top(schedule.base) * _top(schedule.factor)
    if isinstance(schedule, Sequence):
        return max(map(_top, schedule.schedules))
    rates = schedule(np.geomspace(1, 1e15, 400).round())
    named = [schedule.value(f.path) for f in schedule.fields() if f.path.endswith(_RATES)]
    return max(rates[rates <= 1e6].max(initial=0.0), *(each or 0.0 for each in named), 0.0)


def _right(name, curve, top=0.0, loose=1.0):
    names = _run(name, curve)
    rates = _applied(name, names, curve)
    near = {
        "abs": EXACT[name] * loose * max(float(np.nanmax(rates)), top),
        "rel": 1e-6,
        "nan_ok": True,
    }
    for step in (0, len(rates) // 3, len(rates) - 1):
        assert float(names["rate"](step)) == pytest.approx(rates[step], **near)
    told = [str(note) for note in FRAMEWORKS[name].notes(curve, RUNS[curve.per])]
    # What is said to be otherwise is so.
    if any("Keras rounds" in note or "at another step" in note for note in told):
        return
    try:
        close(rates, curve, EXACT[name] * loose, top)
    except AssertionError as error:
        text = FRAMEWORKS[name].write(curve, RUNS[curve.per])
        raise AssertionError(f"{curve}\n{text}\n{error}") from None


@each_framework
def test_every_text_runs_and_gives_our_rates(name):
    # For optax an epoch is the same schedule, called with another number: that is slow to compile.
    for curve in [*STEPS, *EPOCHS[:: 8 if name == "optax" else 1]]:
        _right(name, curve)


@each_framework
def test_without_its_check_the_code_still_works(name):
    """``rate(step)`` is the last of it, and nothing needs it."""
    for curve in CURVES[::5]:
        text, _, check = (
            FRAMEWORKS[name].write(curve, RUNS[curve.per]).partition("\ndef rate(step):")
        )
        assert all(not line or line.startswith("    ") for line in check.splitlines())
        names = _run(name, curve, text)
        assert "rate" not in names
        assert "optimizer" in names or "callback" in names


@of_torch
def test_a_rate_that_is_logged_trains_nothing(name):
    """The reader's parameters change by the reader's own steps alone, after any ``backward``."""
    torch = pytest.importorskip("torch")
    for curve in CURVES:
        names = _run(name, curve)
        model = names["model"]
        model(torch.ones(1, 1)).sum().backward()
        before = [each.detach().clone() for each in model.parameters()]
        state = names["optimizer"].state_dict(), names["scheduler"].state_dict()
        for step in (0, 1, 7):
            names["rate"](step)
        assert all(map(torch.equal, before, model.parameters()))
        assert state == (names["optimizer"].state_dict(), names["scheduler"].state_dict())


@of_torch
def test_a_run_goes_on_from_what_was_saved(name):
    torch = pytest.importorskip("torch")
    for curve in CURVES[::3]:
        run, first = RUNS[curve.per], _run(name, curve)
        half = run.steps // 2
        rates = _steps(first, curve, range(half))
        file = io.BytesIO()
        torch.save([first[each].state_dict() for each in ("optimizer", "scheduler")], file)
        file.seek(0)
        second = _run(name, curve)
        for each, state in zip(("optimizer", "scheduler"), torch.load(file), strict=True):
            second[each].load_state_dict(state)
        rates += _steps(second, curve, range(half, run.steps))
        close(rates, curve, EXACT[name])


@pytest.mark.parametrize("curve", STEPS[::3], ids=str)
def test_keras_saves_and_loads_a_model_with_it(curve, tmp_path):
    keras = pytest.importorskip("keras")
    names = _run("keras", curve)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(names["optimizer"], "mse")
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras").optimizer
    for step in (0, 1, 50, 159):
        # The optimizer asks its schedule for the rate of the step that it has counted.
        loaded.iterations.assign(step)
        rate = float(keras.ops.convert_to_numpy(loaded.learning_rate))
        assert rate == pytest.approx(names["rate"](step), rel=1e-6, nan_ok=True)


#: Names that the code could have for something else, and Python's own.
_NAMES = (
    ("math", "np", "jnp", "jax", "torch", "keras", "optax", "transformers"),
    ("step", "rate", "optimizer", "model", "schedule", "scheduler", "lr_scheduler", "self"),
    ("float", "int", "print", "type", "match", "math_", "jnp_", "keras_"),
    ("_", "__class__", "cls", "math", "math_", "jnp", "jnp_", "t_"),
)


@each_framework
@pytest.mark.parametrize("others", _NAMES, ids=str)
def test_a_formula_may_call_its_numbers_anything(name, others):
    parts = [f"{each} * (1 + cos(pi * min(t / T, 1)))" for each in others]
    values = tuple(0.01 * (i + 1) for i, _ in enumerate(others))
    formula = Expression(" + ".join(parts), 160, others, values)
    _right(name, Curve(formula))
    _right(name, Curve(Factor(formula, StepDecay(1.0, 0.5, 40)), "epoch"))


@each_framework
@pytest.mark.parametrize(
    "formula",
    [
        "where(t < 999, 0.1, 0.1 / max(high - low, 0))",
        "where(t < 999, 0.1, 0.1 / (high - low))",
        "where(t < 80, 0.1, low / (high - low))",
        "where(t < 999, 0.1, log(high - low))",
        "where(t < 999, 0.1, (0 - high) ** 0.5 + 10 ** 500)",
        "min(0.1, 1 / (high - low))",
        "(t / T) ** 8",
        "t ** 8 / T ** 8",
    ],
)
def test_what_has_no_end_is_no_error(name, formula):
    curve = Curve(Expression(formula, 160, ("low", "high"), (1.0, 1.0)))
    close(_applied(name, _run(name, curve), curve), curve, 3e-6)


@each_framework
@settings(max_examples=15)
@given(schedules(), st.sampled_from(list(RUNS)))
def test_any_setting_is_right(name, schedule, per):
    curve, run = Curve(schedule, per), RUNS[per]
    rates = curve.rate(np.arange(run.steps), run)
    assume(bool(np.isfinite(rates).all()) and 0 < rates.max() <= 1e6)
    if name in ("torch", "transformers"):
        # They round to 64 bits, as we do, but not the same parts.
        _right(name, curve, _top(schedule) * 1e-6)
        return
    # What 32 bits cannot hold is no setting there.
    numbers = [schedule.value(each.path) for each in schedule.fields() if each.kind == "float"]
    assume(not any(each and each < 1e-30 for each in numbers))
    # A high power has more of what they round.
    _right(name, curve, _top(schedule), loose=100)


def test_a_name_that_python_fills_itself_is_no_name():
    with pytest.raises(InvalidSchedule, match="__debug__"):
        Expression("0.1 * __debug__", 160)
