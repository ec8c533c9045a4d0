"""The real fits behind lessons 5, 6 and 7: ``python -m tests.bench.lesson_fits [seeds]``.

Writes ``lrviz/lessons/fits.json``. It runs in a process of its own: the server never imports
Keras. With 8 seeds it takes about ten minutes on two cores.
"""

import json
import os
import platform
import sys
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np
from sklearn.datasets import load_digits

FILE = Path(__file__).parents[2] / "lrviz" / "lessons" / "fits.json"
EPOCHS, CYCLES, BATCH, PEAK = 40, 4, 32, 1.0
NOISE = 0.3

Data = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def digits(seed: int, noise: float) -> Data:
    """scikit-learn's digits; ``noise`` of the training labels are redrawn at random."""
    random = np.random.default_rng(seed)
    x, y = load_digits(return_X_y=True)
    order = random.permutation(len(x))
    x, y = (x[order] / 16).astype("float32"), y[order].copy()
    train = 1280
    redrawn = random.random(train) < noise
    labels = y[:train].copy()
    labels[redrawn] = random.integers(0, 10, redrawn.sum())
    return x[:train], labels, x[train:], y[train:]


def spirals(seed: int, _: float = 0.0) -> Data:
    """Two spirals of two turns, with a little noise."""
    random = np.random.default_rng(seed)
    count = 1280 + 512
    label = random.integers(0, 2, count)
    turn = random.uniform(0.15, 1, count) * 2 * 2 * np.pi
    angle = turn + np.pi * label
    radius = turn / (4 * np.pi)
    x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    x = (x + random.normal(0, 0.02, x.shape)).astype("float32") * 2
    return x[:1280], label[:1280], x[1280:], label[1280:]


def schedules(steps: int) -> dict[str, object]:
    made = keras.optimizers.schedules
    return {
        "restarts": made.CosineDecayRestarts(PEAK, steps // CYCLES, t_mul=1.0),
        "cosine": made.CosineDecay(PEAK, steps),
    }


def fit(data: Data, which: str, hidden: list[int], classes: int, seed: int) -> dict[str, object]:
    """One fit: the training loss after every epoch, and what the models say of unseen data."""
    keras.utils.set_random_seed(seed)
    x, y, unseen, truth = data
    layers = [keras.layers.Dense(units, activation="relu") for units in hidden]
    model = keras.Sequential([keras.Input(x.shape[1:]), *layers, keras.layers.Dense(classes)])
    steps = -(-len(x) // BATCH) * EPOCHS
    model.compile(
        keras.optimizers.SGD(schedules(steps)[which]),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    losses, snapshots = [], []

    def after(epoch: int, logs: object) -> None:
        losses.append(round(float(model.evaluate(x, y, batch_size=len(x), verbose=0)), 5))
        if (epoch + 1) % (EPOCHS // CYCLES) == 0:
            logits = model(unseen).numpy()
            snapshots.append(np.exp(logits - logits.max(1, keepdims=True)))
            snapshots[-1] /= snapshots[-1].sum(1, keepdims=True)

    after_epoch = keras.callbacks.LambdaCallback(on_epoch_end=after)
    model.fit(x, y, batch_size=BATCH, epochs=EPOCHS, verbose=0, callbacks=[after_epoch])

    def right(chances: np.ndarray) -> float:
        return round(float(np.mean(chances.argmax(1) == truth)) * 100, 2)

    return {
        "seed": seed,
        "loss": losses,
        "last": right(snapshots[-1]),
        "ensemble": right(np.mean(snapshots, axis=0)),
    }


class Rates(keras.callbacks.Callback):
    """The rate as it is read before and after every batch."""

    def __init__(self) -> None:
        super().__init__()
        self.before: list[float] = []
        self.after: list[float] = []

    def on_train_batch_begin(self, batch: int, logs: object = None) -> None:
        self.before.append(float(self.model.optimizer.learning_rate))

    def on_train_batch_end(self, batch: int, logs: object = None) -> None:
        self.after.append(float(self.model.optimizer.learning_rate))


def _tiny(schedule: object) -> keras.Model:
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(schedule), "mse")
    return model


def log(schedule: object, steps: int) -> dict[str, list[float]]:
    """What Keras's optimizer says of its rate around each of ``steps`` real steps."""
    rates, x = Rates(), np.ones((steps, 1), "float32")
    _tiny(schedule).fit(x, x, batch_size=1, epochs=1, verbose=0, callbacks=[rates])
    return {
        "before": [float(f"{rate:.7g}") for rate in rates.before],
        "after": [float(f"{rate:.7g}") for rate in rates.after],
    }


def error_of_both() -> str:
    """What Keras says to a schedule in the optimizer and a LearningRateScheduler together."""
    callback = keras.callbacks.LearningRateScheduler(lambda epoch, rate: 0.1)
    x = np.ones((4, 1), "float32")
    schedule = keras.optimizers.schedules.CosineDecay(0.1, 100)
    try:
        _tiny(schedule).fit(x, x, verbose=0, callbacks=[callback])
    except TypeError as error:
        return f"TypeError: {error}"
    raise RuntimeError("Keras accepts both now: lesson 5 is to be written anew")


def main() -> None:
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 8
    made = keras.optimizers.schedules
    tasks = {
        "noisy": (digits, NOISE, [128], 10),
        "clean": (digits, 0.0, [128], 10),
        "spirals": (spirals, 0.0, [32, 32], 2),
    }
    fits: dict[str, dict[str, list[object]]] = {}
    for task, (data, noise, hidden, classes) in tasks.items():
        for which in ("restarts", "cosine"):
            for seed in range(seeds):
                begin = time.perf_counter()
                found = fit(data(seed, noise), which, hidden, classes, seed)
                fits.setdefault(task, {}).setdefault(which, []).append(found)
                took = f"{time.perf_counter() - begin:.1f} s"
                final = found["loss"][-1]
                print(task, which, seed, final, found["last"], found["ensemble"], took, flush=True)
    content = {
        "made_by": "python -m tests.bench.lesson_fits",
        "keras": keras.version(),
        "backend": keras.config.backend(),
        "python": platform.python_version(),
        "epochs": EPOCHS,
        "cycles": CYCLES,
        "batch_size": BATCH,
        "samples": 1280,
        "peak": PEAK,
        "noise": NOISE,
        "fits": fits,
        "rounding": log(made.CosineDecayRestarts(0.1, 10, t_mul=1.1), 40),
        "before_after": log(made.CosineDecay(0.1, 10), 12),
        "error_of_both": error_of_both(),
    }
    FILE.write_text(json.dumps(content, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
