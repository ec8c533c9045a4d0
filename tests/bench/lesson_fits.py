"""The real fits behind lessons 5, 6 and 7: ``python -m tests.bench.lesson_fits [seeds]``.

Writes ``lrviz/learn/lessons/fits.json``. It runs in a process of its own: the server never imports
Keras. Each schedule trains with its own best peak: of :data:`PEAKS` the one whose last models are
the most accurate on average, over :data:`TRIALS`, which are other seeds than those reported.
"""

import json
import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np
import tensorflow
from sklearn.datasets import load_digits

FILE = Path(__file__).parents[2] / "lrviz" / "learn" / "lessons" / "fits.json"
EPOCHS, CYCLES, BATCH = 40, 4, 32
NOISE = 0.3
PEAKS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
#: The seeds with which the peaks are compared.
TRIALS = range(1000, 1005)
SCHEDULES = ("restarts", "cosine", "constant")
#: A peak that is too high for the noisy digits: what averaging then repairs.
HIGH = 1.0

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


def schedule(which: str, peak: float, steps: int) -> object:
    made = keras.optimizers.schedules
    if which == "restarts":
        return made.CosineDecayRestarts(peak, steps // CYCLES, t_mul=1.0)
    return made.CosineDecay(peak, steps) if which == "cosine" else peak


@dataclass(frozen=True)
class Task:
    """What is learned, and by which network."""

    data: Callable[[int, float], Data]
    noise: float
    hidden: tuple[int, ...]
    classes: int

    def fit(self, which: str, peak: float, seed: int) -> dict[str, object]:
        """One fit: the training loss after every epoch, and what the models say of unseen data."""
        keras.utils.set_random_seed(seed)
        x, y, unseen, truth = self.data(seed, self.noise)
        layers = [keras.layers.Dense(units, activation="relu") for units in self.hidden]
        outputs = keras.layers.Dense(self.classes)
        model = keras.Sequential([keras.Input(x.shape[1:]), *layers, outputs])
        per_epoch = -(-len(x) // BATCH)
        model.compile(
            keras.optimizers.SGD(schedule(which, peak, per_epoch * EPOCHS)),
            keras.losses.SparseCategoricalCrossentropy(from_logits=True),
            # Nobody looks within an epoch: a tenth of the time.
            steps_per_execution=per_epoch,
        )
        losses, snapshots = [], []

        def after(epoch: int, logs: object) -> None:
            losses.append(loss(model(x).numpy(), y))
            if (epoch + 1) % (EPOCHS // CYCLES) == 0:
                snapshots.append(chances(model(unseen).numpy()))

        after_epoch = keras.callbacks.LambdaCallback(on_epoch_end=after)
        model.fit(x, y, batch_size=BATCH, epochs=EPOCHS, verbose=0, callbacks=[after_epoch])
        return {"seed": seed, "loss": losses} | judged(snapshots, truth)


def chances(logits: np.ndarray) -> np.ndarray:
    raised = np.exp(logits.astype(float) - logits.max(1, keepdims=True))
    return raised / raised.sum(1, keepdims=True)


def loss(logits: np.ndarray, labels: np.ndarray) -> float:
    """The mean cross-entropy; a fit that broke down has a loss like no other."""
    with np.errstate(divide="ignore"):
        mean = -np.log(chances(logits)[np.arange(len(labels)), labels]).mean()
    return round(float(np.nan_to_num(mean, nan=99.0, posinf=99.0)), 5)


def judged(snapshots: list[np.ndarray], truth: np.ndarray) -> dict[str, object]:
    """Percent of the unseen data: right by each model, by all together; told apart by two."""

    def right(found: np.ndarray) -> float:
        return round(float(np.mean(found.argmax(1) == truth)) * 100, 2)

    differ = [
        float(np.mean(one.argmax(1) != other.argmax(1))) * 100
        for one, other in combinations(snapshots, 2)
    ]
    return {
        "models": [right(each) for each in snapshots],
        "last": right(snapshots[-1]),
        "ensemble": right(np.mean(snapshots, axis=0)),
        "differ": round(float(np.mean(differ)), 2),
    }


TASKS = {
    "noisy": Task(digits, NOISE, (128,), 10),
    "clean": Task(digits, 0.0, (128,), 10),
    "spirals": Task(spirals, 0.0, (32, 32), 2),
}


def compared(task: Task, which: str) -> list[dict[str, float]]:
    """Each peak with its means over the seeds of :data:`TRIALS`."""
    rows = []
    for peak in PEAKS:
        found = [task.fit(which, peak, seed) for seed in TRIALS]
        means = {
            name: round(float(np.mean([each[name] for each in found])), 2)
            for name in ("last", "ensemble")
        }
        rows.append({"peak": peak} | means)
    return rows


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


def measured(seeds: int) -> tuple[dict[str, object], dict[str, object]]:
    """By task and schedule: the peaks that were compared, and the fits with the best of them."""
    trials: dict[str, object] = {}
    fits: dict[str, object] = {}
    for name, task in TASKS.items():
        trials[name], fits[name] = {}, {}
        for which in SCHEDULES:
            begin = time.perf_counter()
            rows = trials[name][which] = compared(task, which)
            peak = max(rows, key=lambda row: row["last"])["peak"]
            found = [task.fit(which, peak, seed) for seed in range(seeds)]
            fits[name][which] = {"peak": peak, "fits": found}
            print(f"{name} {which}, {time.perf_counter() - begin:.0f} s:", *rows, sep="\n  ")
            for each in found:
                print("   ", {key: value for key, value in each.items() if key != "loss"})
            sys.stdout.flush()
    fits["high"] = high(seeds)
    return trials, fits


def high(seeds: int) -> dict[str, object]:
    """The noisy digits once more, with :data:`HIGH` as the peak."""
    task = TASKS["noisy"]
    return {
        which: {"peak": HIGH, "fits": [task.fit(which, HIGH, seed) for seed in range(seeds)]}
        for which in ("restarts", "cosine")
    }


def main() -> None:
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    made = keras.optimizers.schedules
    trials, fits = measured(seeds)
    content = {
        "made_by": "python -m tests.bench.lesson_fits",
        "keras": keras.version(),
        "backend": keras.config.backend(),
        "tensorflow": tensorflow.__version__,
        "python": platform.python_version(),
        "epochs": EPOCHS,
        "cycles": CYCLES,
        "batch_size": BATCH,
        "samples": 1280,
        "noise": NOISE,
        "optimizer": "SGD",
        "trials": trials,
        "trial_seeds": list(TRIALS),
        "fits": fits,
        "rounding": log(made.CosineDecayRestarts(0.1, 10, t_mul=1.1), 40),
        "before_after": log(made.CosineDecay(0.1, 10), 12),
        "error_of_both": error_of_both(),
    }
    FILE.write_text(json.dumps(content, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
