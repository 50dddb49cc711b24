"""The operators of Python that have a notation: + − · /, powers, whole division, comparisons."""

from __future__ import annotations

import ast
import operator

from scalarnn.tracing.expressions import Expression, Function, Power, Product, Quotient, Sum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = ["OPERATIONS", "SIGNS", "combined"]

OPERATIONS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
SIGNS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}


def combined(left: Expression, how: ast.operator, right: Expression) -> Expression:
    """left + right, and so on, in the order in which Python computes."""
    if isinstance(how, (ast.Add, ast.Sub)):
        return Sum(((1, left), (1 if isinstance(how, ast.Add) else -1, right)))
    if isinstance(how, ast.Mult):
        return Product((left, right))
    if isinstance(how, ast.Div):
        return Quotient(left, right)
    if isinstance(how, ast.Pow):
        return Power(left, right)
    return Function("//" if isinstance(how, ast.FloorDiv) else "mod", (left, right))
