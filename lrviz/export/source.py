"""Source code as values: read by ``ast``, never run."""

import ast
import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lrviz.schedules import language
from lrviz.text import Sentence, quoted

#: How much source is looked at.
MOST_CHARACTERS, MOST_NODES, DEEPEST = 20_000, 5000, 40


class Trouble(Exception):
    """Something is not understood: where, and why."""

    def __init__(self, node: ast.AST | None, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.line = getattr(node, "lineno", 1)
        self.column = getattr(node, "col_offset", 0) + 1
        self.sentence = sentence


@dataclass(eq=False)
class Unknown:
    """A value that the source does not tell."""

    node: ast.AST

    @property
    def name(self) -> str:
        """The variable's name; empty where it is something else, or too long for a question."""
        name = self.node.id if isinstance(self.node, ast.Name) else ""
        return name if len(name) <= 40 else ""


@dataclass(eq=False)
class Called:
    """A call: the last part of its name, and its values."""

    name: str
    node: ast.Call
    args: list[Any]
    kwargs: dict[str, Any]

    def named(self, name: str) -> "Called":
        """The same call of another function."""
        return Called(name, self.node, self.args, self.kwargs)


@dataclass(eq=False)
class Function:
    """A function or a lambda."""

    node: ast.FunctionDef | ast.Lambda
    method: bool = False
    #: Numbers of a function around it.
    bound: Mapping[str, float] = field(default_factory=dict)

    def called(self, args: list[Any]) -> "Function | None":
        """The function that this one makes and returns, if that is all that it does."""
        match self.node.body:
            case [*_, ast.FunctionDef(name=inner) as made, ast.Return(value=ast.Name(id=name))]:
                if inner == name and all(map(_is_number, args)):
                    return Function(made, bound=dict(zip(self.parameters, args, strict=False)))
        return None

    @property
    def parameters(self) -> list[str]:
        """The names of its parameters."""
        names = [each.arg for each in self.node.args.args]
        return names[1:] if self.method else names


_ARITHMETIC: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}
_SIGNS: Mapping[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
_PLAIN: Mapping[str, Callable[..., Any]] = {
    "int": int,
    "float": float,
    "round": round,
    "abs": abs,
    "min": min,
    "max": max,
    "ceil": math.ceil,
    "floor": math.floor,
    "sqrt": math.sqrt,
    "cast": lambda value, *_: value,
}


@dataclass
class Program:
    """What a text of source code says.

    Attributes:
        answers: Numbers that the reader has been asked for, by their names.
        names: What is known of each name.
        calls: Every call, in the order in which they stand.
        bare: A last line that is nothing but a value.
    """

    text: str
    answers: Mapping[str, float]
    names: dict[str, Any] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    calls: list[Called] = field(default_factory=list)
    bare: Any = None

    def __post_init__(self) -> None:
        for statement in self._parsed().body:
            self._take(statement)

    def _parsed(self) -> ast.Module:
        if len(self.text) > MOST_CHARACTERS:
            most: dict[str, object] = {"most": MOST_CHARACTERS}
            raise Trouble(None, Sentence("The text is too long: {most} characters at most.", most))
        try:
            tree = ast.parse(self.text)
        except SyntaxError as error:
            where = ast.Name(
                "", lineno=error.lineno or 1, col_offset=max((error.offset or 1) - 1, 0)
            )
            raise Trouble(where, Sentence("This is no Python.")) from None
        except (ValueError, MemoryError, RecursionError):
            raise Trouble(None, Sentence("This is no Python.")) from None
        nodes = 0
        waiting: list[tuple[ast.AST, int]] = [(tree, 0)]
        while waiting:
            node, depth = waiting.pop()
            nodes += 1
            if nodes > MOST_NODES or depth > DEEPEST:
                raise Trouble(
                    node, Sentence("The text has too many parts, or they are nested too deeply.")
                )
            if language.is_large(node):
                at: dict[str, object] = {"column": getattr(node, "col_offset", 0) + 1}
                raise Trouble(node, Sentence("The number at column {column} is too large.", at))
            waiting += [(each, depth + 1) for each in ast.iter_child_nodes(node)]
        return tree

    def _take(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                self.aliases |= {each.asname: each.name for each in names if each.asname}
            case ast.Assign(targets=[ast.Name(id=name)]):
                self.names[name] = self.value(statement.value)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                self.names[name] = self.value(value)
            case ast.Assign(value=value) | ast.Expr(value=value):
                self.bare = self.value(value)
            case ast.Return(value=ast.expr() as value):
                self.value(value)
            case ast.FunctionDef(name=name, body=body):
                self.names[name] = Function(statement)
                # What is made there: an optimizer and its scheduler, mostly.
                if name != "rate":
                    self._take_all(body)
            case ast.ClassDef():
                self._take_class(statement)
            case _:
                self._take_all(getattr(statement, "body", []))

    def _take_class(self, node: ast.ClassDef) -> None:
        """A schedule of its own, by its ``__call__``; or what its methods make."""
        for each in node.body:
            if isinstance(each, ast.FunctionDef) and each.name == "__call__":
                self.names[node.name] = Function(each, method=True)
            elif isinstance(each, ast.FunctionDef) and each.name != "__init__":
                self._take_all(each.body)

    def _take_all(self, body: list[ast.stmt]) -> None:
        for each in body:
            self._take(each)

    def value(self, node: ast.expr) -> Any:
        """What an expression is, as far as the source tells."""
        match node:
            case ast.Constant(value=value):
                return value
            case ast.Name(id=name):
                if name in self.names:
                    return self.names[name]
                return self.answers.get(name, Unknown(node))
            case ast.Attribute(value=ast.Name(), attr="pi"):
                return math.pi
            case ast.List(elts=items) | ast.Tuple(elts=items):
                return [self.value(each) for each in items]
            case ast.Dict():
                return self._dict(node)
            case ast.Lambda():
                return Function(node)
            case ast.Call():
                return self._call(node)
            case ast.UnaryOp() | ast.BinOp():
                return self._number(node)
        return Unknown(node)

    def _dict(self, node: ast.Dict) -> Any:
        if any(each is None for each in node.keys):
            return Unknown(node)
        keys = [self.value(each) for each in node.keys if each is not None]
        if not all(isinstance(each, str | int | float) for each in keys):
            return Unknown(node)
        return dict(zip(keys, map(self.value, node.values), strict=True))

    def _call(self, node: ast.Call) -> Any:
        name = self.called(node.func)
        if any(isinstance(each, ast.Starred) for each in node.args) or any(
            each.arg is None for each in node.keywords
        ):
            return Unknown(node)
        args = [self.value(each) for each in node.args]
        kwargs = {each.arg: self.value(each.value) for each in node.keywords if each.arg}
        if name in _PLAIN and args and all(_is_number(each) for each in args):
            try:
                return _PLAIN[name](*args)
            except (TypeError, ValueError, OverflowError):
                return Unknown(node)
        if name == "dict" and not args:
            return kwargs
        made = Called(name, node, args, kwargs)
        self.calls.append(made)
        return made

    def called(self, func: ast.expr) -> str:
        """The last part of the name of what is called."""
        if isinstance(func, ast.Attribute):
            return func.attr
        if isinstance(func, ast.Name):
            return self.aliases.get(func.id, func.id).rpartition(".")[2]
        return ""

    def _number(self, node: ast.UnaryOp | ast.BinOp) -> Any:
        parts = [node.operand] if isinstance(node, ast.UnaryOp) else [node.left, node.right]
        values = [self.value(each) for each in parts]
        if not all(_is_number(each) for each in values):
            return Unknown(node)
        try:
            if isinstance(node, ast.BinOp):
                act = _ARITHMETIC.get(type(node.op))
                if act is None or (act is operator.pow and abs(values[1]) > 1000):
                    return Unknown(node)
                # As floats, where whole numbers could grow without an end.
                if act is operator.pow:
                    values = list(map(float, values))
                made = act(*values)
            else:
                made = _SIGNS[type(node.op)](values[0])
        except (ArithmeticError, KeyError, TypeError, ValueError):
            return Unknown(node)
        return made if _is_number(made) and abs(made) <= language.LARGEST else Unknown(node)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def shown(node: ast.AST) -> str:
    """Source as it is quoted in a sentence."""
    return quoted(ast.unparse(node))
