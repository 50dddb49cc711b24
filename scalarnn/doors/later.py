"""Functions whose code is written when they are first called.

Importing the package makes a hundred doors, and a program calls ten of them: so what a door looks like is worked out,
and compiled, when somebody comes to it. Until then a function has one line, the same for all, which writes the others.
Nobody who steps through a program, or counts its calls, sees that: tracing and profiling are off while it is done.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType
    from typing import Any

__all__ = ["FunctionType", "parameters_of", "write_now", "written_later"]


def parameters_of(function: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of what a function takes by position, and of what it takes by name only.

    Examples:
        >>> def f(x, *, y=1): ...
        >>> parameters_of(f)
        (('x',), ('y',))
    """
    code = function.__code__
    last = code.co_argcount + code.co_kwonlyargcount
    return code.co_varnames[: code.co_argcount], code.co_varnames[code.co_argcount : last]


FunctionType: Any = type(parameters_of)  # without importing types


def written_later(like: Any, room: dict[str, Any], write: Callable[[Any], CodeType], file: str = "") -> Any:
    """A function that takes what another one takes, whose code is written when it is first called.

    Args:
        like: the function that it is like: name, signature, defaults, docstring.
        room: its global names.
        write: returns the code of the function that it is given.
        file: where a traceback says that it stands; where the other one does if not given.

    Examples:
        >>> def f(x, y=1): ...
        >>> later = written_later(f, {}, lambda _: (lambda x, y: x + y).__code__)
        >>> later(2), later(2, y=5)
        (3, 7)
    """
    code, writer = like.__code__, _Writer(write)
    n = code.co_argcount + code.co_kwonlyargcount
    first = _first.__code__.replace(
        co_argcount=code.co_argcount,
        co_kwonlyargcount=code.co_kwonlyargcount,
        co_nlocals=n,
        co_varnames=code.co_varnames[:n],
        co_consts=tuple([writer if constant == "w" else constant for constant in _first.__code__.co_consts]),
        co_name=code.co_name,
        co_qualname=code.co_qualname,
        co_filename=file or code.co_filename,
        co_firstlineno=code.co_firstlineno,
    )
    writer.function = FunctionType(first, room, like.__name__, like.__defaults__)
    writer.function.__kwdefaults__, writer.function.__annotations__ = like.__kwdefaults__, like.__annotations__
    writer.function.__doc__, writer.function.__qualname__ = like.__doc__, like.__qualname__
    return writer.function


class _Writer:
    """Writes the code of a function, once."""

    __slots__ = ("function", "write")
    trace, untrace = staticmethod(sys.gettrace), staticmethod(sys.settrace)
    count, uncount = staticmethod(sys.getprofile), staticmethod(sys.setprofile)
    is_ours, locals = staticmethod(callable), staticmethod(locals)

    def __init__(self, write: Callable[[Any], CodeType]) -> None:
        self.write = write
        self.function: Any = None

    def now(self, trace: Any, profile: Any, *_: None) -> Any:
        """The function with its code; tracing and profiling go on as before."""
        try:
            self.function.__code__ = self.write(self.function)
        finally:
            if callable(profile):
                sys.setprofile(profile)
            sys.settrace(trace)
        return self.function


def _first() -> Any:
    # Each "w" stands for a _Writer, which `written_later` puts in its place: the line needs no global name, and is one.
    # What cProfile has set cannot be called, nor set again: it stays.
    # fmt: off
    return "w".now("w".trace(), "w".count(), "w".untrace(None), "w".is_ours("w".count()) and "w".uncount(None))(**"w".locals())  # type: ignore  # noqa: E501
    # fmt: on


def write_now(function: Any) -> Any:
    """The function, with its own code, called or not.

    Examples:
        >>> def f(x): ...
        >>> write_now(written_later(f, {}, lambda _: (lambda x: 2 * x).__code__)).__code__.co_name
        '<lambda>'
    """
    for constant in getattr(getattr(function, "__code__", None), "co_consts", ()):
        if type(constant) is _Writer:
            constant.now(sys.gettrace(), sys.getprofile())
    return function
