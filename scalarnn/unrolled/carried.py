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
    code = function.__code__
    if code not in _RULES:
        first = first_line(code)
        is_another = first.startswith("def ") and not first.startswith(f"def {code.co_name}(")
        _RULES[code] = _rule_at(function.__globals__, code) if is_another else None
    return _RULES[code]


_RULES: dict[Any, Any] = {}


def _rule_at(names: dict[str, Any], code: Any) -> Any:
    for thing in names.values():
        if isinstance(thing, types.FunctionType) and thing.__code__ is not code:
            other = thing.__code__
            if (other.co_filename, other.co_firstlineno) == (code.co_filename, code.co_firstlineno):
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
