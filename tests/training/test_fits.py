"""What is logged is the truth: the rates, the losses, and the same again with the same seed."""

import importlib
import json
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from lrviz.scene import Curve, Plateau
from lrviz.schedules import (
    SCHEDULES,
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    PolynomialDecay,
    StepDecay,
)
from lrviz.training.events import EpochDone, FitEnded, FitStarted, RunEnded, StepsDone
from lrviz.training.script import script
from lrviz.training.service import Trainer
from lrviz.training.spec import FitSpec, Recipe

pytestmark = pytest.mark.keras

#: Sixty steps each, of batches whose last one is smaller. By epochs: 10 samples in batches of 3,
#: and what takes a moment is an epoch; by steps: 1,437 in batches of 24, in a single one.
UNEVEN = {
    "epoch": Recipe(data="note", model="odometer", batch_size=3, epochs=15),
    "step": Recipe(data="digits", model="odometer", batch_size=24, epochs=1),
}


def _fits(trainer, recipe, *lines):
    run = trainer.submit(FitSpec(recipe, lines))
    assert run.wait(300) == "done", run.problem
    return run.history


def _fours():
    schedules = [schedule.example(60) for schedule in SCHEDULES]
    schedules.append(PolynomialDecay(0.1, 20, cycle=True))
    schedules.append(CosineDecay(0.01, 40, 0.1, warmup_target=0.2, warmup_steps=10))
    for per in UNEVEN:
        curves = [Curve(schedule, per) for schedule in schedules]
        yield from (curves[at : at + 4] for at in range(0, len(curves), 4))


@pytest.mark.parametrize("four", list(_fours()), ids=lambda four: str(four[0]))
def test_the_log_is_what_moves_the_weight_and_what_was_planned(trainer, four):
    for fit in _fits(trainer, UNEVEN[four[0].per], *four):
        assert fit.steps == 60
        # The odometer's loss is minus its weight: from step to step it falls by the rate applied.
        moved = -np.diff(fit.losses.astype(float))
        np.testing.assert_allclose(fit.rates[:-1], moved, atol=1e-6 * abs(fit.losses).max())
        planned = fit.planned(np.arange(60.0))
        np.testing.assert_allclose(fit.rates, planned, atol=2e-6 * planned.max(), rtol=0)
        assert not fit.differences().size


def test_the_notes_three_cases(trainer):
    halved, cosine, restarts = _fits(
        trainer,
        Recipe(data="note", model="linear", batch_size=32, epochs=10),
        Curve(StepDecay(0.1, 0.5, 5), per="epoch"),
        Curve(CosineDecay(0.001, 50, alpha=0.001)),
        Curve(CosineDecayRestarts(0.1, 10, t_mul=1.0, m_mul=0.9, alpha=0.0)),
    )
    np.testing.assert_allclose(halved.rates, [0.1] * 5 + [0.05] * 5, rtol=1e-6)
    assert cosine.rates[:3] == pytest.approx([0.001, 0.000999014, 0.000996061], rel=1e-5)
    assert cosine.rates[-1] == pytest.approx(0.000922242, rel=1e-5)
    assert restarts.rates[:3] == pytest.approx([0.1, 0.0975528, 0.0904508], rel=1e-5)
    assert restarts.rates[-1] == pytest.approx(0.00244718, rel=1e-5)


def test_a_restart_that_keras_misses_is_seen(trainer):
    recipe = Recipe(data="note", model="odometer", batch_size=10, epochs=30)
    (fit,) = _fits(trainer, recipe, Curve(CosineDecayRestarts(0.1, 10, t_mul=1.1)))
    assert fit.differences().tolist() == [21]
    assert fit.largest_difference() == pytest.approx(0.1, abs=1e-3)


def test_the_same_seed_gives_the_same_history_and_all_fits_begin_alike(trainer):
    recipe = Recipe(data="moons", epochs=3, units=8)
    lines = (Curve(Constant(0.5)), Curve(CosineDecay(0.5, 75)))
    first, second = (_fits(trainer, recipe, *lines) for _ in range(2))
    for one, other in zip(first, second, strict=True):
        np.testing.assert_array_equal(one.losses, other.losses)
        np.testing.assert_array_equal(one.rates, other.rates)
        assert one.epochs == other.epochs
    # The same weights and the same first batch, whatever the curve.
    assert first[0].losses[0] == first[1].losses[0]
    (other,) = _fits(trainer, Recipe(data="moons", epochs=1, units=8, seed=1), lines[0])
    assert other.losses[0] != first[0].losses[0]


def _disturb(*, on):
    """Have something else draw from Python's generator between the seed and the weights."""
    import keras

    own = keras.utils.__dict__.setdefault("set_random_seed_itself", keras.utils.set_random_seed)
    keras.utils.set_random_seed = (lambda seed: (own(seed), random.random())) if on else own


def test_what_else_draws_random_numbers_changes_no_history(trainer):
    recipe = Recipe(data="moons", model="two", epochs=1, units=8)
    (undisturbed,) = _fits(trainer, recipe, Curve(Constant(0.5)))
    everywhere = trainer._cluster.client.run
    everywhere(_disturb, on=True)
    try:
        (disturbed,) = _fits(trainer, recipe, Curve(Constant(0.5)))
    finally:
        everywhere(_disturb, on=False)
    np.testing.assert_array_equal(disturbed.losses, undisturbed.losses)


def _loaded():
    return {"jax", "torch", "transformers"} & set(sys.modules)


def test_a_worker_holds_no_other_framework(trainer):
    # Keras takes in what it finds: installed beside lrviz, jax would cost each worker 100 MB.
    assert list(trainer._cluster.client.run(_loaded).values()) == [set(), set()]


def test_losses_are_the_batches_own_and_average_to_keras_mean(trainer):
    (fit,) = _fits(trainer, Recipe(data="moons", batch_size=200, epochs=2), Curve(Constant(0.5)))
    means = fit.losses.reshape(2, 4).mean(axis=1)
    # Four equal batches: Keras's own figure for the epoch is their mean.
    np.testing.assert_allclose(means, [epoch.loss for epoch in fit.epochs], rtol=1e-6)


def test_events_tell_it_in_order(trainer):
    run = trainer.submit(FitSpec(Recipe(data="moons", epochs=2), (Plateau(), Plateau(0.01))))
    events = list(run.events())
    assert isinstance(events[0], FitStarted)
    assert events[0].device == "CPU:0"
    assert isinstance(events[-1], RunEnded)
    assert sorted(event.fit for event in events if isinstance(event, FitEnded)) == [0, 1]
    for fit in (0, 1):
        steps = [each for each in events if isinstance(each, StepsDone) and each.fit == fit]
        assert np.cumsum([0, *(len(each.rates) for each in steps)])[:-1].tolist() == [
            each.first for each in steps
        ]
        epochs = [e.epoch for e in events if isinstance(e, EpochDone) and e.fit == fit]
        assert epochs == [0, 1]
    assert run.steps == run.spec.steps == 100
    assert list(run.events()) == events


@pytest.mark.parametrize("data", ["moons", "noisy-digits"])
def test_curves_that_race_train_as_each_does_alone(trainer, data):
    """Bit for bit: on one worker, in turn, and each by itself."""
    recipe = Recipe(data=data, epochs=3, units=16)
    lines = (
        Curve(CosineDecayRestarts(0.5, 20, t_mul=1.0)),
        Curve(Constant(0.3), per="epoch", color=1),
        Plateau(0.1, patience=0),
    )
    run = trainer.submit(FitSpec(recipe, lines))
    events = list(run.events())
    order = [each.fit for each in events if isinstance(each, EpochDone)]
    # Those of one worker take turns.
    for part in run.parts:
        assert [fit for fit in order if fit in part.fits] == [*part.fits] * recipe.epochs
    for place, line in enumerate(lines):
        (alone,) = _fits(trainer, recipe, line)
        raced = run.history[place]
        np.testing.assert_array_equal(raced.losses, alone.losses)
        np.testing.assert_array_equal(raced.rates, alone.rates)
        assert [(e.loss, e.val_loss) for e in raced.epochs] == [
            (e.loss, e.val_loss) for e in alone.epochs
        ]


def test_the_default_plateau_acts_in_its_default_run(trainer):
    (fit,) = _fits(trainer, Recipe(), Plateau())
    assert fit.rates[0] == Plateau().initial_learning_rate
    assert fit.rates[-1] <= fit.rates[0] * Plateau().factor


def test_a_plateau_is_known_only_by_training(trainer):
    recipe = Recipe(data="moons", epochs=6, units=4)
    (fit,) = _fits(trainer, recipe, Plateau(1e-6, factor=0.5, patience=0, lowest=1e-7))
    assert np.isnan(fit.planned(np.arange(3.0))).all()
    assert np.isnan(fit.largest_difference())
    assert fit.rates[0] == pytest.approx(1e-6)
    (flat,) = _fits(trainer, Recipe(data="note", model="odometer", epochs=4), Plateau(0.1))
    np.testing.assert_allclose(flat.rates, 0.1, rtol=1e-6)


def test_a_rate_that_is_no_number_stops_the_fit_with_a_sentence(trainer):
    nan, fine = _fits(
        trainer,
        Recipe(data="note", model="odometer", batch_size=1, epochs=3),
        Curve(CosineDecayRestarts(0.1, 5, t_mul=0.5)),
        Curve(Constant(0.1)),
    )
    assert "rate of step 10 is not a number" in str(nan.ended.problem)
    assert nan.steps == 11
    assert fine.ended.problem is None
    assert fine.steps == 30


def test_a_loss_without_end_stops_the_fit_with_a_sentence(trainer):
    recipe = Recipe(data="note", model="linear", batch_size=1, epochs=50)
    (fit,) = _fits(trainer, recipe, Curve(Constant(10.0)))
    assert "rate is too high" in str(fit.ended.problem)
    assert 1 < fit.steps < 100


def test_restarts_leave_an_ensemble(trainer):
    recipe = Recipe(epochs=4)
    fits = _fits(
        trainer, recipe, Curve(CosineDecayRestarts(1.0, 45, t_mul=1.0)), Curve(Constant(1.0))
    )
    ensemble = fits[0].ensemble
    assert ensemble.steps == (44, 89, 134, 179)
    assert ensemble.accuracies[-1] == pytest.approx(fits[0].epochs[-1].val_accuracy)
    assert 0.5 < ensemble.accuracy <= 1
    assert fits[1].ensemble is None


@pytest.mark.parametrize("optimizer", ["Nesterov", "Adam", "AdamW", "RMSprop"])
def test_every_optimizer_logs_its_rate(trainer, optimizer):
    recipe = Recipe(data="spiral", model="two", units=8, epochs=2, optimizer=optimizer)
    curve = Curve(CosineDecay(0.01, 50))
    (fit,) = _fits(trainer, recipe, curve)
    np.testing.assert_allclose(fit.rates, curve.schedule(np.arange(50)), atol=2e-8)
    assert fit.epochs[-1].val_accuracy > 0.2


def test_what_cannot_be_trained_is_said(trainer):
    run = trainer.submit(FitSpec(Recipe(device="GPU:7"), (Curve(Constant(0.1)),)))
    assert run.wait(300) == "failed"
    assert "no device “GPU:7”" in str(run.problem)


def _offline():
    _load_with(lambda: 1 / 0)


def _stored():
    def load():
        sizes = {"x": 60_000, "x_test": 10_000}
        x, x_test = (np.zeros((size, 28, 28), np.uint8) for size in sizes.values())
        return (x, np.arange(60_000) % 10), (x_test, np.arange(10_000) % 10)

    _load_with(load)


def _load_with(load):
    importlib.import_module("keras.datasets.mnist").load_data = load
    importlib.import_module("lrviz.training.worker")._arrays.cache_clear()


def test_keras_own_data_where_it_is_and_a_sentence_where_not():
    spec = FitSpec(
        Recipe(data="mnist", model="linear", batch_size=6000, epochs=1), (Curve(Constant(0.1)),)
    )
    # A trainer of its own: a worker that has run much is replaced, and MNIST is Keras's again.
    with Trainer(workers=1) as trainer:
        trainer._cluster.client.run(_offline)
        run = trainer.submit(spec)
        assert run.wait(300) == "failed"
        assert str(run.problem).startswith("mnist could not be loaded: it is not on this machine")
        trainer._cluster.client.run(_stored)
        run = trainer.submit(spec)
        assert run.wait(300) == "done", run.problem
        assert run.steps == 10


SCRIPTS = {
    "restarts": (Curve(CosineDecayRestarts(1.0, 45, t_mul=1.0)), Recipe(epochs=3)),
    "steps": (
        Curve(StepDecay(0.1, 0.5, 1), per="epoch"),
        Recipe(data="spiral", model="two", optimizer="Nesterov", momentum=0.9, epochs=3),
    ),
    "plateau": (Plateau(0.5, 0.5, 1), Recipe(data="moons", epochs=4, device="CPU:0")),
    "note": (Curve(Constant(0.01)), Recipe(data="note", model="linear", epochs=5)),
    "odometer": (
        Curve(Constant(0.1), per="epoch"),
        Recipe(data="digits", model="odometer", epochs=1),
    ),
}


#: Runs each file by itself, in one process: Keras takes seconds to load.
RUN_ALL = """
import json, runpy, sys
for file in sys.argv[1:]:
    found = runpy.run_path(file)
    json.dump([found["fit"].history, found["rates"]], open(file + ".json", "w"))
"""


@pytest.fixture(scope="module")
def scripts_found(tmp_path_factory):
    """By name: the history and the rates of each script."""
    folder = tmp_path_factory.mktemp("scripts")
    files = {name: folder / f"{name}.py" for name in SCRIPTS}
    for name, file in files.items():
        file.write_text(script(*SCRIPTS[name]), "utf-8")
    command = [sys.executable, "-c", RUN_ALL, *map(str, files.values())]
    subprocess.run(command, check=True, capture_output=True)
    return {name: json.loads(Path(f"{file}.json").read_text()) for name, file in files.items()}


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_script_gives_the_same_history(trainer, name, scripts_found):
    source, recipe = SCRIPTS[name]
    (fit,) = _fits(trainer, recipe, source)
    history, rates = scripts_found[name]
    assert history["loss"] == [epoch.loss for epoch in fit.epochs]
    assert history["val_loss"] == [epoch.val_loss for epoch in fit.epochs]
    if recipe.data_set.classes and recipe.model != "odometer":
        assert history["val_accuracy"] == [epoch.val_accuracy for epoch in fit.epochs]
    # The script asks the schedule outside of the compiled step, where float32 rounds otherwise.
    np.testing.assert_allclose(rates, fit.rates, atol=1e-6 * fit.rates.max(), rtol=0)
