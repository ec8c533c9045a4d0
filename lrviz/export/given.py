"""What a call in source code was given, by the names of what it takes."""

import math
from collections.abc import Callable, Mapping
from collections.abc import Sequence as Several
from dataclasses import dataclass
from typing import Any

from lrviz.export.source import Called, Function, Trouble, Unknown
from lrviz.scene.timeline import Per
from lrviz.schedules import MOST_PHASES, Constant, Linear, Schedule, Sequence
from lrviz.text import Sentence, quoted

#: Arguments that change nothing of the rate.
_IGNORED = (
    "optimizer",
    "last_epoch",
    "verbose",
    "name",
    "cycle_momentum",
    "base_momentum",
    "max_momentum",
)
#: A base rate to draw with until it is known.
USUAL_RATE = 0.1
#: What an argument's value is where the source must give it.
NEEDED = object()


@dataclass(frozen=True)
class Reads:
    """How a call is read: what it takes, and what it makes.

    Attributes:
        arguments: The names of its arguments in their order, and their defaults.
        make: The schedule, of the values by their names.
        per: What it counts.
        skips: How many arguments stand before those: the optimizer.
        others: Whether it takes many others, too, that say nothing of the rate.
    """

    arguments: Mapping[str, object]
    make: Callable[[Any, "Given"], Schedule]
    per: Per = "step"
    skips: int = 0
    others: bool = False


class Given:
    """The values that a call was given."""

    def __init__(self, reading: Any, reads: Reads, call: Called) -> None:
        self.reading, self.call = reading, call
        names = list(reads.arguments)
        self.optimizer = call.kwargs.get("optimizer", call.args[0] if call.args else None)
        own = call.args[reads.skips :]
        if "optimizer" in call.kwargs and reads.skips:
            own = call.args
        if len(own) > len(names):
            raise Trouble(
                call.node,
                Sentence(
                    "{name} takes no more than {most} values.",
                    {"name": call.name, "most": len(names) + reads.skips},
                ),
            )
        self.values = dict(zip(names, own, strict=False))
        for name, value in call.kwargs.items():
            if name in names:
                self.values[name] = value
            elif name not in _IGNORED and not reads.others:
                node = next(each for each in call.node.keywords if each.arg == name)
                why: dict[str, object] = {"call": call.name, "name": quoted(name)}
                raise Trouble(node.value, Sentence("{call} has no argument {name}.", why))
        self.defaults = reads.arguments

    def raw(self, name: str) -> Any:
        """The value of an argument, as far as the source tells it."""
        return self.values.get(name, self.defaults[name])

    def __call__(self, name: str) -> Any:
        """The value of an argument; a number that is not told is asked for."""
        value = self.raw(name)
        if value is NEEDED:
            return self.reading.ask(name)
        if isinstance(value, Unknown):
            return self.reading.ask(value.name or name)
        return value

    def number(self, name: str) -> float:
        """An argument that is a number."""
        value = self(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse(name, value)
        return float(value)

    def count(self, name: str) -> int:
        """An argument that is a whole number of steps."""
        value = self.number(name)
        if not value.is_integer() and not math.isclose(value, round(value)):
            self.refuse(name, value)
        return round(value)

    def items(self, name: str) -> list[Any]:
        """An argument that is a list."""
        value = self(name)
        if not isinstance(value, list):
            self.refuse(name, value)
        assert isinstance(value, list)
        return value

    def refuse(self, name: str, value: object) -> None:
        """Raise the trouble with an argument."""
        told: dict[str, object] = {"name": name, "call": self.call.name}
        if isinstance(value, Called | Function | Unknown):
            sentence = Sentence("{name} of {call} was not understood.", told)
        else:
            told["value"] = quoted(value)
            sentence = Sentence("{name} = {value} of {call} was not understood.", told)
        raise Trouble(self.call.node, sentence)

    def inner(self, values: Mapping[str, object], optimizer: object = None) -> Called:
        """A call that this one makes, with those values."""
        first = [] if optimizer is None else [optimizer]
        return Called(self.call.name, self.call.node, first, dict(values))

    @property
    def lr(self) -> float:
        """The rate of the optimizer that the scheduler is given."""
        return _rate_of(self.reading, self.optimizer)


def _rate_of(reading: Any, optimizer: object) -> float:
    """The rate of an optimizer; if need be of any in the text, or the base rate."""
    if reading.scale is not None:
        return float(reading.scale)
    for each in (optimizer, *reading.program.calls[::-1]):
        if isinstance(each, Called):
            named = next(
                (each.kwargs[name] for name in ("lr", "learning_rate") if name in each.kwargs),
                None,
            )
            if named is None and each is optimizer and len(each.args) > 1:
                named = each.args[1]
            if isinstance(named, int | float) and not isinstance(named, bool):
                return float(named)
            if isinstance(named, Unknown) and each is optimizer:
                return _base_rate(reading, named.name or "base_rate")
    return _base_rate(reading, "base_rate")


def _base_rate(reading: Any, name: str) -> float:
    """The base rate that was given; else one that is asked for by a name."""
    return float(reading.ask(name) if reading.base_rate is None else reading.base_rate)


def warmed(peak: float, warm: int, rest: Schedule, first: float = 0.0) -> Schedule:
    """``rest``, behind a line from ``first`` to ``peak`` in ``warm`` steps."""
    return Sequence((Linear(first, peak, warm), rest), (warm,)) if warm > 0 else rest


def delayed(first: float, begin: int, rest: Schedule) -> Schedule:
    """``rest``, behind ``begin`` steps at a rate."""
    return Sequence((Constant(first), rest), (begin,)) if begin > 0 else rest


def in_turn(phases: Several[Schedule], starts: Several[int]) -> Schedule:
    """Phases one after another; more than a sequence may have, as sequences of sequences."""
    if len(phases) <= MOST_PHASES or len(starts) != len(phases) - 1:
        return Sequence(tuple(phases), tuple(starts))
    begins, groups = [0, *starts], range(0, len(phases), MOST_PHASES)
    made = [
        Sequence(
            tuple(phases[at : at + MOST_PHASES]),
            tuple(each - begins[at] for each in begins[at + 1 : at + MOST_PHASES]),
        )
        for at in groups
    ]
    return in_turn(made, [begins[at] for at in groups][1:])
