"""What a fit is made of: everything that is decided before it begins."""

import random
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from lrviz.declared import Declared, Parameter
from lrviz.errors import InvalidFit
from lrviz.scene import Line, Timeline
from lrviz.text import Sentence, mark
from lrviz.training.data import DATA, DataSet, Name

#: The longest fit, so that its history stays small: 8 bytes a step.
MOST_FIT_STEPS = 100_000
#: At most so many curves are trained with at once.
MOST_FITS = 4

Model = Literal["linear", "one", "two", "odometer"]
Optimizer = Literal["SGD", "Nesterov", "Adam", "AdamW", "RMSprop"]


@dataclass(frozen=True)
class Recipe(Declared):
    """The model and how it is trained, but for the learning rate.

    Attributes:
        data: The data set.
        model: ``linear``; ``one`` or ``two`` hidden layers of ``units``; or the ``odometer``, one
            weight whose gradient is always 1, so that it adds up the learning rates.
        optimizer: The optimizer. ``Nesterov`` is SGD with Nesterov's momentum.
        device: A device as TensorFlow names it ("CPU:0"); empty: TensorFlow chooses.
    """

    error: ClassVar[type[InvalidFit]] = InvalidFit

    batch_size: Annotated[
        int,
        Parameter(
            help=mark("How many samples each step sees."),
            symbol="B",
            at_least=1,
            at_most=100_000,
            unit=mark("samples"),
        ),
    ] = 32
    epochs: Annotated[
        int,
        Parameter(
            help=mark("How many times the training set is gone through."),
            symbol="E",
            at_least=1,
            at_most=MOST_FIT_STEPS,
            unit=mark("epochs"),
        ),
    ] = 40
    seed: Annotated[
        int,
        Parameter(
            help=mark("The same seed gives the same weights and the same batches."),
            symbol="s",
            at_least=0,
            at_most=2**31 - 1,
        ),
    ] = 0
    units: Annotated[
        int,
        Parameter(
            help=mark("The width of each hidden layer."), symbol="U", at_least=1, at_most=1024
        ),
    ] = 128
    momentum: Annotated[
        float,
        Parameter(
            help=mark("How much of the last update is repeated (SGD and Nesterov only)."),
            symbol=r"\mu",
            at_least=0.0,
            at_most=1.0,
        ),
    ] = 0.0
    redrawn: Annotated[
        float,
        Parameter(
            help=mark("The share of the training labels that is drawn anew at random."),
            symbol="q",
            at_least=0.0,
            at_most=1.0,
        ),
    ] = 0.3
    data: Annotated[Name, Parameter()] = "noisy-digits"
    model: Annotated[Model, Parameter()] = "one"
    optimizer: Annotated[Optimizer, Parameter()] = "SGD"
    device: Annotated[str, Parameter(pattern=r"[A-Z_]{1,16}:\d{1,3}")] = ""

    def _conflicts(self) -> dict[str, Sentence]:
        if self.timeline.steps > MOST_FIT_STEPS:
            return {
                "epochs": Sentence(
                    "The fit would have {steps} steps; {most} is the most.",
                    {"steps": self.timeline.steps, "most": MOST_FIT_STEPS},
                )
            }
        return {}

    @property
    def data_set(self) -> DataSet:
        """What is known of the data set."""
        return DATA[self.data]

    @property
    def timeline(self) -> Timeline:
        """The run that the fit will be."""
        return Timeline(self.data_set.samples, self.batch_size, self.epochs)

    @property
    def hidden(self) -> tuple[int, ...]:
        """The widths of the hidden layers."""
        return (self.units,) * {"one": 1, "two": 2}.get(self.model, 0)

    @property
    def layer_seeds(self) -> tuple[int, ...]:
        """A seed for the first weights of each dense layer: those that Keras would draw by itself.

        Keras draws them from Python's global generator, from which other threads of a worker draw
        as well (Dask's, to estimate the size of messages): the same seed would then not always give
        the same weights.
        """
        own = random.Random(self.seed)
        return tuple(own.randint(1, 10**9) for _ in range(len(self.hidden) + 1))

    @property
    def share_redrawn(self) -> float:
        """The share of labels that are redrawn: none but for the data set that says so."""
        return self.redrawn if self.data == "noisy-digits" else 0.0

    def optimizer_call(self) -> tuple[str, dict[str, object]]:
        """The name of Keras's optimizer, and its arguments but for the learning rate."""
        if self.optimizer in ("SGD", "Nesterov"):
            nesterov = self.optimizer == "Nesterov"
            return "SGD", {"momentum": self.momentum, "nesterov": nesterov}
        return self.optimizer, {}


@dataclass(frozen=True)
class FitSpec:
    """One run: the same recipe with up to four lines, one fit for each."""

    recipe: Recipe
    lines: tuple[Line, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.lines) <= MOST_FITS:
            sentence = Sentence(
                "Choose 1 to {most} curves to train with, not {given}.",
                {"most": MOST_FITS, "given": len(self.lines)},
            )
            raise InvalidFit({"lines": sentence})

    @property
    def steps(self) -> int:
        """How many steps all its fits have together."""
        return self.recipe.timeline.steps * len(self.lines)
