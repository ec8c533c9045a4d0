"""A function of the step, as source code, as one formula."""

import ast
from collections.abc import Callable, Mapping, Sequence

from lrviz.declared import MOST_ITEMS
from lrviz.export.source import Function, Program, Trouble, Unknown, shown
from lrviz.schedules import language
from lrviz.text import Sentence

#: What is called otherwise in Python, NumPy, JAX, Keras or torch.
_NAMES: Mapping[str, str] = {
    **{name: name for name in language.FUNCTIONS},
    "minimum": "min",
    "maximum": "max",
    "fmin": "min",
    "fmax": "max",
    "select": "where",
}
#: How often a function may call another, and how many parts the formula may have.
_DEEPEST, _MOST_PARTS = 8, 600


class Formula:
    """Makes one formula of a function: what it assigns and what it calls is put in its place."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.parts = 0
        #: Numbers that have a name in the source, and keep it.
        self.numbers: dict[str, float] = {}
        #: Numbers that the source does not tell.
        self.missing: dict[str, None] = {}

    def of(self, function: Function) -> str:
        """The formula of ``t``, the function's first value."""
        first, *others = function.parameters or [""]
        names: dict[str, ast.expr] = {
            name: ast.Constant(value) for name, value in function.bound.items()
        }
        names[first] = ast.Name("t")
        defaults = function.node.args.defaults
        for name, default in zip(others[::-1], defaults[::-1], strict=False):
            names[name] = self.expression(default, {}, 0)
        return ast.unparse(ast.fix_missing_locations(self._body(function, names, 0)))

    def _body(self, function: Function, names: dict[str, ast.expr], depth: int) -> ast.expr:
        node = function.node
        if isinstance(node, ast.Lambda):
            return self.expression(node.body, names, depth)
        made = self._returned(node.body, dict(names), depth)
        if made is None:
            raise Trouble(node, Sentence("This function does not always return a rate."))
        return made

    def _returned(
        self, body: Sequence[ast.stmt], names: dict[str, ast.expr], depth: int
    ) -> ast.expr | None:
        for place, statement in enumerate(body):
            match statement:
                case ast.Return(value=ast.expr() as value):
                    return self.expression(value, names, depth)
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    names[name] = self._named(name, self.expression(value, names, depth))
                case ast.AugAssign(target=ast.Name(id=name), op=op, value=value):
                    both = ast.BinOp(ast.Name(name), op, value)
                    names[name] = self.expression(both, names, depth)
                case ast.If(test=test, body=then, orelse=other):
                    rest = [*other, *body[place + 1 :]]
                    yes = self._returned([*then, *body[place + 1 :]], dict(names), depth)
                    no = self._returned(rest, dict(names), depth)
                    if yes is None or no is None:
                        return None
                    return _made("where", self.expression(test, names, depth), yes, no)
                case ast.Expr(value=ast.Constant()) | ast.Assert() | ast.Pass():
                    continue
                case _:
                    raise _unknown(statement)
        return None

    def expression(self, node: ast.expr, names: Mapping[str, ast.expr], depth: int) -> ast.expr:
        """An expression of the source as a formula."""
        self.parts += 1
        if self.parts > _MOST_PARTS:
            raise Trouble(node, Sentence("The function is too long for one formula."))
        match node:
            case ast.Constant() | ast.Name() | ast.Attribute():
                return self._leaf(node, names)
            case ast.IfExp(test=test, body=then, orelse=other):
                return _made(
                    "where", *(self.expression(each, names, depth) for each in (test, then, other))
                )
            case ast.Call():
                return self._call(node, names, depth)
            case ast.BinOp():
                return self._binary(node, names, depth)
            case ast.UnaryOp(op=op, operand=operand):
                return ast.UnaryOp(op, self.expression(operand, names, depth))
            case ast.BoolOp(op=op, values=values):
                return ast.BoolOp(op, [self.expression(each, names, depth) for each in values])
            case ast.Compare(left=left, ops=ops, comparators=others):
                parts = [self.expression(each, names, depth) for each in (left, *others)]
                return ast.Compare(parts[0], ops, parts[1:])
        raise _unknown(node)

    def _leaf(
        self, node: ast.Constant | ast.Name | ast.Attribute, names: Mapping[str, ast.expr]
    ) -> ast.expr:
        match node:
            case ast.Constant(value=int() | float()):
                return node
            case ast.Name(id=name):
                return self._name(node, name, names)
            case ast.Attribute(attr="pi"):
                return ast.Name("pi")
            case ast.Attribute(attr="inf" | "nan" as name):
                # A formula has no word for it, but a part that is so large, or nothing.
                top = 1.0 if name == "inf" else 0.0
                return ast.BinOp(ast.Constant(top), ast.Div(), ast.Constant(0.0))
        raise _unknown(node)

    def _name(self, node: ast.Name, name: str, names: Mapping[str, ast.expr]) -> ast.expr:
        if name in names:
            # What is put in the place of its name counts as often as it stands there.
            self.parts += sum(1 for _ in ast.walk(names[name]))
            return names[name]
        value = self.program.value(node)
        if isinstance(value, bool) or not isinstance(value, int | float):
            if isinstance(value, Unknown) and value.name:
                self.missing[name] = None
                return ast.Constant(1.0)
            raise _unknown(node)
        return self._named(name, ast.Constant(value))

    def _named(self, name: str, value: ast.expr) -> ast.expr:
        """A number by its name, where a formula may have it: there it can be slid."""
        if not isinstance(value, ast.Constant) or not language.may_name(name):
            return value
        if self.numbers.get(name, value.value) != value.value:
            # Two functions of the source call two numbers the same.
            return value
        if name not in self.numbers and len(self.numbers) == MOST_ITEMS:
            return value
        self.numbers[name] = float(value.value)  # type: ignore[arg-type]  # _leaf lets numbers in
        return ast.Name(name)

    def _binary(self, node: ast.BinOp, names: Mapping[str, ast.expr], depth: int) -> ast.expr:
        left, right = (self.expression(each, names, depth) for each in (node.left, node.right))
        if isinstance(node.op, ast.FloorDiv | ast.Mod):
            whole = _made("floor", ast.BinOp(left, ast.Div(), right))
            if isinstance(node.op, ast.FloorDiv):
                return whole
            return ast.BinOp(left, ast.Sub(), ast.BinOp(right, ast.Mult(), whole))
        return ast.BinOp(left, node.op, right)

    def _call(self, node: ast.Call, names: Mapping[str, ast.expr], depth: int) -> ast.expr:
        name = self.program.called(node.func)
        if node.keywords or not node.args:
            raise _unknown(node)
        if name in _CASTS:
            return self.expression(node.args[0], names, depth)
        parts = [self.expression(each, names, depth) for each in node.args]
        known = self.program.names.get(name)
        if isinstance(known, Function) and depth < _DEEPEST:
            inner = dict(zip(known.parameters, parts, strict=False))
            return self._body(known, inner, depth + 1)
        if name in _NAMES:
            return _made(_NAMES[name], *parts)
        count, make = _OTHERS.get(name, (0, None))
        if make is None or len(parts) != count:
            raise _unknown(node)
        return make(*parts)


def _made(name: str, *parts: ast.expr) -> ast.expr:
    return ast.Call(ast.Name(name), list(parts), [])


#: What only says which kind of number it is.
_CASTS = ("float", "float32", "float64", "asarray", "array", "constant", "cast", "tensor")
#: What is written otherwise in a formula: how many values it takes, and how.
_OTHERS: Mapping[str, tuple[int, Callable[..., ast.expr]]] = {
    "int": (1, lambda a: _made("floor", a)),
    "abs": (1, lambda a: _made("max", a, ast.UnaryOp(ast.USub(), a))),
    "pow": (2, lambda a, b: ast.BinOp(a, ast.Pow(), b)),
    "power": (2, lambda a, b: ast.BinOp(a, ast.Pow(), b)),
    "clip": (3, lambda a, low, high: _made("max", low, _made("min", a, high))),
    "clamp": (3, lambda a, low, high: _made("max", low, _made("min", a, high))),
    "logical_and": (2, lambda a, b: ast.BoolOp(ast.And(), [a, b])),
    "logical_or": (2, lambda a, b: ast.BoolOp(ast.Or(), [a, b])),
    "logical_not": (1, lambda a: ast.UnaryOp(ast.Not(), a)),
}


def _unknown(node: ast.AST) -> Trouble:
    return Trouble(node, Sentence("{code} was not understood.", {"code": shown(node)}))
