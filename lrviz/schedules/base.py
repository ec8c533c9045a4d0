"""What every schedule can do: evaluate, name its pieces, its restarts and its surprises."""

from abc import abstractmethod
from dataclasses import MISSING, dataclass
from typing import ClassVar, Literal, NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrviz.declared import Declared, Field, Value
from lrviz.errors import InvalidFields, InvalidSchedule
from lrviz.schedules.pieces import Floats
from lrviz.text import Sentence

#: How many pieces are ever listed.
MOST_PIECES = 1000
#: So many steps are evaluated at once.
_BLOCK = 32768


@dataclass(frozen=True)
class Cycle:
    """One cycle between two restarts.

    Attributes:
        index: Its number, from 0.
        start: Its first step.
        length: Its length by the formula, in steps (not always a whole number).
        peak: The rate at its first step.
        trough: The rate at its last step.
    """

    index: int
    start: int
    length: float
    peak: float
    trough: float


class Laps(NamedTuple):
    """The cycles of a schedule in their order, without their rates: these take time.

    Attributes:
        starts: The first step of each, shape (n,).
        lengths: How long each is by the formula, in steps, shape (n,).
    """

    starts: Floats
    lengths: Floats


@dataclass(frozen=True)
class Handle:
    """A parameter's place in a chart of the schedule, where it can be dragged.

    Attributes:
        path: The parameter's field.
        axis: Along which it moves: ``x`` is a length, at its step; ``y`` a rate, on the curve.
        step: Its step, in what the schedule counts; not finite: it has no place now.
    """

    path: str
    axis: Literal["x", "y"]
    step: float


class Schedule(Declared):
    """A learning-rate schedule: a function of the step (or epoch), whole numbers from 0."""

    error: ClassVar[type[InvalidSchedule]] = InvalidSchedule
    #: What other frameworks call it.
    aliases: ClassVar[tuple[str, ...]] = ()
    #: The field that is the rate at step 0; empty: none is.
    first_rate: ClassVar[str] = ""
    #: The field of the number of steps that it takes from its first rate to its last; empty: none.
    own_length: ClassVar[str] = ""

    def __call__(self, step: ArrayLike) -> Floats:
        """The learning rate at ``step``.

        Args:
            step: Whole numbers from 0; a scalar, or an array of any shape.

        Returns:
            float64 of the same shape (a scalar for a scalar). A rate that outgrows float64 is inf;
            where the schedule has no value it is NaN.
        """
        steps = np.asarray(step, dtype=np.float64)
        flat = steps.ravel()
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            if flat.size <= _BLOCK:
                rates = self._rate(flat)
            else:
                # In blocks that stay in the processor's cache.
                rates = np.empty(flat.size)
                for begin in range(0, flat.size, _BLOCK):
                    block = slice(begin, begin + _BLOCK)
                    rates[block] = self._rate(flat[block])
        shaped: Floats = rates.reshape(steps.shape)[()]
        return shaped

    @property
    def title(self) -> str:
        """What it is called where it has no name."""
        return type(self).__name__

    @abstractmethod
    def _rate(self, step: Floats) -> Floats:
        """The learning rate at ``step``, which is left as it is: float64, both of shape (n,)."""

    @abstractmethod
    def latex(self) -> tuple[str, ...]:
        """LaTeX of the rate at step t: with its symbols, and again with the values put in.

        Of what is made of others: of the whole, and of each part.
        """

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The parameters that can be dragged in a chart: as many, whatever their values.

        A list has one for each of its numbers.
        """
        return ()

    @property
    @abstractmethod
    def end(self) -> float:
        """The step from which on the rate stays as it is; inf where it never does."""

    @property
    @abstractmethod
    def jumps(self) -> bool:
        """Whether the rate jumps anywhere (else only its slope changes)."""

    @abstractmethod
    def spans(self, last_step: int) -> "tuple[Span, ...]":
        """The simple schedules that it is made of, and where each holds, up to ``last_step``."""

    @abstractmethod
    def knots(self, last_step: int) -> tuple[int, ...]:
        """The steps up to ``last_step`` at which the formula changes, but for 0; 1,000 at most."""

    @abstractmethod
    def jump(self, steps: Floats) -> NDArray[np.bool_]:
        """Whether the rate jumps between each of ``steps`` and the next, shape (n - 1,).

        Asked for where the next one is one step later.
        """

    @abstractmethod
    def restarts(self, last_step: int) -> tuple[int, ...] | None:
        """The steps up to ``last_step`` at which it restarts; 1,000 at most; None: it cannot."""

    @abstractmethod
    def laps(self, last_step: int) -> Laps:
        """Where the cycles are that begin up to ``last_step``; 1,000 at most."""

    @abstractmethod
    def cycles(self, last_step: int) -> tuple[Cycle, ...]:
        """The cycles that begin up to ``last_step``; 1,000 at the most, none without restarts."""

    def remarks(self) -> tuple[Sentence, ...]:
        """What is legal here, but may surprise."""
        return ()

    def with_value(self, field: Field, value: Value) -> Self | None:
        """The same schedule with another value of one field; None where that is refused."""
        try:
            return self.with_values({field.path: value})
        except InvalidFields:
            return None

    @classmethod
    def example(cls, run_steps: int) -> Self:
        """A schedule to begin with, for a run of ``run_steps`` steps."""
        values = {field.name: _start(field, run_steps) for field in cls.declared()}
        return cls(**values)


@dataclass(frozen=True)
class Span:
    """Where a schedule holds: its step 0 is at ``start``, its last before ``stop``."""

    start: int
    stop: int
    schedule: Schedule


def _start(field: Field, run_steps: int) -> Value:
    declared = field.parameter
    if field.default is not MISSING:
        return field.check(field.default)
    if declared.share_of_run is None:
        return field.check(declared.start)
    if isinstance(declared.share_of_run, tuple):
        counts = [round(share * run_steps) for share in declared.share_of_run]
        return field.check([max(count, i + 1) for i, count in enumerate(counts)])
    return field.check(max(1, round(declared.share_of_run * run_steps)))
