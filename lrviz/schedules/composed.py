"""The base of schedules that are composed of schedules."""

import math
import re
from abc import abstractmethod
from typing import ClassVar

import numpy as np

from lrviz.schedules.base import MOST_PIECES, Cycle, Handle, Laps, Schedule, Span
from lrviz.schedules.parts import knots, placed, restarts
from lrviz.text import Sentence, quoted

#: How deep schedules may be in one another.
DEEPEST = 3


class Composed(Schedule):
    """A schedule composed of others, its parts; their knots, restarts and cycles are its own."""

    #: What stands between the titles of its parts.
    separator: ClassVar[str]

    @property
    @abstractmethod
    def formula(self) -> str:
        """LaTeX of the rate at step t, over the rates of its parts."""

    @property
    @abstractmethod
    def parts(self) -> tuple[tuple[str, Schedule], ...]:
        """The path and the schedule of each part."""

    @property
    def starts(self) -> tuple[int, ...]:
        """The first step of each part: its own step 0. By default all hold from the first step."""
        return (0,) * len(self.parts)

    @property
    def stops(self) -> tuple[float, ...]:
        """The step before which each part ends; inf: it has no end, as by default."""
        return (math.inf,) * len(self.parts)

    @property
    def title(self) -> str:
        """The titles of its parts."""
        return self.separator.join(
            f"({part.title})" if isinstance(part, Composed) else part.title
            for _, part in self.parts
        )

    @property
    def depth(self) -> int:
        """How many levels of composed schedules are nested here, at least 1."""
        return 1 + max(
            (each.depth for _, each in self.parts if isinstance(each, Composed)), default=0
        )

    def _depth_problem(self, name: str) -> dict[str, Sentence]:
        for path, part in self.parts:
            value: object = part
            if not isinstance(value, Schedule):
                return {path: Sentence("{part} is no schedule.", {"part": quoted(value)})}
        if self.depth <= DEEPEST:
            return {}
        return {
            name: Sentence(
                "Schedules are nested too deeply: {most} levels at most.", {"most": DEEPEST}
            )
        }

    def windows(self, last_step: int) -> tuple[Span, ...]:
        """Where each part holds, up to ``last_step``; empty ones are left out."""
        return tuple(
            Span(start, int(min(stop, last_step + 1)), part)
            for (_, part), start, stop in zip(self.parts, self.starts, self.stops, strict=True)
            if start < min(stop, last_step + 1)
        )

    @property
    def jumps(self) -> bool:
        """Whether the rate jumps in one of its parts."""
        return any(part.jumps for _, part in self.parts)

    @property
    def handles(self) -> tuple[Handle, ...]:
        """Those of each part, where that holds."""
        return tuple(
            handle
            for (path, part), start, stop in zip(self.parts, self.starts, self.stops, strict=True)
            for handle in placed(part, path, start, stop)
        )

    def spans(self, last_step: int) -> tuple[Span, ...]:
        """The simple schedules in it, at any depth, and where each holds, up to ``last_step``."""
        return tuple(
            Span(window.start + span.start, window.start + span.stop, span.schedule)
            for window in self.windows(last_step)
            for span in window.schedule.spans(window.stop - window.start - 1)
        )

    def knots(self, last_step: int) -> tuple[int, ...]:
        """The steps up to ``last_step`` at which the formula changes, but for 0; 1,000 at most."""
        steps = {0}
        for window in self.windows(last_step):
            last = window.stop - window.start - 1
            steps |= {window.start, *(window.start + at for at in knots(window.schedule, last))}
        return tuple(sorted(steps - {0})[:MOST_PIECES])

    def restarts(self, last_step: int) -> tuple[int, ...]:
        """The steps up to ``last_step`` at which it restarts; 1,000 at the most."""
        steps = set[int]()
        for window in self.windows(last_step):
            own = restarts(window.schedule, window.stop - window.start - 1)
            steps |= {window.start + at for at in own or ()}
        return tuple(sorted(steps)[:MOST_PIECES])

    def laps(self, last_step: int) -> Laps:
        """Where the cycles of its parts are, in their order; 1,000 at most."""
        starts, lengths = self._laps(last_step)
        order = np.argsort(starts, kind="stable")[:MOST_PIECES]
        return Laps(starts[order], lengths[order])

    def _laps(self, last_step: int) -> Laps:
        """Where the cycles of its parts are, one part after another."""
        starts, lengths = [np.zeros(0)], [np.zeros(0)]
        for window in self.windows(last_step):
            laps = window.schedule.laps(window.stop - window.start - 1)
            starts.append(window.start + laps.starts)
            # Where the next part begins, or the run ends, by the formula.
            room = window.stop - starts[-1] if window.stop <= last_step else laps.lengths
            lengths.append(np.minimum(laps.lengths, room))
        return Laps(np.concatenate(starts), np.concatenate(lengths))

    def cycles(self, last_step: int) -> tuple[Cycle, ...]:
        """The cycles of its parts that begin up to ``last_step``, in their order; 1,000 at most."""
        starts, lengths = self.laps(last_step)
        last = starts + np.maximum(np.ceil(lengths) - 1, 0)
        rows = zip(starts, lengths, self(starts), self(last), strict=True)
        return tuple(
            Cycle(i, int(start), float(length), float(peak), float(trough))
            for i, (start, length, peak, trough) in enumerate(rows)
        )

    def latex(self) -> tuple[str, ...]:
        """The formula of the whole, and of each part with its values put in."""
        own = [self.formula]
        for number, (_, part) in enumerate(self.parts, start=1):
            whole, *others = part.latex()
            shown = [others[0]] if not isinstance(part, Composed) and others else [whole, *others]
            own += [_numbered(each, number) for each in shown]
        return tuple(own)


def _numbered(formula: str, number: int) -> str:
    """The formula of a part: its rate has the part's number, and those of its parts follow it."""

    def numbered(match: re.Match[str]) -> str:
        inner = match[1]
        return rf"\eta_{{{number}.{inner}}}(" if inner else rf"\eta_{{{number}}}("

    return re.sub(r"\\eta(?:_\{([\d.]+)\})?\(", numbered, formula)
