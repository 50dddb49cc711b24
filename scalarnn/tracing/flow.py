"""A recorded run read line by line: what each name stands for, and which steps there were.

    flow      read a whole run
    walk      read the lines of a call

`reading` reads what stands on the right of a line, `binding` does what the line does with it, `calling` goes into the
calls that it makes.
"""

from __future__ import annotations

import ast
import inspect

from scalarnn.tracing.binding import do
from scalarnn.tracing.calling import Asked, call, leftover
from scalarnn.tracing.carrying import carry, is_carried
from scalarnn.tracing.frame import Frame, Place, Run
from scalarnn.tracing.letters import entries_of
from scalarnn.tracing.reading import read
from scalarnn.tracing.syntax import rounds_to_leave_out
from scalarnn.tracing.values import Node, Thing, given, is_number, same

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from scalarnn.tracing.record import Call, Line
    from scalarnn.tracing.values import Value

__all__ = ["begin", "flow", "run_of"]


def flow(recorded: Call) -> Run:
    """Read a run: the outermost call, and every call below it."""
    run = run_of()
    frame = Frame(recorded, run, {})
    for name, value in recorded.arguments.items():
        frame.given(name, value)
        _meet(frame, name, value)
    if is_carried(recorded):
        carry(frame, dict(frame.names))
    else:
        walk(frame, recorded.lines)
    return run


def run_of() -> Run:
    """A run of which nothing has been read yet."""
    return Run(read, _call, walk)


def _call(frame: Frame, function: Value | None, arguments: list[Value | None]) -> Value | None:
    name = getattr(function.value, "__name__", "") if isinstance(function, Thing) else ""
    return call(frame, Asked(function, None, name, arguments, {}))


def _meet(frame: Frame, name: str, value: Any) -> None:
    """An object goes by the name that it has in the work that was asked for."""
    if hasattr(value, "__dict__") and not inspect.isroutine(value) and not inspect.isclass(value):
        frame.run.objects.meet(value, name)


def walk(frame: Frame, lines: list[Line]) -> Value | None:
    """Read lines of a call; of the outermost, a place for each. What it returned."""
    left_out = rounds_to_leave_out(frame.recorded) if frame.is_outermost else {}
    for line in lines:
        n_rounds = left_out.get(line.order)
        if frame.is_outermost and n_rounds != 0:
            frame.run.places.append(Place(line, n_rounds or 0))
        if n_rounds is not None:
            for name in line.bound:
                frame.names.pop(name, None)
            continue
        begin(frame, line)
        do(frame, line.statement)
        _end(frame)
        if isinstance(line.statement, ast.For):
            frame.indices |= {name: value for name, value in line.bound.items() if type(value) is int}
        if frame.is_outermost:
            for name, value in line.bound.items():
                known = frame.names.get(name)
                frame.run.places[-1].tells.append(known if isinstance(known, Node) else dict(_told(frame, name, value)))
                _meet(frame, name, value)
    return frame.returned


def _told(frame: Frame, name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """What the symbols of a name stand for now; of a list that was appended to, the last entry is new."""
    symbol = frame.own(name)
    if isinstance(value, list) and value and isinstance(frame.line.statement, ast.Expr):
        return entries_of(symbol.at(len(value) - 1), value[-1])
    return entries_of(symbol, value)


def begin(frame: Frame, line: Line) -> None:
    """See that every name still means what the line read."""
    frame.line = line
    frame.began = frame.run.n_nodes
    frame.waiting = list(line.calls)
    frame.reasons = []
    for name, value in line.read.items():
        known = frame.names.get(name)
        if known is not None and same(known, value):
            continue
        if frame.is_constant(name) and is_number(value):
            frame.names[name] = frame.literal(value)
        elif frame.is_constant(name):
            frame.names[name] = Thing(value)
        elif known is None or not isinstance(known, Thing) or not isinstance(given(value, 0), Thing):
            frame.given(name, value)
        else:
            frame.names[name] = Thing(value)
    frame.began = frame.run.n_nodes


def _end(frame: Frame) -> None:
    """See that every name bound means what the line bound."""
    leftover(frame)
    for name, value in frame.line.bound.items():
        known = frame.names.get(name)
        if known is None or not same(known, value):
            made = frame.given(name, value)
            if isinstance(made, Node) and isinstance(frame.line.statement, ast.For):
                made.is_index = type(value) is int
            elif isinstance(made, Node):
                made.is_unknown = True
                frame.run.come_up(frame.line)
            elif _changes_in_place(frame.line.statement):
                frame.run.come_up(frame.line)


def _changes_in_place(statement: ast.stmt) -> bool:
    """Whether a line changes a list that is there: `x[i] -= …`, `x.append(…)`."""
    if isinstance(statement, ast.Assign):
        return any(isinstance(target, ast.Subscript) for target in statement.targets)
    return isinstance(statement, (ast.AugAssign, ast.Expr))
