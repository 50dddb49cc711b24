"""What a program is made of: values that a run will have, and the statements that compute them.

    Value     one number of the run: an input, or an operation on others; assigned once
    Block     statements in a row
    Branch    two blocks, of which a run takes one, and the values that both of them bind
    Raise     where a run ends with an error
    Loop      a loop that stays one, with the values that it carries from round to round
    Append    an entry more in a list that grows in a loop
    Row       names for the entries of a list that only the run knows which it is

A number that is known already is no Value; it stands for itself.

Kinds of number:

    float     a float for certain
    number    a float or a whole number
    int       a whole number
    bool      true or false
    any       any kind at all: the program was asked for as one
    list      a list that grows in a loop
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "Append",
    "Block",
    "Branch",
    "Loop",
    "Origin",
    "Raise",
    "Row",
    "Spread",
    "Value",
    "grows",
    "is_number",
    "plain",
]


class Origin:
    """Where a value comes from: a line of a function, and the calls that led there.

    Attributes:
        path: the calls, outermost first, each as (function, line number); the last is the line itself.
        variable: the name that the line binds, or None.
    """

    __slots__ = ("path", "variable")

    def __init__(self, path: tuple[tuple[Any, int], ...], variable: str | None = None) -> None:
        self.path = path
        self.variable = variable

    @property
    def function(self) -> Any:
        """The function that the line is part of."""
        return self.path[-1][0]

    @property
    def file(self) -> str:
        """The file that the function is in."""
        name: str = self.function.__code__.co_filename
        return name

    @property
    def line(self) -> int:
        """The number of the line."""
        return self.path[-1][1]

    def __repr__(self) -> str:
        return " → ".join(f"{function.__name__}:{line}" for function, line in self.path)


class Value:
    """A number that only the run will know.

    Attributes:
        op: what computes it: input, add, sub, mul, …, phi for what two sides of a branch bind.
        args: Values and known numbers.
        kind: see above.
        block: the block that it stands in; None for an input.
        origin: where it comes from; `more` holds other places that compute the same.
        proposals: names that it could have, as (depth of the call, name).
        is_bound: some variable holds it, so it is a line of its own.
    """

    __slots__ = ("args", "block", "is_bound", "kind", "more", "name", "op", "origin", "proposals", "sides")

    def __init__(self, op: str, args: tuple[Any, ...], kind: str, block: Block | None, origin: Origin | None) -> None:
        self.op = op
        self.args = args
        self.kind = kind
        self.block = block
        self.origin = origin
        self.more: list[Origin] = []
        self.proposals: list[tuple[int, str]] = []
        self.is_bound = False
        self.name = ""
        self.sides: tuple[Origin | None, Origin | None] = (None, None)  # of a phi: where each side binds it

    def __repr__(self) -> str:
        return f"<{self.name or self.op}>"


class Bound:
    """The line of one side of a branch that binds what both of them bind."""

    __slots__ = ("at", "value")

    def __init__(self, value: Value, at: int) -> None:
        self.value = value
        self.at = at  # 0 for the first side, 1 for the second


class Block:
    """Statements in a row.

    Attributes:
        items: Values, Branches, Raises, Loops, Rows.
        parent: the block around it.
        table: what has been computed here: operation and operands → Value.
        calls: what calls have returned here.
    """

    __slots__ = ("calls", "items", "parent", "table")

    def __init__(self, parent: Block | None = None) -> None:
        self.items: list[Any] = []
        self.parent = parent
        self.table: dict[Any, Value] = {}
        self.calls: dict[Any, Any] = {}


class Branch:
    """If condition: then, else: other; afterwards each phi is its first operand, or its second."""

    __slots__ = ("condition", "origin", "other", "phis", "then")

    def __init__(self, condition: Value, parent: Block, origin: Origin | None) -> None:
        self.condition = condition
        self.then = Block(parent)
        self.other = Block(parent)
        self.phis: list[Value] = []
        self.origin = origin


class Raise:
    """The end of a run with an error; the message is text with values in it."""

    __slots__ = ("kind", "message", "origin")

    def __init__(self, kind: type, message: tuple[Any, ...], origin: Origin | None) -> None:
        self.kind = kind
        self.message = message
        self.origin = origin


class Loop:
    """For index in range(start, stop, step): body.

    Attributes:
        index: the value that counts.
        bounds: start, stop, step: known, or Values.
        carried: values that begin a round as they left the one before; args are (before the loop, end of a round).
        lists: values of kind list, as they are in the loop.
    """

    __slots__ = ("body", "bounds", "carried", "index", "lists", "origin")

    def __init__(self, bounds: tuple[Any, Any, Any], parent: Block, origin: Origin | None) -> None:
        self.bounds = bounds
        self.body = Block(parent)
        self.index = Value("index", (), "int", self.body, origin)
        self.carried: list[Value] = []
        self.lists: list[Value] = []
        self.origin = origin


class Row:
    """Names for the entries of X[n], where n is counted by a loop: `targets` is nested as the entry is."""

    __slots__ = ("at", "origin", "source", "targets")

    def __init__(self, source: str, at: tuple[Any, ...], targets: Any, origin: Origin | None) -> None:
        self.source = source
        self.at = at
        self.targets = targets
        self.origin = origin


class Append:
    """list.append(entry), for a list that grows in a loop."""

    __slots__ = ("entry", "origin", "target")

    def __init__(self, target: Value, entry: Any, origin: Origin | None) -> None:
        self.target = target
        self.entry = entry
        self.origin = origin


class Spread:
    """All entries of a list that grows in a loop."""

    __slots__ = ("value",)

    def __init__(self, value: Value) -> None:
        self.value = value


def is_number(thing: Any) -> bool:
    """Whether a known thing is a number: no bool, text, list or object."""
    kind = type(thing)
    if kind is float or kind is int:
        return True
    return hasattr(kind, "__truediv__") and not hasattr(kind, "__len__") and kind is not bool


def plain(value: Value) -> Value:
    """The value itself, for one that turned out to be a copy of another."""
    while value.op == "copy":
        value = value.args[0]
    return value


def grows(thing: Any) -> bool:
    """Whether a thing is a list that grows in a kept loop."""
    return isinstance(thing, list) and bool(thing) and type(thing[-1]) is Spread
