"""A debugger session, run for real while building."""

from __future__ import annotations

import bdb
import io
import pdb
from contextlib import suppress
from typing import Any

from docs.extensions.code import ROOT, binding_lines, read


class _Typed:
    """Commands that appear in the transcript as they are typed."""

    def __init__(self, commands: list[str], printed: io.StringIO) -> None:
        self.commands = [*commands, "quit"]
        self.printed = printed

    def readline(self) -> str:
        line = self.commands.pop(0) + "\n" if self.commands else ""
        self.printed.write(line)
        return line


def transcript(setup: list[str], statement: str, commands: list[str]) -> str:
    """A Python prompt that runs the setup, then pdb on the statement with these commands, and what they print."""
    names: dict[str, Any] = {}
    for line in setup:
        exec(line, names)
    bdb.Breakpoint.clearBreakpoints()  # the count is one for all sessions of a process; a reader's begins at 1
    printed = io.StringIO()
    debugger = pdb.Pdb(stdin=_Typed(commands, printed), stdout=printed, nosigint=True, readrc=False)  # type: ignore[arg-type]
    debugger.use_rawinput = False
    with suppress(bdb.BdbQuit):
        debugger.run(statement, names)
    debugger.clear_all_breaks()
    prompt = "".join(f">>> {line}\n" for line in [*setup, "import pdb", f'pdb.run("{statement}")'])
    shown = printed.getvalue().replace(f"{ROOT.as_posix()}/", "")
    return prompt + shown.rsplit("(Pdb) quit", 1)[0].rstrip() + "\n"


def breakpoint_at(symbol: str, variable: str) -> str:
    """scalarnn/neuron.py:119, for pdb's break."""
    return f"{read(symbol).file}:{binding_lines(symbol, variable)[0]}"
