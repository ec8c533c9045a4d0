"""The closed forms of schedules as Python source, in the words of a framework."""

import ast
import math
from dataclasses import dataclass

from lrviz.schedules import Factor, Schedule, Sequence, language


@dataclass(frozen=True)
class Words:
    """How a framework calls what a formula calls.

    Attributes:
        module: What stands before the names of its functions.
        pi: Its pi.
        lazy: Whether it evaluates one number at a time, as Python does: ``a if test else b``.
        kind: The type of number that it is told to take, where it would not do so by itself.
        largest_int: The largest whole number that it can hold; a larger one is told as a float.
    """

    module: str
    pi: str = "math.pi"
    lazy: bool = False
    kind: str = ""
    largest_int: float = math.inf

    def called(self, name: str, values: list[ast.expr]) -> ast.expr:
        """The call of a function of the formulas."""
        if name in ("min", "max") and self.lazy:
            return ast.Call(ast.Name(name), values, [])
        if name == "where":
            test, then, other = values
            if self.lazy:
                return ast.IfExp(test, then, other)
            if self.kind and isinstance(then, ast.Constant) and isinstance(other, ast.Constant):
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
        return ast.parse(self.module + name, mode="eval").body


PYTHON = Words("math.", lazy=True)
LARGEST_INT = 2**31 - 1
JAX = Words("jnp.", "jnp.pi", largest_int=LARGEST_INT)
KERAS = Words("keras.ops.", repr(math.pi), kind="float64")


class _Spoken(ast.NodeTransformer):
    """A formula in a framework's words; for arrays, with its constants worked out."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.constants: dict[str, ast.expr] = {}

    def visit(self, node: ast.AST) -> ast.expr:
        """A part of it; worked out, if nothing in it moves."""
        if isinstance(node, ast.expr) and not self.words.lazy:
            named = language.names(node)
            if all(each in self.constants for each in named) and not isinstance(node, ast.Constant):
                values = {name: ast.literal_eval(self.constants[name]) for name in named}
                number = float(language.evaluate(ast.unparse(node), values))
                if math.isfinite(number):
                    return ast.parse(repr(number), mode="eval").body
        made: ast.expr = super().visit(node)
        return made

    def number(self, node: ast.expr) -> ast.expr:
        """A part that is calculated with: what is true counts as 1."""
        if language.is_test(node):
            node = ast.Call(ast.Name("where"), [node, ast.Constant(1.0), ast.Constant(0.0)], [])
        return self.visit(node)

    def visit_Assign(self, node: ast.Assign) -> ast.stmt | None:
        """A named part; a number for arrays is put where its name stands."""
        value = self.visit(node.value)
        target = node.targets[0]
        assert isinstance(target, ast.Name)
        if isinstance(value, ast.Constant) and not self.words.lazy:
            self.constants[target.id] = value
            return None
        return ast.Assign([target], value)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """A function."""
        assert isinstance(node.func, ast.Name)
        first = self.visit if node.func.id == "where" else self.number
        values = [first(node.args[0]), *(self.number(each) for each in node.args[1:])]
        return self.words.called(node.func.id, values)

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
        """A name; for arrays, its number, if it is one."""
        if node.id == "pi":
            return ast.parse(self.words.pi, mode="eval").body
        return self.constants.get(node.id, node)


def lines(schedule: Schedule, words: Words) -> list[str]:
    """The rate at step ``t`` as lines of Python, the last one ``return ...``."""
    *named, last = ast.parse(schedule.closed()).body
    assert isinstance(last, ast.Expr)
    assigned = [each for each in named if isinstance(each, ast.Assign)]
    speaker = _Spoken(words)
    spoken: list[ast.stmt | None] = [speaker.visit_Assign(each) for each in assigned]
    spoken.append(ast.Return(speaker.number(last.value)))
    return [ast.unparse(ast.fix_missing_locations(each)) for each in spoken if each is not None]


def functions(schedule: Schedule, words: Words, name: str) -> str:
    """Python functions of which ``name(t)`` is the rate at step ``t``."""
    if isinstance(schedule, Sequence):
        return _phases(schedule, words, name)
    if isinstance(schedule, Factor):
        parts = [f"{name}_base", f"{name}_factor"]
        defined = [
            functions(part, words, each)
            for each, (_, part) in zip(parts, schedule.parts, strict=True)
        ]
        return "\n\n".join([*defined, _function(name, [f"return {parts[0]}(t) * {parts[1]}(t)"])])
    return _function(name, lines(schedule, words))


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
    return repr(list(value)) if isinstance(value, tuple) else repr(value)


class Code(str):
    """Text that is source already."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)
