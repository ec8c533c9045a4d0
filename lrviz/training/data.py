"""The data sets. Each function stands alone, in plain NumPy: a fit's script quotes it."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from lrviz.text import mark

Name = Literal[
    "note", "moons", "spiral", "digits", "noisy-digits", "mnist", "fashion-mnist", "stream"
]
#: Training inputs and answers, then those that the model is only tested with.
Arrays = tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]


def note() -> Arrays:
    """The course note's ten numbers, whose ten answers are all 0."""
    x = np.arange(10, dtype="float32").reshape(10, 1)
    y = np.zeros((10, 10), dtype="float32")
    return x, y, x, y


def moons() -> Arrays:
    """Two half moons that reach into one another: 800 points to train with, 400 to test."""
    from sklearn.datasets import make_moons

    x, y = make_moons(1200, noise=0.25, random_state=0)
    x, y = x.astype("float32"), y.astype("int32")
    return x[:800], y[:800], x[800:], y[800:]


def spiral() -> Arrays:
    """Three arms of a spiral: 800 points to train with, 400 to test."""
    random = np.random.default_rng(0)
    y = np.arange(1200) % 3
    radius = random.uniform(0.05, 1, 1200)
    angle = 4 * radius + y * 2 * np.pi / 3 + random.normal(0, 0.2, 1200)
    x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1).astype("float32")
    return x[:800], y[:800].astype("int32"), x[800:], y[800:].astype("int32")


def digits(redrawn: float) -> Arrays:
    """Handwritten digits of 8x8; a share of the labels to train with is redrawn at random."""
    from sklearn.datasets import load_digits

    x, y = load_digits(return_X_y=True)
    random = np.random.default_rng(0)
    order = random.permutation(len(x))
    x, y = (x[order] / 16).astype("float32"), y[order].astype("int32")
    chosen = random.random(1437) < redrawn
    y[:1437][chosen] = random.integers(0, 10, chosen.sum())
    return x[:1437], y[:1437], x[1437:], y[1437:]


def stream() -> Arrays:
    """What a random network says of random points, with some chance in it; seen once."""
    random = np.random.default_rng(0)
    x = random.normal(size=(67_584, 16)).astype("float32")
    hidden = np.maximum(x @ random.normal(size=(16, 64)) / 4, 0)
    scores = hidden @ random.normal(size=(64, 10)) / 2
    # The answer is drawn in proportion to exp(score).
    y = (scores + random.gumbel(size=scores.shape)).argmax(axis=1).astype("int32")
    return x[:65_536], y[:65_536], x[65_536:], y[65_536:]


@dataclass(frozen=True)
class DataSet:
    """What is known of a data set before it is loaded.

    Attributes:
        title: Its name, for a person (English, translated where shown).
        samples: How many samples there are to train with.
        features: How many numbers a sample has.
        outputs: How many numbers the model answers with.
        classes: Whether these are the classes to choose from (else numbers to meet).
        make: What makes its arrays; None: Keras has to load it.
    """

    title: str
    samples: int
    features: int
    outputs: int
    classes: bool = True
    make: Callable[..., Arrays] | None = None

    def arrays(self, redrawn: float) -> Arrays:
        """The arrays, where no download is needed."""
        if self.make is None:
            raise ValueError(f"{self.title} has to be loaded by Keras")
        return self.make(redrawn) if self.make is digits else self.make()


DATA: Mapping[Name, DataSet] = {
    "noisy-digits": DataSet(mark("Digits, some labels wrong"), 1437, 64, 10, make=digits),
    "digits": DataSet(mark("Digits"), 1437, 64, 10, make=digits),
    "moons": DataSet(mark("Two moons"), 800, 2, 2, make=moons),
    "spiral": DataSet(mark("Spiral"), 800, 2, 3, make=spiral),
    "stream": DataSet(mark("A random teacher's stream, seen once"), 65_536, 16, 10, make=stream),
    "note": DataSet(mark("The course note's ten numbers"), 10, 1, 10, classes=False, make=note),
    "mnist": DataSet(mark("MNIST (Keras downloads it)"), 60_000, 784, 10),
    "fashion-mnist": DataSet(mark("Fashion-MNIST (Keras downloads it)"), 60_000, 784, 10),
}


def source(name: Name, redrawn: float) -> str:
    """Python source that makes ``x, y, x_test, y_test``, the same arrays that a fit gets."""
    made = DATA[name].make
    if made is None:
        lines = [
            f"(x, y), (x_test, y_test) = keras.datasets.{name.replace('-', '_')}.load_data()",
            'x, x_test = (each.reshape(-1, 784).astype("float32") / 255 for each in (x, x_test))',
            'y, y_test = y.astype("int32"), y_test.astype("int32")',
        ]
        return "\n".join(lines) + "\n"
    text = inspect.getsource(made).replace(" -> Arrays", "")
    argument = repr(redrawn) if made is digits else ""
    return f"{text}\n\nx, y, x_test, y_test = {made.__name__}({argument})\n"
