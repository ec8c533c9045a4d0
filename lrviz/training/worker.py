"""Fits on a worker, with TensorFlow. Dask names this file; nobody imports it."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import errno
import gc
import logging
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import psutil

from lrviz.errors import TrainingError
from lrviz.scene import Line, Plateau
from lrviz.schedules import Floats
from lrviz.text import Sentence, quoted
from lrviz.training.data import DATA, Arrays, Name
from lrviz.training.events import Ensemble, EpochDone, Event, FitEnded, FitStarted, StepsDone
from lrviz.training.lean import keras, tf
from lrviz.training.script import built
from lrviz.training.spec import FitSpec, Recipe
from lrviz.training.turns import Turns, in_turn
from lrviz.training.watching import cycle_ends, why_stopped

#: How long events are gathered, in seconds, before they are sent together.
_PERIOD = 0.08
#: A loss so much higher than the first one is taken for one that has no end.
_DIVERGED = 1e6

_LOG = logging.getLogger(__name__)

#: What this process held when it was ready, in bytes; set by :func:`dask_setup`.
AT_FIRST = 0

Say = Callable[[list[Event]], None]

# The same seed must give the same history, bit for bit.
tf.config.experimental.enable_op_determinism()


def dask_setup(worker: object) -> None:
    """Train once, on nothing: what TensorFlow loads at its first fit is then there."""
    global AT_FIRST
    # The page comes first: where they share the processor, fits wait for it.
    os.nice(5)
    run(FitSpec(Recipe(epochs=1, units=1, data="note"), (Plateau(),)), lambda _: None, bool)
    # What is loaded now stays: nobody need look through it again after every fit.
    gc.freeze()
    AT_FIRST = psutil.Process().memory_info().rss


def devices() -> list[str]:
    """The devices that are there, by TensorFlow's names."""
    found = tf.config.list_logical_devices()
    return [f"{each.device_type}:{each.name.rpartition(':')[2]}" for each in found]


def run(
    spec: FitSpec,
    say: Say,
    cancelled: Callable[[], bool],
    fits: Sequence[int] | None = None,
) -> None:
    """Train with learning rates of the spec: those at ``fits``, by default all, in turn.

    Raises:
        TrainingError: if the data or the device is not there.
    """
    recipe = spec.recipe
    if recipe.device and recipe.device not in devices():
        raise TrainingError(
            Sentence("There is no device {name} here.", {"name": quoted(recipe.device)})
        )
    arrays = _arrays(recipe.data, recipe.share_redrawn)
    numbers = range(len(spec.lines)) if fits is None else fits

    def fit(number: int, turns: Turns) -> None:
        with tf.device(recipe.device or None):
            _fit(number, spec.lines[number], Around(recipe, arrays, say, cancelled, turns))

    in_turn(numbers, fit)
    keras.backend.clear_session()
    gc.collect()


class Around(NamedTuple):
    """What the fits of a run share."""

    recipe: Recipe
    arrays: Arrays
    say: Say
    cancelled: Callable[[], bool]
    turns: Turns


class _Stop(Exception):
    """The fit is to stop, for the reason in ``args[0]`` (None: it was cancelled)."""


class _Log:
    """Every step's rate and loss, written by the compiled step itself."""

    def __init__(self, steps: int) -> None:
        self.rates = tf.Variable(tf.zeros(steps), trainable=False)
        self.losses = tf.Variable(tf.zeros(steps), trainable=False)

    def write(self, log: tf.Variable, step: tf.Tensor, value: tf.Tensor) -> None:
        """Note ``value`` as that of ``step`` (the number of updates before it)."""
        at = tf.reshape(tf.cast(step, tf.int64), (1, 1))
        log.scatter_nd_update(at, tf.reshape(tf.cast(value, tf.float32), (1,)))


def _note_rates(optimizer: keras.optimizers.Optimizer, log: _Log) -> None:
    """Have the optimizer note the rate that each update is really given."""
    update = optimizer.update_step

    def noting(gradient: object, variable: object, learning_rate: object) -> None:
        # All variables get the same rate; one note a step is enough.
        if optimizer._get_variable_index(variable) == 0:
            log.write(log.rates, optimizer.iterations, learning_rate)
        update(gradient, variable, learning_rate)

    optimizer.update_step = noting


def _note_losses(model: keras.Model, log: _Log) -> None:
    """Have the model note each training batch's own loss: Keras reports a running mean."""
    compute = model.compute_loss

    def noting(*args: object, training: bool = True, **values: object) -> object:
        loss = compute(*args, training=training, **values)
        if training:
            log.write(log.losses, model.optimizer.iterations, loss)
        return loss

    model.compute_loss = noting


def _fit(number: int, line: Line, around: Around) -> None:
    recipe = around.recipe
    if around.cancelled():
        return
    keras.utils.set_random_seed(recipe.seed)
    begun = time.monotonic()
    x, y, x_test, y_test = around.arrays
    log = _Log(recipe.timeline.steps)
    # The very code that the page offers to copy.
    names: dict[str, Any] = {"keras": keras}
    exec(built(line, recipe), names)
    model = names["model"]
    _note_rates(model.optimizer, log)
    _note_losses(model, log)
    watch = _Watch(number, line, log, around)
    problem: Sentence | None = None
    around.say([FitStarted(number, _device(model))])
    try:
        model.fit(
            x,
            y,
            batch_size=recipe.batch_size,
            epochs=recipe.epochs,
            validation_data=(x_test, y_test),
            verbose=0,
            callbacks=[*names["callbacks"], watch],
        )
    except _Stop as stop:
        problem = stop.args[0]
    seconds = time.monotonic() - begun - around.turns.waited(number)
    ensemble = watch.ensemble(model, x_test, y_test) if problem is None else None
    watch.send(FitEnded(number, seconds, ensemble, problem))


class _Watch(keras.callbacks.Callback):  # type: ignore[misc]  # Keras ships no types
    """Tells what happens, a few times a second; stops the fit; keeps the cycles' last models."""

    def __init__(self, number: int, line: Line, log: _Log, around: Around) -> None:
        super().__init__()
        self._number, self._log, self._around = number, log, around
        recipe = around.recipe
        self._step = self._sent = 0
        self._due = 0.0
        self._pending: list[Event] = []
        self._first_loss: float | None = None
        self._kept: dict[int, list[Floats]] = {}
        self._ends = cycle_ends(line, recipe.timeline) if recipe.data_set.classes else frozenset()

    def on_train_batch_end(self, batch: int, logs: object = None) -> None:
        if self._step in self._ends:
            self._kept[self._step] = self.model.get_weights()
        self._step += 1
        self._poll()

    def on_test_batch_end(self, batch: int, logs: object = None) -> None:
        self._poll()

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        self._look()
        logs = logs or {}
        accuracy = logs.get("val_accuracy", float("nan"))
        self._pending.append(
            EpochDone(self._number, epoch, logs["loss"], logs["val_loss"], accuracy)
        )
        if self._around.turns.shared:
            # The others go on from here: what has happened is told first.
            self._flush()
            self._around.turns.pass_on(self._number)

    def _poll(self) -> None:
        now = time.monotonic()
        if now < self._due:
            return
        # The first step is told at once.
        self._due = now + _PERIOD
        self._look()
        self._flush()
        if self._around.cancelled():
            raise _Stop(None)

    def _look(self) -> None:
        """Read what the compiled steps have logged; stop where it makes no sense any more."""
        first, last = self._sent, self._step
        if first == last:
            return
        rates = self._log.rates[first:last].numpy()
        losses = self._log.losses[first:last].numpy()
        if self._first_loss is None:
            self._first_loss = float(losses[0])
        highest = _DIVERGED * max(1.0, abs(self._first_loss))
        wrong = np.flatnonzero(~(np.isfinite(rates) & (losses < highest)))
        if len(wrong):
            last = first + int(wrong[0]) + 1
            rates, losses = rates[: last - first], losses[: last - first]
        self._pending.append(StepsDone(self._number, first, rates, losses))
        self._sent = last
        if len(wrong):
            raise _Stop(why_stopped(last - 1, float(rates[-1]), float(losses[-1])))

    def send(self, event: Event) -> None:
        """Send an event, after those that wait."""
        self._pending.append(event)
        self._flush()

    def _flush(self) -> None:
        if self._pending:
            self._around.say(self._pending)
            self._pending = []

    def ensemble(self, model: keras.Model, x: Floats, y: Floats) -> Ensemble | None:
        """How good the averaged predictions of the kept models are, if there are several."""
        if self._around.cancelled() or len(self._kept) < 2:
            return None
        all_of_them = []
        for weights in self._kept.values():
            model.set_weights(weights)
            all_of_them.append(keras.ops.softmax(model(x)).numpy())
        accuracies = [_accuracy(each, y) for each in all_of_them]
        mean = _accuracy(np.mean(all_of_them, axis=0), y)
        return Ensemble(tuple(self._kept), tuple(accuracies), mean)


def _accuracy(probabilities: Floats, y: Floats) -> float:
    return float(np.mean(probabilities.argmax(axis=1) == y))


def _device(model: keras.Model) -> str:
    device: str = model.trainable_variables[0].value.device
    return device.rpartition("/device:")[2]


@lru_cache(maxsize=2)
def _arrays(name: Name, redrawn: float) -> Arrays:
    data = DATA[name]
    if data.make is not None:
        return data.arrays(redrawn)
    module = getattr(keras.datasets, name.replace("-", "_"))
    try:
        (x, y), (x_test, y_test) = module.load_data()
    except Exception as error:
        _LOG.info("Keras could not load %s.", name, exc_info=error)
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise TrainingError(
                Sentence(
                    "{name} could not be loaded: the disk of this machine is full.", {"name": name}
                )
            ) from error
        raise TrainingError(
            Sentence(
                "{name} could not be loaded: it is not on this machine, and Keras could not "
                "download it. The other data sets need no download.",
                {"name": name},
            )
        ) from error
    flat = [(each.reshape(-1, 784) / 255).astype("float32") for each in (x, x_test)]
    return flat[0], y.astype("int32"), flat[1], y_test.astype("int32")
