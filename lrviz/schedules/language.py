"""A small language of formulas: read by ``ast`` against a list of what is allowed, never run as is.

``t``, numbers, named numbers; ``+ - * / **``, comparison, ``and``, ``or``, ``not``; ``where(test,
a, b)``, ``min``, ``max``, ``exp``, ``log``, ``sqrt``, ``cos``, ``sin``, ``floor`` and ``pi``.
"""

import ast
import re
from collections.abc import Mapping
from threading import Lock

from lrviz.text import Sentence, quoted

#: What a formula may call, and how many values each takes (None: two or more).
FUNCTIONS: Mapping[str, int | None] = {
    "where": 3,
    "min": None,
    "max": None,
    "exp": 1,
    "log": 1,
    "sqrt": 1,
    "cos": 1,
    "sin": 1,
    "floor": 1,
}
#: How long a formula may be, how many parts it may have, and how deep they may be in one another.
MOST_CHARACTERS, MOST_PARTS, DEEPEST = 2000, 300, 40
#: No number that is written as an exponent may be larger.
MOST_EXPONENT = 1000
#: No number may be larger: lengths are up to 1e15, and sums of some of them are written, too.
LARGEST = 1e18
#: Python 3.11 counts for all threads together how deep it is in what it parses (SystemError).
PARSING = Lock()
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
        with PARSING:
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
    nodes = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id not in ("pi", *FUNCTIONS)
    ]
    nodes.sort(key=lambda node: (node.lineno, node.col_offset))
    return tuple(dict.fromkeys(node.id for node in nodes))


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
    needed = FUNCTIONS[name]
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
