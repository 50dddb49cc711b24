"""The package's own code: a symbol's lines, and the line that binds a variable.

Nothing marks a line in the source. A step names a variable, and the syntax tree says where it is bound. Of a function
with a door before it the page shows what stands behind the door: the mathematics. Of a step that carries a rule over
lists it shows the rule, whose lines are the ones that run.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import textwrap
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from docs.extensions.errors import BookError

ROOT = Path(__file__).resolve().parents[2]
DEFINES = re.compile(r"\s*(?:def|class) (\w+)")


class Code(NamedTuple):
    """Where a symbol stands: its file below the project's root, its first line, and its lines."""

    name: str
    file: str
    first: int
    lines: list[str]

    @property
    def last(self) -> int:
        return self.first + len(self.lines) - 1


def find(symbol: str) -> tuple[ModuleType, Any]:
    """The module and the object behind a dotted name."""
    parts = symbol.split(".")
    for cut in range(len(parts), 0, -1):
        name = ".".join(parts[:cut])
        try:
            module = importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name is None or not name.startswith(error.name):
                raise
            continue
        found: Any = module
        for attribute in parts[cut:]:
            if not hasattr(found, attribute):
                raise BookError(f"{symbol} is gone: {name} has no {attribute}")
            found = getattr(found, attribute)
        return module, found
    raise BookError(f"{symbol} is gone: there is no module {parts[0]}")


def read(symbol: str) -> Code:
    """The source lines of a module, class, function or method; of a door those of the function behind it."""
    module, found = find(symbol)
    found = inspect.unwrap(found)
    try:
        lines, first = inspect.getsourcelines(found)
        file = Path(inspect.getsourcefile(found) or "").resolve()
    except (OSError, TypeError) as error:
        raise BookError(f"{symbol} has no source: {error}") from error
    if not file.is_relative_to(ROOT):
        raise BookError(f"{symbol} is not the project's own: {file.name}")
    name = _as_written(symbol.removeprefix(f"{module.__name__}."), lines)
    return Code(name, file.relative_to(ROOT).as_posix(), max(first, 1), lines)


def _as_written(name: str, lines: list[str]) -> str:
    """The name that the lines define: momentum_rule where momentum_step was asked for."""
    *before, last = name.split(".")
    written = DEFINES.match(lines[0])
    return ".".join([*before, written[1] if written else last])


def binding_lines(symbol: str, variable: str) -> list[int]:
    """The numbers of the lines inside the symbol that give the variable its value.

    Where the variable grows (`s += …`, `append`, `insert`), those lines carry the step, not the line that starts it
    empty. Where an `if` binds it in every branch, each branch carries it.
    """
    code = read(symbol)
    tree = ast.parse(textwrap.dedent("".join(code.lines)))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    lines = [node.lineno for node in nodes if _grows(node, variable)]
    lines = lines or [node.lineno for node in nodes if _binds(node, variable)]
    if not lines:
        raise BookError(f"no line of {symbol} binds {variable}")
    return sorted(code.first + line - 1 for line in lines)


def docstring_lines(symbol: str) -> tuple[int, int] | None:
    """First and last line of the symbol's docstring."""
    code = read(symbol)
    tree = ast.parse(textwrap.dedent("".join(code.lines)))
    body = tree.body if isinstance(find(symbol)[1], ModuleType) else tree.body[0].body  # type: ignore[attr-defined]
    text = body[0]
    if not (isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str)):
        return None
    return code.first + text.lineno - 1, code.first + (text.end_lineno or text.lineno) - 1


def _binds(statement: ast.stmt, variable: str) -> bool:
    if isinstance(statement, ast.Assign):
        return any(_names(target, variable) for target in statement.targets)
    return isinstance(statement, ast.AnnAssign) and _names(statement.target, variable)


def _grows(statement: ast.stmt, variable: str) -> bool:
    if isinstance(statement, ast.AugAssign):
        return _names(statement.target, variable)
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        method = statement.value.func
        grows = isinstance(method, ast.Attribute) and method.attr in ("append", "insert")
        return grows and _names(method.value, variable)
    return False


def _names(target: ast.expr, variable: str) -> bool:
    if isinstance(target, ast.Name):
        return target.id == variable
    if isinstance(target, ast.Subscript):
        return _names(target.value, variable)
    if isinstance(target, ast.Tuple | ast.List):
        return any(_names(entry, variable) for entry in target.elts)
    return False
