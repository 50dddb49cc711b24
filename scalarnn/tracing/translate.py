"""From the syntax of a line to an expression, given what its names mean.

    Expression        a number with a name or a formula
    Vector            a named list of numbers, or of lists
    Listed            a list whose entries have meanings of their own, as [a] has

What has no place in mathematics (text, slices, unknown calls) has no meaning: None. The line is then shown as code.
"""

from __future__ import annotations

import ast
import math
from dataclasses import dataclass

from scalarnn import scalar
from scalarnn.float32 import round_to_float32
from scalarnn.tracing.expressions import (
    All,
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
    holds,
    leaves,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol, TypeAlias

    from scalarnn.tracing.symbols import Symbol

    class Scope(Protocol):
        """What the names of a line mean."""

        def meaning(self, name: str) -> Meaning | None: ...
        def attribute(self, name: str, attribute: str) -> Meaning | None: ...
        def call(self, node: ast.Call) -> Meaning | None: ...
        def whole_number(self, name: str) -> int | None: ...
        def function(self, node: ast.expr) -> Any: ...


__all__ = [
    "Listed",
    "Meaning",
    "Vector",
    "combined",
    "comparison",
    "element",
    "is_number",
    "named",
    "reason",
    "translate",
    "whole_number",
]


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

# The functions that have a notation, whatever name they go by.
FUNCTIONS: dict[Any, str] = {
    scalar.exp: "exp",
    scalar.expm1: "expm1",
    scalar.log: "log",
    scalar.sqrt: "sqrt",
    round_to_float32: "float32",
    math.exp: "exp",
    math.expm1: "expm1",
    math.log: "log",
    math.sqrt: "sqrt",
    abs: "abs",
    max: "max",
    min: "min",
}
OPPOSITE = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "==": "!=", "!=": "=="}
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
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return scope.attribute(node.value.id, node.attr)
    if isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Slice):
        i = whole_number(node.slice, scope)
        return None if i is None else element(translate(node.value, scope), i)
    if _is_whole(node):
        return translate(node.value, scope)  # type: ignore[attr-defined]
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
        return _slice(translate(node.value, scope), node.slice, scope)
    if isinstance(node, ast.ListComp) and _is_copy(node):
        return translate(node.generators[0].iter, scope)
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
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.UAdd):
        inner = translate(node.operand, scope)
        return inner if isinstance(inner, Expression) else None
    if isinstance(node, ast.BinOp):
        return _binary(node, scope)
    if isinstance(node, ast.Call):
        return _call(node, scope)
    return None


def _slice(meaning: Meaning | None, node: ast.Slice, scope: Scope) -> Meaning | None:
    """Part of a list: the entries keep their places, x₀ and x₂ of x[0::2]."""
    bounds = [None if part is None else whole_number(part, scope) for part in (node.lower, node.upper, node.step)]
    for part, bound in zip((node.lower, node.upper, node.step), bounds, strict=True):
        if part is not None and bound is None:
            return None
    if not isinstance(meaning, (Vector, Listed)) or bounds[2] == 0:
        return None
    length = len(meaning.value if isinstance(meaning, Vector) else meaning.entries)
    entries = [element(meaning, i) for i in range(length)[slice(*bounds)]]
    return Listed(tuple(entry for entry in entries if entry is not None)) if None not in entries else None


def _is_whole(node: ast.expr) -> bool:
    """x[:], a copy of x."""
    if not isinstance(node, ast.Subscript) or not isinstance(node.slice, ast.Slice):
        return False
    return node.slice.lower is None and node.slice.upper is None and node.slice.step is None


def _is_copy(node: ast.ListComp) -> bool:
    """[list(row) for row in W], a copy of W."""
    generator, entry = node.generators[0], node.elt
    if len(node.generators) > 1 or generator.ifs or not isinstance(generator.target, ast.Name):
        return False
    if isinstance(entry, ast.Call) and isinstance(entry.func, ast.Name) and entry.func.id == "list" and entry.args:
        entry = entry.args[0]
    elif _is_whole(entry):
        entry = entry.value  # type: ignore[attr-defined]
    return isinstance(entry, ast.Name) and entry.id == generator.target.id


def comparison(node: ast.expr, scope: Scope) -> Comparison | None:
    """left < right and its like; None for anything else."""
    if not isinstance(node, ast.Compare) or len(node.ops) != 1 or type(node.ops[0]) not in SIGNS:
        return None
    left, right = translate(node.left, scope), translate(node.comparators[0], scope)
    if isinstance(left, Expression) and isinstance(right, Expression):
        return Comparison(left, SIGNS[type(node.ops[0])], right)
    return None


def reason(node: ast.expr, held: bool, scope: Scope) -> Comparison | All | None:
    """What was true when a condition held, or did not: of `x > 0 and y > 0` both, or the first that was not so."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return reason(node.operand, not held, scope)
    if isinstance(node, ast.BoolOp):
        parts = [reason(value, held, scope) for value in node.values]
        if held is isinstance(node.op, ast.And):  # every part counts
            known = [part for part in parts if part is not None]
            return _all(known) if len(known) == len(parts) else None
        return next((part for part in parts if part is not None), None)
    if isinstance(node, ast.Compare) and len(node.ops) > 1:
        return _chain(node, scope) if held else None
    found = comparison(node, scope)
    if found is None:
        value = translate(node, scope)
        if not isinstance(value, Expression):
            return None
        found = Comparison(value, "!=", Number(0))
    if not held:
        found = Comparison(found.left, OPPOSITE[found.sign], found.right)
    return found if holds(found, True) and any(True for _ in leaves(found)) else None


def _chain(node: ast.Compare, scope: Scope) -> All | Comparison | None:
    """0 < z < 1 as two comparisons."""
    operands = [node.left, *node.comparators]
    parts = []
    for left, sign, right in zip(operands, node.ops, operands[1:], strict=False):
        part = reason(ast.Compare(left, [sign], [right]), True, scope)
        if part is None:
            return None
        parts.append(part)
    return _all(parts)


def _all(parts: list[Comparison | All]) -> Comparison | All:
    flat: list[Comparison] = []
    for part in parts:
        flat += part.parts if isinstance(part, All) else (part,)
    return flat[0] if len(flat) == 1 else All(tuple(flat))


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
        if isinstance(node.op, ast.FloorDiv) and right != 0:
            return left // right
        if isinstance(node.op, ast.Mod) and right != 0:
            return left % right
    return None


def _binary(node: ast.BinOp, scope: Scope) -> Meaning | None:
    left, right = translate(node.left, scope), translate(node.right, scope)
    if isinstance(node.op, ast.Mult) and isinstance(left, Listed) and isinstance(right, Number):
        return Listed(left.entries * right.value)  # [1] * 3
    if not isinstance(left, Expression) or not isinstance(right, Expression):
        return None
    return combined(left, node.op, right)


def combined(left: Expression, operator: ast.operator, right: Expression) -> Expression | None:
    """left + right, and so on, in the order in which Python computes; None for an operator without a notation."""
    if isinstance(operator, (ast.Add, ast.Sub)):
        terms = left.terms if isinstance(left, Sum) else ((1, left),)
        sign = 1 if isinstance(operator, ast.Add) else -1
        return Sum((*terms, (sign, right)))
    if isinstance(operator, ast.Mult):
        factors = left.factors if isinstance(left, Product) else (left,)
        return Product((*factors, right))
    if isinstance(operator, ast.Div):
        return Quotient(left, right)
    if isinstance(operator, ast.Pow):
        return Power(left, right)
    return None


def _call(node: ast.Call, scope: Scope) -> Meaning | None:
    known = scope.call(node)
    function = scope.function(node.func)
    if known is not None or (node.keywords and function is not scalar.ratio):
        return known
    arguments = [translate(argument, scope) for argument in node.args]
    if function is len and len(arguments) == 1:
        if isinstance(arguments[0], Vector):
            return Number(len(arguments[0].value))
        if isinstance(arguments[0], Listed):
            return Number(len(arguments[0].entries))
    if (function is list or function is tuple) and len(arguments) == 1 and isinstance(arguments[0], (Vector, Listed)):
        return arguments[0]
    numbers = tuple(argument for argument in arguments if isinstance(argument, Expression))
    if function is scalar.zero and len(arguments) == 1 and isinstance(arguments[0], Named):
        return Number(scalar.zero(arguments[0].value))
    if function is scalar.ratio and len(numbers) > 1:
        return Quotient(numbers[0], numbers[1])
    notation = next((name for known, name in FUNCTIONS.items() if known is function), None)
    if notation is None or len(numbers) != len(node.args) or not numbers:
        return None
    if len(numbers) > 1 and notation not in ("max", "min"):
        return None  # math.log(x, 2)
    return Function(notation, numbers)
