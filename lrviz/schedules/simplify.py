"""Numbers put into a formula, and what changes nothing left out of it."""

import ast
import math
import operator
from collections.abc import Callable, Mapping

#: Two or three roundings of a float64, as a share.
_ROUNDING = 2e-15
_ARITHMETIC: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def tidy(value: float, scale: float = 0.0) -> float:
    """The number of at most 12 digits that ``value`` is but for rounding; else ``value`` itself.

    ``scale`` is the size of what it was worked out of: a difference is as exact as its parts.
    """
    short = float(f"{value:.12g}")
    close = math.isclose(short, value, rel_tol=_ROUNDING, abs_tol=_ROUNDING / 4 * scale)
    return short if close else value


def short(value: float, scale: float = 0.0, digits: int = 12) -> float | None:
    """A number of so many digits that ``value`` is but for rounding; None: it is none."""
    tidied = tidy(value, scale)
    return tidied if tidied == float(f"{tidied:.{digits}g}") else None


def simplified(node: ast.expr, values: Mapping[str, float], digits: int = 12) -> ast.expr:
    """The same with numbers in the places of the names in ``values``, in the fewest parts.

    Numbers are worked out where so many digits say what comes out; ``0 + a``, ``1 * a``, ``a / 1``
    and ``a ** 1`` are ``a``, and ``1 ** a`` is 1; a test of numbers alone decides.
    """
    return _Simplifier(values, digits).simplified(node)


class _Simplifier:
    """Makes new parts of a formula, and leaves the old ones as they are."""

    def __init__(self, values: Mapping[str, float], digits: int) -> None:
        self.values, self.digits = values, digits

    def simplified(self, node: ast.expr) -> ast.expr:
        """A part with the numbers put in."""
        match node:
            case ast.Name(id=name):
                return constant(self.values[name]) if name in self.values else node
            case ast.BinOp(left=left, op=op, right=right):
                return self.operation(self.simplified(left), op, self.simplified(right))
            case ast.Call(func=ast.Name(id=name), args=values):
                return _call(name, [self.simplified(each) for each in values])
            case ast.UnaryOp(op=op, operand=operand):
                operand = self.simplified(operand)
                value = number(operand) if isinstance(op, ast.USub) else None
                return ast.UnaryOp(op, operand) if value is None else constant(-value)
            case ast.Compare(left=left, ops=ops, comparators=others):
                return ast.Compare(self.simplified(left), ops, [*map(self.simplified, others)])
            case ast.BoolOp(op=op, values=values):
                return ast.BoolOp(op, [*map(self.simplified, values)])
        return node

    def operation(self, left: ast.expr, op: ast.operator, right: ast.expr) -> ast.expr:
        """Arithmetic, in the fewest parts."""
        low, high = number(left), number(right)
        node = ast.BinOp(left, op, right)
        if low is not None and high is not None:
            return _worked_out(node, low, high, self.digits)
        match op:
            case ast.Add() if low == 0:
                return right
            case ast.Add() | ast.Sub() if high == 0:
                return left
            case ast.Mult() if low == 1:
                return right
            case ast.Pow() if low == 1:
                return left
            case ast.Mult() | ast.Div() | ast.Pow() if high == 1:
                return left
            case ast.Sub() if low == 0:
                return _positive(right) or ast.UnaryOp(ast.USub(), right)
            case ast.Sub() if high is not None and high < 0:
                return ast.BinOp(left, ast.Add(), constant(-high))
            case ast.Add():
                return _added(node)
        return node


def _call(name: str, values: list[ast.expr]) -> ast.expr:
    """The least and the most of numbers, and what a test of numbers decides, are worked out."""
    numbers = [value for each in values if (value := number(each)) is not None]
    if name in ("min", "max") and len(numbers) == len(values):
        return constant(min(numbers) if name == "min" else max(numbers))
    decided = _decided(values[0]) if name == "where" else None
    if decided is None:
        return ast.Call(ast.Name(name), values, [])
    return values[1] if decided else values[2]


def _added(node: ast.BinOp) -> ast.expr:
    """``a + -2 * b`` as ``a - 2 * b``."""
    positive = _positive(node.right)
    return node if positive is None else ast.BinOp(node.left, ast.Sub(), positive)


def _positive(node: ast.expr) -> ast.expr | None:
    """What a part is the negative of, where it begins with a negative number; else None."""
    value = number(node)
    if value is not None:
        return constant(-value) if value < 0 else None
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div):
        if number(node.left) == -1 and isinstance(node.op, ast.Mult):
            return node.right
        left = _positive(node.left)
        return None if left is None else ast.BinOp(left, node.op, node.right)
    return None


def _worked_out(node: ast.BinOp, left: float, right: float, digits: int) -> ast.expr:
    """A sum or a product of numbers as one, where that is no longer."""
    act = _ARITHMETIC.get(type(node.op))
    if act is None or (isinstance(node.op, ast.Div) and right == 0):
        return node
    value = act(left, right)
    if isinstance(value, int):
        return constant(value)
    # A difference is as exact as its parts.
    scale = max(abs(left), abs(right)) if isinstance(node.op, ast.Add | ast.Sub) else 0.0
    shorter = short(value, scale, digits)
    if shorter is None or not math.isfinite(shorter):
        return node
    return constant(int(shorter) if shorter.is_integer() else shorter)


def _decided(test: ast.expr) -> bool | None:
    """Whether a comparison of two numbers holds; None: it is not of numbers alone."""
    match test:
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            low, high = number(left), number(right)
            if low is not None and high is not None:
                return _TESTS[type(op)](low, high)
    return None


_TESTS: Mapping[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


def constant(value: float) -> ast.expr:
    """A number as a part of a formula: with a sign that binds as it does there."""
    return ast.UnaryOp(ast.USub(), ast.Constant(-value)) if value < 0 else ast.Constant(value)


def number(node: ast.expr) -> float | None:
    """The number that a part is; None: it is none."""
    match node:
        case ast.Constant(value=int() | float() as value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            return -value
    return None
