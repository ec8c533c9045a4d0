"""A formula of the language as LaTeX."""

import ast
import re
from collections.abc import Iterator, Mapping

from lrviz.schedules.formula import Formula

#: So many digits of a number are shown.
DIGITS = 6
#: How tightly each binds: what stands in something tighter is put in parentheses.
_OR, _AND, _NOT, _TEST, _SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(9)
_TESTS: Mapping[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: r"\le",
    ast.Gt: ">",
    ast.GtE: r"\ge",
    ast.Eq: "=",
    ast.NotEq: r"\ne",
}
_OPPOSITE: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE,
    ast.LtE: ast.Gt,
    ast.Gt: ast.LtE,
    ast.GtE: ast.Lt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}
_FUNCTIONS: Mapping[str, str] = {"min": r"\min", "max": r"\max", "log": r"\ln"}
_AROUND: Mapping[str, tuple[str, str]] = {
    "exp": ("e^{", "}"),
    "sqrt": (r"\sqrt{", "}"),
    "floor": (r"\left\lfloor ", r" \right\rfloor"),
    "ceil": (r"\left\lceil ", r" \right\rceil"),
}
#: What takes no place, or little, in what is shown.
_UNSEEN = re.compile(r"\\(left|right|t?frac|mathrm)|\\[,;]|[{}\s\\^_]")
#: So many letters of two parts stand on one line beside a chart.
_WIDEST = 40
#: Brackets around what belongs together, not around what a function is of.
_GROUPED = re.compile(r"(?<![a-z])(\\left)?\(")


def typeset(
    formula: Formula, symbols: Mapping[str, str], stated: Mapping[str, str] | None = None
) -> str:
    r"""LaTeX of a rate ``\eta(t)``, and beneath it of its parts.

    ``symbols`` are those of names, as LaTeX; ``stated`` is LaTeX that says otherwise what a part
    is, by its name.
    """
    letters = _Letters(symbols)
    rate = rf"\eta(t) = {letters.number(formula.rate)}"
    if not formula.parts:
        return rate
    parts = [
        (stated or {}).get(name) or f"{letters.name(name)} = {letters.number(part)}"
        for name, part in formula.parts
    ]
    lines = r" \\[4pt] ".join([rate, *_in_lines(parts)])
    return rf"\begin{{gathered}} {lines} \end{{gathered}}"


def _in_lines(parts: list[str]) -> Iterator[str]:
    """Parts one after another; two on a line, where these are short."""
    while parts:
        taken = 2 if sum(map(_width, parts[:2])) <= _WIDEST else 1
        yield r", \quad ".join(parts[:taken])
        parts = parts[taken:]


def _width(latex: str) -> int:
    """About how many letters wide a part is; more than a line where it has lines of its own."""
    return _WIDEST + 1 if r"\begin" in latex else len(_UNSEEN.sub("", latex))


def latex_of(value: object) -> str:
    """A value in LaTeX."""
    if isinstance(value, tuple):
        return r",\, ".join(latex_of(item) for item in value)
    text = f"{value:.{DIGITS}g}" if isinstance(value, float) else str(value)
    mantissa, _, exponent = text.partition("e")
    if not exponent:
        return mantissa
    power = f"10^{{{int(exponent)}}}"
    return power if mantissa == "1" else rf"{mantissa} \cdot {power}"


class _Letters:
    """Writes parts of a formula, with symbols for names."""

    def __init__(self, symbols: Mapping[str, str], *, flat: bool = False) -> None:
        self.symbols = symbols
        #: Whether fractions are written on one line: in what stands high and is small.
        self.flat = flat

    def number(self, node: ast.expr, tightness: int = _SUM) -> str:
        """A part that is calculated with; a test counts 1 where it holds (Iverson's brackets)."""
        text, own = self.part(node)
        if own < _SUM:
            return rf"\left[ {text} \right]"
        return text if own >= tightness else _bracketed(text)

    def test(self, node: ast.expr, tightness: int) -> str:
        """A part that is true or false."""
        text, own = self.part(node)
        return text if own >= tightness else _bracketed(text)

    def part(self, node: ast.expr) -> tuple[str, int]:
        """LaTeX of a part, and how tightly it binds."""
        match node:
            case ast.Constant(value=value):
                return _with_tightness(latex_of(value))
            case ast.Name(id=name):
                return _with_tightness(self.name(name))
            case ast.BinOp(left=ast.Constant(value=0), op=ast.Div(), right=ast.Constant(value=0)):
                return r"\text{NaN}", _ATOM
            case ast.BinOp():
                return self.binary(node)
            case ast.UnaryOp():
                return self.signed(node)
            case ast.BoolOp(op=op, values=parts):
                sign, own = (r"\land", _AND) if isinstance(op, ast.And) else (r"\lor", _OR)
                return f" {sign} ".join(self.test(each, own + 1) for each in parts), own
            case ast.Compare(left=left, ops=ops, comparators=others):
                words = [self.number(left)]
                for comparison, other in zip(ops, others, strict=True):
                    words += [_TESTS[type(comparison)], self.number(other)]
                return " ".join(words), _TEST
        assert isinstance(node, ast.Call)
        return self.call(node)

    def signed(self, node: ast.UnaryOp) -> tuple[str, int]:
        r"""``not``, ``-``; ``-floor(-x)`` is ``\lceil x \rceil``."""
        match node.op, node.operand:
            case ast.Not(), operand:
                return rf"\neg {self.test(operand, _NOT)}", _NOT
            case ast.USub(), ast.Call(
                func=ast.Name("floor"), args=[ast.UnaryOp(op=ast.USub(), operand=above)]
            ):
                return self.around("ceil", above), _ATOM
        sign = "-" if isinstance(node.op, ast.USub) else "+"
        return f"{sign}{self.number(node.operand, _SIGN)}", _SIGN

    def binary(self, node: ast.BinOp) -> tuple[str, int]:
        """Arithmetic."""
        match node.op:
            case ast.Div():
                return self.quotient(node)
            case ast.Pow():
                base = self.number(node.left, _ATOM)
                return f"{base}^{{{_Letters(self.symbols, flat=True).number(node.right)}}}", _POWER
            case ast.Mult():
                return self.product(node)
        sign = "+" if isinstance(node.op, ast.Add) else "-"
        return f"{self.number(node.left)} {sign} {self.number(node.right, _PRODUCT)}", _SUM

    def quotient(self, node: ast.BinOp) -> tuple[str, int]:
        """A fraction; on one line where it stands high."""
        if not self.flat:
            over, under = node.left, node.right
            match over:
                case ast.BinOp(op=ast.Div(), left=over, right=divisor):
                    # a / b / c is one fraction.
                    under = ast.BinOp(divisor, ast.Mult(), under)
            return rf"\frac{{{self.number(over)}}}{{{self.number(under)}}}", _PRODUCT
        return f"{self.number(node.left, _PRODUCT)} / {self.number(node.right, _POWER)}", _PRODUCT

    def product(self, node: ast.BinOp) -> tuple[str, int]:
        """Two parts side by side; a point between them where a digit would follow on another."""
        left = self.number(node.left, _PRODUCT)
        match node.left, node.right:
            case ast.Constant(value=0.5), ast.BinOp(op=ast.Add() | ast.Sub()):
                left = r"\tfrac{1}{2}"
        text, own = self.part(node.right)
        right = text if own in (_PRODUCT, _POWER, _ATOM) else self.number(node.right, _POWER)
        fractions = left[-1].isdigit() and right.startswith((r"\frac", r"\tfrac"))
        if fractions or right[0].isdigit() or (self.flat and "/" in left):
            return rf"{left} \cdot {right}", _PRODUCT
        return f"{left} {right}" if left == r"\pi" else rf"{left} \, {right}", _PRODUCT

    def call(self, node: ast.Call) -> tuple[str, int]:
        """A function."""
        assert isinstance(node.func, ast.Name)
        name = node.func.id
        if name == "where":
            lines = [f"{rate} & {test}" for rate, test in self.cases(node)]
            return r"\begin{cases} " + r" \\[4pt] ".join(lines) + r" \end{cases}", _SUM
        if name in _AROUND:
            return self.around(name, node.args[0]), _POWER if name == "exp" else _ATOM
        listed = r",\, ".join(self.number(each) for each in node.args)
        return _FUNCTIONS.get(name, rf"\{name}") + _enclosed(listed, "(", ")"), _ATOM

    def around(self, name: str, inner: ast.expr) -> str:
        """A function that is written around what it is of."""
        before, after = _AROUND[name]
        letters = _Letters(self.symbols, flat=True) if name == "exp" else self
        return before + letters.number(inner) + after

    def cases(self, node: ast.expr, before: ast.expr | None = None) -> list[tuple[str, str]]:
        """``where(a, x, where(b, y, z))``: x where a; y where b; else z."""
        match node:
            case ast.Call(func=ast.Name("where"), args=[test, then, other]):
                return [(self.number(then), self.test(test, _OR)), *self.cases(other, test)]
            case _:
                return [(self.number(node), self.otherwise(before))]

    def otherwise(self, test: ast.expr | None) -> str:
        """What is so where the last test does not hold."""
        match test:
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self.test(ast.Compare(left, [_OPPOSITE[type(op)]()], [right]), _OR)
        return r"\text{else}"

    def name(self, name: str) -> str:
        """A name's symbol; without one, the name itself."""
        if name == "pi":
            return r"\pi"
        if name in self.symbols:
            return self.symbols[name]
        escaped = name.replace("_", r"\_")
        return name if len(name) == 1 else rf"\mathrm{{{escaped}}}"


def _bracketed(text: str) -> str:
    """In brackets; square ones around others, those of functions left aside."""
    around = _GROUPED.search(text) and "[" not in text
    return _enclosed(text, *("[]" if around else "()"))


def _enclosed(text: str, opening: str, closing: str) -> str:
    """In brackets that are as high as what is in them."""
    if re.search(r"\\(frac|begin|left|sqrt)|\^", text):
        return rf"\left{opening}{text}\right{closing}"
    return f"{opening}{text}{closing}"


def _with_tightness(text: str) -> tuple[str, int]:
    """A number or a symbol, and how tightly it binds."""
    if text.startswith("-"):
        return text, _SIGN
    return text, _PRODUCT if r"\cdot" in text else _POWER if "^" in text else _ATOM
