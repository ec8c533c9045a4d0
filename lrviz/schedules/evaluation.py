"""Formulas evaluated by NumPy: compiled once for each text, with values as variables."""

import ast
import math
from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np

from lrviz.schedules.formula import Formula, parsed
from lrviz.schedules.language import formula
from lrviz.schedules.lowering import Lowering
from lrviz.schedules.pieces import Floats

#: Beyond this power of 2 a number is 0, or infinite.
_LAST_EXPONENT = 1100.0


def powers(base: np.float64 | float, exponent: Floats, out: Floats | None = None) -> Floats:
    """One number to the power of each of many, as ``np.power``.

    That takes up to 15 times as long where 0 or inf comes out: such powers are left out of it.
    """
    limit = _LAST_EXPONENT / abs(np.log2(base)) if base > 0 else np.inf
    if not exponent.size or max(exponent.max(), -exponent.min()) <= limit:
        return np.power(base, exponent, out=out)
    zero, infinite = exponent > limit, exponent < -limit
    if base > 1:
        zero, infinite = infinite, zero
    rates = np.asarray(np.power(base, np.where(zero | infinite, 0.0, exponent), out=out))
    np.copyto(rates, 0.0, where=zero)
    np.copyto(rates, np.inf, where=infinite)
    return rates


#: NumPy's functions by their names in a formula; what stands for an operator has NumPy's own.
_FUNCTIONS: Mapping[str, Callable[..., object]] = {
    "where": np.where,
    "min": np.minimum,
    "max": np.maximum,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "cos": np.cos,
    "sin": np.sin,
    "floor": np.floor,
    "logical_and": np.logical_and,
    "logical_or": np.logical_or,
    "logical_not": np.logical_not,
    "add": np.add,
    "subtract": np.subtract,
    "multiply": np.multiply,
    "divide": np.divide,
    "power": np.power,
    "powers": powers,
    "exp2": np.exp2,
    "negative": np.negative,
}
#: What gives true or false.
_LOGICAL = ("logical_and", "logical_or", "logical_not")
_OPERATORS: Mapping[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "subtract",
    ast.Mult: "multiply",
    ast.Div: "divide",
    ast.Pow: "power",
}


def evaluate(text: str, values: Mapping[str, object]) -> Floats:
    """The formula's value where its names have those values: inf or NaN where there is none.

    Raises:
        Refused: The text is no formula.
    """
    # As float64, too: Python's own would not divide by 0, and would leave the real numbers.
    given = {name: np.asarray(value, dtype=np.float64)[()] for name, value in values.items()}
    moving = tuple(sorted(name for name, value in given.items() if np.ndim(value)))
    function, names = _checked(text, moving)
    numbers = (given[name] for name in names)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        return np.asarray(function(given.get("t"), *numbers), dtype=np.float64)


@lru_cache(maxsize=512)
def _checked(text: str, moving: tuple[str, ...]) -> tuple[Callable[..., object], tuple[str, ...]]:
    whole = Formula((), formula(text))
    return _function(whole, moving), whole.names


@lru_cache(maxsize=512)
def compiled(text: str) -> tuple[Callable[..., object], tuple[str, ...]]:
    """The function of a formula of ours (:func:`lrviz.schedules.formula.parsed`).

    Returns:
        The function of ``t``, float64 of shape (n,), and of float64 numbers; and their names. What
        it gives is float64 of shape (n,), or a number where it does not depend on ``t``; or ``t``
        itself.
    """
    whole = parsed(text)
    return _function(whole, ("t",)), whole.names


def _function(whole: Formula, moving: tuple[str, ...]) -> Callable[..., object]:
    """The function of ``t`` and of a formula's numbers, of which those ``moving`` are arrays."""
    lowering = _NumPy(whole, moving)
    source = ast.parse("def rate(): ...")
    (rate,) = source.body
    assert isinstance(rate, ast.FunctionDef)
    rate.args.args = [ast.arg(name) for name in ("t", *whole.names)]
    rate.body = [lowering.part(name, part) for name, part in whole.parts]
    rate.body.append(ast.Return(lowering.number(whole.rate)))
    # The names of what is called are none that a formula can have, nor can it reach any other.
    space: dict[str, object] = {f" {name}": act for name, act in _FUNCTIONS.items()}
    space |= {"__builtins__": {}, "pi": np.float64(math.pi), **lowering.numbers}
    exec(compile(ast.fix_missing_locations(source), "formula", "exec"), space)
    function: Callable[..., object] = space["rate"]  # type: ignore[assignment]  # just defined
    return function


class _NumPy(Lowering):
    """A formula as NumPy evaluates it at many steps.

    An array that nobody needs any more holds the next result: each that is made anew costs as much
    as the sum that is put into it. What no step moves is one number, and worked out once.
    """

    def __init__(self, whole: Formula, moving: tuple[str, ...]) -> None:
        #: The names of arrays; those of them that are needed once only can be written into.
        self.moving, self.spare = set(moving), set[str]()
        self.numbers: dict[str, np.float64] = {}
        self.buffers = 0
        self.uses = Counter(each.id for each in whole.nodes() if isinstance(each, ast.Name))

    def part(self, name: str, part: ast.expr) -> ast.stmt:
        """The line that gives a part its name."""
        value = self.number(part)
        if self.moves(value):
            self.moving.add(name)
            if self.fresh(value) and self.uses[name] == 1:
                self.spare.add(name)
        return ast.Assign([ast.Name(name, ast.Store())], value)

    def moves(self, node: ast.expr) -> bool:
        """Whether a lowered part is an array."""
        return any(isinstance(each, ast.Name) and each.id in self.moving for each in ast.walk(node))

    def fresh(self, node: ast.expr) -> bool:
        """Whether a lowered part is an array of numbers that nobody else has."""
        match node:
            case ast.Name(id=name):
                return name in self.spare
            case ast.IfExp(body=then, orelse=other):
                return self.fresh(then) and self.fresh(other)
        return self.moves(node)

    def call(self, name: str, values: list[ast.expr]) -> ast.expr:
        """A function; its result takes the place of a value that nobody else has."""
        function = ast.Name(f" {name}", ast.Load())
        if name == "where":
            test, then, other = values
            if not self.moves(test):
                return ast.IfExp(test, then, other)
        elif name not in _LOGICAL:
            for i, value in enumerate(values):
                if self.fresh(value):
                    value, buffer = self.held(value)
                    every = [*values[:i], value, *values[i + 1 :]]
                    return ast.Call(function, every, [ast.keyword("out", buffer)])
        return ast.Call(function, values, [])

    def held(self, value: ast.expr) -> tuple[ast.expr, ast.expr]:
        """A value that is given a name on the way, and that name."""
        if isinstance(value, ast.Name):
            return value, value
        name = f" {self.buffers}"
        self.buffers += 1
        self.moving.add(name)
        return ast.NamedExpr(ast.Name(name, ast.Store()), value), ast.Name(name, ast.Load())

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """A number, by a name that nobody can type.

        As float64 it can outgrow, and never takes long, which Python's own whole numbers can.
        """
        name = f" number {len(self.numbers)}"
        assert isinstance(node.value, int | float)
        self.numbers[name] = np.float64(node.value)
        return ast.Name(name, ast.Load())

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """A name."""
        return ast.Name(node.id, ast.Load())

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """Arithmetic."""
        right = self.number(node.right)
        match node.op, node.left:
            case ast.Pow(), ast.Constant(value=2):
                # As exact, and seven times as fast.
                return self.call("exp2", [right])
        left, name = self.number(node.left), _OPERATORS[type(node.op)]
        if name == "power" and self.moves(right) and not self.moves(left):
            name = "powers"
        return self.call(name, [left, right])

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        """``not``, ``-``."""
        if isinstance(node.op, ast.USub):
            return self.call("negative", [self.number(node.operand)])
        return super().visit_UnaryOp(node)
