"""Schedules with a formula of their own, in numbered pieces."""

import math
from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrviz.schedules.base import MOST_PIECES, Cycle, Floats, Laps, Schedule, Span


class Simple(Schedule):
    """A schedule with a formula of its own.

    A *piece* is a stretch of steps on which one formula holds; pieces are numbered from 0.
    """

    #: Whether the pieces are cycles that end with a restart.
    cyclic: ClassVar[bool] = False

    @property
    def jumps(self) -> bool:
        """Whether the rate jumps between its pieces (else its slope changes)."""
        return True

    def spans(self, last_step: int) -> tuple[Span, ...]:
        """Itself, all along."""
        return (Span(0, last_step + 1, self),)

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

    def jump(self, steps: Floats) -> NDArray[np.bool_]:
        """Whether the rate jumps between each of ``steps`` and the next, shape (n - 1,)."""
        pieces = self.piece(steps)
        changes: NDArray[np.bool_] = pieces[1:] != pieces[:-1]
        return changes & self.jumps

    def restarts(self, last_step: int) -> tuple[int, ...] | None:
        """The steps up to ``last_step`` at which it restarts; None: it cannot."""
        return self.knots(last_step) if self.cyclic and self.jumps else None

    def laps(self, last_step: int) -> Laps:
        """Where the cycles are that begin up to ``last_step``; 1,000 at most."""
        index, starts, _ = self._laps(last_step)
        return Laps(starts, np.broadcast_to(self._lengths(index), index.shape))

    def cycles(self, last_step: int) -> tuple[Cycle, ...]:
        """The cycles that begin up to ``last_step``; 1,000 at the most, none without restarts.

        A cycle too short to hold a step is passed over.
        """
        index, starts, stops = self._laps(last_step)
        lengths = self.laps(last_step).lengths
        rows = zip(index, starts, lengths, self(starts), self(stops - 1), strict=True)
        return tuple(Cycle(int(i), int(s), float(n), float(p), float(t)) for i, s, n, p, t in rows)

    def _laps(self, last_step: int) -> tuple[Floats, Floats, Floats]:
        """The number of each cycle, its first step, and the first one after it."""
        if not self.cyclic:
            return np.zeros(0), np.zeros(0), np.zeros(0)
        count = int(min(float(self.piece(last_step)) + 1, MOST_PIECES))
        index = np.arange(float(count))
        starts, stops = self.piece_start(index), self.piece_start(index + 1)
        keep = (starts < stops) & (starts <= last_step) & (starts < self.end)
        return index[keep], starts[keep], stops[keep]

    def _lengths(self, index: Floats) -> Floats:
        """The length of each cycle by the formula, in steps; empty where it is not cyclic."""
        return index


class Periodic(Simple):
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
