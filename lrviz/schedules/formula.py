"""The formula of a schedule: its rate at step ``t``, and the parts of it that have names."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lrviz.schedules.language import PARSING, names
from lrviz.schedules.simplify import number, simplified


@dataclass(frozen=True, eq=False)
class Formula:
    """A rate in the language of :mod:`lrviz.schedules.language`.

    Attributes:
        parts: What has a name, in the order in which one builds upon another.
        rate: The rate, over these names, ``t`` and others whose values are given.
    """

    parts: tuple[tuple[str, ast.expr], ...]
    rate: ast.expr

    def nodes(self) -> Iterator[ast.AST]:
        """Every node of its parts, and of the rate."""
        for each in (*(part for _, part in self.parts), self.rate):
            yield from ast.walk(each)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the numbers that it takes, ``t`` left out, in their order."""
        own = {"t", *(name for name, _ in self.parts)}
        every = (*(part for _, part in self.parts), self.rate)
        used = dict.fromkeys(name for each in every for name in names(each))
        return tuple(name for name in used if name not in own)

    @cached_property
    def continuous(self) -> bool:
        """Whether nothing in it can jump: no ``floor``, and nothing that a test chooses."""
        return not any(
            isinstance(node, ast.Compare) or (isinstance(node, ast.Name) and node.id == "floor")
            for node in self.nodes()
        )

    def with_values(self, values: Mapping[str, float], digits: int = 12) -> "Formula":
        """The same with numbers in the places of names (:func:`simplified`).

        A part that is a number, too, is gone.
        """
        numbers = dict(values)
        parts = list[tuple[str, ast.expr]]()
        for name, part in self.parts:
            simple = simplified(part, numbers, digits)
            value = number(simple)
            if value is None:
                parts.append((name, simple))
            else:
                numbers[name] = value
        return Formula(tuple(parts), simplified(self.rate, numbers, digits))


@lru_cache(maxsize=512)
def parsed(text: str) -> Formula:
    """The formula of a text of ours: lines of ``name = ...``, and a last one that is the rate."""
    with PARSING:
        *lines, last = ast.parse(text).body
    assert isinstance(last, ast.Expr)
    parts = list[tuple[str, ast.expr]]()
    for line in lines:
        assert isinstance(line, ast.Assign)
        parts.append((ast.unparse(line.targets[0]), line.value))
    return Formula(tuple(parts), last.value)
