"""Schedules with a formula of their own: what they state, and what follows from it."""

import math
from abc import abstractmethod
from collections.abc import Mapping
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from lrviz.schedules.base import MOST_PIECES, Cycle, Laps, Schedule, Span
from lrviz.schedules.evaluation import compiled
from lrviz.schedules.formula import Formula, parsed
from lrviz.schedules.pieces import Edges, Floats, Pieces
from lrviz.schedules.typeset import DIGITS, typeset

#: What is looked at beside a step, to tell a jump from a slope.
_BESIDE = 1e-9
#: A jump has at least this share of the change from one step to the next.
_AT_ONCE = 0.5
#: So many pieces tell whether a schedule whose pieces are alike jumps between them.
_LOOKED_AT = 2
#: Steps behind the last piece's first one, at which a rate that stays is still the same.
_BEHIND = np.array([0.0, 1.0, 7.0, 1e3, 1e6, 1e9, 1e15])


class Simple(Schedule):
    """A schedule with a formula of its own.

    It states the formula, and its pieces: the stretches of steps on which one form of it holds.
    The rate, the formula in LaTeX and in the code of every framework, the knots, jumps and spans
    and the end follow from these two.
    """

    @abstractmethod
    def closed(self) -> str:
        """The rate at step ``t`` in the language of :mod:`lrviz.schedules.language`.

        Lines of ``name = ...``, and a last one that is the rate; over ``t``, these names and the
        names of the fields. It may differ by what a field *is* (None, a choice, a length of 0), and
        by no other value.
        """

    @property
    def pieces(self) -> Pieces:
        """Where the formula changes; if not said otherwise, nowhere."""
        return Edges()

    @property
    def cyclic(self) -> bool:
        """Whether the pieces are cycles that end with a restart."""
        return False

    @cached_property
    def variables(self) -> Mapping[str, float]:
        """The numbers in the formula, by their names; those of a list as ``values_0``."""
        numbers = dict[str, float]()
        for field in self.declared():
            value = getattr(self, field.name)
            if isinstance(value, tuple):
                numbers |= {f"{field.name}_{i}": each for i, each in enumerate(value)}
            elif isinstance(value, int | float) and not isinstance(value, bool):
                numbers[field.name] = value
        return numbers

    def _rate(self, step: Floats) -> Floats:
        function, names = compiled(self.closed())
        values = self.variables
        rate = np.asarray(function(step, *(np.float64(values[name]) for name in names)))
        # It may be one number, or the steps themselves.
        return rate if rate.shape == step.shape and rate is not step else np.full_like(step, rate)

    def latex(self) -> tuple[str, ...]:
        """The formula with its symbols, and again with the values put in."""
        text = self.closed()
        return self._symbolic(text), self._typeset(parsed(text).with_values(self.variables, DIGITS))

    @classmethod
    @cache
    def _symbolic(cls, text: str) -> str:
        # The same at every stop of a slider.
        return cls._typeset(parsed(text))

    @classmethod
    def _typeset(cls, formula: Formula) -> str:
        """A formula of this schedule in LaTeX."""
        return typeset(formula, cls.symbols())

    @classmethod
    def symbols(cls) -> dict[str, str]:
        """The LaTeX symbols of its fields, by their names."""
        return {field.name: field.parameter.symbol for field in cls.declared()}

    @property
    def jumps(self) -> bool:
        """Whether the rate jumps between its pieces (else its slope changes)."""
        return bool(self._jumping.any())

    @cached_property
    def _jumping(self) -> NDArray[np.bool_]:
        """Whether the rate jumps at each edge; where these have no end, at the first ones."""
        if parsed(self.closed()).continuous:
            return np.zeros(0, bool)
        pieces = self.pieces
        starts = pieces.start(np.arange(1.0, _LOOKED_AT + 1))
        edges = np.array(pieces.edges) if isinstance(pieces, Edges) else np.unique(starts)
        return self._jumps(edges[np.isfinite(edges)])

    @cached_property
    def end(self) -> float:
        """The step from which on the rate stays as it is; inf where it never does."""
        last = self.pieces.last
        if math.isinf(last):
            return math.inf
        rates = self(last + _BEHIND)
        return last if bool((rates == rates[0]).all()) else math.inf

    def spans(self, last_step: int) -> tuple[Span, ...]:
        """Itself, all along."""
        return (Span(0, last_step + 1, self),)

    def knots(self, last_step: int) -> tuple[int, ...]:
        """The steps up to ``last_step`` at which a piece begins, but for 0; 1,000 at the most."""
        last = min(float(self.pieces.index(last_step)), float(MOST_PIECES))
        starts = self.pieces.start(np.arange(1, last + 1))
        starts = starts[(np.diff(starts, prepend=0.0) > 0) & (starts <= last_step)]
        return tuple(map(int, starts.tolist()))

    def jump(self, steps: Floats) -> NDArray[np.bool_]:
        """Whether the rate jumps between each of ``steps`` and the next, shape (n - 1,)."""
        pieces = self.pieces
        index = pieces.index(steps)
        changes: NDArray[np.bool_] = index[1:] != index[:-1]
        if not self.jumps:
            changes[:] = False
        elif isinstance(pieces, Edges):
            changes[changes] = self._jumping[index[1:][changes].astype(np.intp) - 1]
        else:
            # All of them jump, but for the one behind which nothing changes any more.
            changes &= steps[1:] != pieces.last
        return changes

    def _jumps(self, at: Floats) -> NDArray[np.bool_]:
        """Whether the rate jumps at each of these steps, from the step before it.

        Beside a slope it hardly changes: a jump is where half of the change from one step to the
        next is right behind the first, or right before the second.
        """
        beside = np.maximum(_BESIDE, 2 * np.spacing(at))
        before, behind, close, after = self(np.array([at - 1, at - 1 + beside, at - beside, at]))
        with np.errstate(invalid="ignore"):
            whole = np.abs(after - before)
            least = np.maximum(_AT_ONCE * whole, 1e-12 * np.abs(before))
            sudden = (np.abs(after - close) > least) | (np.abs(behind - before) > least)
        return np.asarray(sudden | (np.isfinite(before) != np.isfinite(after)))

    def restarts(self, last_step: int) -> tuple[int, ...] | None:
        """The steps up to ``last_step`` at which it restarts; None: it cannot."""
        return self.knots(last_step) if self.cyclic else None

    def laps(self, last_step: int) -> Laps:
        """Where the cycles are that begin up to ``last_step``; 1,000 at most."""
        index, starts, _ = self._laps(last_step)
        return Laps(starts, self.pieces.lengths(index))

    def cycles(self, last_step: int) -> tuple[Cycle, ...]:
        """The cycles that begin up to ``last_step``; 1,000 at the most, none without restarts.

        A cycle too short to hold a step is passed over.
        """
        index, starts, stops = self._laps(last_step)
        rates = self(np.column_stack([starts, stops - 1]))
        rows = zip(index.astype(int).tolist(), starts.astype(int).tolist(), strict=True)
        more = zip(self.pieces.lengths(index).tolist(), rates.tolist(), strict=True)
        return tuple(
            Cycle(number, start, length, *ends)
            for (number, start), (length, ends) in zip(rows, more, strict=True)
        )

    def _laps(self, last_step: int) -> tuple[Floats, Floats, Floats]:
        """The number of each cycle, its first step, and the first one after it."""
        if not self.cyclic:
            return np.zeros(0), np.zeros(0), np.zeros(0)
        count = int(min(float(self.pieces.index(last_step)) + 1, MOST_PIECES))
        index = np.arange(float(count))
        starts, stops = self.pieces.start(index), self.pieces.start(index + 1)
        keep = (starts < stops) & (starts <= last_step) & (starts < self.end)
        return index[keep], starts[keep], stops[keep]
