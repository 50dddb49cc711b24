"""The local names that a call begins with: arguments by position and by name, and what the signature gives beside."""

from __future__ import annotations

from scalarnn.unrolled.refusal import UnrollError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["bound", "named"]


def bound(node: Any, function: Any, args: list[Any], settings: dict[str, Any]) -> dict[str, Any]:
    """The local names that a call begins with."""
    return named(
        node.args, function.__name__, args, settings, list(function.__defaults__ or ()), function.__kwdefaults__ or {}
    )


def named(
    parameters: Any, name: str, args: list[Any], settings: dict[str, Any], defaults: list[Any], more: dict[str, Any]
) -> dict[str, Any]:
    """The same, from what a signature says."""
    positional = [one.arg for one in (*parameters.posonlyargs, *parameters.args)]
    names: dict[str, Any] = dict(zip(positional, args, strict=False))
    extra = args[len(positional) :]
    if parameters.vararg is not None:
        names[parameters.vararg.arg] = tuple(extra)
    elif extra:
        raise UnrollError(f"{name} takes {len(positional)} arguments: {len(args)} were given")
    known = [*positional, *(one.arg for one in parameters.kwonlyargs)]
    others: dict[str, Any] = {}
    for key, thing in settings.items():
        if key in names or (key not in known and parameters.kwarg is None):
            raise UnrollError(f"{name} takes no {key}" if key not in known else f"{name} is given {key} twice")
        (names if key in known else others)[key] = thing
    if parameters.kwarg is not None:
        names[parameters.kwarg.arg] = others
    for at in range(len(defaults)):
        names.setdefault(positional[len(positional) - len(defaults) + at], defaults[at])
    for key, thing in more.items():
        names.setdefault(key, thing)
    missing = [key for key in known if key not in names]
    if missing:
        raise UnrollError(f"{name} is not given {missing[0]}")
    return names
