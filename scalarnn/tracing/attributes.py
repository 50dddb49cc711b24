"""What the attributes of objects are, and what they are called: z_hidden for the z of a layer called hidden.

keep    an attribute is set
kept    an attribute that nobody was seen to set
"""

from __future__ import annotations

import inspect

from scalarnn.tracing.letters import depth_of, renewed, symbol_for
from scalarnn.tracing.values import Cells, Name, Node, Thing, Truth, given

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.tracing.frame import Frame
    from scalarnn.tracing.symbols import Symbol
    from scalarnn.tracing.values import Value

__all__ = ["keep", "kept", "store"]


def keep(frame: Frame, owner: Thing, name: str, value: Value) -> None:
    """`self.w = …`: what is kept takes the name, and goes by it if it has no other."""
    is_nameless = isinstance(value, Node) and value.is_computed and not value.names and value.place is None
    if isinstance(value, (Node, Cells)):
        value.names = (*value.names, attribute_name(frame, owner, name, value))
    if isinstance(value, Node) and (is_nameless or frame.is_fresh(value)):
        frame.settle(value)
    again = Thing(value.value) if isinstance(value, (Thing, Truth)) else value
    frame.run.objects.attributes(owner.value)[name] = again


def store(frame: Frame, stores: Value | None) -> Value | None:
    """What a network keeps in its layers after a step, as (object, name, value), all of it at once."""
    for cells in stores.items() if isinstance(stores, Cells) else []:
        parts = cells.entries() if isinstance(cells, Cells) else []
        if len(parts) == 3 and isinstance(parts[0], Thing) and isinstance(parts[1], Thing):
            keep(frame, parts[0], str(parts[1].value), parts[2])
    return Thing(None)


def kept(frame: Frame, owner: Thing, name: str, value: Any) -> Value:
    """The value of an attribute that nobody was seen to set: it goes by the name that it had before."""
    attributes = frame.run.objects.attributes(owner.value)
    before, made = attributes.get(name), given(value, frame.run.serial())
    if isinstance(made, (Node, Cells)):
        names = before.names if isinstance(before, type(made)) else ()
        made.names = names or (attribute_name(frame, owner, name),)
    elif isinstance(made, Thing):
        if not isinstance(value, type) and hasattr(value, "__dict__") and not inspect.isroutine(value):
            frame.run.objects.meet(value, name)
        if not hasattr(value, "__dict__"):
            return made
    attributes[name] = made
    return made


def attribute_name(frame: Frame, owner: Thing, attribute: str, value: Value | None = None) -> Name:
    """An attribute as the name of a value: z_hidden; W_out,new where W_new takes the place of W_out."""
    objects, own = frame.run.objects, owner.value
    before = objects.attributes(own).get(attribute)
    below = objects.attributes(own).get(attribute.rpartition("_d")[2])

    def symbol() -> Symbol:
        old = symbol_for(before) if before is not None and _is_new(value) else None
        return renewed(old) if old is not None else objects.symbol(own, attribute, below)

    def depth() -> int:
        return min(frame.depth, 0 if objects.name_of(own) else frame.depth)

    if before is not None and _is_new(value):
        return Name(min(depth_of(before), frame.depth), frame.own(attribute), symbol, is_variable=False)
    return Name(depth, frame.own(attribute), symbol, is_variable=False)


def _is_new(value: Value | None) -> bool:
    return isinstance(value, (Node, Cells)) and any(name.own.mark == "new" for name in value.names)
