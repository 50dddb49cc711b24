"""Functions of the standard library that say in one word what has a formula: operator.mul, statistics.mean, divmod.

They are written out, where the formula gives the very number that the function gives.
"""

from __future__ import annotations

import ast
import collections
import itertools
import math
import operator
import statistics
from fractions import Fraction

from scalarnn.tracing.expressions import Expression, Function, Minus, Power, Quotient, Sum, same_number
from scalarnn.tracing.notation import OPERATIONS, combined
from scalarnn.tracing.values import Cells, Node, Thing, concrete

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from scalarnn.tracing.frame import Frame
    from scalarnn.tracing.values import Value

__all__ = ["of_the_library"]

SIGNS: dict[Any, ast.operator] = {function: sign() for sign, function in OPERATIONS.items()}


def of_the_library(frame: Frame, function: Any, values: list[Value | None]) -> Value | None:
    """What a call of such a function is; None for another function, or where nobody can tell."""
    try:
        known, sign = KNOWN.get(function), SIGNS.get(function)
    except TypeError:  # it has no hash
        return None
    if sign is not None and len(values) == 2:
        return _calculated(frame, sign, *values)
    given = [value for value in values if value is not None]
    if known is None or len(given) < len(values):
        return None
    try:
        return known(frame, given)
    except (ArithmeticError, LookupError, TypeError, ValueError):  # not what the function takes
        return None


def _calculated(frame: Frame, sign: ast.operator, left: Value | None, right: Value | None) -> Value | None:
    one, other = frame.as_number(left), frame.as_number(right)
    if one is None or other is None:
        return None
    return frame.node(OPERATIONS[type(sign)](one.value, other.value), combined(one, sign, other))


def _numbers(cells: Value) -> list[Node]:
    nodes = [entry for entry in cells.entries() if isinstance(entry, Node)] if isinstance(cells, Cells) else []
    if not isinstance(cells, Cells) or len(nodes) < len(cells) or not nodes:
        raise TypeError("expected a list of numbers")
    return nodes


def _total(nodes: list[Node]) -> Expression:
    return nodes[0] if len(nodes) == 1 else Sum(tuple((1, node) for node in nodes))


def _mean(frame: Frame, values: list[Value]) -> Value | None:
    nodes = _numbers(values[0])
    return _held(frame, statistics.mean([node.value for node in nodes]), nodes)


def _float_mean(frame: Frame, values: list[Value]) -> Value | None:
    nodes = _numbers(values[0])
    return _held(frame, statistics.fmean([node.value for node in nodes]), nodes)


def _held(frame: Frame, value: Any, nodes: list[Node]) -> Value | None:
    total = nodes[0].value
    for node in nodes[1:]:
        total = total + node.value
    return _if_so(frame, value, total / len(nodes), Quotient(_total(nodes), frame.literal(len(nodes))))


def _if_so(frame: Frame, value: Any, found: Any, formula: Expression) -> Value | None:
    """A number with a formula, if that gives the very number."""
    return frame.node(value, formula) if same_number(found, value) else None


def _length(frame: Frame, values: list[Value]) -> Value | None:
    """√(x² + y²)."""
    nodes = [value for value in values if isinstance(value, Node)]
    return _root_of_squares(frame, math.hypot(*[node.value for node in nodes]), list(nodes))


def _distance(frame: Frame, values: list[Value]) -> Value | None:
    """√((x₀ − y₀)² + …)."""
    one, other = (_numbers(value) for value in values)
    apart = [frame.node(p.value - q.value, Sum(((1, p), (-1, q)))) for p, q in zip(one, other, strict=True)]
    return _root_of_squares(frame, math.dist(concrete(values[0]), concrete(values[1])), apart)


def _root_of_squares(frame: Frame, value: float, nodes: list[Node]) -> Value | None:
    total = 0
    squares = []
    for node in nodes:
        squares.append(frame.node(node.value**2, Power(node, frame.literal(2))))
        total = total + squares[-1].value
    return _if_so(frame, value, math.sqrt(total), Function("sqrt", (_total(squares),)))


def _negative(frame: Frame, values: list[Value]) -> Value | None:
    (node,) = values
    return frame.node(-node.value, Minus(node)) if isinstance(node, Node) else None


def _quotient_and_rest(frame: Frame, values: list[Value]) -> Value | None:
    quotient = _calculated(frame, ast.FloorDiv(), *values)
    rest = _calculated(frame, ast.Mod(), *values)
    return frame.list_of([quotient, rest])


def _accumulated(frame: Frame, values: list[Value]) -> Value | None:
    """Sums so far, or what another function makes of two at a time."""
    entries = list(values[0].entries()) if isinstance(values[0], Cells) else []
    sums: list[Value | None] = [*entries[:1]]
    for entry in entries[1:]:
        if len(values) > 1:
            sums.append(frame.call(values[1], [sums[-1], entry]))
        else:
            sums.append(_calculated(frame, ast.Add(), sums[-1], entry))
        frame.place(sums[-1])
    return frame.list_of(sums)


def _counter(frame: Frame, values: list[Value]) -> Value | None:
    """A dict that begins with 0 everywhere."""
    return _with_default(frame, Thing(int)) if not values else None


def _default_dict(frame: Frame, values: list[Value]) -> Value | None:
    return _with_default(frame, values[0]) if len(values) == 1 else None


def _with_default(frame: Frame, made_by: Value) -> Value | None:
    cells = frame.dict_of({})
    if cells is None or not isinstance(made_by, Thing) or made_by.value not in (int, float, list, dict):
        return None
    cells.default = made_by.value
    return cells


def _fraction(frame: Frame, values: list[Value]) -> Value | None:
    """A fraction of numbers that stand in the code is one too."""
    if all(isinstance(value, Node) and value.is_literal and not value.names for value in values):
        return frame.literal(Fraction(*map(concrete, values)))
    return None


KNOWN: dict[Any, Callable[[Frame, list[Value]], Value | None]] = {
    statistics.mean: _mean,
    statistics.fmean: _float_mean,
    math.hypot: _length,
    math.dist: _distance,
    operator.neg: _negative,
    divmod: _quotient_and_rest,
    itertools.accumulate: _accumulated,
    collections.Counter: _counter,
    collections.defaultdict: _default_dict,
    Fraction: _fraction,
}
