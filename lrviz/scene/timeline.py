"""The run that a schedule is laid over: samples, batches and epochs, counted in steps."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from lrviz.declared import MOST_STEPS, Declared, Parameter
from lrviz.errors import InvalidTimeline
from lrviz.text import Sentence, mark

#: What a curve is a function of: the optimizer step (a schedule object in the optimizer), or the
#: epoch (a ``LearningRateScheduler`` callback, which is called with the epoch's index).
Per = Literal["step", "epoch"]


@dataclass(frozen=True)
class Timeline(Declared):
    """A training run.

    An epoch has ``ceil(samples / (batch_size * devices))`` batches: the last, smaller one counts,
    unless ``drop_last``. So many batches as ``gradient_accumulation_steps`` make one step, and what
    is left at the end of an epoch makes one too, as in Hugging Face's Trainer. The run has
    ``steps_per_epoch * epochs`` steps, or ``total_steps`` where that is given.
    """

    error: ClassVar[type[InvalidTimeline]] = InvalidTimeline

    samples: Annotated[
        int,
        Parameter(
            help=mark("How many samples the training set holds."),
            symbol="N",
            unit=mark("samples"),
            at_least=1,
            at_most=MOST_STEPS,
        ),
    ] = 2400
    batch_size: Annotated[
        int,
        Parameter(
            help=mark("How many samples each step sees."),
            symbol="B",
            unit=mark("samples"),
            at_least=1,
            at_most=MOST_STEPS,
        ),
    ] = 32
    epochs: Annotated[
        int,
        Parameter(
            help=mark("How many times the training set is gone through."),
            symbol="E",
            unit=mark("epochs"),
            at_least=1,
            at_most=MOST_STEPS,
        ),
    ] = 10
    total_steps: Annotated[
        int | None,
        Parameter(
            help=mark("The run's length in steps, instead of epochs; “none”: epochs decide."),
            symbol="S",
            unit=mark("steps"),
            at_least=1,
            at_most=MOST_STEPS,
        ),
    ] = None

    gradient_accumulation_steps: Annotated[
        int,
        Parameter(
            help=mark("How many batches are added up for one step."),
            symbol="A",
            unit=mark("batches"),
            at_least=1,
            at_most=MOST_STEPS,
        ),
    ] = 1
    devices: Annotated[
        int,
        Parameter(
            help=mark("How many devices train together, each with a batch of its own."),
            symbol="D",
            unit=mark("devices"),
            at_least=1,
            at_most=MOST_STEPS,
        ),
    ] = 1
    drop_last: Annotated[
        bool,
        Parameter(
            help=mark("Leave out the last batch of an epoch where it is not full."),
            symbol=r"\text{drop last}",
        ),
    ] = False

    def _conflicts(self) -> dict[str, Sentence]:
        if not self._batches:
            return {
                "samples": Sentence(
                    "No batch is full: {samples} samples are fewer than {batch}.",
                    {"samples": self.samples, "batch": self.batch_size * self.devices},
                )
            }
        if self.steps <= MOST_STEPS:
            return {}
        return {
            "epochs": Sentence(
                "The run would have {steps} steps; {most} is the most that can be shown.",
                {"steps": float(self.steps), "most": float(MOST_STEPS)},
            )
        }

    @property
    def steps_per_epoch(self) -> int:
        """How many steps an epoch has."""
        return -(-self._batches // self.gradient_accumulation_steps)

    @property
    def _batches(self) -> int:
        """How many batches an epoch has, on each device."""
        together = self.batch_size * self.devices
        return self.samples // together if self.drop_last else -(-self.samples // together)

    @property
    def steps(self) -> int:
        """How many steps the run has."""
        if self.total_steps is not None:
            return self.total_steps
        return self.steps_per_epoch * self.epochs

    @property
    def last_step(self) -> int:
        """The run's last step; its first is 0."""
        return self.steps - 1

    @property
    def last_epoch(self) -> int:
        """The index of the epoch that the last step belongs to."""
        return self.last_step // self.steps_per_epoch

    def last(self, per: Per) -> int:
        """The last step, or the last epoch's index."""
        return self.last_step if per == "step" else self.last_epoch
