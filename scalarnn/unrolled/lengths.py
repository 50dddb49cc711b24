"""What decides a length has to be known: an input does, once it is named; anything computed from floats does not."""

from __future__ import annotations

from scalarnn.unrolled.refusal import NeedsKnown, UnrollError
from scalarnn.unrolled.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["known"]


def known(thing: Any, what: str) -> Any:
    """The thing, if it is known.

    Raises:
        NeedsKnown: it is made of whole numbers that were given: unrolling begins again, with these known.
        UnrollError: it hangs on a value.
    """
    if type(thing) is not Value:
        return thing
    inputs = _inputs(thing)
    if inputs and all(one.op == "input" and one.args[1] for one in inputs):
        raise NeedsKnown(inputs)
    names = ", ".join(sorted(one.args[0] for one in inputs)) or "values"
    raise UnrollError(f"{what}, which hangs on {names}: name it in static=, or make it a whole number")


def _inputs(value: Value) -> list[Value]:
    found: dict[Value, None] = {}
    seen = set()
    stack = [value]
    while stack:
        one = stack.pop()
        if one in seen:
            continue
        seen.add(one)
        if one.op in ("input", "item", "carried", "index"):
            found[one] = None
        stack.extend(a for a in one.args if type(a) is Value)
    return list(found)
