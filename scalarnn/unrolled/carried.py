"""A rule for one number, carried over lists by `learning.carrying`: written out number by number, line by line."""

from __future__ import annotations

import types

from scalarnn.unrolled.binding import bound
from scalarnn.unrolled.refusal import UnrollError
from scalarnn.unrolled.source import definition, first_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.unrolled.run import Run

__all__ = ["carried", "carried_rule"]

SHAPED = ("Parameters", "Squares")  # what the signature of a rule says of what has the shape of θ


def carried_rule(function: Any) -> Any:
    """The rule that a function carries over lists; None for any other function.

    The function has the file and the first line of its rule, where the rule is defined under its own name.
    """
    if function not in _RULES:
        first = first_line(function.__code__)
        is_another = first.startswith("def ") and not first.startswith(f"def {function.__name__}(")
        _RULES[function] = _rule_at(function) if is_another else None
    return _RULES[function]


_RULES: dict[Any, Any] = {}


def _rule_at(function: Any) -> Any:
    """The other function that is defined where this one says that it is."""
    place = function.__code__.co_filename, function.__code__.co_firstlineno
    for thing in function.__globals__.values():
        if isinstance(thing, types.FunctionType) and thing.__name__ != function.__name__:
            code = thing.__code__
            if (code.co_filename, code.co_firstlineno) == place:
                return thing
    return None


def carried(run: Run, rule: Any, args: list[Any], settings: dict[str, Any]) -> Any:
    """What the rule gives for every number of θ, in lists of the shape of θ."""
    node, _ = definition(rule)
    names = bound(node, rule, args, settings)
    shaped = [name for name in names if rule.__annotations__.get(name) in SHAPED]

    def over(parts: list[Any]) -> Any:
        if not isinstance(parts[0], list):
            return run.inline(run, rule, [], {**names, **dict(zip(shaped, parts, strict=True))})
        lengths = {len(part) for part in parts if isinstance(part, list)}
        if len(lengths) != 1 or not all(isinstance(part, list) for part in parts):
            raise UnrollError(f"{rule.__name__}: {', '.join(shaped)} are not of one shape")
        rows = [over([part[i] for part in parts]) for i in range(len(parts[0]))]
        if rows and isinstance(rows[0], tuple):
            return tuple(run.heap.new([row[k] for row in rows]) for k in range(len(rows[0])))
        return run.heap.new(rows)

    return over([names[name] for name in shaped])
