"""Every paste gives the curve that its framework gives."""

import ast
import math

import numpy as np
import pytest

from lrviz.export import FRAMEWORKS, read
from lrviz.scene import Timeline
from tests.export import snippets

STEPS = 160
RUN = Timeline(total_steps=STEPS)
EPOCHS = Timeline(samples=100, batch_size=10, epochs=16)
pytestmark = pytest.mark.keras


def _result(text, names):
    """What the text makes last: the last value that has a name, or has none."""
    tree = ast.parse(text)
    last = tree.body[-1]
    if isinstance(last, ast.Expr):
        tree.body[-1] = ast.Assign([ast.Name("last", ast.Store())], last.value, lineno=1)
    known = dict(names)
    exec(compile(ast.fix_missing_locations(tree), "pasted", "exec"), names)
    return next(names[name] for name in _NAMED if names.get(name) not in (None, known.get(name)))


#: What the last thing of a text is called, if it has a name.
_NAMED = ("last", "callback", "scheduler", "lr_scheduler", "schedule", "schedule_fn", "lr_schedule")


def _stepped(scheduler, optimizer):
    rates = []
    for _ in range(STEPS):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


def _torch_names():
    torch = pytest.importorskip("torch")
    from torch.optim import lr_scheduler

    model = torch.nn.Linear(1, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    return {
        **vars(lr_scheduler),
        "torch": torch,
        "lr_scheduler": lr_scheduler,
        "math": math,
        "model": model,
        "optimizer": optimizer,
        "T": STEPS,
    }


def _close(curve, rates, timeline=RUN, rtol=2e-8):
    ours = curve.rate(np.arange(len(rates)), timeline)
    np.testing.assert_allclose(ours, rates, rtol=0, atol=rtol * max(np.abs(rates)))


@pytest.mark.parametrize("text", snippets.TORCH)
def test_torch(text):
    names = _torch_names()
    scheduler = _result(text, names)
    rates = _stepped(scheduler, scheduler.optimizer)
    for reads in (read, FRAMEWORKS["torch"].read):
        _close(reads(text, RUN, base_rate=0.1, answers={"T": STEPS}), rates)


@pytest.mark.parametrize("text", snippets.TRANSFORMERS)
def test_transformers(text):
    transformers = pytest.importorskip("transformers")
    names = _torch_names() | vars(transformers.optimization) | {"transformers": transformers}
    scheduler = _result(text, names)
    rates = _stepped(scheduler, scheduler.optimizer)
    for reads in (read, FRAMEWORKS["transformers"].read):
        _close(reads(text, RUN, base_rate=0.1, answers={"T": STEPS}), rates)


@pytest.mark.parametrize("text", snippets.OPTAX)
def test_optax(text):
    optax = pytest.importorskip("optax")
    import jax.numpy as jnp

    names = {"optax": optax, "jnp": jnp}
    schedule = _result(text, names)
    for reads in (read, FRAMEWORKS["optax"].read):
        _close(reads(text, RUN), [float(schedule(step)) for step in range(STEPS)], rtol=5e-6)


def _keras_names():
    import keras

    return {
        **vars(keras.optimizers.schedules),
        "keras": keras,
        "tf": pytest.importorskip("tensorflow"),
        "LearningRateScheduler": keras.callbacks.LearningRateScheduler,
        "math": math,
        "np": np,
        "model": keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)]),
    }


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
@pytest.mark.parametrize("text", snippets.KERAS)
def test_keras(text):
    schedule = _result(text, _keras_names())
    for reads in (read, FRAMEWORKS["keras"].read):
        _close(reads(text, RUN), [float(schedule(step)) for step in range(STEPS)], rtol=5e-6)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
@pytest.mark.parametrize("text", snippets.KERAS_EPOCHS)
def test_keras_every_epoch(text):
    callback = _result(text, _keras_names())
    takes = callback.schedule.__code__.co_argcount
    rates = [float(callback.schedule(step // 10, *[0.1] * (takes - 1))) for step in range(STEPS)]
    for reads in (read, FRAMEWORKS["keras"].read):
        curve = reads(text, EPOCHS)
        assert curve.per == "epoch"
        _close(curve, rates, EPOCHS, rtol=5e-6)


def test_there_are_enough():
    kinds = (snippets.TORCH, snippets.OPTAX, snippets.KERAS, snippets.KERAS_EPOCHS)
    assert sum(map(len, (*kinds, snippets.TRANSFORMERS, snippets.TIMM))) >= 80


@pytest.mark.parametrize(("text", "rate"), snippets.TIMM)
def test_timm(text, rate):
    curve = read(text, EPOCHS, base_rate=0.1)
    assert curve.per == "epoch"
    _close(curve, [rate(step // 10) for step in range(STEPS)], EPOCHS)
