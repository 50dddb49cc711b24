"""What was typed into a page, where Python runs beside it: its written solution, and its player."""

from __future__ import annotations

import ast
import json
from pathlib import Path

from scalarnn.commands.own_function import OwnFunction
from scalarnn.commands.usage import UsageError
from scalarnn.tracing import solution

__all__ = ["player", "written"]

FILE = "my_code.py"


def written(text: str, arguments: str = "") -> str:
    """The written solution of the last function that a text defines, as JSON.

    Args:
        text: Python.
        arguments: a JSON list of all arguments; if empty, those that the signature gives.

    Returns:
        {"solution": …}, or {"error": …} in one line.

    Examples:
        >>> import contextlib, tempfile
        >>> with contextlib.chdir(tempfile.mkdtemp()):
        ...     print(json.loads(written("def f(x, w):\\n    z = w * x\\n    return z", "[2, 3]"))["solution"])
        Given
          x = 2
          w = 3
        <BLANKLINE>
        z = w * x
            z = wx = (3)(2) = 6
    """
    try:
        return _as_json(solution=str(solution(_own(text, arguments).recorded())))
    except UsageError as error:
        return _as_json(error=str(error))


def player(text: str, arguments: str = "") -> str:
    """A player of that function, as JSON: {"player": …}, HTML, or {"error": why it has none}."""
    from scalarnn.player.shown import of_program
    from scalarnn.unrolled import UnrollError, unroll

    try:
        own = _own(text, arguments)
        program = unroll(own.function, *own.given.values())
        shown = of_program(program, *(own.given[name] for name in program.parameters))
        return _as_json(player=shown._repr_html_())
    except (UsageError, UnrollError, TypeError) as error:
        return _as_json(error=str(error))


def _own(text: str, arguments: str) -> OwnFunction:
    """The last function of the text, which is kept as a file: what reads source looks for one."""
    Path(FILE).write_text(text, encoding="utf-8")
    try:
        names = [one.name for one in ast.parse(text).body if isinstance(one, ast.FunctionDef)]
    except (SyntaxError, ValueError) as error:
        at = f"line {error.lineno}: " if isinstance(error, SyntaxError) else ""
        raise UsageError(f"{at}this is not Python: {getattr(error, 'msg', error)}") from None
    if not names:
        raise UsageError("no function is defined: expected def name(…): and its lines")
    return OwnFunction(f"{FILE}:{names[-1]}", arguments.strip() or None, {}, None)


def _as_json(**said: str) -> str:
    return json.dumps(said, ensure_ascii=False)
