"""Where the formula of a schedule changes: stretches of steps, numbered from 0."""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


class Pieces(ABC):
    """Stretches of steps on each of which one formula holds, however many they are."""

    @abstractmethod
    def index(self, step: ArrayLike) -> Floats:
        """The number of the piece that ``step`` lies on; inf where there is none left."""

    @abstractmethod
    def start(self, index: ArrayLike) -> Floats:
        """The first whole step of piece ``index``; inf where there is no such piece."""

    @property
    @abstractmethod
    def last(self) -> float:
        """The first step of the last piece; inf where each has another one behind it."""

    def lengths(self, index: Floats) -> Floats:
        """How long these pieces are by the formula, in steps, shape (n,); inf for the last one."""
        return self.start(index + 1) - self.start(index)


@dataclass(frozen=True)
class Edges(Pieces):
    """A few pieces.

    Attributes:
        edges: The first step of each but the first, rising; none of them is 0.
    """

    edges: tuple[float, ...] = ()

    @classmethod
    def at(cls, *places: float) -> "Edges":
        """Pieces that begin at the first whole step of each of ``places``, in any order."""
        return cls(tuple(sorted({float(math.ceil(each)) for each in places if each > 0})))

    def index(self, step: ArrayLike) -> Floats:
        """The number of the piece that ``step`` lies on."""
        return np.searchsorted(self.edges, np.asarray(step, float), "right").astype(np.float64)

    def start(self, index: ArrayLike) -> Floats:
        """The first step of piece ``index``; inf where there is no such piece."""
        edges = np.array([0.0, *self.edges, math.inf])
        place = np.clip(np.asarray(index, float), 0, len(edges) - 1).astype(np.intp)
        return np.asarray(edges[place])

    @property
    def last(self) -> float:
        """The first step of the last piece."""
        return self.edges[-1] if self.edges else 0.0


@dataclass(frozen=True)
class Periods(Pieces):
    """The same pieces again and again.

    Attributes:
        length: The length of a period, in steps.
        turn: Where in a period its second piece begins; 0: it has but one.
        late: So many steps the first piece is longer than those of the periods behind it.
    """

    length: float
    turn: float = 0.0
    late: float = 0.0

    def index(self, step: ArrayLike) -> Floats:
        """The number of the piece that ``step`` lies on."""
        step = np.asarray(step, float) - self.late if self.late else np.asarray(step, float)
        period = np.floor(step / self.length)
        if self.late:
            period = np.maximum(period, 0.0)
        if not self.turn:
            return np.asarray(period)
        return np.asarray(2 * period + (step - period * self.length >= self.turn))

    def start(self, index: ArrayLike) -> Floats:
        """The first step of piece ``index``."""
        index = np.asarray(index, float)
        if not self.turn:
            return np.asarray(index * self.length + self.late * (index > 0))
        period = np.floor(index / 2)
        return np.asarray(period * self.length + (index - 2 * period) * self.turn)

    @property
    def last(self) -> float:
        """There is no last one."""
        return math.inf

    def lengths(self, index: Floats) -> Floats:
        """How long these pieces are: what comes late to a period is no part of it."""
        return super().lengths(index) if self.turn else np.full_like(index, self.length)
