"""Watching shipped code run: which functions ran, and what value a named line computed."""

# ruff: noqa: ARG001
from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import CodeType, FrameType
from typing import Any

from scalarnn.variants import bare

__all__ = ["Line", "MissingVariableError", "Values", "bare", "captured", "codes_of", "functions_run"]


class MissingVariableError(Exception):
    """A derivation step names a variable that its function does not compute."""


@contextmanager
def functions_run() -> Iterator[set[CodeType]]:
    """Collect every Python function that is called inside the `with` block."""
    seen: set[CodeType] = set()
    before = sys.getprofile()

    def note(frame: FrameType, event: str, arg: Any) -> None:
        if event == "call":
            seen.add(frame.f_code)

    sys.setprofile(note)
    try:
        yield seen
    finally:
        sys.setprofile(before)


def codes_of(thing: Any) -> set[CodeType]:
    """The code of a function, or of every method of a class, those it inherits included; of doors, what is behind.

    A door alone is no proof that the mathematics ran: it may have refused. And the doors of two functions that take the
    same are the same code.
    """
    if inspect.isclass(thing):
        return {bare(f).__code__ for base in thing.__mro__ for f in vars(base).values() if inspect.isfunction(f)}
    return {bare(thing).__code__}


@dataclass(frozen=True)
class Line:
    """The line of a shipped function that sets a variable.

    Attributes:
        function: the function, or a method; of a door, what is behind it; of a step, the lines are those of its rule.
        variable: a local name, or an entry such as `dL_dx[i]`, or an attribute of it.
        at: the loop variables that tell its values apart, in the order of the indices of the formula.
    """

    function: Any
    variable: str
    at: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "function", bare(self.function))

    def __str__(self) -> str:
        return f"{self.function.__module__}.{self.function.__qualname__} {self.variable}"


Values = dict[tuple[int, ...], Any]


def captured(run: Callable[[], Any], lines: Sequence[Line]) -> list[Values]:
    """What each variable held just after a line had set it, while `run()` ran.

    Args:
        run: runs the functions, directly or through others.
        lines: which variables. Of several values at the same place the last one counts, and values that were set
            before the loop variables existed are passed over.

    Returns:
        For each line, {values of the loop variables: value of the variable}.

    Raises:
        MissingVariableError: no line of the function sets the variable, or none of them ran.
    """
    values: list[Values] = [{} for _ in lines]
    watched: dict[CodeType, list[tuple[set[int], int]]] = {}
    for k in range(len(lines)):
        name = lines[k].variable.partition("[")[0].partition(".")[0]
        numbers = _lines_that_set(lines[k].function, name)
        if not numbers:
            raise MissingVariableError(f"no line of {lines[k].function.__qualname__} sets {lines[k].variable}")
        watched.setdefault(lines[k].function.__code__, []).append((numbers, k))
    last_line: dict[FrameType, int] = {}

    def note(frame: FrameType, event: str, arg: Any) -> Any:
        if frame.f_code not in watched:
            return None
        for numbers, k in watched[frame.f_code]:
            if last_line.get(frame) in numbers and all(name in frame.f_locals for name in lines[k].at):
                place = tuple(frame.f_locals[name] for name in lines[k].at)
                values[k][place] = eval(lines[k].variable, {}, dict(frame.f_locals))
        last_line[frame] = frame.f_lineno
        return note

    before = sys.gettrace()
    sys.settrace(note)
    try:
        run()
    finally:
        sys.settrace(before)
    for k in range(len(lines)):
        if not values[k]:
            raise MissingVariableError(f"no line that sets it was reached: {lines[k]}")
    return values


def _lines_that_set(function: Any, name: str) -> set[int]:
    source, first = inspect.getsourcelines(function)
    tree = ast.parse(textwrap.dedent("".join(source)))
    lines = set()
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            for part in ast.walk(target):
                if isinstance(part, ast.Name) and part.id == name and _is_set(part, target):
                    lines.add(node.lineno + first - 1)
    return lines


def _is_set(part: ast.Name, target: ast.expr) -> bool:
    """The name itself is the target, one of several, or the list whose entry is."""
    if isinstance(part.ctx, ast.Store):
        return True
    while isinstance(target, ast.Subscript):
        target = target.value
    return target is part
