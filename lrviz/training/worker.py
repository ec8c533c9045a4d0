"""Fits on a worker: the only file that imports TensorFlow. Dask names it; nobody imports it."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import errno
import gc
import logging
import time
from collections.abc import Callable
from functools import lru_cache

import keras
import numpy as np
import psutil
import tensorflow as tf

from lrviz.errors import TrainingError
from lrviz.export.keras import expression
from lrviz.scene import Curve
from lrviz.schedules import Constant, Floats
from lrviz.text import Sentence, quoted
from lrviz.training.data import DATA, Arrays, Name
from lrviz.training.events import Ensemble, EpochDone, Event, FitEnded, FitStarted, StepsDone
from lrviz.training.spec import FitSpec, Plateau, Recipe, Source

#: How long events are gathered, in seconds, before they are sent together.
_PERIOD = 0.08
#: A loss so much higher than the first one is taken for one that has no end.
_DIVERGED = 1e6
#: The models at the last so many cycles' ends are kept.
_MOST_SNAPSHOTS = 20

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


def run(spec: FitSpec, say: Say, cancelled: Callable[[], bool]) -> None:
    """Train with each of the spec's learning rates, one after the other.

    Raises:
        TrainingError: if the data or the device is not there.
    """
    recipe = spec.recipe
    if recipe.device and recipe.device not in devices():
        raise TrainingError(
            Sentence("There is no device {name} here.", {"name": quoted(recipe.device)})
        )
    arrays = _arrays(recipe.data, recipe.share_redrawn)
    for number, source in enumerate(spec.sources):
        if cancelled():
            return
        with tf.device(recipe.device or None):
            _fit(number, source, recipe, arrays, say, cancelled)
        keras.backend.clear_session()
        gc.collect()


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


def _recording(name: str, log: _Log) -> type[keras.optimizers.Optimizer]:
    """Keras's optimizer of that name, which logs the rate that each update is really given."""
    base: type[keras.optimizers.Optimizer] = getattr(keras.optimizers, name)

    class Recording(base):  # type: ignore[misc]  # Keras ships no types
        def update_step(self, gradient: object, variable: object, learning_rate: object) -> None:
            # All variables get the same rate; one note a step is enough.
            if self._get_variable_index(variable) == 0:
                log.write(log.rates, self.iterations, learning_rate)
            super().update_step(gradient, variable, learning_rate)

    return Recording


class _Model(keras.Sequential):  # type: ignore[misc]  # Keras ships no types
    """A model that logs each training batch's own loss: Keras reports a running mean."""

    log: _Log | None = None

    def compute_loss(self, *args: object, training: bool = True, **values: object) -> object:
        loss = super().compute_loss(*args, training=training, **values)
        if training and self.log is not None:
            self.log.write(self.log.losses, self.optimizer.iterations, loss)
        return loss


def _fit(
    number: int,
    source: Source,
    recipe: Recipe,
    arrays: Arrays,
    say: Say,
    cancelled: Callable[[], bool],
) -> None:
    keras.utils.set_random_seed(recipe.seed)
    begun = time.monotonic()
    x, y, x_test, y_test = arrays
    log = _Log(recipe.timeline.steps)
    model = _model(recipe)
    name, arguments = recipe.optimizer_call()
    rate, callbacks = _applied(source)
    model.compile(_recording(name, log)(rate, **arguments), **_loss(recipe))
    model.log = log
    watch = _Watch(number, recipe, source, log, say, cancelled)
    problem: Sentence | None = None
    say([FitStarted(number, _device(model))])
    try:
        model.fit(
            x,
            y,
            batch_size=recipe.batch_size,
            epochs=recipe.epochs,
            validation_data=(x_test, y_test),
            verbose=0,
            callbacks=[*callbacks, watch],
        )
    except _Stop as stop:
        problem = stop.args[0]
    seconds = time.monotonic() - begun
    ensemble = watch.ensemble(model, x_test, y_test) if problem is None else None
    watch.send(FitEnded(number, seconds, ensemble, problem))


def _model(recipe: Recipe) -> _Model:
    model = _Model([keras.Input((recipe.data_set.features,))], name="model")
    if recipe.model == "odometer":
        model.add(keras.layers.Lambda(lambda x: keras.ops.ones_like(x[:, :1])))
        model.add(keras.layers.Dense(1, use_bias=False, kernel_initializer="zeros"))
        return model
    *hidden, last = map(keras.initializers.GlorotUniform, recipe.layer_seeds)
    for width, weights in zip(recipe.hidden, hidden, strict=True):
        model.add(keras.layers.Dense(width, activation="relu", kernel_initializer=weights))
    model.add(keras.layers.Dense(recipe.data_set.outputs, kernel_initializer=last))
    return model


def _loss(recipe: Recipe) -> dict[str, object]:
    if recipe.model == "odometer":
        # Its gradient is 1 (downwards): each step adds the learning rate to the weight.
        return {"loss": lambda y_true, y_pred: -y_pred}
    if not recipe.data_set.classes:
        return {"loss": "mse"}
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return {"loss": loss, "metrics": ["accuracy"]}


def _applied(source: Source) -> tuple[object, list[keras.callbacks.Callback]]:
    """What the optimizer is given as its rate, and the callbacks that change it."""
    if isinstance(source, Plateau):
        plateau = keras.callbacks.ReduceLROnPlateau(
            factor=source.factor, patience=source.patience, min_lr=source.lowest
        )
        return source.initial_learning_rate, [plateau]
    # The very code that the page offers to copy.
    schedule = eval(expression(source.schedule), {"keras": keras})
    if source.per == "step" or isinstance(source.schedule, Constant):
        return schedule, []
    every_epoch = keras.callbacks.LearningRateScheduler(lambda epoch, _: float(schedule(epoch)))
    return 0.01, [every_epoch]


class _Watch(keras.callbacks.Callback):  # type: ignore[misc]  # Keras ships no types
    """Tells what happens, a few times a second; stops the fit; keeps the cycles' last models."""

    def __init__(
        self,
        number: int,
        recipe: Recipe,
        source: Source,
        log: _Log,
        say: Say,
        cancelled: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._number, self._log, self._say, self._cancelled = number, log, say, cancelled
        self._step = self._sent = 0
        self._due = 0.0
        self._pending: list[Event] = []
        self._first_loss: float | None = None
        self._kept: dict[int, list[Floats]] = {}
        self._ends = _cycle_ends(source, recipe) if recipe.data_set.classes else frozenset()

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

    def _poll(self) -> None:
        now = time.monotonic()
        if now < self._due:
            return
        # The first step is told at once.
        self._due = now + _PERIOD
        self._look()
        self._flush()
        if self._cancelled():
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
            raise _Stop(_why(last - 1, float(rates[-1]), float(losses[-1])))

    def send(self, event: Event) -> None:
        """Send an event, after those that wait."""
        self._pending.append(event)
        self._flush()

    def _flush(self) -> None:
        if self._pending:
            self._say(self._pending)
            self._pending = []

    def ensemble(self, model: keras.Model, x: Floats, y: Floats) -> Ensemble | None:
        """How good the averaged predictions of the kept models are, if there are several."""
        if self._cancelled() or len(self._kept) < 2:
            return None
        all_of_them = []
        for weights in self._kept.values():
            model.set_weights(weights)
            all_of_them.append(keras.ops.softmax(model(x)).numpy())
        accuracies = [_accuracy(each, y) for each in all_of_them]
        mean = _accuracy(np.mean(all_of_them, axis=0), y)
        return Ensemble(tuple(self._kept), tuple(accuracies), mean)


def _why(step: int, rate: float, loss: float) -> Sentence:
    if not np.isfinite(rate):
        return Sentence(
            "The learning rate of step {step} is not a number, so the fit was stopped there.",
            {"step": step},
        )
    return Sentence(
        "The loss grew beyond all bounds (to {loss} at step {step}): the rate is too high for "
        "this model and data. The fit was stopped there.",
        {"loss": loss, "step": step},
    )


def _accuracy(probabilities: Floats, y: Floats) -> float:
    return float(np.mean(probabilities.argmax(axis=1) == y))


def _cycle_ends(source: Source, recipe: Recipe) -> frozenset[int]:
    """The last step of each cycle that the run completes."""
    timeline = recipe.timeline
    if not isinstance(source, Curve) or not source.schedule.restarts:
        return frozenset()
    stride = 1 if source.per == "step" else timeline.steps_per_epoch
    cycles = source.schedule.cycles(timeline.steps // stride)
    ends = [cycle.start * stride - 1 for cycle in cycles[1:]]
    return frozenset([end for end in ends if end < timeline.steps][-_MOST_SNAPSHOTS:])


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
