"""A rule for one number, carried over lists by `learning.carrying`: written out number by number, line by line."""

from __future__ import annotations

import types

from scalarnn.unrolled.refusal import UnrollError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.unrolled.run import Run

__all__ = ["carried", "carried_rule"]

SHAPED = ("Parameters", "Squares")  # what the signature of a rule says of what has the shape of θ


def carried_rule(function: Any) -> Any:
    """The rule that a function carries over lists; None for any other function.

    The function has the file and the first line of its rule, and another name.
    """
    code = function.__code__
    if not code.co_name.endswith("_step"):
        return None
    rule = function.__globals__.get(code.co_name.removesuffix("_step") + "_rule")
    if not isinstance(rule, types.FunctionType):
        return None
    same = rule.__code__.co_filename == code.co_filename and rule.__code__.co_firstlineno == code.co_firstlineno
    return rule if same else None


def carried(run: Run, rule: Any, args: list[Any], settings: dict[str, Any]) -> Any:
    """What the rule gives for every number of θ, in lists of the shape of θ."""
    from scalarnn.unrolled.calls import bound, inline
    from scalarnn.unrolled.source import definition

    node, _ = definition(rule)
    names = bound(node, rule, args, settings)
    shaped = [name for name in names if rule.__annotations__.get(name) in SHAPED]

    def over(parts: list[Any]) -> Any:
        if not isinstance(parts[0], list):
            return inline(run, rule, [], {**names, **dict(zip(shaped, parts, strict=True))})
        lengths = {len(part) for part in parts if isinstance(part, list)}
        if len(lengths) != 1 or not all(isinstance(part, list) for part in parts):
            raise UnrollError(f"{rule.__name__}: {', '.join(shaped)} are not of one shape")
        rows = [over([part[i] for part in parts]) for i in range(len(parts[0]))]
        if rows and isinstance(rows[0], tuple):
            return tuple(run.heap.new([row[k] for row in rows]) for k in range(len(rows[0])))
        return run.heap.new(rows)

    return over([names[name] for name in shaped])
