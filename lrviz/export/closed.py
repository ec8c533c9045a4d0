"""The closed forms of schedules as Python source, in the words of a framework."""

import ast
from collections.abc import Mapping

from lrviz.export.spoken import Plain, Spoken, Words
from lrviz.schedules import Constant, Expression, Factor, Schedule, Sequence


def lines(schedule: Schedule, words: Words) -> list[str]:
    """The rate at step ``t`` as lines of Python, the last one ``return ...``."""
    body = ast.parse(schedule.closed())
    if not isinstance(schedule, Expression):
        # What was typed stays as it was typed.
        body = ast.fix_missing_locations(Plain().visit(body))
    *named, last = body.body
    assert isinstance(last, ast.Expr)
    assigned = [each for each in named if isinstance(each, ast.Assign)]
    speaker = Spoken(words, {ast.unparse(each.targets[0]) for each in assigned})
    spoken: list[ast.stmt] = [speaker.assigned(each) for each in assigned]
    spoken.append(ast.Return(speaker.number(last.value)))
    made = [ast.unparse(ast.fix_missing_locations(each)) for each in spoken]
    return [f"t = {words.first}", *made] if words.first else made


def functions(schedule: Schedule, words: Words, name: str) -> str:
    """Python functions of which ``name(t)`` is the rate at step ``t``."""
    if isinstance(schedule, Sequence):
        return _phases(schedule, words, name)
    if isinstance(schedule, Factor):
        parts = {f"{name}_{path}": part for path, part in schedule.parts}
        defined = [
            functions(part, words, each)
            for each, part in parts.items()
            if not isinstance(part, Constant)
        ]
        return "\n\n".join([*defined, _function(name, [f"return {product(parts, 't')}"])])
    return _function(name, lines(schedule, words))


def product(parts: Mapping[str, Schedule], step: str) -> str:
    """Source of the product of functions of the step, by their names; a number as itself."""
    factors = (
        repr(part.learning_rate) if isinstance(part, Constant) else f"{name}({step})"
        for name, part in parts.items()
    )
    return " * ".join(factors)


def _phases(schedule: Sequence, words: Words, name: str) -> str:
    names = [f"{name}_{i}" for i, _ in enumerate(schedule.schedules, start=1)]
    defined = [
        functions(phase, words, each) for each, phase in zip(names, schedule.schedules, strict=True)
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
    told = "\n".join(f"    {each}" for each in body)
    return f"def {name}(t):\n{told}\n"


def called(name: str, values: dict[str, object]) -> str:
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
