"""In which line of a TOML file a value stands: tomllib reads values and forgets their places.

The text is TOML already, for tomllib has read it; so this only follows quotes, brackets and keys.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["line_of"]

# A string of any of the four sorts, a comment, a bracket, a comma, an equals sign, the end of a line; or a bare word.
TOKEN = re.compile(
    r'"""(?:\\.|.)*?"""+|\'\'\'.*?\'\'\'+|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{},=.\n]|[^\s\[\]{},=.#"\']+',
    re.DOTALL,
)


def line_of(text: str, path: tuple[Any, ...]) -> int:
    """The line, from 1, of the value that a path of keys and places leads to; of the nearest thing around it.

    Examples:
        >>> text = "x = [1,\\n     2]\\n[[layer]]\\nW = [[1, 2]]\\n[[layer]]\\nW = [\\n  [3],\\n  [4, 5],\\n]\\n"
        >>> line_of(text, ("x", 1)), line_of(text, ("layer", 0, "W")), line_of(text, ("layer", 1, "W", 1))
        (2, 4, 8)
    """
    lines = _Scanner(text).lines
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Scanner:
    """Goes through the text once, and notes the line of every path."""

    def __init__(self, text: str) -> None:
        self.lines: dict[tuple[Any, ...], int] = {}
        self.tokens: list[tuple[str, int]] = []
        line = 1
        for match in TOKEN.finditer(text):
            if not match[0].startswith("#"):
                self.tokens.append((match[0], line))
            line += match[0].count("\n")
        self.at = 0
        self.table: tuple[Any, ...] = ()
        while self.at < len(self.tokens):
            self._statement()

    def _peek(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else "\n"

    def _take(self) -> tuple[str, int]:
        self.at += 1
        return self.tokens[self.at - 1] if self.at <= len(self.tokens) else ("\n", 0)

    def _note(self, path: tuple[Any, ...], line: int) -> None:
        self.lines.setdefault(path, line)

    def _statement(self) -> None:
        token, line = self._take()
        if token == "[":
            many = self._peek() == "["
            if many:
                self._take()
            self.table = self._in_last_of_lists(self._key())
            if many:
                n = 0
                while (*self.table, n) in self.lines:
                    n += 1
                self._note(self.table, line)
                self.table = (*self.table, n)
            self._note(self.table, line)
            while self._peek() != "\n":
                self._take()
        elif token != "\n":
            self.at -= 1
            self._pair(self.table)

    def _in_last_of_lists(self, key: tuple[Any, ...]) -> tuple[Any, ...]:
        """[layer.more] belongs to the last [[layer]]."""
        path: tuple[Any, ...] = ()
        for name in key[:-1]:
            path = (*path, name)
            n = 0
            while (*path, n) in self.lines:
                n += 1
            path = (*path, n - 1) if n else path
        return (*path, key[-1]) if key else path

    def _key(self) -> tuple[Any, ...]:
        """`W`, `"W"` or `a.b`, up to what ends it."""
        names = []
        while self._peek() not in ("=", "]", "\n"):
            token, _ = self._take()
            if token != ".":
                names.append(token[1:-1] if token[0] in "\"'" else token)
        return tuple(names)

    def _pair(self, table: tuple[Any, ...]) -> None:
        _, line = self.tokens[self.at]
        path = (*table, *self._key())
        self._note(path, line)
        self._take()
        self._value(path)

    def _value(self, path: tuple[Any, ...]) -> None:
        token, line = self._take()
        self._note(path, line)
        if token in ("[", "{"):
            self._inside(path, "]" if token == "[" else "}")
            return
        while self._peek() not in (",", "]", "}", "\n"):  # a number with a point, a date
            self._take()

    def _inside(self, path: tuple[Any, ...], end: str) -> None:
        n = 0
        while self.at < len(self.tokens):
            token = self._peek()
            if token in ("\n", ","):
                n += token == ","
                self._take()
            elif token == end:
                self._take()
                return
            elif end == "]":
                self._value((*path, n))
            else:
                self._pair(path)
