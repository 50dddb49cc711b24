"""A rule for one number that was carried over lists: its lines ran once for each number, in one call.

The recording has the lines of the rule one round after the other; here each round gets the entries of the lists that
the call was given, and what the rounds gave becomes lists of the same shape.
"""

from __future__ import annotations

import ast

from scalarnn.tracing.values import Cells, Name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from scalarnn.tracing.frame import Frame
    from scalarnn.tracing.record import Call, Line
    from scalarnn.tracing.values import Value

__all__ = ["carry", "is_carried"]


def is_carried(made: Call) -> bool:
    """Whether a call went through numbers, or lists of them, with the lines of a rule for one number."""
    return made.function.is_carried


def carry(frame: Frame, parameters: dict[str, Value]) -> Value | None:
    """What such a call returned: one list, or several of them.

    Args:
        frame: the call.
        parameters: what its parameters mean; those that are lists have one shape.
    """
    names = _returned(frame.recorded)
    columns = _each(frame, parameters, names, _rounds(frame.recorded.lines))
    for name, column in zip(names, columns, strict=True):
        if isinstance(column, Cells):
            column.names = (Name(frame.depth, frame.own(name), where=frame.where),)
    return columns[0] if len(columns) == 1 else frame.list_of(columns)


def _each(frame: Frame, given: dict[str, Value], names: list[str], rounds: Iterator[list[Line]]) -> list[Value | None]:
    """For each name that the rule returns its value, a number or a list."""
    lists = [value for value in given.values() if isinstance(value, Cells)]
    if not lists:
        frame.names = dict(given)
        for name, value in given.items():
            frame.note(name, value)
        frame.run.walk(frame, next(rounds, []))
        return [frame.names.get(name) for name in names]
    rows: list[list[Value | None]] = [[] for _ in names]
    for i in range(len(lists[0])):
        entries = {name: value.at(i) if isinstance(value, Cells) else value for name, value in given.items()}
        one = {name: value for name, value in entries.items() if value is not None}
        for row, result in zip(rows, _each(frame, one, names, rounds), strict=True):
            row.append(result)
    return [frame.list_of(row) for row in rows]


def _rounds(lines: list[Line]) -> Iterator[list[Line]]:
    """The lines of one number after the other: a round begins where the lines go up again."""
    round_: list[Line] = []
    for line in lines:
        if round_ and line.number <= round_[-1].number:
            yield round_
            round_ = []
        round_.append(line)
    if round_:
        yield round_


def _returned(made: Call) -> list[str]:
    """The names that the rule returns."""
    last = made.function.definition.body[-1]
    value = last.value if isinstance(last, ast.Return) else None
    parts = value.elts if isinstance(value, ast.Tuple) else [value]
    return [part.id for part in parts if isinstance(part, ast.Name)]
