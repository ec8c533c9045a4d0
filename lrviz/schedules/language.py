"""A small language of formulas: read by ``ast`` against a list of what is allowed, never run as is.

``t``, numbers, named numbers; ``+ - * / **``, comparison, ``and``, ``or``, ``not``; ``where(test,
a, b)``, ``min``, ``max``, ``exp``, ``log``, ``sqrt``, ``cos``, ``sin``, ``floor`` and ``pi``.
"""

import ast
import math
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from threading import Lock
from types import CodeType

import numpy as np
from numpy.typing import NDArray

from lrviz.text import Sentence, quoted

#: What a formula may call, as NumPy has it, and how many values each takes (None: two or more).
FUNCTIONS: Mapping[str, tuple[Callable[..., object], int | None]] = {
    "where": (np.where, 3),
    "min": (np.minimum, None),
    "max": (np.maximum, None),
    "exp": (np.exp, 1),
    "log": (np.log, 1),
    "sqrt": (np.sqrt, 1),
    "cos": (np.cos, 1),
    "sin": (np.sin, 1),
    "floor": (np.floor, 1),
}
#: How long a formula may be, how many parts it may have, and how deep they may be in one another.
MOST_CHARACTERS, MOST_PARTS, DEEPEST = 2000, 300, 40
#: No number that is written as an exponent may be larger.
MOST_EXPONENT = 1000
#: No number may be larger: lengths are up to 1e15, and sums of some of them are written, too.
LARGEST = 1e18
#: Python 3.11 counts for all threads together how deep it is in what it parses (SystemError).
_PARSING = Lock()
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,29}", re.ASCII)
#: Names for which Python puts a value of its own, whatever they are told to be.
_PYTHON = ("__debug__",)
_OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)
_COMPARED = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)


class Refused(Exception):
    """A formula is refused, for the reason in ``args[0]``, a Sentence."""


def formula(text: str) -> ast.expr:
    """The syntax of a formula that may be evaluated; raises :class:`Refused`."""
    if len(text) > MOST_CHARACTERS:
        raise Refused(
            Sentence(
                "The formula is too long: {most} characters at most.", {"most": MOST_CHARACTERS}
            )
        )
    try:
        with _PARSING:
            # A line that is broken is meant as one.
            tree = ast.parse(" ".join(text.split()), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError, SystemError) as error:
        column = getattr(error, "offset", None) or 1
        raise Refused(
            Sentence("This is no formula: see column {column}.", {"column": column})
        ) from None
    parts = sum(1 for node in ast.walk(tree) if isinstance(node, ast.expr))
    if _depth(tree) > DEEPEST or parts > MOST_PARTS:
        raise Refused(Sentence("The formula has too many parts, or they are nested too deeply."))
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and is_large(node):
            raise _too_large(node)
    _check(tree)
    return tree


def may_name(name: str) -> bool:
    """Whether a formula may call a number so."""
    return bool(_NAME.fullmatch(name)) and name not in ("t", "T", "pi", *FUNCTIONS, *_PYTHON)


def names(tree: ast.expr) -> tuple[str, ...]:
    """The named numbers in a formula, in the order in which they first stand there."""
    found = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id not in ("pi", *FUNCTIONS)
    ]
    found.sort(key=lambda node: (node.lineno, node.col_offset))
    return tuple(dict.fromkeys(node.id for node in found))


def is_large(node: ast.AST) -> bool:
    """Whether a node is a number that is too large for anything, or for being written out."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, int | float):
        return False
    return not abs(node.value) <= LARGEST


def is_test(node: ast.expr) -> bool:
    """Whether a part of a formula is true or false."""
    negated = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    return negated or isinstance(node, ast.Compare | ast.BoolOp)


def _depth(tree: ast.AST) -> int:
    deepest, waiting = 0, [(tree, 1)]
    while waiting and deepest <= DEEPEST:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting += [
            (each, depth + 1) for each in ast.iter_child_nodes(node) if isinstance(each, ast.expr)
        ]
    return deepest


def _check(node: ast.expr) -> None:
    if isinstance(node, ast.Constant):
        _check_number(node)
        return
    if not _allowed(node):
        raise _not_allowed(node)
    if isinstance(node, ast.BinOp):
        _check_power(node)
    if isinstance(node, ast.Call):
        _check_call(node)
    for each in ast.iter_child_nodes(node):
        # What is called has been looked up by its name.
        if isinstance(each, ast.expr) and each is not getattr(node, "func", None):
            _check(each)


def _allowed(node: ast.expr) -> bool:
    match node:
        case ast.Name(id=name):
            return name not in (*FUNCTIONS, *_PYTHON) and bool(_NAME.fullmatch(name))
        case ast.BinOp(op=op):
            return isinstance(op, _OPERATORS)
        case ast.UnaryOp(op=op):
            return isinstance(op, ast.USub | ast.UAdd | ast.Not)
        case ast.Compare(ops=ops):
            return all(isinstance(each, _COMPARED) for each in ops)
        case ast.Call(func=ast.Name(id=name)):
            return name in FUNCTIONS
    return isinstance(node, ast.BoolOp)


def _check_number(node: ast.Constant) -> None:
    if isinstance(node.value, bool) or not isinstance(node.value, int | float):
        raise _not_allowed(node)


def _too_large(node: ast.expr) -> Refused:
    return Refused(Sentence("The number at column {column} is too large.", _column(node)))


def _check_power(node: ast.BinOp) -> None:
    power = node.right
    while isinstance(power, ast.UnaryOp):
        power = power.operand
    if (
        isinstance(node.op, ast.Pow)
        and isinstance(power, ast.Constant)
        and isinstance(power.value, int | float)
        and abs(power.value) > MOST_EXPONENT
    ):
        raise Refused(
            Sentence(
                "The exponent at column {column} is too large: {most} at most.",
                _column(power) | {"most": MOST_EXPONENT},
            )
        )


def _check_call(node: ast.Call) -> None:
    assert isinstance(node.func, ast.Name)
    name = node.func.id
    needed = FUNCTIONS[name][1]
    given = len(node.args)
    if node.keywords or (given != needed if needed else given < 2):
        raise Refused(
            Sentence(
                "{name} at column {column} takes {needed} values in its brackets.",
                _column(node) | {"name": name, "needed": str(needed or "2+")},
            )
        )


def _not_allowed(node: ast.expr) -> Refused:
    return Refused(
        Sentence(
            "{part} at column {column} is not allowed here: a formula has numbers, names, "
            "+ - * / **, comparisons, and where, min, max, exp, log, sqrt, cos, sin, floor, pi.",
            _column(node) | {"part": quoted(ast.unparse(node))},
        )
    )


def _column(node: ast.expr) -> dict[str, object]:
    return {"column": node.col_offset + 1}


@lru_cache(maxsize=512)
def compiled(text: str) -> tuple[CodeType, Mapping[str, np.float64]]:
    """Code that NumPy evaluates, and the numbers that are in it; raises :class:`Refused`.

    No number stays in the code: as float64 it can outgrow, and never takes long, which Python's
    own whole numbers can.
    """
    tree = formula(text)
    numbers: dict[str, np.float64] = {}
    made = ast.Expression(_Lowered(numbers).visit(tree))
    return compile(ast.fix_missing_locations(made), "formula", "eval"), numbers


def evaluate(text: str, values: Mapping[str, object]) -> NDArray[np.float64]:
    """The formula's value where its names have those values: inf or NaN where there is none."""
    code, numbers = compiled(text)
    known: dict[str, object] = {name: act for name, (act, _) in FUNCTIONS.items()}
    known |= {"__builtins__": {}, "pi": np.float64(math.pi), **_LOGIC, **numbers}
    # As float64, too: Python's own would not divide by 0, and would leave the real numbers.
    given = {name: np.asarray(value, dtype=np.float64)[()] for name, value in values.items()}
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        # What is evaluated has been checked, node by node, against the list above.
        return np.asarray(eval(code, known, given), dtype=np.float64)


_LOGIC: Mapping[str, object] = {
    " and": np.logical_and,
    " or": np.logical_or,
    " not": np.logical_not,
    " number": np.float64,
}


class _Lowered(ast.NodeTransformer):
    """What Python does with one number, as NumPy does it with many."""

    def __init__(self, numbers: dict[str, np.float64]) -> None:
        self.numbers = numbers

    def value(self, node: ast.expr) -> ast.expr:
        """As a number: NumPy does not subtract what is true or false."""
        made: ast.expr = self.visit(node)
        return _called(" number", [made]) if is_test(node) else made

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """A number, by a name that nobody can type."""
        name = f" {len(self.numbers)}"
        assert isinstance(node.value, int | float)
        self.numbers[name] = np.float64(node.value)
        return _name(name)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """Arithmetic."""
        return ast.BinOp(self.value(node.left), node.op, self.value(node.right))

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        """``and``, ``or``."""
        name = " and" if isinstance(node.op, ast.And) else " or"
        return _folded(name, [self.visit(each) for each in node.values])

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        """``not``, ``-``."""
        if isinstance(node.op, ast.Not):
            return _called(" not", [self.visit(node.operand)])
        return ast.UnaryOp(node.op, self.value(node.operand))

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        """``a < b < c``: each with its neighbour."""
        values = [self.value(each) for each in (node.left, *node.comparators)]
        each: list[ast.expr] = [
            ast.Compare(low, [op], [high])
            for low, op, high in zip(values, node.ops, values[1:], strict=False)
        ]
        return _folded(" and", each)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """A function; ``min`` and ``max`` take two values at a time."""
        assert isinstance(node.func, ast.Name)
        name = node.func.id
        first = self.visit if name == "where" else self.value
        values = [first(node.args[0]), *(self.value(each) for each in node.args[1:])]
        return _folded(name, values) if FUNCTIONS[name][1] is None else _called(name, values)


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _called(name: str, values: list[ast.expr]) -> ast.expr:
    return ast.Call(_name(name), values, [])


def _folded(name: str, values: list[ast.expr]) -> ast.expr:
    """Two at a time."""
    first, *others = values
    for each in others:
        first = _called(name, [first, each])
    return first
