"""Functions of the step that hand it on to schedules: what they make of these."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from lrviz.export.source import Called, Function, Program


@dataclass(frozen=True)
class Joined:
    """What a function makes of schedules.

    Attributes:
        kind: ``product``: of one or two, and a number. ``phases``: one after another.
        parts: The schedules, as values of the source.
        starts: The first step of each phase but the first.
        scale: The number of a product.
    """

    kind: Literal["product", "phases"]
    parts: tuple[Any, ...]
    starts: tuple[int, ...] = ()
    scale: float = 1.0


def joined(program: Program, function: Function) -> Joined | None:
    """What a function makes of schedules that it calls; None if it does anything else."""
    step = (function.parameters or [""])[0]
    branches = _branches(program, function, step)
    if not branches:
        return None
    if len(branches) == 1:
        return _product(program, branches[0][1], step)
    begins = (0, *(stop for stop, _ in branches[:-1]))
    parts = [
        _handed(program, value, step, begin)
        for begin, (_, value) in zip(begins, branches, strict=True)
    ]
    if any(part is None for part in parts):
        return None
    return Joined("phases", tuple(parts), begins[1:])


def _branches(program: Program, function: Function, step: str) -> list[tuple[int, ast.expr]]:
    """``if step < 10: return ...``: up to which step a value is returned, and the value."""
    if isinstance(function.node, ast.Lambda):
        return [(0, function.node.body)]
    found = list[tuple[int, ast.expr]]()
    for statement in function.node.body:
        match statement:
            case ast.Expr(value=ast.Constant()):
                continue
            case ast.If(
                test=ast.Compare(left=ast.Name(id=name), ops=[ast.Lt()], comparators=[stop]),
                body=[ast.Return(value=ast.expr() as value)],
                orelse=[],
            ) if name == step and type(at := program.value(stop)) is int:
                found.append((at, value))
            case ast.Return(value=ast.expr() as value):
                return [*found, (0, value)]
            case _:
                return []
    return []


def _product(program: Program, node: ast.expr, step: str) -> Joined | None:
    match node:
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            factors = [_factor(program, each, step) for each in (left, right)]
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            factors = [_factor(program, left, step), _factor(program, right, step)]
            if not isinstance(factors[1], float) or not factors[1]:
                return None
            factors[1] = 1 / factors[1]
        case _:
            factors = [_factor(program, node, step)]
    if any(each is None for each in factors):
        return None
    scale = 1.0
    for each in factors:
        scale *= each if isinstance(each, float) else 1.0
    parts = tuple(each for each in factors if not isinstance(each, float))
    return Joined("product", parts, scale=scale) if parts else None


def _factor(program: Program, node: ast.expr, step: str) -> Any:
    """A schedule that is called with the step, or a number; None: neither."""
    handed = _handed(program, node, step, 0)
    if handed is not None or isinstance(node, ast.Call):
        return handed
    value = program.value(node)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return None


def _handed(program: Program, node: ast.expr, step: str, begin: int) -> Any:
    """What is called with the step, counted from ``begin``; None: nothing is."""
    while isinstance(node, ast.Call) and program.called(node.func) == "float" and node.args:
        node = node.args[0]
    match node:
        case ast.Call(func=ast.Name() as func, args=[argument], keywords=[]):
            value = program.value(func)
            fits = isinstance(value, Called | Function)
            return value if fits and _own_step(program, argument, step) == begin else None
    return None


def _own_step(program: Program, node: ast.expr, step: str) -> int | None:
    """From which step on an argument counts: ``step - 10``; None: it is something else."""
    match node:
        case ast.Name(id=name) if name == step:
            return 0
        case ast.BinOp(left=ast.Name(id=name), op=ast.Sub(), right=right) if name == step:
            value = program.value(right)
            return value if type(value) is int else None
    return None


def asked(function: Function) -> Sequence[str]:
    """The names of what a function of one value calls where it returns something."""
    if len(function.parameters) != 1:
        return ()
    node = function.node
    returned = (
        [node.body]
        if isinstance(node, ast.Lambda)
        else [each.value for each in ast.walk(node) if isinstance(each, ast.Return) and each.value]
    )
    return [
        each.func.id
        for value in returned
        for each in ast.walk(value)
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)
    ]


def wraps(function: Function) -> bool:
    """Whether what it is called with may end up in a schedule that it makes."""
    if function.method:
        return True
    match function.node.body:
        case [*_, ast.FunctionDef(name=inner), ast.Return(value=ast.Name(id=name))]:
            return inner == name
        case [*_, ast.Return(value=ast.Lambda())]:
            return True
    return False


def inside(call: Called) -> list[Any]:
    """Everything that a call was given, in lists, too."""
    found = list[Any]()
    waiting: list[Any] = [*call.args, *call.kwargs.values()]
    while waiting:
        value = waiting.pop()
        found.append(value)
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, Called):
            waiting += [*value.args, *value.kwargs.values()]
    return found
