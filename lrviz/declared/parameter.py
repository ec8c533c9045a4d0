"""A parameter is declared once; validation, controls, links, export and tests read it here."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from lrviz.text import mark

#: The largest count of steps: every whole number up to it is exact in float64, twice over.
MOST_STEPS = 10**15
#: The largest learning rate that is taken seriously.
HIGHEST_RATE = 1e6
#: How many stops a slider has, at the most.
STOPS = 100
#: How many places in a run one can be dragged to, at the most.
_PLACES = 150
#: The numbers of a longer list have no sliders of their own, unless ``most_fields`` is set.
MOST_ITEMS = 8


@dataclass(frozen=True)
class Parameter:
    """The declaration of a parameter, beside its name, type and default.

    Args:
        help: Its meaning, for a person (English, translated where shown).
        symbol: Its LaTeX symbol.
        unit: What it counts ("steps"), or empty.
        at_least: The smallest legal value.
        above: The legal values are greater than this.
        at_most: The largest legal value.
        slider: First and last stop of its slider: a comfortable range inside the legal one.
            None: no slider.
        scale: How the slider's stops are spaced; ``run``: evenly over the run, for a place in it.
        start: The value a new curve begins with, where there is no default.
        share_of_run: As ``start``, as a share of the run's length.
        most_items: How many items a list may hold.
        most_fields: The numbers of a list that is longer have no sliders of their own.
        least_items: How many items a list must hold.
        pattern: What a text must match as a whole, unless it is empty.
        clean: Applied to a text before it is checked.
    """

    help: str = ""
    symbol: str = ""
    unit: str = ""
    at_least: float = -math.inf
    above: float = -math.inf
    at_most: float = math.inf
    slider: tuple[float, float] | None = None
    scale: Literal["linear", "log", "run"] = "linear"
    start: float | tuple[float, ...] | None = None
    share_of_run: float | tuple[float, ...] | None = None
    most_items: int = 100
    most_fields: int = MOST_ITEMS
    least_items: int = 1
    pattern: str = ""
    clean: Callable[[str], str] | None = None

    @lru_cache(maxsize=256)  # noqa: B019  # parameters are declared once, and live for ever
    def stops(self, *, whole: bool, run: int = 0) -> tuple[float, ...]:
        """The slider's stops, rising, rounded to numbers that people like to read.

        Those of a length reach to the end of a run of ``run`` (in what the curve counts) at least.
        """
        if self.slider is None:
            return ()
        first, last = self.slider
        if self.scale == "run":
            return _over_run(int(first), run or int(last))
        if self.unit:
            last = max(last, run)
        if self.scale == "log":
            raw = np.geomspace(first, last, STOPS)
        else:
            raw = np.linspace(first, last, STOPS + 1)
        digits = 2 if self.scale == "log" else 4
        rounded = {first, last, *(float(f"{value:.{digits}g}") for value in raw)}
        if whole:
            return tuple(sorted({round(value) for value in rounded}))
        return tuple(sorted(rounded))


def _over_run(first: int, run: int) -> tuple[int, ...]:
    """Places that are evenly spread over a run: multiples of 1, 2 or 5 times a power of 10."""
    decade = 10 ** max(len(str(run // _PLACES)) - 1, 0)
    unit = next(each * decade for each in (1, 2, 5, 10) if each * decade * _PLACES >= run)
    return tuple(sorted({first, run, *range(unit, run, unit)}))


def rate(help: str, symbol: str, *, zero: bool = False, start: float | None = None) -> Parameter:
    """A learning rate; 0 is legal where ``zero``."""
    return Parameter(
        help=help,
        symbol=symbol,
        at_least=0.0 if zero else -math.inf,
        above=-math.inf if zero else 0.0,
        at_most=HIGHEST_RATE,
        slider=(1e-5, 10.0),
        scale="log",
        start=start,
    )


def steps(help: str, symbol: str, *, share_of_run: float, zero: bool = False) -> Parameter:
    """A count of steps; a new curve gets ``share_of_run`` of the run's length.

    0 is legal where ``zero``.
    """
    return Parameter(
        help=help,
        symbol=symbol,
        unit=mark("steps"),
        at_least=0 if zero else 1,
        at_most=MOST_STEPS,
        slider=(1, 100_000),
        scale="log",
        share_of_run=share_of_run,
    )
