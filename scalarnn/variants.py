"""A function with one deliberate error in it: its source run again with a piece of text replaced.

The proofs refute such errors on symbols; an exercise is worked with them to find the slip behind a wrong number.
"""

from __future__ import annotations

import ast
import inspect
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType

from scalarnn.doors.later import write_now

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

__all__ = ["VacuousError", "Wrong", "bare", "module_with_error", "variant"]


class VacuousError(Exception):
    """A proof that could not fail: nothing claimed, nothing refuted, or a thing compared with itself."""


def bare(thing: Any) -> Any:
    """The function behind a door, or behind a method's; what has no door itself. Its code is written, if it was not."""
    return write_now(getattr(thing, "__wrapped__", thing))


@dataclass(frozen=True)
class Wrong:
    """A deliberate error: `old` replaced by `new` in the source of the function under test, or `inside` a helper."""

    name: str
    old: str
    new: str
    inside: Any = None

    def of(self, subject: Any) -> Any:
        """The function under test with this error in it."""
        return variant(subject, self.old, self.new, self.inside)


def variant(subject: Any, old: str, new: str, inside: Any = None) -> Any:
    """A copy of a function or class, made by running its module's source again with `old` replaced by `new`.

    Args:
        subject: the function or class to copy.
        old: a piece of source that occurs once in the subject, docstrings aside.
        new: what to put there.
        inside: the helper in which to replace it, or a whole module; the subject itself if not given. It may be in
            another module: then the one that holds the subject is run again too, with what it imports from there.

    Raises:
        VacuousError: the source does not hold `old` exactly once.
    """
    subject = bare(subject)
    changed = subject if inside is None else bare(inside)
    home, place = _module_of(subject), _module_of(changed)
    again = module_with_error(changed, old, new)
    if place is not home:
        with _in_place_of(place, again):
            again = _run_again(home, inspect.getsource(home), inspect.getfile(home))
    return vars(again)[subject.__name__]


def module_with_error(changed: Any, old: str, new: str) -> ModuleType:
    """The module of a function, or a whole module, run again with the error in it.

    Raises:
        VacuousError: the source does not hold `old` exactly once.
    """
    changed = bare(changed)
    place = _module_of(changed)
    return _run_again(place, _with_the_error(place, changed, old, new), f"<{_name_of(changed)}: {new}>")


def _module_of(thing: Any) -> ModuleType:
    return thing if inspect.ismodule(thing) else sys.modules[thing.__module__]


def _name_of(thing: Any) -> str:
    return thing.__name__ if inspect.ismodule(thing) else thing.__qualname__


def _with_the_error(module: ModuleType, changed: Any, old: str, new: str) -> str:
    """The source of the module with `old` replaced by `new` in what is changed."""
    lines, first = inspect.getsourcelines(changed)
    first = max(first, 1)  # of a whole module it is 0
    source = _without_docstrings("".join(lines))
    if source.count(old) != 1:
        raise VacuousError(f"{_name_of(changed)} holds {old!r} {source.count(old)} times: expected once")
    before = inspect.getsource(module).splitlines(keepends=True)
    return "".join([*before[: first - 1], source.replace(old, new), *before[first - 1 + len(lines) :]])


def _run_again(module: ModuleType, source: str, file: str) -> ModuleType:
    again = ModuleType(module.__name__)
    again.__file__ = file
    exec(compile(source, file, "exec"), vars(again))
    return again


@contextmanager
def _in_place_of(module: ModuleType, other: ModuleType) -> Iterator[None]:
    """Whatever imports the module inside the `with` block gets the other one."""
    sys.modules[module.__name__] = other
    try:
        yield
    finally:
        sys.modules[module.__name__] = module


def _without_docstrings(source: str) -> str:
    """The same lines, with every docstring blanked: a formula in words is no place for an error."""
    lines = source.splitlines(keepends=True)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Module)) and ast.get_docstring(node) is not None:
            docstring = node.body[0]
            indent = " " * docstring.col_offset
            for line in range(docstring.lineno - 1, docstring.end_lineno or docstring.lineno):
                lines[line] = "\n"
            if not isinstance(node, ast.Module):
                lines[docstring.lineno - 1] = f"{indent}pass\n"
    return "".join(lines)
