"""A formula lowered to Python: the calls and operators of a library in the places of its own."""

import ast
from collections.abc import Sequence

from lrviz.schedules.language import is_test


class Lowering(ast.NodeTransformer):
    """A formula in the words of a library that works on arrays.

    What Python writes for one number is a call there: ``and``, ``or``, ``not``, a chain of
    comparisons, a minimum of more than two. A test that is calculated with counts 1 or 0.
    """

    def call(self, name: str, values: list[ast.expr]) -> ast.expr:
        """The call of a function of the library, by the name that it has in the formula.

        The logical functions have the names that NumPy gives them.
        """
        raise NotImplementedError

    def pairs(self, name: str, values: Sequence[ast.expr]) -> ast.expr:
        """A function of two values, of all of these."""
        first, *others = values
        for each in others:
            first = self.call(name, [first, each])
        return first

    def number(self, node: ast.expr) -> ast.expr:
        """A part that is calculated with."""
        if is_test(node):
            chosen = ast.Call(ast.Name("where"), [node, ast.Constant(1.0), ast.Constant(0.0)], [])
            node = ast.fix_missing_locations(ast.copy_location(chosen, node))
        lowered: ast.expr = self.visit(node)
        return lowered

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """Arithmetic."""
        return ast.BinOp(self.number(node.left), node.op, self.number(node.right))

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        """``not``, ``-``."""
        if isinstance(node.op, ast.Not):
            return self.call("logical_not", [self.visit(node.operand)])
        return ast.UnaryOp(node.op, self.number(node.operand))

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        """``and``, ``or``."""
        name = "logical_and" if isinstance(node.op, ast.And) else "logical_or"
        return self.pairs(name, [self.visit(each) for each in node.values])

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        """``a < b < c``: each with its neighbour."""
        values = [self.number(each) for each in (node.left, *node.comparators)]
        each: list[ast.expr] = [
            ast.Compare(low, [op], [high])
            for low, op, high in zip(values, node.ops, values[1:], strict=False)
        ]
        return self.pairs("logical_and", each)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """A function; ``min`` and ``max`` take two values at a time."""
        assert isinstance(node.func, ast.Name)
        name = node.func.id
        first = self.visit if name == "where" else self.number
        values = [first(node.args[0]), *(self.number(each) for each in node.args[1:])]
        return self.pairs(name, values) if name in ("min", "max") else self.call(name, values)
