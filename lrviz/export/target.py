"""A formula in the code of a framework."""

import ast
import math
from collections.abc import Mapping, Set
from dataclasses import dataclass

from lrviz.schedules import language
from lrviz.schedules.evaluation import evaluate
from lrviz.schedules.lowering import Lowering


@dataclass(frozen=True)
class Target:
    """How a framework names what a formula names.

    Attributes:
        module: What stands before the names of its functions.
        constants: What stands before ``pi``, ``inf`` and ``nan``.
        lazy: Whether it evaluates one number at a time, as Python does: ``a if test else b``.
        dtype: The type of number that it is given, where it would not take that by itself.
        first: What is done with the step first.
        largest_int: The largest whole number that it can hold; a larger one is written as a float.
    """

    module: str
    constants: str = "math."
    lazy: bool = False
    dtype: str = ""
    first: str = ""
    largest_int: float = math.inf

    @property
    def reserved(self) -> frozenset[str]:
        """The names that a part of a formula must not have."""
        return frozenset({"math", "float", self.module.partition(".")[0]})

    def function(self, name: str) -> ast.expr:
        """A function of the framework."""
        return _parsed(self.module + name)

    def number(self, value: float) -> ast.expr:
        """A number, also one that is infinite, or none."""
        if math.isfinite(value):
            return _parsed(repr(value))
        sign = "-" if value == -math.inf else ""
        return _parsed(f"{sign}{self.constants}{'nan' if math.isnan(value) else 'inf'}")


PYTHON = Target("math.", lazy=True)
LARGEST_INT = 2**31 - 1
#: The optimizer's step is a whole number of 32 bits: its powers would outgrow these.
JAX = Target("jnp.", "jnp.", first="jnp.asarray(t, float)", largest_int=LARGEST_INT)
KERAS = Target("keras.ops.", dtype="float64", first='keras.ops.cast(step, "float64")')

#: What arrays' functions of two values have for a formula's.
_OF_ARRAYS: Mapping[str, str] = {"min": "minimum", "max": "maximum"}


class TargetLowering(Lowering):
    """A formula lowered to the code of a framework.

    What no step moves is worked out for arrays, which would do it in 32 bits; and for all where it
    has no finite value, at which Python would end with an error.
    """

    def __init__(self, target: Target, names: Set[str]) -> None:
        self.target = target
        #: The names that the formula gives to its parts.
        self.names = names
        self.values: dict[str, float] = {}
        self.renamed: dict[str, str] = {}

    def constant(self, node: ast.expr) -> bool:
        """Whether nothing in a part of it moves with the step."""
        return all(each in self.values for each in language.names(node))

    def value(self, node: ast.expr) -> float:
        """The value of a part that is constant."""
        used = {name: self.values[name] for name in language.names(node)}
        return float(evaluate(ast.unparse(node), used))

    def visit(self, node: ast.AST) -> ast.expr:
        """A part of it; its value, if need be."""
        if (
            isinstance(node, ast.expr)
            and not isinstance(node, ast.Constant)
            and self.constant(node)
        ):
            value = self.value(node)
            acts = not isinstance(node, ast.BinOp | ast.UnaryOp | ast.Name)
            large = abs(value) > self.target.largest_int and not isinstance(node, ast.Name)
            if not math.isfinite(value) or large:
                return self.target.number(value)
            if acts and not self.target.lazy:
                return self.evaluated(node, value)
        lowered: ast.expr = super().visit(node)
        return lowered

    def evaluated(self, node: ast.expr, value: float) -> ast.expr:
        """A constant part in 64 bits: by Python's own function, or as its value."""
        match node:
            case ast.Call(func=ast.Name(id=name), args=[argument]):
                return ast.Call(_parsed(f"math.{name}"), [self.number(argument)], [])
        return self.target.number(value)

    def assigned(self, node: ast.Assign) -> ast.stmt:
        """A named part; its name is changed where the code needs that for something else."""
        lowered, target = self.number(node.value), node.targets[0]
        assert isinstance(target, ast.Name)
        if self.constant(node.value):
            self.values[target.id] = self.value(node.value)
        name = target.id
        while name in self.target.reserved or (name != target.id and name in self.names):
            name += "_"
        self.renamed[target.id] = name
        return ast.Assign([ast.Name(name)], lowered)

    def call(self, name: str, values: list[ast.expr]) -> ast.expr:
        """A function."""
        return ast.Call(self.target.function(_OF_ARRAYS.get(name, name)), values, [])

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """A function."""
        assert isinstance(node.func, ast.Name)
        if node.func.id == "where":
            return self.where(*node.args)
        if self.target.lazy and node.func.id in ("min", "max"):
            return ast.Call(ast.Name(node.func.id), [self.number(each) for each in node.args], [])
        return super().visit_Call(node)

    def where(self, test: ast.expr, then: ast.expr, other: ast.expr) -> ast.expr:
        """What a test chooses."""
        values = [self.visit(test), self.number(then), self.number(other)]
        if self.target.lazy:
            return ast.IfExp(*values)
        if self.target.dtype and self.constant(then) and self.constant(other):
            dtype = ast.Constant(self.target.dtype)
            values[1] = ast.Call(self.target.function("cast"), [values[1], dtype], [])
        return self.call("where", values)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        """``not``, ``-``."""
        if self.target.lazy and isinstance(node.op, ast.Not):
            return ast.UnaryOp(node.op, self.visit(node.operand))
        return super().visit_UnaryOp(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        """``and``, ``or``."""
        if self.target.lazy:
            return ast.BoolOp(node.op, [self.visit(each) for each in node.values])
        return super().visit_BoolOp(node)

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        """``a < b < c``."""
        if self.target.lazy:
            values = [self.number(each) for each in (node.left, *node.comparators)]
            return ast.Compare(values[0], node.ops, values[1:])
        return super().visit_Compare(node)

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """A number."""
        large = isinstance(node.value, int) and node.value > self.target.largest_int
        return ast.Constant(float(node.value)) if large else node  # type: ignore[arg-type]

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """A name."""
        if node.id == "pi":
            return _parsed(self.target.constants + "pi")
        return ast.Name(self.renamed.get(node.id, node.id))


def _parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body
