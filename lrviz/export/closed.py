"""The formulas of schedules as Python source, in the code of a framework."""

import ast
from collections.abc import Mapping

from lrviz.export.target import Target, TargetLowering
from lrviz.schedules import Constant, Expression, Factor, Schedule, Sequence, Simple
from lrviz.schedules.formula import Formula, parsed


def lines(schedule: Schedule, target: Target) -> list[str]:
    """The rate at step ``t`` as lines of Python, the last one ``return ...``."""
    assert isinstance(schedule, Simple)
    formula = _with_values(schedule)
    lowering = TargetLowering(target, {name for name, _ in formula.parts})
    parts = [ast.Assign([ast.Name(name)], part) for name, part in formula.parts]
    body: list[ast.stmt] = [lowering.assigned(each) for each in parts]
    body.append(ast.Return(lowering.number(formula.rate)))
    source = [ast.unparse(ast.fix_missing_locations(each)) for each in body]
    return [f"t = {target.first}", *source] if target.first else source


def _with_values(schedule: Simple) -> Formula:
    formula = parsed(schedule.closed())
    if not isinstance(schedule, Expression):
        return formula.with_values(schedule.variables)
    # What was typed stays as it was typed, and its numbers keep their names.
    values = schedule.variables
    numbers = ((name, ast.parse(repr(values[name]), mode="eval").body) for name in formula.names)
    return Formula(tuple(numbers), formula.rate)


def functions(schedule: Schedule, target: Target, name: str) -> str:
    """Python functions of which ``name(t)`` is the rate at step ``t``."""
    if isinstance(schedule, Sequence):
        return _phases(schedule, target, name)
    if isinstance(schedule, Factor):
        parts = {f"{name}_{path}": part for path, part in schedule.parts}
        defined = [
            functions(part, target, each)
            for each, part in parts.items()
            if not isinstance(part, Constant)
        ]
        return "\n\n".join([*defined, _function(name, [f"return {product(parts, 't')}"])])
    return _function(name, lines(schedule, target))


def product(parts: Mapping[str, Schedule], step: str) -> str:
    """Source of the product of functions of the step, by their names; a number as itself."""
    factors = (
        repr(part.learning_rate) if isinstance(part, Constant) else f"{name}({step})"
        for name, part in parts.items()
    )
    return " * ".join(factors)


def _phases(schedule: Sequence, target: Target, name: str) -> str:
    names = [f"{name}_{i}" for i, _ in enumerate(schedule.schedules, start=1)]
    defined = [
        functions(phase, target, each)
        for each, phase in zip(names, schedule.schedules, strict=True)
    ]
    calls = [
        f"{each}(t - {start})" if start else f"{each}(t)"
        for each, start in zip(names, schedule.starts, strict=True)
    ]
    body = [
        f"if t < {boundary}:\n        return {call}"
        for boundary, call in zip(schedule.boundaries, calls, strict=False)
    ]
    return "\n\n".join([*defined, _function(name, [*body, f"return {calls[-1]}"])])


def _function(name: str, body: list[str]) -> str:
    indented = "\n".join(f"    {each}" for each in body)
    return f"def {name}(t):\n{indented}\n"


def call(name: str, values: dict[str, object]) -> str:
    """A call with its values by their names, on one line."""
    return f"{name}({', '.join(f'{key}={literal(value)}' for key, value in values.items())})"


def literal(value: object) -> str:
    """A value as Python source; source already, where it is :class:`Code`."""
    if isinstance(value, str) and not isinstance(value, Code):
        return f'"{value}"'
    return repr(list(value)) if isinstance(value, tuple) else repr(value)


class Code(str):
    """Text that is source already."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)
