"""A debugger session, run for real while building, and how many steps lead from a line to a function."""

from __future__ import annotations

import ast
import bdb
import inspect
import io
import pdb
import sys
import textwrap
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import CodeType, FrameType
from typing import Any

from docs.extensions.code import ROOT, binding_lines, read
from docs.extensions.errors import BookError


class _Typed:
    """Commands that appear in the transcript as they are typed."""

    def __init__(self, commands: list[str], printed: io.StringIO) -> None:
        self.commands = [*commands, "quit"]
        self.printed = printed

    def readline(self) -> str:
        line = self.commands.pop(0) + "\n" if self.commands else ""
        self.printed.write(line)
        return line


def transcript(setup: list[str], statement: str, commands: list[str], skip: Sequence[str] = ()) -> str:
    """A Python prompt that runs the setup, then pdb on the statement with these commands, and what they print.

    Args:
        setup: lines at the prompt.
        statement: what pdb runs.
        commands: what is typed then.
        skip: the modules that pdb steps over.

    Raises:
        BookError: pdb complains, of a name that is not bound there for one.
    """
    names: dict[str, Any] = {}
    for line in setup:
        exec(line, names)
    bdb.Breakpoint.clearBreakpoints()  # the count is one for all sessions of a process; a reader's begins at 1
    printed = io.StringIO()
    debugger = pdb.Pdb(stdin=_Typed(commands, printed), stdout=printed, skip=skip or None, nosigint=True, readrc=False)  # type: ignore[arg-type]
    debugger.use_rawinput = False
    with suppress(bdb.BdbQuit):
        debugger.run(statement, names)
    debugger.clear_all_breaks()
    start = f"pdb.Pdb(skip={list(skip)})".replace("'", '"') if skip else "pdb"
    prompt = "".join(f">>> {line}\n" for line in [*setup, "import pdb", f'{start}.run("{statement}")'])
    shown = printed.getvalue().replace(f"{ROOT.as_posix()}/", "")
    if "*** " in shown:
        raise BookError(f"pdb complains while it runs {statement}:\n{shown}")
    return prompt + shown.rsplit("(Pdb) quit", 1)[0].rstrip() + "\n"


def breakpoint_at(symbol: str, variable: str, which: int = 0) -> str:
    """scalarnn/neuron.py:119, for pdb's break: the first line that binds the variable, or another one."""
    return f"{read(symbol).file}:{binding_lines(symbol, variable)[which]}"


class _Steps(bdb.Bdb):
    """The lines at which `step` stops."""

    def __init__(self, skip: Sequence[str]) -> None:
        super().__init__(skip=skip or None)
        self.lines: list[tuple[CodeType, int]] = []

    def user_line(self, frame: FrameType) -> None:
        """One stop; then the next step."""
        self.lines.append((frame.f_code, frame.f_lineno))
        self.set_step()


def steps_to(function: Callable[..., Any], statement: str, names: dict[str, Any], skip: Sequence[str] = ()) -> int:
    """How often a reader types `step`, from a statement to the first line of a function's own body.

    Args:
        function: where to; of a door, the function behind it.
        statement: one line.
        names: what its names stand for.
        skip: the modules that the debugger steps over.
    """
    bare = inspect.unwrap(function)
    lines, first = inspect.getsourcelines(bare)
    (definition,) = ast.parse(textwrap.dedent("".join(lines))).body
    body = definition.body  # type: ignore[attr-defined]
    has_docstring = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    stepping, before = _Steps(skip), sys.gettrace()
    try:
        stepping.run(compile(statement, "<your line>", "exec"), names)
    finally:
        sys.settrace(before)
    return stepping.lines.index((bare.__code__, first + body[has_docstring].lineno - 1))
