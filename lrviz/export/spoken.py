"""A formula in the words of a framework."""

import ast
import math
from collections.abc import Set
from dataclasses import dataclass

from lrviz.schedules import language


@dataclass(frozen=True)
class Words:
    """How a framework calls what a formula calls.

    Attributes:
        module: What stands before the names of its functions.
        constants: What stands before ``pi``, ``inf`` and ``nan``.
        lazy: Whether it evaluates one number at a time, as Python does: ``a if test else b``.
        kind: The type of number that it is told to take, where it would not do so by itself.
        first: What is done with the step first.
        largest_int: The largest whole number that it can hold; a larger one is told as a float.
    """

    module: str
    constants: str = "math."
    lazy: bool = False
    kind: str = ""
    first: str = ""
    largest_int: float = math.inf

    @property
    def taken(self) -> frozenset[str]:
        """The names that a number of a formula must not have."""
        return frozenset({"math", "float", self.module.partition(".")[0]})

    def called(self, name: str, values: list[ast.expr], still: bool) -> ast.expr:
        """The call of a function; ``still``: all values but its first are numbers."""
        if name in ("min", "max") and self.lazy:
            return ast.Call(ast.Name(name), values, [])
        if name == "where":
            test, then, other = values
            if self.lazy:
                return ast.IfExp(test, then, other)
            if self.kind and still:
                then = ast.Call(self.function("cast"), [then, ast.Constant(self.kind)], [])
            return ast.Call(self.function(name), [test, then, other], [])
        if name in ("min", "max"):
            return self.folded({"min": "minimum", "max": "maximum"}[name], values)
        return ast.Call(self.function(name), values, [])

    def folded(self, name: str, values: list[ast.expr]) -> ast.expr:
        """A function of two values, of all of these."""
        first, *others = values
        for each in others:
            first = ast.Call(self.function(name), [first, each], [])
        return first

    def function(self, name: str) -> ast.expr:
        """A function of the framework."""
        return _parsed(self.module + name)

    def number(self, value: float) -> ast.expr:
        """A number, also one that is infinite, or none."""
        if math.isfinite(value):
            return _parsed(repr(value))
        sign = "-" if value == -math.inf else ""
        return _parsed(f"{sign}{self.constants}{'nan' if math.isnan(value) else 'inf'}")


PYTHON = Words("math.", lazy=True)
LARGEST_INT = 2**31 - 1
#: The optimizer's step is a whole number of 32 bits: its powers would outgrow these.
JAX = Words("jnp.", "jnp.", first="jnp.asarray(t, float)", largest_int=LARGEST_INT)
KERAS = Words("keras.ops.", kind="float64", first='keras.ops.cast(step, "float64")')


class Spoken(ast.NodeTransformer):
    """A formula in a framework's words.

    What it calls with nothing but numbers is worked out for arrays, which would do it in 32 bits;
    and in all what has no finite value, at which Python would end with an error.
    """

    def __init__(self, words: Words, names: Set[str]) -> None:
        self.words = words
        #: The names that the formula gives to its parts.
        self.names = names
        self.numbers: dict[str, float] = {}
        self.renamed: dict[str, str] = {}

    def still(self, node: ast.expr) -> bool:
        """Whether nothing in a part of it moves with the step."""
        return all(each in self.numbers for each in language.names(node))

    def visit(self, node: ast.AST) -> ast.expr:
        """A part of it; worked out, if it has to be."""
        if isinstance(node, ast.expr) and not isinstance(node, ast.Constant) and self.still(node):
            used = {name: self.numbers[name] for name in language.names(node)}
            value = float(language.evaluate(ast.unparse(node), used))
            acts = not isinstance(node, ast.BinOp | ast.UnaryOp | ast.Name)
            large = abs(value) > self.words.largest_int and not isinstance(node, ast.Name)
            if not math.isfinite(value) or large:
                return self.words.number(value)
            if acts and not self.words.lazy:
                return self._worked_out(node, value)
        made: ast.expr = super().visit(node)
        return made

    def _worked_out(self, node: ast.expr, value: float) -> ast.expr:
        """What nothing moves in, in 64 bits: by Python's own function, or as its value."""
        match node:
            case ast.Call(func=ast.Name(id=name), args=[argument]):
                return ast.Call(_parsed(f"math.{name}"), [self.number(argument)], [])
        return self.words.number(value)

    def number(self, node: ast.expr) -> ast.expr:
        """A part that is calculated with: what is true counts as 1."""
        if language.is_test(node):
            node = ast.Call(ast.Name("where"), [node, ast.Constant(1.0), ast.Constant(0.0)], [])
            ast.fix_missing_locations(ast.copy_location(node, node.args[0]))
        return self.visit(node)

    def assigned(self, node: ast.Assign) -> ast.stmt:
        """A named part; a number's name is changed, where the code needs it for something else."""
        value, target = self.number(node.value), node.targets[0]
        assert isinstance(target, ast.Name)
        if self.still(node.value):
            used = {each: self.numbers[each] for each in language.names(node.value)}
            found = float(language.evaluate(ast.unparse(node.value), used))
            self.numbers[target.id] = found
        name = target.id
        while name in self.words.taken or (name != target.id and name in self.names):
            name += "_"
        self.renamed[target.id] = name
        return ast.Assign([ast.Name(name)], value)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """A function."""
        assert isinstance(node.func, ast.Name)
        first = self.visit if node.func.id == "where" else self.number
        values = [first(node.args[0]), *(self.number(each) for each in node.args[1:])]
        still = all(map(self.still, node.args[1:]))
        return self.words.called(node.func.id, values, still)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """Arithmetic."""
        return ast.BinOp(self.number(node.left), node.op, self.number(node.right))

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        """``not``, ``-``."""
        if isinstance(node.op, ast.Not):
            operand = self.visit(node.operand)
            if self.words.lazy:
                return ast.UnaryOp(node.op, operand)
            return ast.Call(self.words.function("logical_not"), [operand], [])
        return ast.UnaryOp(node.op, self.number(node.operand))

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        """``and``, ``or``."""
        values = [self.visit(each) for each in node.values]
        if self.words.lazy:
            return ast.BoolOp(node.op, values)
        name = "logical_and" if isinstance(node.op, ast.And) else "logical_or"
        return self.words.folded(name, values)

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        """``a < b < c``: for arrays, each with its neighbour."""
        values = [self.number(each) for each in (node.left, *node.comparators)]
        if self.words.lazy:
            return ast.Compare(values[0], node.ops, values[1:])
        pairs: list[ast.expr] = [
            ast.Compare(low, [op], [high])
            for low, op, high in zip(values, node.ops, values[1:], strict=False)
        ]
        return self.words.folded("logical_and", pairs)

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """A number."""
        large = isinstance(node.value, int) and node.value > self.words.largest_int
        return ast.Constant(float(node.value)) if large else node  # type: ignore[arg-type]

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """A name."""
        if node.id == "pi":
            return _parsed(self.words.constants + "pi")
        return ast.Name(self.renamed.get(node.id, node.id))


class Plain(ast.NodeTransformer):
    """Without what changes nothing: ``0 + a``, ``1 * a``, ``a / 1``, ``a ** 1``; ``a - -1``."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """Arithmetic."""
        self.generic_visit(node)
        left, right = _value(node.left), _value(node.right)
        match node.op:
            case ast.Add() if left == 0:
                return node.right
            case ast.Add() if right == 0:
                return node.left
            case ast.Mult() if left == 1:
                return node.right
            case ast.Mult() | ast.Div() | ast.Pow() if right == 1:
                return node.left
            case ast.Sub() if left == 0:
                return ast.UnaryOp(ast.USub(), node.right)
            case ast.Sub() if right is not None and right < 0:
                return ast.BinOp(node.left, ast.Add(), ast.Constant(-right))
        return node


def _value(node: ast.expr) -> float | None:
    match node:
        case ast.Constant(value=int() | float() as value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            return -value
    return None


def _parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body
