"""A debugger session, run for real while building."""

from __future__ import annotations

import io
import pdb
from typing import Any

from docs.extensions.code import ROOT, binding_lines, read


class _Typed(io.StringIO):
    """Commands that appear in the transcript as they are typed."""

    def __init__(self, commands: list[str], transcript: io.StringIO) -> None:
        super().__init__("".join(f"{command}\n" for command in commands))
        self.transcript = transcript

    def readline(self, size: int | None = -1, /) -> str:
        line = super().readline(-1 if size is None else size)
        self.transcript.write(line)
        return line


def transcript(statement: str, names: dict[str, Any], commands: list[str]) -> str:
    """What pdb prints when it runs the statement and is given the commands; the last one ends it."""
    printed = io.StringIO()
    debugger = pdb.Pdb(stdin=_Typed([*commands, "quit"], printed), stdout=printed, nosigint=True, readrc=False)
    debugger.use_rawinput = False
    try:
        debugger.run(statement, dict(names))
    except pdb.bdb.BdbQuit:  # type: ignore[attr-defined]
        pass
    finally:
        debugger.clear_all_breaks()
    shown = printed.getvalue().replace(f"{ROOT.as_posix()}/", "")
    return shown.rsplit("(Pdb) quit", 1)[0].rstrip() + "\n"


def breakpoint_at(symbol: str, variable: str) -> str:
    """scalarnn/neuron.py:113, for pdb's break."""
    return f"{read(symbol).file}:{binding_lines(symbol, variable)[0]}"
