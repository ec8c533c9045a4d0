"""What every schedule can do: evaluate, name its pieces, its restarts and its surprises."""

import math
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import MISSING, dataclass
from string import Template
from typing import ClassVar, Literal, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrviz.declared import Declared, Field, Value
from lrviz.errors import InvalidFields, InvalidSchedule
from lrviz.text import Sentence

Floats = NDArray[np.float64]

#: How many pieces are ever listed.
MOST_PIECES = 1000


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
    """A learning-rate schedule: a function of the step (or epoch), whole numbers from 0.

    A *piece* is a stretch of steps on which one formula holds; pieces are numbered from 0.
    """

    error: ClassVar[type[InvalidSchedule]] = InvalidSchedule
    #: Whether the pieces are cycles that end with a restart.
    restarts: ClassVar[bool] = False

    def __call__(self, step: ArrayLike) -> Floats:
        """The learning rate at ``step``.

        Args:
            step: Whole numbers from 0; a scalar, or an array of any shape.

        Returns:
            float64 of the same shape (a scalar for a scalar). A rate that outgrows float64 is inf;
            where the schedule has no value it is NaN.
        """
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            rate: Floats = self._rate(np.asarray(step, dtype=np.float64))[()]
        return rate

    @abstractmethod
    def _rate(self, step: Floats) -> Floats:
        """The learning rate at ``step``, float64 of any shape."""

    @property
    @abstractmethod
    def formula(self) -> str:
        """LaTeX of the rate at step t, with ``$name`` for each parameter."""

    @property
    def jumps(self) -> bool:
        """Whether the rate jumps between its pieces (else its slope changes)."""
        return True

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The parameters that can be dragged in a chart: as many, whatever their values.

        A list has one for each of its numbers.
        """
        return ()

    @property
    def end(self) -> float:
        """The step from which on the rate stays as it is; inf where it never does."""
        return math.inf

    def piece(self, step: ArrayLike) -> Floats:
        """The number of the piece that ``step`` lies on; inf where there is none left."""
        return np.searchsorted(self._edges(), np.asarray(step, float), "right").astype(np.float64)

    def piece_start(self, index: ArrayLike) -> Floats:
        """The first step of piece ``index``; inf where there is no such piece."""
        edges = np.array([0.0, *self._edges(), math.inf])
        place = np.clip(np.asarray(index, float), 0, len(edges) - 1).astype(np.intp)
        return np.asarray(edges[place])

    def _edges(self) -> Sequence[float]:
        """The first step of every piece but piece 0, where these are few."""
        return ()

    def knots(self, last_step: int) -> tuple[int, ...]:
        """The steps up to ``last_step`` at which a piece begins, but for 0; 1,000 at the most."""
        last = min(float(self.piece(last_step)), float(MOST_PIECES))
        starts = self.piece_start(np.arange(1, last + 1))
        starts = starts[(np.diff(starts, prepend=0.0) > 0) & (starts <= last_step)]
        return tuple(map(int, starts.tolist()))

    def cycles(self, last_step: int) -> tuple[Cycle, ...]:
        """The cycles that begin up to ``last_step``; 1,000 at the most, none without restarts.

        A cycle too short to hold a step is passed over.
        """
        if not self.restarts:
            return ()
        count = int(min(float(self.piece(last_step)) + 1, MOST_PIECES))
        index = np.arange(float(count))
        start, stop = self.piece_start(index), self.piece_start(index + 1)
        keep = (start < stop) & (start <= last_step)
        index, start, stop = index[keep], start[keep], stop[keep]
        rows = zip(
            index,
            start,
            np.broadcast_to(self._lengths(index), index.shape),
            self(start),
            self(stop - 1),
            strict=True,
        )
        return tuple(Cycle(int(i), int(s), float(n), float(p), float(t)) for i, s, n, p, t in rows)

    def _lengths(self, index: Floats) -> Floats:
        """The length of each cycle by the formula, in steps; asked for with :attr:`restarts`."""
        raise NotImplementedError

    def remarks(self) -> tuple[Sentence, ...]:
        """What is legal here, but may surprise."""
        return ()

    def latex(self) -> tuple[str, str]:
        """The formula with its symbols, and again with the values put in."""
        symbols = {field.name: field.parameter.symbol for field in self.declared()}
        values = {field.name: _latex(getattr(self, field.name)) for field in self.declared()}
        template = Template(self.formula)
        return template.substitute(symbols), template.substitute(values)

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


class Periodic(Schedule):
    """A schedule whose pieces are all equally long."""

    @property
    @abstractmethod
    def period(self) -> float:
        """The length of a piece in steps; inf where there is but one."""

    def piece(self, step: ArrayLike) -> Floats:
        """The number of the piece that ``step`` lies on."""
        return np.floor(np.asarray(step, float) / self.period)

    def piece_start(self, index: ArrayLike) -> Floats:
        """The first step of piece ``index``; inf where there is no such piece."""
        index = np.asarray(index, float)
        # Without a period there is only piece 0; inf * 0 would be NaN.
        starts = np.multiply(index, self.period, out=np.zeros_like(index), where=index > 0)
        return np.asarray(starts)


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


def _latex(value: object) -> str:
    if value is None:
        return r"\text{–}"
    if isinstance(value, tuple):
        return r",\, ".join(_latex(item) for item in value)
    text = f"{value:.6g}" if isinstance(value, float) else str(value)
    mantissa, _, exponent = text.partition("e")
    if not exponent:
        return mantissa
    power = f"10^{{{int(exponent)}}}"
    return power if mantissa == "1" else rf"{mantissa} \cdot {power}"
