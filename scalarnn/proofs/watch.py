"""Watching shipped code run: which functions ran, and what value a named line computed."""

# ruff: noqa: ARG001
from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any

__all__ = ["MissingVariableError", "captured", "codes_of", "functions_run"]


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
    """The code of a function, or of every method of a class."""
    if inspect.isclass(thing):
        return {f.__code__ for f in vars(thing).values() if inspect.isfunction(f)}
    return {thing.__code__}


def captured(run: Callable[[], Any], function: Any, variable: str, at: tuple[str, ...] = ()) -> dict[Any, Any]:
    """What `variable` held each time a line of `function` had just set it, while `run()` ran.

    Args:
        run: runs the function, directly or through others.
        function: the shipped function, or a method.
        variable: a local name, or an entry such as `dL_dx[i]`.
        at: the loop variables that tell the values apart; of several values at the same place the last one counts,
            and lines before those variables exist are passed over.

    Returns:
        {values of the loop variables: value of the variable}.

    Raises:
        MissingVariableError: no line of the function sets the variable, or none of them ran.
    """
    lines = _lines_that_set(function, variable.partition("[")[0])
    if not lines:
        raise MissingVariableError(f"no line of {function.__qualname__} sets {variable}")
    values: dict[Any, Any] = {}
    last_line: dict[FrameType, int] = {}

    def note(frame: FrameType, event: str, arg: Any) -> Any:
        if frame.f_code is not function.__code__:
            return None
        if last_line.get(frame) in lines and all(name in frame.f_locals for name in at):
            place = tuple(frame.f_locals[name] for name in at)
            values[place] = eval(variable, {}, dict(frame.f_locals))
        last_line[frame] = frame.f_lineno
        return note

    before = sys.gettrace()
    sys.settrace(note)
    try:
        run()
    finally:
        sys.settrace(before)
    if not values:
        raise MissingVariableError(f"{function.__qualname__} did not reach a line that sets {variable}")
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
