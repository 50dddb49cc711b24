"""The functions and methods that have a notation, or that only arrange lists: exp, max, sum, zip, append …

`result` gives what a call of such a function is, `method` what a method of a list does. A function is known by what it
is, not by its name: a reader's own `exp` is not this one.
"""

from __future__ import annotations

import collections
import copy
import functools
import math

from scalarnn import scalar
from scalarnn.float32 import round_to_float32
from scalarnn.normal import bell, bell_area
from scalarnn.tracing.expressions import Function, Number, Power, Product, Quotient, Sum, raised, same_number
from scalarnn.tracing.values import Cells, Node, Thing, Truth, concrete

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, TypeAlias

    from scalarnn.tracing.frame import Frame
    from scalarnn.tracing.values import Value

    Keywords: TypeAlias = dict[str | None, Value | None]

__all__ = ["KNOWN", "method", "result"]

# The functions of one number that have a notation, whatever name they go by.
NOTATION: dict[Any, str] = {
    scalar.exp: "exp",
    scalar.expm1: "expm1",
    scalar.log: "log",
    scalar.log1p: "log1p",
    scalar.sqrt: "sqrt",
    bell: "φ",
    bell_area: "Φ",
    round_to_float32: "float32",
    math.exp: "exp",
    math.expm1: "expm1",
    math.log: "log",
    math.log10: "log10",
    math.log2: "log2",
    math.log1p: "log1p",
    math.sqrt: "sqrt",
    math.tanh: "tanh",
    math.sin: "sin",
    math.cos: "cos",
    math.tan: "tan",
    math.atan: "atan",
    math.sinh: "sinh",
    math.cosh: "cosh",
    math.floor: "floor",
    math.ceil: "ceil",
    math.fabs: "fabs",
    math.erf: "erf",
    abs: "abs",
    round: "round",
}


def result(frame: Frame, function: Any, arguments: list[Value | None], keywords: Keywords) -> Value | None:
    """What a call of a known function is; None for another function."""
    try:
        known, notation = KNOWN.get(function), NOTATION.get(function)
    except TypeError:  # it has no hash
        return None
    if None in arguments or None in keywords.values():
        return None
    values = [argument for argument in arguments if argument is not None]
    if notation is not None and len(values) == 1 and not keywords and isinstance(values[0], Node):
        return _written(frame, notation, function, values)
    if notation == "round" and len(values) == 2:
        return _written(frame, "round", function, values)
    if known is None or (keywords and known not in TAKES_KEYWORDS):
        return None
    try:
        return known(frame, values, keywords) if known in TAKES_KEYWORDS else known(frame, values)
    except (ArithmeticError, LookupError, TypeError, ValueError):  # not what the function takes
        return None


def _written(frame: Frame, name: str, function: Callable[..., Any], values: Iterable[Value]) -> Node | None:
    nodes = [value for value in values if isinstance(value, Node)]
    try:
        value = function(*[node.value for node in nodes])
    except (ArithmeticError, TypeError, ValueError):
        return None
    return frame.node(value, Function(name, tuple(nodes)))


# ---- numbers ---------------------------------------------------------------------------------------------------------


def _numbers(frame: Frame, values: list[Value]) -> list[Node] | None:
    """The entries of the one list, or the numbers themselves."""
    if len(values) == 1 and isinstance(values[0], Cells):
        values = values[0].items()
    nodes = [frame.as_number(value) for value in values]
    return None if None in nodes else [node for node in nodes if node is not None]


def _largest(frame: Frame, values: list[Value]) -> Value | None:
    return _extreme(frame, values, "max", max)


def _smallest(frame: Frame, values: list[Value]) -> Value | None:
    return _extreme(frame, values, "min", min)


def _extreme(frame: Frame, values: list[Value], name: str, function: Callable[..., Any]) -> Value | None:
    nodes = _numbers(frame, values)
    if not nodes:
        return None
    if len(nodes) == 1:
        return frame.node(nodes[0].value, nodes[0])
    try:
        value = function([node.value for node in nodes])
    except TypeError:
        return None
    return frame.node(value, Function(name, tuple(nodes)))


def _sum(frame: Frame, values: list[Value], keywords: Keywords) -> Value | None:
    start = values[1] if len(values) > 1 else keywords.get("start")
    nodes = _numbers(frame, values[:1])
    if nodes is None or (start is not None and not isinstance(start, Node)):
        return None
    first = start.value if isinstance(start, Node) else 0
    try:
        value = sum([node.value for node in nodes], first)
    except TypeError:
        return None
    return _added(frame, value, [start, *nodes] if isinstance(start, Node) else nodes)


def _exact_sum(frame: Frame, values: list[Value]) -> Value | None:
    nodes = _numbers(frame, values)
    if nodes is None:
        return None
    return _added(frame, math.fsum([node.value for node in nodes]), nodes, "fsum")


def _added(frame: Frame, value: Any, nodes: list[Node], name: str = "sum") -> Node | None:
    """A sum, by terms if adding them one after the other gives that value; Python 3.12 rounds `sum` of floats less."""
    if not nodes:
        return frame.literal(value)
    total = nodes[0].value
    for node in nodes[1:]:
        total = total + node.value
    if repr(total) == "-0.0" and repr(value) == "0.0":  # `sum` begins with 0
        return frame.node(value, Sum(((1, Number(0)), *((1, node) for node in nodes))))
    if same_number(total, value):
        return frame.node(value, nodes[0] if len(nodes) == 1 else Sum(tuple((1, node) for node in nodes)))
    return frame.node(value, Function(name, tuple(nodes)))


def _product(frame: Frame, values: list[Value]) -> Value | None:
    nodes = _numbers(frame, values)
    if not nodes:
        return None
    return frame.node(math.prod([node.value for node in nodes]), Product(tuple(nodes)))


def _power(frame: Frame, values: list[Value]) -> Value | None:
    base, exponent = (*values, None, None)[:2]
    if not isinstance(base, Node) or not isinstance(exponent, Node) or len(values) != 2:
        return None
    return frame.node(raised(base.value, exponent.value), Power(base, exponent))


def _float_power(frame: Frame, values: list[Value]) -> Value | None:
    found = _power(frame, values)
    if isinstance(found, Node):
        found.value = float(found.value)
    return found


def _ratio(frame: Frame, values: list[Value], keywords: Keywords) -> Value | None:  # noqa: ARG001
    top, bottom = values[:2]
    if not isinstance(top, Node) or not isinstance(bottom, Node):
        return None
    return frame.node(top.value / bottom.value, Quotient(top, bottom))


def _zero(frame: Frame, values: list[Value]) -> Value | None:
    return frame.literal(scalar.zero(values[0].value)) if isinstance(values[0], Node) else None


def _float(frame: Frame, values: list[Value]) -> Value | None:
    return _of_kind(frame, values, float)


def _int(frame: Frame, values: list[Value]) -> Value | None:
    return _of_kind(frame, values, int)


def _of_kind(frame: Frame, values: list[Value], kind: type) -> Value | None:
    node = frame.as_number(values[0]) if len(values) == 1 else None
    if node is None or type(node.value) is kind:
        return node
    return _written(frame, kind.__name__, kind, [node])


def _two_logarithms(frame: Frame, values: list[Value]) -> Value | None:
    """log(x), or log(x) to a base."""
    if len(values) != 1:
        return None
    return _written(frame, "log", math.log, values)


# ---- lists -----------------------------------------------------------------------------------------------------------


def _length(frame: Frame, values: list[Value]) -> Value | None:
    value = values[0]
    if isinstance(value, Cells):
        return frame.literal(len(value))
    return frame.literal(len(value.value)) if isinstance(value, Thing) and isinstance(value.value, str) else None


def _range(frame: Frame, values: list[Value]) -> Value | None:
    bounds = [concrete(value) for value in values]
    if not all(type(bound) is int for bound in bounds):
        return None
    return frame.list_of([_counting(frame, i) for i in range(*bounds)])


def _counting(frame: Frame, i: int) -> Node:
    node = frame.literal(i)
    node.is_index = True
    return node


def _enumerate(frame: Frame, values: list[Value], keywords: Keywords) -> Value | None:
    start = values[1] if len(values) > 1 else keywords.get("start")
    cells = values[0]
    if not isinstance(cells, Cells):
        return None
    first = concrete(start) if start is not None else 0
    pairs = [_pair(frame, _counting(frame, first + i), item) for i, item in enumerate(cells.items())]
    return _pairing(frame.list_of(list(pairs)))


def _zip(frame: Frame, values: list[Value], keywords: Keywords) -> Value | None:  # noqa: ARG001
    lists = [value.items() for value in values if isinstance(value, Cells)]
    if len(lists) != len(values):
        return None
    return _pairing(frame.list_of([_pair(frame, *items) for items in zip(*lists, strict=False)]))


def _pair(frame: Frame, *items: Value) -> Cells:
    """Entries side by side for a round: they stay where they are."""
    cells = Cells([concrete(item) for item in items], list(items), frame.run.serial())
    cells.is_pairing = True
    return cells


def _pairing(cells: Cells | None) -> Cells | None:
    if cells is not None:
        cells.is_pairing = True
    return cells


def _list(frame: Frame, values: list[Value]) -> Value | None:
    if not values:
        return frame.list_of([])
    if not isinstance(values[0], Cells):
        return None
    return _copy_of(values[0], frame.list_of(list(values[0].items())))


def _copy_of(cells: Cells, again: Cells | None) -> Cells | None:
    """A copy goes by the name of what it is a copy of."""
    if again is not None and isinstance(cells.parts, list) and not cells.is_pairing:
        again.copied_from = cells
    return again


def _dict(frame: Frame, values: list[Value], keywords: Keywords) -> Value | None:
    parts: dict[Any, Any] = {}
    if values and isinstance(values[0], Cells) and isinstance(values[0].parts, dict):
        parts = dict(zip(values[0].places(), values[0].entries(), strict=True))
    elif values:
        return None
    parts |= keywords
    return frame.dict_of(parts)


def _locals(frame: Frame, values: list[Value]) -> Value | None:  # noqa: ARG001
    return frame.dict_of(frame.names)


def _deep_copy(frame: Frame, values: list[Value]) -> Value | None:
    value = values[0]
    if not isinstance(value, Cells) or isinstance(value.parts, dict):
        return None if isinstance(value, Cells) else value
    parts: list[Value | None] = []
    for entry in value.entries():
        parts.append(_deep_copy(frame, [entry]))
    return _copy_of(value, frame.list_of(parts))


def _reversed(frame: Frame, values: list[Value]) -> Value | None:
    cells = values[0]
    return _pairing(frame.list_of(list(reversed(cells.entries())))) if isinstance(cells, Cells) else None


def _sorted(frame: Frame, values: list[Value], keywords: Keywords) -> Value | None:
    nodes = _numbers(frame, values)
    if nodes is None:
        return None
    keys: list[Any] = [node.value for node in nodes]
    if "key" in keywords:
        found = [frame.call(keywords["key"], [node]) for node in nodes]
        if not all(isinstance(key, Node) for key in found):
            return None
        keys = [key.value for key in found if isinstance(key, Node)]
    backwards = keywords.get("reverse")
    order = sorted(range(len(nodes)), key=keys.__getitem__, reverse=bool(backwards is not None and concrete(backwards)))
    return _pairing(frame.list_of([nodes[i] for i in order]))


def _map(frame: Frame, values: list[Value]) -> Value | None:
    function, *lists = values
    columns = [cells.items() for cells in lists if isinstance(cells, Cells)]
    if len(columns) != len(lists):
        return None
    return frame.list_of([frame.place(frame.call(function, list(items))) for items in zip(*columns, strict=False)])


def _reduce(frame: Frame, values: list[Value]) -> Value | None:
    function, cells, *start = values
    if not isinstance(cells, Cells):
        return None
    items = [*start, *cells.items()]
    total: Value | None = items[0] if items else None
    for item in items[1:]:
        total = frame.call(function, [total, item])
    return total


def _is_instance(frame: Frame, values: list[Value]) -> Value | None:  # noqa: ARG001
    value, kinds = values
    if isinstance(value, Cells) or not isinstance(kinds, Thing):
        return None
    return Truth(isinstance(value.value, kinds.value), None)


def _type(frame: Frame, values: list[Value]) -> Value | None:  # noqa: ARG001
    return Thing(type(values[0].value)) if len(values) == 1 and not isinstance(values[0], Cells) else None


def _nothing(frame: Frame, values: list[Value], keywords: Keywords) -> Value | None:  # noqa: ARG001
    return Thing(None)


def _is_finite(frame: Frame, values: list[Value]) -> Value | None:  # noqa: ARG001
    return Truth(math.isfinite(values[0].value), None) if isinstance(values[0], Node) else None


TAKES_KEYWORDS = (_sum, _enumerate, _zip, _dict, _sorted, _nothing, _ratio)
KNOWN: dict[Any, Callable[..., Value | None]] = {
    max: _largest,
    min: _smallest,
    sum: _sum,
    math.fsum: _exact_sum,
    math.prod: _product,
    pow: _power,
    scalar.power: _power,
    math.pow: _float_power,
    math.log: _two_logarithms,
    math.isfinite: _is_finite,
    scalar.ratio: _ratio,
    scalar.zero: _zero,
    float: _float,
    int: _int,
    len: _length,
    range: _range,
    enumerate: _enumerate,
    zip: _zip,
    list: _list,
    tuple: _list,
    dict: _dict,
    reversed: _reversed,
    sorted: _sorted,
    map: _map,
    functools.reduce: _reduce,
    copy.deepcopy: _deep_copy,
    copy.copy: _list,
    collections.OrderedDict: _dict,
    locals: _locals,
    isinstance: _is_instance,
    type: _type,
    print: _nothing,
}


# ---- what a list does ------------------------------------------------------------------------------------------------


def method(frame: Frame, cells: Cells, name: str, arguments: list[Value | None], keywords: Keywords) -> Value | None:
    """What a method of a list or dict gives, and what it does to it; None where nobody can tell."""
    if None in arguments or keywords:
        return None
    values = [argument for argument in arguments if argument is not None]
    if isinstance(cells.parts, dict):
        return _of_dict(frame, cells, name, values)
    if name == "append" and len(values) == 1:
        cells.append(values[0])
    elif name == "extend" and isinstance(values[0], Cells):
        for value in values[0].items():
            cells.append(value)
    elif name == "copy":
        return _copy_of(cells, frame.list_of(list(cells.entries())))
    elif name == "index" and isinstance(values[0], Node):
        return frame.literal(cells.value.index(values[0].value))
    elif name == "count" and isinstance(values[0], Node):
        return frame.literal(cells.value.count(values[0].value))
    else:
        return _rearranged(frame, cells, name, values)
    return Thing(None)


def _rearranged(frame: Frame, cells: Cells, name: str, values: list[Value]) -> Value | None:
    """insert, pop, sort, reverse: afterwards an index does not tell any more who is who."""
    plain = [concrete(value) for value in values]
    parts = cells.entries()
    given: Value | None = Thing(None)
    if name == "reverse":
        cells.value.reverse()
    elif name == "insert" and type(plain[0]) is int:
        cells.value.insert(*plain)
    elif name == "pop" and (not plain or type(plain[0]) is int) and parts:
        given = parts[plain[0] if plain else -1]
        cells.value.pop(*plain)
    elif name == "sort" and all(isinstance(part, Node) for part in parts):
        cells.value.sort()
    elif name == "clear":
        cells.value.clear()
    else:
        return None
    for part in parts if not frame.is_outermost else ():
        if isinstance(part, Node):
            part.homes = tuple(home for home in part.homes if home[0] is not cells)
            part.mark = frame.where
    cells.parts = [None] * len(cells.value)
    cells.copied_from = None
    return given


def _of_dict(frame: Frame, cells: Cells, name: str, values: list[Value]) -> Value | None:
    assert isinstance(cells.parts, dict)
    if name == "items":
        return _pairing(frame.list_of([_pair(frame, Thing(key), cells.at(key)) for key in cells.places()]))  # type: ignore[arg-type]
    if name == "values":
        return frame.list_of(list(cells.entries()))
    if name == "keys":
        return frame.list_of([Thing(key) for key in cells.places()])
    if name == "get" and values:
        found = cells.at(concrete(values[0]))
        return found if found is not None else (values[1] if len(values) > 1 else Thing(None))
    if name == "copy":
        return _dict(frame, [cells], {})
    return None
