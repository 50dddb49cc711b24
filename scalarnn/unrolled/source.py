"""The source of a function as a tree: only its own lines are read and parsed, and only once."""

from __future__ import annotations

import ast

from scalarnn.unrolled.refusal import UnrollError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["definition", "first_line"]

_DEFINITIONS: dict[Any, tuple[Any, int]] = {}
_LINES: dict[str, list[str]] = {}


def definition(function: Any) -> tuple[Any, int]:
    """The syntax tree of a function, and how much its line numbers fall short of those in the file.

    Raises:
        UnrollError: there is no source: the function is not written in Python, or its file is gone.
    """
    code = function.__code__
    if code not in _DEFINITIONS:
        _DEFINITIONS[code] = _find(function, code)
    return _DEFINITIONS[code]


def first_line(code: Any) -> str:
    """The line that a function begins with, or nothing where its file cannot be read."""
    lines = _lines(code.co_filename)
    return lines[code.co_firstlineno - 1] if code.co_firstlineno <= len(lines) else ""


def _find(function: Any, code: Any) -> tuple[Any, int]:
    lines = _lines(code.co_filename)
    first = code.co_firstlineno - 1
    if first >= len(lines):
        raise UnrollError(f"{code.co_filename}:{first + 1}: the source of {function.__qualname__} cannot be read")
    if code.co_name == "<lambda>":
        return _lambda(function, lines, first)
    tree, offset = _parsed(lines, first, _last_line(code))
    node = tree.body[0] if tree is not None else None
    while isinstance(node, ast.If):  # the indentation of a method
        node = node.body[0]
    if not isinstance(node, ast.FunctionDef) or node.name != code.co_name:
        raise UnrollError(f"{code.co_filename}:{first + 1}: the source of {function.__qualname__} cannot be read")
    return node, offset


def _lines(path: str) -> list[str]:
    if path not in _LINES:
        try:
            with open(path, encoding="utf-8") as file:  # noqa: PTH123
                _LINES[path] = file.readlines()
        except OSError:
            import linecache  # what is typed at a prompt or in a notebook

            return linecache.getlines(path)
    return _LINES[path]


def _last_line(code: Any) -> int:
    last: int = max(line for _, _, line in code.co_lines() if line is not None)
    return max([last, *(_last_line(inner) for inner in code.co_consts if hasattr(inner, "co_lines"))])


def _parsed(lines: list[str], first: int, at_least: int) -> tuple[Any, int]:
    """The statement that begins on a line: up to the next line that is indented no deeper, outside of any text."""
    indentation = _indentation(lines[first])
    head = "if 1:\n" if indentation else ""
    last = at_least
    while last <= len(lines):
        ended = last == len(lines) or (lines[last].strip() and _indentation(lines[last]) <= indentation)
        if ended:
            try:
                tree = ast.parse(head + "".join(lines[first:last]))
            except SyntaxError:
                pass  # a bracket or a text went on
            else:
                if not isinstance(tree.body[0], ast.Expr):  # a decorator alone is none yet
                    return tree, first - (1 if head else 0)
        last += 1
    return None, 0


def _lambda(function: Any, lines: list[str], first: int) -> tuple[Any, int]:
    tree = ast.parse("".join(lines))
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Lambda) and node.lineno == first + 1]
    if len(found) != 1:
        place = f"{function.__code__.co_filename}:{first + 1}"
        raise UnrollError(f"{place}: {len(found)} lambdas stand on this line: give the function a name")
    return found[0], 0


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())
