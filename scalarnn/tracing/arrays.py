"""Arrays of NumPy, entry by entry: sums and products of whole arrays, functions of each entry, dot products.

An array is a list of lists that remembers to be one. Up to a size every entry is a number with its formula; NumPy adds
long sums in an order of its own, and what comes out in other digits stays code.
"""

from __future__ import annotations

import ast
import sys
from itertools import product

from scalarnn.tracing.expressions import Function, Number, Product, Quotient, Sum
from scalarnn.tracing.notation import OPERATIONS, combined
from scalarnn.tracing.values import Cells, Node, Thing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from scalarnn.tracing.frame import Frame
    from scalarnn.tracing.values import Truth, Value

__all__ = [
    "array_attribute",
    "array_call",
    "array_method",
    "array_part",
    "changed",
    "compared_each",
    "elementwise",
    "is_array",
]

LARGEST = 64  # entries
OF_EACH = {
    "exp": "exp",
    "log": "log",
    "sqrt": "sqrt",
    "tanh": "tanh",
    "absolute": "abs",
    "maximum": "max",
    "minimum": "min",
}
EXTREMES: dict[str, Any] = {"max": max, "min": min}
MADE_OF = {"zeros": 0.0, "ones": 1.0, "zeros_like": 0.0, "ones_like": 1.0}


def is_array(value: Value | None) -> bool:
    """Whether a value is an array."""
    return isinstance(value, Cells) and value.is_array


def elementwise(frame: Frame, how: ast.operator, left: Value, right: Value) -> Value | None:
    """left + right of arrays, entry by entry, and a number with every entry."""
    if isinstance(how, ast.MatMult):
        return _dot(frame, left, right)
    if type(how) not in OPERATIONS:
        return None

    def of(one: Node, other: Node) -> Node:
        return frame.node(OPERATIONS[type(how)](one.value, other.value), combined(one, how, other))

    return _each(frame, of, [left, right])


def compared_each(frame: Frame, of: Callable[[Value, Value], Truth | None], left: Value, right: Value) -> Value | None:
    """Z > 0: 1 or 0 for each entry, and why."""
    return _each(frame, lambda *nodes: frame.as_number(of(*nodes)), [left, right])


def array_call(frame: Frame, function: Any, values: Sequence[Value], keywords: dict[Any, Any]) -> Value | None:
    """What a function of NumPy gives; None where nobody can tell."""
    numpy = sys.modules.get("numpy")
    name = getattr(function, "__name__", "")
    if numpy is None or getattr(numpy, name, None) is not function:
        return None
    if name in OF_EACH:
        return _each(frame, lambda *nodes: _of_numbers(frame, function, OF_EACH[name], nodes), values)
    if name in ("array", "asarray") and len(values) == 1:
        return _as_array(frame, values[0])
    if name in ("dot", "matmul") and len(values) == 2:
        return _dot(frame, *values)
    if name in ("sum", "mean", "max", "min") and isinstance(values[0], Cells):
        return array_method(frame, values[0], name, values[1:], keywords)
    if name == "square" and len(values) == 1:
        return elementwise(frame, ast.Mult(), values[0], values[0])
    if name == "where" and len(values) == 3:
        return _each(frame, lambda *nodes: _chosen(frame, *nodes), values)
    if name == "clip" and len(values) == 3:
        low = _each(frame, lambda *nodes: _extreme(frame, "max", nodes), [values[0], values[1]])
        return _each(frame, lambda *nodes: _extreme(frame, "min", nodes), [low, values[2]]) if low is not None else None
    if name == "outer" and len(values) == 2:
        return _outer(frame, *values)
    return _of_one_number(frame, name, values[0], keywords) if name in MADE_OF and len(values) == 1 else None


def array_method(
    frame: Frame, cells: Cells, name: str, values: Sequence[Value], keywords: dict[Any, Any]
) -> Value | None:
    """What a method of an array gives."""
    axis = keywords.get("axis", values[0] if values else None)
    along = axis.value if isinstance(axis, Node) else None
    keepdims = keywords.get("keepdims")
    is_kept = keepdims is not None and bool(keepdims.value)
    if name in ("sum", "mean"):
        return _along(frame, cells, along, is_kept, lambda terms: _total(frame, terms, name == "mean"))
    if name in EXTREMES:
        return _along(frame, cells, along, is_kept, lambda terms: _extreme(frame, name, terms))
    if name == "dot" and values:
        return _dot(frame, cells, values[0])
    return _as_array(frame, cells) if name == "copy" else None


def array_attribute(frame: Frame, cells: Cells, name: str) -> Value | None:
    """A.T, A.size, A.shape, A.ndim."""
    shape = _shape(cells)
    if name == "T":
        return cells if len(shape) < 2 else _made(frame, shape[::-1], lambda *at: _at(cells, at[::-1]))
    if name == "size":
        return frame.literal(_size(shape))
    if name == "ndim":
        return frame.literal(len(shape))
    return frame.list_of([frame.literal(n) for n in shape]) if name == "shape" else None


def array_part(frame: Frame, cells: Cells, places: Sequence[Any]) -> Value | None:
    """A[:, 0], A[None, :]: part of an array, entry by entry; None among the places is one more axis."""
    shape = list(_shape(cells))
    kept: list[Any] = []  # for each axis of the part, the places in the array; None for a new axis
    where: list[Any] = []  # for each axis of the array, a place or which axis of the part
    for place in places:
        if place is None:
            kept.append(None)
        elif not shape or (type(place) is not int and not isinstance(place, slice)):
            return None
        elif isinstance(place, slice):
            where.append((len(kept),))
            kept.append(range(shape.pop(0))[place])
        else:
            where.append(range(shape.pop(0))[place])
    for n in shape:
        where.append((len(kept),))
        kept.append(range(n))
    size = [1 if one is None else len(one) for one in kept]
    if not 0 < _size(size) <= LARGEST:
        return None

    def entry(*at: int) -> Value | None:
        return _at(cells, [kept[one[0]][at[one[0]]] if isinstance(one, tuple) else one for one in where])

    return _made(frame, size, entry)


# ---- shapes ----------------------------------------------------------------------------------------------------------


def _shape(value: Value) -> tuple[int, ...]:
    if not isinstance(value, Cells):
        return ()
    first = value.at(0)
    return (len(value), *(_shape(first) if first is not None else ()))


def _size(shape: Sequence[int]) -> int:
    size = 1
    for n in shape:
        size *= n
    return size


def _at(value: Value, at: Sequence[int]) -> Value | None:
    """An entry, as NumPy broadcasts: a length of 1 stands for every place, missing axes come first."""
    shape = _shape(value)
    found: Value | None = value
    for n, i in zip(shape, at[len(at) - len(shape) :], strict=True):
        found = found.at(0 if n == 1 else i) if isinstance(found, Cells) else None
    return found


def _made(
    frame: Frame, shape: Sequence[int], entry: Callable[..., Value | None], at: tuple[int, ...] = ()
) -> Value | None:
    """An array of that shape, whose entries a function gives."""
    if not shape:
        return entry(*at)
    cells = frame.list_of([_made(frame, shape[1:], entry, (*at, i)) for i in range(shape[0])])
    if cells is not None:
        cells.is_array = True
    return cells


def _each(frame: Frame, of: Callable[..., Node | None], values: Sequence[Value]) -> Value | None:
    """A function of every entry of arrays that fit together."""
    shapes = [_shape(value) for value in values]
    n_axes = max(map(len, shapes))
    padded = [(1,) * (n_axes - len(shape)) + shape for shape in shapes]
    shape = [max(lengths) for lengths in zip(*padded, strict=True)]
    if _size(shape) > LARGEST or any(
        n not in (1, m) for lengths in padded for n, m in zip(lengths, shape, strict=True)
    ):
        return None

    def entry(*at: int) -> Value | None:
        nodes = [frame.as_number(_at(value, at)) for value in values]
        return None if None in nodes else of(*nodes)

    return _made(frame, shape, entry)


def _as_array(frame: Frame, value: Value) -> Value | None:
    """A copy of a list, or of an array, as an array."""
    shape = _shape(value)
    if not isinstance(value, Cells) or _size(shape) > LARGEST:
        return None
    made = _made(frame, shape, lambda *at: _at(value, at))
    if isinstance(made, Cells):
        made.copied_from = value
    return made


# ---- functions -------------------------------------------------------------------------------------------------------


def _of_numbers(frame: Frame, function: Any, name: str, nodes: Sequence[Node]) -> Node:
    if any(type(node.value) is float for node in nodes):
        nodes = [frame.literal(float(node.value)) if node.is_literal else node for node in nodes]
    return frame.node(function(*[node.value for node in nodes]).item(), Function(name, tuple(nodes)))


def _sum(frame: Frame, terms: Sequence[Node | None]) -> Node | None:
    nodes = [term for term in terms if term is not None]
    if len(nodes) < len(terms) or not nodes:
        return None
    total = nodes[0].value
    for node in nodes[1:]:
        total = total + node.value
    return frame.node(total, nodes[0] if len(nodes) == 1 else Sum(tuple((1, node) for node in nodes)))


def _dot(frame: Frame, left: Value, right: Value) -> Value | None:
    """Σ of products: of vectors, of a matrix and a vector, of matrices."""
    first, second = _shape(left), _shape(right)
    if not first or not second or first[-1] != second[-2 if len(second) > 1 else 0]:
        return None
    rows, columns = first[:-1], second[1:] if len(second) > 1 else ()
    if _size((*rows, *columns)) * first[-1] > LARGEST * 8:
        return None

    def entry(*at: int) -> Value | None:
        terms = []
        for i in range(first[-1]):
            one = _at(left, (*at[: len(rows)], i))
            other = _at(right, (i, *at[len(rows) :]))
            if not isinstance(one, Node) or not isinstance(other, Node):
                return None
            terms.append(frame.node(one.value * other.value, Product((one, other))))
        return _sum(frame, terms)

    return _made(frame, (*rows, *columns), entry)


def _along(
    frame: Frame, cells: Cells, axis: Any, is_kept: bool, of: Callable[[Sequence[Node | None]], Node | None]
) -> Value | None:
    """What a function gives of all entries, or along an axis, which stays as one of length 1 if it is kept."""
    shape = _shape(cells)
    if axis is not None and -len(shape) <= axis < 0:
        axis += len(shape)
    if _size(shape) > LARGEST or axis not in (None, *range(len(shape))):
        return None
    rest = [n for i, n in enumerate(shape) if axis is not None and i != axis]
    if is_kept:
        rest = [1 if axis in (None, i) else n for i, n in enumerate(shape)]

    def entry(*at: int) -> Value | None:
        if axis is None:
            places = list(product(*map(range, shape)))
        else:
            after = at[axis + 1 :] if is_kept else at[axis:]
            places = [(*at[:axis], i, *after) for i in range(shape[axis])]
        return of([frame.as_number(_at(cells, place)) for place in places])

    return _made(frame, rest, entry)


def _total(frame: Frame, terms: Sequence[Node | None], is_mean: bool) -> Node | None:
    """The sum, or the mean."""
    total = _sum(frame, terms)
    if total is None or not is_mean:
        return total
    return frame.node(total.value / len(terms), Quotient(total, Number(len(terms))))


def _extreme(frame: Frame, name: str, terms: Sequence[Node | None]) -> Node | None:
    """The largest, or the smallest."""
    nodes = [term for term in terms if term is not None]
    if len(nodes) < len(terms) or not nodes:
        return None
    if len(nodes) == 1:
        return frame.node(nodes[0].value, nodes[0])
    return frame.node(EXTREMES[name]([node.value for node in nodes]), Function(name, tuple(nodes)))


def _chosen(frame: Frame, condition: Node, one: Node, other: Node) -> Node:
    """`where`: one or the other, and why."""
    taken = one if condition.value else other
    value = float(taken.value) if float in (type(one.value), type(other.value)) else taken.value
    node = frame.node(value, Number(value) if taken.is_literal else taken)
    node.reasons = condition.reasons
    return node


def _outer(frame: Frame, left: Value, right: Value) -> Value | None:
    """Each entry of one times each of the other."""
    shape = (*_shape(left), *_shape(right))
    if len(shape) != 2 or _size(shape) > LARGEST:
        return None
    columns = frame.list_of([frame.list_of([entry]) for entry in left.entries()]) if isinstance(left, Cells) else None
    return elementwise(frame, ast.Mult(), columns, right) if columns is not None else None


def _of_one_number(frame: Frame, name: str, value: Value, keywords: dict[Any, Any]) -> Value | None:
    """An array of zeros, or of ones."""
    shape: Sequence[Any] = _shape(value) if name.endswith("_like") else [getattr(value, "value", None)]
    if not name.endswith("_like") and isinstance(value, Cells):
        shape = value.value
    if keywords or not all(type(n) is int for n in shape) or not 0 < _size(shape) <= LARGEST:
        return None
    return _made(frame, shape, lambda *at: frame.literal(MADE_OF[name]))  # noqa: ARG005


def changed(frame: Frame, cells: Cells, again: Value | None) -> None:
    """`W -= …`: the entries of the array are new, the array is the same."""
    for i, part in enumerate(again.entries() if isinstance(again, Cells) else []):
        inside = cells.at(i)
        if isinstance(inside, Cells):
            changed(frame, inside, part)
        elif isinstance(part, Node):
            part.previous = inside if isinstance(inside, Node) else None
            cells.put(i, part)
            frame.settle(part)
        elif isinstance(part, Thing):
            cells.put(i, part)
