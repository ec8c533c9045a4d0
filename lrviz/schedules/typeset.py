"""A formula of the language as LaTeX."""

import ast
from collections.abc import Mapping

from lrviz.schedules.base import latex_of

#: How tightly each binds: what stands in something tighter is put in parentheses.
_OR, _AND, _NOT, _TEST, _SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(9)
_SIGNS: Mapping[type[ast.operator], tuple[str, int]] = {
    ast.Add: ("+", _SUM),
    ast.Sub: ("-", _SUM),
    ast.Mult: (r"\cdot", _PRODUCT),
}
_TESTS: Mapping[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: r"\le",
    ast.Gt: ">",
    ast.GtE: r"\ge",
    ast.Eq: "=",
    ast.NotEq: r"\ne",
}
_FUNCTIONS: Mapping[str, str] = {"min": r"\min", "max": r"\max", "log": r"\ln"}
_AROUND: Mapping[str, tuple[str, str]] = {
    "exp": ("e^{", "}"),
    "sqrt": (r"\sqrt{", "}"),
    "floor": (r"\left\lfloor ", r" \right\rfloor"),
}


def typeset(formula: ast.expr, values: Mapping[str, float]) -> str:
    """LaTeX of a parsed formula, with numbers in the places of the names in ``values``."""
    return _number(formula, values, _SUM)


def _number(node: ast.expr, values: Mapping[str, float], tightness: int) -> str:
    """A part that is calculated with; a test counts 1 where it is true (Iverson's brackets)."""
    text, own = _part(node, values)
    if own < _SUM:
        return rf"\left[ {text} \right]"
    return text if own >= tightness else _bracketed(text)


def _test(node: ast.expr, values: Mapping[str, float], tightness: int) -> str:
    text, own = _part(node, values)
    return text if own >= tightness else _bracketed(text)


def _bracketed(text: str) -> str:
    return rf"\left( {text} \right)"


def _part(node: ast.expr, values: Mapping[str, float]) -> tuple[str, int]:
    """LaTeX of a part, and how tightly it binds."""
    match node:
        case ast.Constant(value=value):
            return _value(value)
        case ast.Name(id=name):
            return _value(values[name]) if name in values else (_name(name), _ATOM)
        case ast.BinOp():
            return _binary(node, values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return rf"\neg {_test(operand, values, _NOT)}", _NOT
        case ast.UnaryOp(op=op, operand=operand):
            sign = "-" if isinstance(op, ast.USub) else "+"
            return f"{sign}{_number(operand, values, _SIGN)}", _SIGN
        case ast.BoolOp(op=op, values=parts):
            sign, own = (r"\land", _AND) if isinstance(op, ast.And) else (r"\lor", _OR)
            return f" {sign} ".join(_test(each, values, own + 1) for each in parts), own
        case ast.Compare(left=left, ops=ops, comparators=others):
            told = [_number(left, values, _SUM)]
            for comparison, other in zip(ops, others, strict=True):
                told += [_TESTS[type(comparison)], _number(other, values, _SUM)]
            return " ".join(told), _TEST
    assert isinstance(node, ast.Call)
    return _call(node, values)


def _binary(node: ast.BinOp, values: Mapping[str, float]) -> tuple[str, int]:
    if isinstance(node.op, ast.Div):
        over, under = (_number(each, values, _SUM) for each in (node.left, node.right))
        return rf"\frac{{{over}}}{{{under}}}", _PRODUCT
    if isinstance(node.op, ast.Pow):
        base, power = _number(node.left, values, _ATOM), _number(node.right, values, _SUM)
        return f"{base}^{{{power}}}", _POWER
    sign, own = _SIGNS[type(node.op)]
    left = _number(node.left, values, own)
    right = _number(node.right, values, own + (2 if own == _PRODUCT else 1))
    if isinstance(node.right, ast.BinOp) and isinstance(node.right.op, ast.Div):
        right = _number(node.right, values, own)
    return f"{left} {sign} {right}", own


def _call(node: ast.Call, values: Mapping[str, float]) -> tuple[str, int]:
    assert isinstance(node.func, ast.Name)
    name = node.func.id
    if name == "where":
        lines = [f"{rate} & {test}" for rate, test in _cases(node, values)]
        return r"\begin{cases} " + r" \\ ".join(lines) + r" \end{cases}", _SUM
    if name in _AROUND:
        before, after = _AROUND[name]
        own = _POWER if name == "exp" else _ATOM
        return before + _number(node.args[0], values, _SUM) + after, own
    listed = r",\, ".join(_number(each, values, _SUM) for each in node.args)
    return _FUNCTIONS.get(name, rf"\{name}") + _bracketed(listed), _ATOM


def _cases(node: ast.expr, values: Mapping[str, float]) -> list[tuple[str, str]]:
    """``where(a, x, where(b, y, z))``: x where a; y where b; else z."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "where":
        test, then, other = node.args
        return [(_number(then, values, _SUM), _test(test, values, _OR)), *_cases(other, values)]
    return [(_number(node, values, _SUM), r"\text{else}")]


def _value(value: object) -> tuple[str, int]:
    text = latex_of(value)
    if text.startswith("-"):
        return text, _SIGN
    return text, _PRODUCT if r"\cdot" in text else _POWER if "^" in text else _ATOM


def _name(name: str) -> str:
    if name == "pi":
        return r"\pi"
    escaped = name.replace("_", r"\_")
    return name if len(name) == 1 else rf"\mathrm{{{escaped}}}"
