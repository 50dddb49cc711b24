"""From the syntax of a line to an expression, given what its names mean.

    Expression        a number with a name or a formula
    Vector            a named list of numbers, or of lists
    Listed            a list whose entries have meanings of their own, as [a] has

What has no place in mathematics (text, slices, unknown calls) has no meaning: None. The line is then shown as code.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from scalarnn.tracing.expressions import (
    Comparison,
    Expression,
    Function,
    Minus,
    Named,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol, TypeAlias

    from scalarnn.tracing.symbols import Symbol

    class Scope(Protocol):
        """What the names of a line mean."""

        def meaning(self, name: str) -> Meaning | None: ...
        def call(self, node: ast.Call) -> Meaning | None: ...
        def whole_number(self, name: str) -> int | None: ...


__all__ = ["Listed", "Meaning", "Vector", "comparison", "element", "is_number", "named", "translate", "whole_number"]


@dataclass(frozen=True)
class Vector:
    """A named list: `x`, or a row `W[1]` of a matrix."""

    symbol: Symbol
    value: list[Any]


@dataclass(frozen=True)
class Listed:
    """A list written out: its entries have their own names."""

    entries: tuple[Meaning, ...]


if TYPE_CHECKING:
    Meaning: TypeAlias = Expression | Vector | Listed

FUNCTIONS = ("exp", "expm1", "log", "sqrt", "abs", "max", "min", "round_to_float32")
SIGNS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}


def is_number(value: Any) -> bool:
    """Whether a value is a number of some kind, and no bool."""
    kind = type(value)
    return kind is not bool and hasattr(kind, "__truediv__") and not hasattr(kind, "__len__")


def named(symbol: Symbol, value: Any) -> Meaning | None:
    """A number or a list under a name; None for anything else."""
    if isinstance(value, (list, tuple)):
        return Vector(symbol, list(value))
    return Named(symbol, value) if is_number(value) else None


def element(meaning: Meaning | None, i: int) -> Meaning | None:
    """Entry i of a list."""
    if isinstance(meaning, Listed):
        return meaning.entries[i] if -len(meaning.entries) <= i < len(meaning.entries) else None
    if isinstance(meaning, Vector) and -len(meaning.value) <= i < len(meaning.value):
        position = i if i >= 0 else i + len(meaning.value)
        return named(meaning.symbol.at(position), meaning.value[position])
    return None


def translate(node: ast.expr, scope: Scope) -> Meaning | None:
    """The meaning of an expression of the code; None where it has none."""
    if isinstance(node, ast.Name):
        return scope.meaning(node.id)
    if isinstance(node, ast.Constant):
        return Number(node.value) if is_number(node.value) else None
    if isinstance(node, ast.Subscript):
        i = whole_number(node.slice, scope)
        return None if i is None else element(translate(node.value, scope), i)
    if isinstance(node, (ast.List, ast.Tuple)):
        entries = [translate(entry, scope) for entry in node.elts]
        return Listed(tuple(entry for entry in entries if entry is not None)) if None not in entries else None
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = translate(node.operand, scope)
        if isinstance(inner, Minus):
            return inner.inner
        if isinstance(inner, Number):
            return Number(-inner.value)
        return Minus(inner) if isinstance(inner, Expression) else None
    if isinstance(node, ast.BinOp):
        return _binary(node, scope)
    if isinstance(node, ast.Call):
        return _call(node, scope)
    return None


def comparison(node: ast.expr, scope: Scope) -> Comparison | None:
    """left < right and its like; None for anything else."""
    if not isinstance(node, ast.Compare) or len(node.ops) != 1 or type(node.ops[0]) not in SIGNS:
        return None
    left, right = translate(node.left, scope), translate(node.comparators[0], scope)
    if isinstance(left, Expression) and isinstance(right, Expression):
        return Comparison(left, SIGNS[type(node.ops[0])], right)
    return None


def whole_number(node: ast.expr, scope: Scope) -> int | None:
    """The value of an index: a whole number, a loop variable, a sum or difference of such."""
    if isinstance(node, ast.Constant):
        return node.value if type(node.value) is int else None
    if isinstance(node, ast.Name):
        return scope.whole_number(node.id)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = whole_number(node.operand, scope)
        return None if inner is None else -inner
    if isinstance(node, ast.BinOp):
        left, right = whole_number(node.left, scope), whole_number(node.right, scope)
        if left is None or right is None:
            return None
        if isinstance(node.op, ast.Add):
            return left + right
        if isinstance(node.op, ast.Sub):
            return left - right
        if isinstance(node.op, ast.Mult):
            return left * right
    return None


def _binary(node: ast.BinOp, scope: Scope) -> Meaning | None:
    left, right = translate(node.left, scope), translate(node.right, scope)
    if isinstance(node.op, ast.Mult) and isinstance(left, Listed) and isinstance(right, Number):
        return Listed(left.entries * right.value)  # [1] * 3
    if not isinstance(left, Expression) or not isinstance(right, Expression):
        return None
    if isinstance(node.op, (ast.Add, ast.Sub)):
        terms = left.terms if isinstance(left, Sum) else ((1, left),)
        sign = 1 if isinstance(node.op, ast.Add) else -1
        return Sum((*terms, (sign, right)))
    if isinstance(node.op, ast.Mult):
        factors = left.factors if isinstance(left, Product) else (left,)
        return Product((*factors, right))
    if isinstance(node.op, ast.Div):
        return Quotient(left, right)
    if isinstance(node.op, ast.Pow):
        return Power(left, right)
    return None


def _call(node: ast.Call, scope: Scope) -> Meaning | None:
    known = scope.call(node)
    if known is not None or node.keywords:
        return known
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    arguments = [translate(argument, scope) for argument in node.args]
    if name == "len" and len(arguments) == 1:
        if isinstance(arguments[0], Vector):
            return Number(len(arguments[0].value))
        if isinstance(arguments[0], Listed):
            return Number(len(arguments[0].entries))
    numbers = tuple(argument for argument in arguments if isinstance(argument, Expression))
    if name in FUNCTIONS and len(numbers) == len(node.args) > 0:
        return Function(name.removeprefix("round_to_"), numbers)
    return None
