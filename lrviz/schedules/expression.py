"""A rate that is typed as a formula."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, ClassVar

import numpy as np

from lrviz.declared import MOST_ITEMS, Field, Parameter, steps
from lrviz.schedules import language
from lrviz.schedules.formula import parsed
from lrviz.schedules.pieces import Edges, Floats
from lrviz.schedules.simple import Simple
from lrviz.schedules.typeset import latex_of, typeset
from lrviz.text import Sentence, mark

#: So many steps are looked at for jumps; where one may be, the stretch is halved.
_LOOKED_AT = 2000
#: So many steps are looked at in all stretches together.
_MOST_HALVED = 20_000
#: Steps times characters: a long formula is looked at at fewer steps.
_MOST_READ = 500_000
#: A jump is so many times as large as what changes in the steps beside it.
_STANDS_OUT = 4.0


@dataclass(frozen=True)
class Expression(Simple):
    """A formula of the step ``t``, the run's length ``T``, and named numbers.

    The language is that of :mod:`lrviz.schedules.language`. ``names`` and ``values`` are the named
    numbers; those that the formula does not name are dropped, those that are new are 1.
    """

    own_length: ClassVar[str] = "total_steps"
    aliases: ClassVar[tuple[str, ...]] = ("LambdaLR", "LambdaCallback", "formula", "custom")

    expression: Annotated[
        str,
        Parameter(
            help=mark(
                "A formula of t (the step), T (total_steps) and any names: each becomes a slider. "
                "+ - * / **, comparisons, where(test, a, b), min, max, exp, log, sqrt, cos, sin, "
                "floor, pi."
            ),
            symbol="f",
        ),
    ] = "peak * (1 + cos(pi * min(t / T, 1))) / 2"
    total_steps: Annotated[int, steps(mark("The T of the formula."), "T", share_of_run=1.0)] = 1000
    names: Annotated[
        tuple[str, ...],
        Parameter(
            help=mark("The names in the formula."),
            symbol="n",
            pattern=r"[A-Za-z_]\w{0,29}",
            least_items=0,
        ),
    ] = ()
    values: Annotated[
        tuple[float, ...],
        Parameter(
            help=mark("A number that the formula names."),
            symbol="n",
            at_least=-1e15,
            at_most=1e15,
            slider=(1e-5, 1e5),
            scale="log",
            least_items=0,
        ),
    ] = ()

    def __post_init__(self) -> None:
        self._agree()
        super().__post_init__()
        # What it is at step 0 tells whether NumPy can make anything of it.
        self(0)

    def _agree(self) -> None:
        """Keep a number for each name in the formula."""
        try:
            named = language.names(language.formula(self.expression))
        except (language.Refused, TypeError) as error:
            why = error.args[0] if isinstance(error, language.Refused) else str(error)
            sentence = why if isinstance(why, Sentence) else Sentence("This is no formula.")
            raise self.error({"expression": sentence}) from None
        wanted = tuple(each for each in named if each not in ("t", "T"))
        if len(wanted) > MOST_ITEMS:
            many = Sentence("A formula has at most {most} named numbers.", {"most": MOST_ITEMS})
            raise self.error({"expression": many})
        if wanted != tuple(self.names) or len(self.values) != len(wanted):
            before = dict(zip(self.names, self.values, strict=False))
            object.__setattr__(self, "names", wanted)
            object.__setattr__(self, "values", tuple(before.get(each, 1.0) for each in wanted))

    @classmethod
    def example(cls, run_steps: int) -> "Expression":
        """Half a cosine over the run."""
        return cls(total_steps=run_steps, names=("peak",), values=(0.1,))

    def latex(self) -> tuple[str, ...]:
        """The formula with its names; and with the values put in, where it has names."""
        values = {
            name: latex_of(value) for name, value in zip(self.names, self.values, strict=True)
        }
        shown = ({}, values) if values else ({},)
        return tuple(typeset(parsed(self.closed()), each) for each in shown)

    @property
    def pieces(self) -> Edges:
        """The jumps up to ``total_steps``."""
        return _edges(self)

    @property
    def end(self) -> float:
        """Nobody has looked behind ``total_steps``."""
        return math.inf

    def _fields(self, prefix: str) -> Iterator[Field]:
        # The names are the formula's own.
        return (each for each in super()._fields(prefix) if each.name != "names")

    @property
    def variables(self) -> Mapping[str, float]:
        """The numbers in the formula, by their names."""
        return {**dict(zip(self.names, self.values, strict=True)), "T": self.total_steps}

    def closed(self) -> str:
        """The rate at step ``t``, as it was typed."""
        # A line that is broken is meant as one.
        return " ".join(self.expression.split())

    def remarks(self) -> tuple[Sentence, ...]:
        """What is legal here, but may surprise."""
        rates = self(np.linspace(0, self.total_steps, 257).round())
        if bool((rates < 0).any()):
            return (Sentence("The formula falls below 0: a rate below 0 climbs up the loss."),)
        return ()


@lru_cache(maxsize=256)
def _edges(schedule: Expression) -> Edges:
    """The steps up to ``total_steps`` at which the rate jumps, found by halving."""

    def rate(at: Floats) -> Floats:
        # Where it has no value it is apart from where it has one.
        rates = schedule(at)
        return np.where(np.isfinite(rates), rates, 0.0)

    affordable = _MOST_READ // len(schedule.expression)
    looked_at = min(_LOOKED_AT, affordable)
    steps = np.unique(np.linspace(0, schedule.total_steps, looked_at).round())
    rates = rate(steps)
    low, high = steps[:-1], steps[1:]
    change = np.abs(np.diff(rates))
    spread = np.ptp(rates)
    large = change > spread * 1e-3
    # Halving takes the longer the longer the run is: where a formula is all waves, the largest
    # changes are looked into.
    rounds = math.ceil(math.log2(max((high - low).max(initial=1.0), 2.0)))
    most = min(_MOST_HALVED, affordable) // rounds
    if large.sum() > most:
        large = np.sort(np.argsort(np.where(large, change, 0.0), kind="stable")[-most:])
    low, high = low[large], high[large]
    at_low, at_high = rates[:-1][large], rates[1:][large]
    while low.size and (high - low).max() > 1:
        middle = np.floor((low + high) / 2)
        # Only here is anything worked out: the ends of each half are known.
        between = rate(middle)
        left = np.abs(between - at_low) >= np.abs(at_high - between)
        wide = high - low > 1
        up, down = wide & ~left, wide & left
        low, at_low = np.where(up, middle, low), np.where(up, between, at_low)
        high, at_high = np.where(down, middle, high), np.where(down, between, at_high)
    jump = np.abs(at_high - at_low)
    beside = np.maximum(
        np.abs(at_low - rate(np.maximum(low - 1, 0))),
        np.abs(rate(high + 1) - at_high),
    )
    jumps = high[(jump > _STANDS_OUT * beside) & (jump > spread * 1e-3)]
    return Edges(tuple(np.unique(jumps).tolist()))
