"""A value gets a name: in a line, in the middle of an expression, or as the variable of a loop.

A number that the line made takes the name. One that has a name already, as in `y = x`, gives a new number whose formula
is the old one; unless the line only looks an entry up, as `W_j = W[j]` does.
"""

from __future__ import annotations

import ast

from scalarnn.tracing.calling import Closure
from scalarnn.tracing.letters import NOWHERE, depth_of
from scalarnn.tracing.symbols import symbol_of
from scalarnn.tracing.syntax import extremes
from scalarnn.tracing.values import Cells, Name, Node, Thing, Truth, same

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.tracing.frame import Frame
    from scalarnn.tracing.values import Value

__all__ = ["bind_name", "bind_round", "place_all"]


def bind_name(frame: Frame, name: str, value: Value | None, source: ast.expr | None) -> None:
    """Give a value a name."""
    if isinstance(value, Thing) and isinstance(value.value, Closure):
        value.value.function = frame.line.bound.get(name)
    if value is None or (name in frame.line.bound and not same(value, frame.line.bound[name])):
        frame.names.pop(name, None)
        return
    if isinstance(value, Truth):
        value = Thing(value.value)
    if isinstance(value, Node):
        value = _named(frame, name, value, source)
    elif isinstance(value, Cells):
        in_dicts = bool(value.homes) and not any(_is_named_list(cells) for cells, _ in value.homes)
        if (frame.is_fresh(value) or in_dicts) and not any(
            known.is_variable and known.depth <= frame.depth for known in value.names
        ):
            value.names = (*value.names, frame.name(name, value))
            value.line = frame.line
            place_all(frame, value)
        elif frame.is_outermost and isinstance(source, ast.Subscript) and not _only_looks_up(frame, name, source):
            value = _apart(frame, ast.Name(name), value)
    frame.names[name] = value
    frame.note(name, value)


def place_all(frame: Frame, cells: Cells) -> None:
    """A new list with a name: what it was made with comes up here, if it did not before."""
    for value in cells.parts if isinstance(cells.parts, list) else cells.parts.values():
        if isinstance(value, Cells) and not value.names:
            place_all(frame, value)
        elif value is not None:
            frame.place(value)


def _is_named_list(cells: Cells) -> bool:
    return isinstance(cells.parts, list) and depth_of(cells) < NOWHERE


def _named(frame: Frame, name: str, node: Node, source: ast.expr | None) -> Node:
    """A number under a name."""
    is_new = frame.is_fresh(node) and depth_of(node) > frame.depth and not node.is_index
    if not is_new:
        if _only_looks_up(frame, name, source) or (node.is_index and not _is_start(frame, name)):
            return node
        node = frame.node(node.value, node)
    node.names = (*node.names, _goes_on(frame, name, node.previous) or frame.name(name, node))
    node.is_start = _is_start(frame, name) and node.previous is None
    if node.is_unknown and node.formula is None and node.line is None:
        node.line = frame.line
        frame.take_reasons()
        frame.run.come_up(frame.line)
    else:
        frame.settle(node)
    return node


def _goes_on(frame: Frame, name: str, before: Node | None) -> Name | None:
    """The name of a sum that goes on: s₀ stays s₀ in the loop that adds to it."""
    bare = (frame.symbols.get(name) or symbol_of(name)).bare()
    known = before.names if before is not None else ()
    return next((one for one in known if one.depth == frame.depth and one.own.bare() == bare), None)


def _is_start(frame: Frame, name: str) -> bool:
    return name in frame.added_to or any(
        name == sought for sought, _, _ in extremes(frame.recorded.function.definition).values()
    )


def _only_looks_up(frame: Frame, name: str, source: ast.expr | None) -> bool:
    """Whether a line gives another name to an entry: `dL_dz_j = dL_dz[j]`, or `dz_dw = x[i]` once for each i."""
    if not isinstance(source, ast.Subscript):
        return False
    own = symbol_of(name)
    if frame.indices and own.over is not None and not own.index_letters():
        return True
    while isinstance(source, ast.Subscript):
        source = source.value
    return isinstance(source, ast.Name) and symbol_of(source.id).bare() == own.bare()


def bind_round(frame: Frame, target: ast.expr, value: Value, cells: Cells, *, in_a_sum: bool = False) -> None:
    """The variables of one round of a loop: other names for entries, which they leave as they are."""
    if isinstance(target, (ast.Tuple, ast.List)) and isinstance(value, Cells):
        parts = value.entries()
        if len(parts) == len(target.elts):
            apart = not (in_a_sum or value.is_pairing or cells.is_pairing)
            for one, part in zip(target.elts, parts, strict=True):
                bind_round(frame, one, _apart(frame, one, part) if apart else part, value, in_a_sum=in_a_sum)
    elif isinstance(target, ast.Name):
        name = target.id
        if name in frame.line.bound and not same(value, frame.line.bound[name]):
            frame.names.pop(name, None)
            return
        if isinstance(value, Node):
            frame.indices.pop(name, None)
            if type(value.value) is int:
                frame.indices[name] = value.value
            if value.is_index and not value.names:
                value.names = (Name(frame.depth, frame.symbols.get(name) or symbol_of(name)),)
        if isinstance(value, Thing) and value.homes and hasattr(value.value, "__dict__"):
            place_ = value.homes[0][1]
            frame.run.objects.meet(value.value, str(place_ + 1) if type(place_) is int else str(place_))
        frame.names[name] = value
        frame.note(name, value)


def _apart(frame: Frame, target: ast.expr, value: Value) -> Value:
    """`for x, y in data`: x and y are what the reader calls them, not data[0][0]."""
    if not isinstance(target, ast.Name) or not isinstance(value, (Node, Cells)):
        return value
    again: Node | Cells
    if isinstance(value, Node):
        again = frame.node(value.value)
    else:
        again = Cells(value.value, [None] * len(value), frame.run.serial())
    again.names = (frame.name(target.id, again),)
    return again
