"""The package's own code: a symbol's lines, and the line that binds a variable.

Nothing marks a line in the source. A step names a variable, and the syntax tree says where it is bound.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import textwrap
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from docs.extensions.errors import BookError

ROOT = Path(__file__).resolve().parents[2]


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
    """The source lines of a module, class, function or method."""
    _, found = find(symbol)
    try:
        lines, first = inspect.getsourcelines(found)
        file = Path(inspect.getsourcefile(found) or "").resolve()
    except (OSError, TypeError) as error:
        raise BookError(f"{symbol} has no source: {error}") from error
    if not file.is_relative_to(ROOT):
        raise BookError(f"{symbol} is not the project's own: {file.name}")
    return Code(symbol.rsplit(".", 1)[-1], file.relative_to(ROOT).as_posix(), max(first, 1), lines)


def binding_line(symbol: str, variable: str) -> int:
    """The number of the line that last binds, adds to or appends to the variable inside the symbol."""
    code = read(symbol)
    tree = ast.parse(textwrap.dedent("".join(code.lines)))
    bound = [node.lineno for node in ast.walk(tree) if _binds(node, variable)]  # type: ignore[attr-defined]
    if not bound:
        raise BookError(f"no line of {symbol} binds {variable}")
    return code.first + max(bound) - 1


def docstring_lines(symbol: str) -> tuple[int, int] | None:
    """First and last line of the symbol's docstring."""
    code = read(symbol)
    tree = ast.parse(textwrap.dedent("".join(code.lines)))
    body = tree.body if isinstance(find(symbol)[1], ModuleType) else tree.body[0].body  # type: ignore[attr-defined]
    text = body[0]
    if not (isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str)):
        return None
    return code.first + text.lineno - 1, code.first + (text.end_lineno or text.lineno) - 1


def _binds(node: ast.AST, variable: str) -> bool:
    if isinstance(node, ast.Assign):
        return any(_names(target, variable) for target in node.targets)
    if isinstance(node, ast.AugAssign | ast.AnnAssign):
        return _names(node.target, variable)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "append":
        return _names(node.func.value, variable)
    return False


def _names(target: ast.expr, variable: str) -> bool:
    if isinstance(target, ast.Name):
        return target.id == variable
    if isinstance(target, ast.Subscript):
        return _names(target.value, variable)
    if isinstance(target, ast.Attribute):
        return target.attr == variable
    if isinstance(target, ast.Tuple | ast.List):
        return any(_names(entry, variable) for entry in target.elts)
    return False
