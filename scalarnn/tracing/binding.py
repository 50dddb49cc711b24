"""What a line does with what it has read: give it a name, put it into a list, add it, choose a branch, go round a loop.

A number that the line made takes the name. One that has a name already, as in `y = x`, gives a new number whose formula
is the old one; unless the line only looks an entry up, as `W_j = W[j]` does.
"""

from __future__ import annotations

import ast

from scalarnn.tracing.arrays import changed, elementwise
from scalarnn.tracing.attributes import keep, kept
from scalarnn.tracing.expressions import All, Function, Number
from scalarnn.tracing.letters import NOWHERE, depth_of
from scalarnn.tracing.naming import bind_name, bind_round, place_all
from scalarnn.tracing.reading import calculated, condition, read
from scalarnn.tracing.source import Crowded
from scalarnn.tracing.symbols import Symbol
from scalarnn.tracing.syntax import extremes, loop_in_place
from scalarnn.tracing.values import Cells, Name, Node, Thing, Truth, concrete, same

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from scalarnn.tracing.frame import Frame
    from scalarnn.tracing.values import Value

__all__ = ["do"]


def do(frame: Frame, statement: ast.stmt) -> None:
    """What a statement does; of an `if` or a loop, what its head does."""
    doer = DOERS.get(type(statement))
    if doer is not None:
        doer(frame, statement)


# ---- assignments -----------------------------------------------------------------------------------------------------


def _assign(frame: Frame, statement: ast.Assign) -> None:
    if isinstance(statement.targets[0], ast.Name) and _is_found(frame, statement):
        return
    value = read(frame, statement.value)
    first = statement.targets[0]
    if isinstance(statement.value, ast.BinOp) and isinstance(first, ast.Subscript):
        before = statement.value.left
        if ast.unparse(before) == ast.unparse(first):  # C[i][j] = C[i][j] + …
            _begins(frame.as_number(read(frame, before)))
    for target in statement.targets:
        _bind(frame, target, value, statement.value)


def _annotated(frame: Frame, statement: ast.AnnAssign) -> None:
    if statement.value is not None:
        _bind(frame, statement.target, read(frame, statement.value), statement.value)


def _bind(frame: Frame, target: ast.expr, value: Value | None, source: ast.expr | None) -> None:
    if isinstance(target, ast.Starred):
        target = target.value
    if isinstance(target, (ast.Tuple, ast.List)):
        _unpack(frame, target, value, source)
    elif isinstance(target, ast.Name):
        bind_name(frame, target.id, value, source)
    elif isinstance(target, ast.Subscript):
        _bind_entry(frame, target, value)
    elif isinstance(target, ast.Attribute):
        _bind_attribute(frame, target, value)


def _unpack(frame: Frame, target: ast.Tuple | ast.List, value: Value | None, source: ast.expr | None) -> None:
    """`a, b = b, a`: what stands on the right was read before anything is bound."""
    parts: list[Value | None] = [None] * len(target.elts)
    sources: list[ast.expr | None] = [None] * len(target.elts)
    if isinstance(value, Cells):
        entries: list[Value | None] = list(value.entries())
        starred = [i for i, one in enumerate(target.elts) if isinstance(one, ast.Starred)]
        if starred:
            first, after = starred[0], len(target.elts) - starred[0] - 1
            end = len(entries) - after
            entries[first:end] = [frame.list_of(entries[first:end])]
        if len(entries) == len(parts):
            parts = entries
    if isinstance(source, (ast.Tuple, ast.List)) and len(source.elts) == len(parts):
        sources = list(source.elts)
    for one, part, expression in zip(target.elts, parts, sources, strict=True):
        _bind(frame, one, part, expression)


def _bind_entry(frame: Frame, target: ast.Subscript, value: Value | None) -> None:
    """`x[0] = …`, `W[0][1] = …`, `parameters["b"] = …`."""
    cells = read(frame, target.value)
    if isinstance(target.slice, ast.Slice):
        _bind_slice(frame, cells, target.slice, value)
        return
    place_ = read(frame, target.slice)
    if isinstance(place_, Cells) and isinstance(cells, Cells) and cells.is_array and len(place_):  # A[i, j]
        cells.copied_from = None
        *outer, place_ = place_.entries()
        for one in outer:
            cells = cells.at(concrete(one)) if isinstance(cells, Cells) else None
    if not isinstance(cells, Cells) or place_ is None or isinstance(place_, Cells):
        return
    position = concrete(place_)
    if isinstance(cells.parts, list):
        if type(position) is not int or not -len(cells) <= position < len(cells):
            return
        position %= len(cells)
    if value is None:
        return
    if isinstance(value, Node):
        if not frame.is_fresh(value) or depth_of(value) <= frame.depth or value.is_index:
            value = frame.node(value.value, value)
        cells.put(position, value)
        frame.settle(value)
    else:
        cells.put(position, Thing(value.value) if isinstance(value, Truth) else value)


def _bind_slice(frame: Frame, cells: Value | None, where: ast.Slice, value: Value | None) -> None:
    """`x[:] = …`: an entry after the other, if there are as many."""
    parts = (where.lower, where.upper, where.step)
    bounds = [read(frame, part) if part is not None else Thing(None) for part in parts]
    if not isinstance(cells, Cells) or not isinstance(value, Cells) or None in bounds:
        return
    if isinstance(cells.parts, dict) or isinstance(value.parts, dict):
        return
    places = range(len(cells))[slice(*[concrete(bound) for bound in bounds if bound is not None])]
    for place_, entry in zip(places, value.entries(), strict=False) if len(places) == len(value) else ():
        cells.put(place_, entry)
        frame.place(entry)


def _bind_attribute(frame: Frame, target: ast.Attribute, value: Value | None) -> None:
    """`self.w = …`."""
    owner = read(frame, target.value)
    if not isinstance(owner, Thing):
        return
    text = f"{target.value.id}.{target.attr}" if isinstance(target.value, ast.Name) else ""
    bound = frame.line.attributes_bound
    if text in bound and (value is None or not same(value, bound[text])):
        node = kept(frame, owner, target.attr, bound[text])
        if isinstance(node, Node):
            frame.take_reasons()
            frame.run.come_up(frame.line)
    elif value is None:
        frame.run.objects.attributes(owner.value).pop(target.attr, None)
    else:
        keep(frame, owner, target.attr, value)


# ---- sums, and changes in place --------------------------------------------------------------------------------------


def _change(frame: Frame, statement: ast.AugAssign) -> None:
    """`s += t`, `w[i] -= η g[i]`, `self.b *= 2`: a new number, made of the one before."""
    before = read(frame, statement.target)
    more = read(frame, statement.value)
    if isinstance(before, Cells) and before.is_array and more is not None:
        changed(frame, before, elementwise(frame, statement.op, before, more))
        return
    if isinstance(before, Cells) and isinstance(before.parts, list) and isinstance(statement.op, ast.Add):
        if isinstance(more, Cells):
            for value in more.entries():
                before.append(value)
        return
    old = frame.as_number(before)
    _begins(old)
    after = calculated(frame, old, statement.op, frame.as_number(more))
    if after is not None:
        after.previous = old
        after.line = frame.line
    _bind(frame, statement.target, after, None)


def _begins(old: Node | None) -> None:
    """A sum begins with what stood there: an entry of `[0] * n`."""
    if old is not None and old.is_literal and old.homes and not old.names:
        old.is_start = True


def _is_found(frame: Frame, statement: ast.Assign) -> bool:
    """Whether it is the `m = z[k]` of `if z[k] > m: m = z[k]`, which has been dealt with."""
    return any(statement in search.body for search in extremes(frame.recorded.function.definition))


def _search(frame: Frame, statement: ast.If, held: bool) -> bool:
    """`if z[k] > m: m = z[k]`: m is the largest so far, of all that were compared."""
    found = extremes(frame.recorded.function.definition).get(statement)
    if found is None:
        return False
    name, candidate, kind = found
    before, other = frame.names.get(name), read(frame, candidate)
    if not isinstance(before, Node) or not isinstance(other, Node):
        return False
    node = frame.node(other.value if held else before.value, Function(kind, (before, other)))
    node.names = (frame.name(name, node),)
    node.previous = before
    frame.settle(node)
    frame.names[name] = node
    return True


# ---- branches and loops ----------------------------------------------------------------------------------------------


def _branch(frame: Frame, statement: ast.If) -> None:
    frame.condition = None
    held = bool(frame.line.value)
    if _search(frame, statement, held):
        return
    truth = condition(frame, statement.test)
    if truth is None or truth.why is None or truth.value is not held:
        return
    parts = list(truth.why.parts) if isinstance(truth.why, All) else [truth.why]
    if not held and not statement.orelse and isinstance(statement.body[-1], ast.Return):
        frame.guards += parts
    else:
        frame.condition = (parts, statement.body if held else statement.orelse)


def _while(frame: Frame, statement: ast.While) -> None:
    condition(frame, statement.test)


def _loop(frame: Frame, statement: ast.For) -> None:
    """The head of a loop: the variables of the round."""
    if statement not in frame.items or not loop_in_place(frame.line):
        cells = read(frame, statement.iter)
        frame.items[statement] = cells if isinstance(cells, Cells) else None
        frame.rounds[statement] = 0
    cells = frame.items[statement]
    round_ = frame.rounds[statement]
    frame.rounds[statement] = round_ + 1
    if not frame.line.bound or cells is None:
        return
    items = cells.items() if isinstance(cells.parts, dict) else cells.parts
    if round_ < len(items):
        item = items[round_] if isinstance(cells.parts, dict) else cells.at(round_)
        if item is not None:
            bind_round(frame, statement.target, item, cells)


# ---- calls for what they do, and returns -----------------------------------------------------------------------------


def _expression(frame: Frame, statement: ast.Expr) -> None:
    """`z.append(…)`, or a call for what it does."""
    node = statement.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "append":
        cells = read(frame, node.func.value)
        if isinstance(cells, Cells) and len(node.args) == 1:
            _append(frame, cells, node.args[0])
            return
    read(frame, node)


def _append(frame: Frame, cells: Cells, source: ast.expr) -> None:
    """One more entry: a number that has no name in this call gets that of the list."""
    value = read(frame, source)
    if isinstance(value, Node):
        if not frame.is_fresh(value) and not _is_own(frame, value, source):
            value = frame.node(value.value, value)
        if frame.is_fresh(value):
            frame.settle(value)
    if value is not None:
        cells.append(Thing(value.value) if isinstance(value, Truth) else value)
    elif isinstance(node := _appended(frame, cells), Node):
        node.is_unknown = True
        frame.run.come_up(frame.line)


def _is_own(frame: Frame, node: Node, source: ast.expr) -> bool:
    return isinstance(source, ast.Name) and any(
        name.is_variable and name.depth == frame.depth and name.own.bare() == frame.own(source.id).bare()
        for name in node.names
    )


def _appended(frame: Frame, cells: Cells) -> Value | None:
    """What the run appended, which nobody can explain."""
    for name, known in frame.names.items():
        if known is cells and name in frame.line.bound and isinstance(frame.line.bound[name], list):
            bound = frame.line.bound[name]
            if len(bound) == len(cells) + 1:
                cells.parts.append(None)  # type: ignore[union-attr]
                cells.value.append(bound[-1])
                return cells.at(len(bound) - 1)
    return None


def _return(frame: Frame, statement: ast.Return) -> None:
    if statement.value is None:
        return
    value = read(frame, statement.value)
    reasons = (*frame.guards, *frame.take_reasons())
    frame.guards = []
    if isinstance(value, Node) and reasons:
        if not frame.is_fresh(value) or value.names:
            value = frame.node(value.value, value)
        value.reasons = tuple(dict.fromkeys((*reasons, *value.reasons)))
    if frame.is_outermost and value is not None:
        _result(frame, value, Symbol("result", is_word=True))
    frame.returned = value


def _result(frame: Frame, value: Value, symbol: Symbol) -> None:
    """What the work returns without having given it a name."""
    if isinstance(value, Cells):
        if frame.is_fresh(value) and not value.names and not value.homes:
            value.names = (Name(NOWHERE - 1, symbol),)
            place_all(frame, value)
    elif isinstance(value, Node) and depth_of(value) > 0 and not isinstance(value.formula, Number):
        if not value.names and not value.homes:
            value.names = (Name(NOWHERE - 1, symbol),)
        frame.settle(value)


def _crowded(frame: Frame, statement: Crowded) -> None:
    """Several statements on one line: each, if all of them are simple and so were executed."""
    simple = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr)
    if all(isinstance(one, simple) for one in statement.statements):
        for one in statement.statements:
            do(frame, one)


DOERS: dict[Any, Callable[[Any, Any], None]] = {
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _change,
    ast.Expr: _expression,
    ast.Return: _return,
    ast.If: _branch,
    ast.While: _while,
    ast.For: _loop,
    Crowded: _crowded,
}
