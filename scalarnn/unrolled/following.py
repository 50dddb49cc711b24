"""Compiled programs call exp and log by names of their own: these are replaced when the package takes others.

So a program need not ask, at each call, whose they are.
"""

from __future__ import annotations

from weakref import WeakSet

from scalarnn import scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["follow"]

_FOLLOWERS: WeakSet[Any] = WeakSet()


def follow(function: Any) -> Any:
    """Let the exp, expm1, log, log1p, tanh and pow that a compiled function calls be those of `scalar.functions`.

    Args:
        function: what calls them, by names among its global names. They are set now, and whenever the package switches.

    Returns:
        The function.
    """
    _FOLLOWERS.add(function)
    _rename(function)
    return function


def _rename(function: Any) -> None:
    names = function.__globals__
    for name in ("exp", "expm1", "log", "log1p", "tanh"):
        if name in names:
            names[name] = getattr(scalar.functions, name)
    names["pow"] = scalar.power if scalar.is_portable() else pow


def _rename_all() -> None:
    for function in _FOLLOWERS:
        _rename(function)


scalar.LISTENERS.append(_rename_all)
