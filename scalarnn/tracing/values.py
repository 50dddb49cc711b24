"""What a name of a run stands for: a value that knows where it came from.

    Node      a number: which formula gave it, of which other numbers, and every name that it was given
    Name      one of the names that a value was given
    Cells     a list, tuple or dict of such values; two names of one list have the same Cells
    Truth     whether a condition held, and why
    Thing     anything else: text, functions, objects, None

Nodes are the data flow. What a node is called is not decided while the run is read, since a caller may still name
what a call returns; `letters` decides when everything is known.
"""

from __future__ import annotations

from fractions import Fraction

from scalarnn.tracing.expressions import All, Expression, Number, same_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from scalarnn.tracing.expressions import Comparison
    from scalarnn.tracing.record import Line
    from scalarnn.tracing.symbols import Symbol

    Value: TypeAlias = "Node | Cells | Truth | Thing"

__all__ = ["Cells", "Name", "Node", "Thing", "Truth", "concrete", "given", "is_number", "literal", "same"]


class Name:
    """One name of a value.

    Attributes:
        own: the symbol as the code has it.
        made: gives the symbol, once everything is known; None where `own` is all.
        is_variable: a name of the code; else an attribute of an object.
        where: the name of the function.
    """

    __slots__ = ("_depth", "is_variable", "made", "own", "where")

    def __init__(
        self,
        depth: int | Callable[[], int],
        own: Symbol,
        made: Callable[[], Symbol] | None = None,
        *,
        is_variable: bool = True,
        where: str = "",
    ) -> None:
        self._depth = depth
        self.where = where
        self.own = own
        self.made = made
        self.is_variable = is_variable

    @property
    def depth(self) -> int:
        """The depth of the call that gave it: 0 is the work that was asked for."""
        return self._depth if isinstance(self._depth, int) else self._depth()

    def symbol(self) -> Symbol:
        """The symbol."""
        return self.own if self.made is None else self.made()


class Node(Expression):
    """A number that was read or computed.

    Attributes:
        value: its value.
        formula: what it was made of; None for a number that was given, or that nobody can explain.
        serial: nodes are numbered as they come up.
        names: those that it was bound under.
        homes: the lists in which it stood, each with the place.
        line: the line that bound it.
        reasons: what was so when it was computed.
        previous: of `s += t`, what s was before.
        is_start: a sum may begin with it, such as the 0 of `s = 0`.
        is_index: it counts the rounds of a loop: a formula shows its value.
        is_unknown: no formula says where it came from.
    """

    __slots__ = (
        "cached",
        "formula",
        "homes",
        "is_index",
        "is_start",
        "is_unknown",
        "line",
        "mark",
        "names",
        "place",
        "previous",
        "reasons",
        "serial",
        "value",
    )

    def __init__(self, value: Any, formula: Expression | None, serial: int) -> None:
        self.value = value
        self.formula = formula
        self.serial = serial
        self.names: tuple[Name, ...] = ()
        self.homes: tuple[tuple[Cells, Any], ...] = ()
        self.line: Line | None = None
        self.reasons: tuple[Comparison, ...] = ()
        self.previous: Node | None = None
        self.is_start = False
        self.is_index = False
        self.is_unknown = False
        self.place: tuple[Any, int] | None = None
        self.mark = ""
        self.cached: Any = None

    @property
    def is_computed(self) -> bool:
        """Whether a formula gave it."""
        return self.formula is not None and not self.is_literal

    @property
    def is_literal(self) -> bool:
        """Whether it stands in the code."""
        return isinstance(self.formula, Number)


class Cells:
    """A list, tuple or dict: what stands in it is made when somebody asks for it.

    Attributes:
        value: the numbers as they are now, in plain lists.
        parts: the values in it, None for one that nobody has asked for yet.
        copied_from: the list of which this one is still a copy.
        is_array: it is an array of NumPy.
        default: what a place of a dict is where nothing was put, as in a defaultdict; None where it is nothing.
        fields: the names of its places, if it is a named tuple.
        is_pairing: made by zip, enumerate or items: its entries are no entries of a named list.
    """

    __slots__ = (
        "copied_from",
        "default",
        "fields",
        "homes",
        "is_array",
        "is_pairing",
        "line",
        "names",
        "parts",
        "serial",
        "value",
    )

    def __init__(self, value: Any, parts: list[Any] | dict[Any, Any], serial: int) -> None:
        self.value = value
        self.parts = parts
        self.serial = serial
        self.names: tuple[Name, ...] = ()
        self.homes: tuple[tuple[Cells, Any], ...] = ()
        self.is_pairing = False
        self.is_array = False
        self.default: Callable[[], Any] | None = None
        self.fields: tuple[str, ...] = ()
        self.copied_from: Cells | None = None
        self.line: Line | None = None

    def __len__(self) -> int:
        return len(self.parts)

    def places(self) -> list[Any]:
        """The indices of a list, the keys of a dict."""
        return list(self.parts) if isinstance(self.parts, dict) else list(range(len(self.parts)))

    def at(self, place: Any) -> Value | None:
        """What stands there; None where nothing does."""
        if isinstance(self.parts, dict):
            if place not in self.parts and self.default is None:
                return None
            if place not in self.parts and self.default is not None:
                made = self.default()
                self.put(place, literal(made, self.serial) if is_number(made) else _made_of(made, self.serial))
        elif type(place) is not int or not -len(self.parts) <= place < len(self.parts):
            return None
        elif place < 0:
            place += len(self.parts)
        found: Value | None = self.parts[place]
        if found is None or (isinstance(found, Node) and found.value is not self.value[place]):
            found = _made_of(self.value[place], self.serial)
            self.parts[place] = found
            self.hold(place, found)
        return found

    def entries(self) -> list[Value]:
        """Everything that stands in it."""
        found = [self.at(place) for place in self.places()]
        return [entry for entry in found if entry is not None]

    def items(self) -> list[Value]:
        """What a loop over it goes through: the entries of a list, the keys of a dict."""
        return [Thing(key) for key in self.parts] if isinstance(self.parts, dict) else self.entries()

    def hold(self, place: Any, value: Value) -> None:
        """Remember that a value stands here."""
        if isinstance(value, (Node, Cells, Thing)):
            value.homes = (*value.homes, (self, place))

    def put(self, place: Any, value: Value) -> None:
        """Put a value in place of another."""
        self.copied_from = None
        self.parts[place] = value
        self.value[place] = concrete(value)
        self.hold(place, value)

    def append(self, value: Value) -> None:
        """One more at the end."""
        assert isinstance(self.parts, list)
        self.copied_from = None
        self.parts.append(value)
        self.value.append(concrete(value))
        self.hold(len(self.parts) - 1, value)


class Truth:
    """Whether a condition held, and the comparison that says so; None where that cannot be written."""

    __slots__ = ("value", "why")

    def __init__(self, value: bool, why: Comparison | All | None) -> None:
        self.value = value
        self.why = why

    def parts(self) -> tuple[Comparison, ...]:
        """The comparisons that say so."""
        if self.why is None:
            return ()
        return self.why.parts if isinstance(self.why, All) else (self.why,)


class Thing:
    """A value that is no number and no list."""

    __slots__ = ("homes", "value")

    def __init__(self, value: Any) -> None:
        self.value = value
        self.homes: tuple[tuple[Cells, Any], ...] = ()


def is_number(value: Any) -> bool:
    """Whether a value is a number of some kind, and no bool."""
    kind = type(value)
    if kind is float or kind is int or kind is Fraction:
        return True
    return kind is not bool and hasattr(kind, "__truediv__") and not hasattr(kind, "__len__")


def given(value: Any, serial: int) -> Value:
    """A value that came from outside."""
    if not is_array(value):
        made = _made_of(_copied(value), serial)
        if isinstance(made, Cells):
            made.fields = getattr(value, "_fields", ())
        return made
    made = _made_of(value.tolist(), serial)
    _say_array(made)
    return made


def is_array(value: Any) -> bool:
    """Whether a plain value is an array of NumPy."""
    return type(value).__module__ == "numpy" and hasattr(value, "tolist")


def _say_array(value: Value) -> None:
    """A list, and the lists in it, are an array."""
    if isinstance(value, Cells):
        value.is_array = True
        for i in range(min(len(value), 1000)):
            if isinstance(value.value[i], list):
                inside = value.at(i)
                if inside is not None:
                    _say_array(inside)


def _made_of(value: Any, serial: int) -> Value:
    if is_number(value):
        return Node(value, None, serial)
    if isinstance(value, list):
        return Cells(value, [None] * len(value), serial)
    if isinstance(value, dict):
        return Cells(value, dict.fromkeys(value), serial)
    return Thing(value)


def literal(value: Any, serial: int) -> Node:
    """A number that stands in the code."""
    return Node(value, Number(value), serial)


def concrete(value: Value) -> Any:
    """The plain value."""
    return value.value


def same(value: Value | None, expected: Any) -> bool:
    """Whether a value is the one that the run had, all the way down."""
    if isinstance(value, Node):
        return same_number(value.value, expected)
    if isinstance(value, Cells):
        if isinstance(value.parts, dict):
            return isinstance(expected, dict) and _alike(value.value, expected)
        if is_array(expected):
            return value.is_array and _alike(value.value, expected.tolist())
        return isinstance(expected, (list, tuple)) and not value.is_array and _alike(value.value, expected)
    if isinstance(value, Truth):
        return value.value is expected
    if isinstance(value, Thing):
        is_it = value.value is expected or getattr(value.value, "function", None) is expected is not None
        return is_it or (isinstance(expected, str) and value.value == expected)
    return False


def _alike(found: Any, expected: Any) -> bool:
    """The same numbers in the same places; quick where Python can compare the lists."""
    if isinstance(found, dict):
        return found.keys() == expected.keys() and all(_alike(found[key], expected[key]) for key in found)
    if isinstance(found, list):
        if not isinstance(expected, (list, tuple)) or len(found) != len(expected):
            return False
        kinds = set(map(type, found))
        if kinds <= {float} and kinds == set(map(type, expected)):
            return found == list(expected) or all(map(same_number, found, expected))
        return all(map(_alike, found, expected))
    return found is expected or (is_number(expected) and same_number(found, expected)) or _is_same_text(found, expected)


def _is_same_text(found: Any, expected: Any) -> bool:
    return isinstance(found, str) and found == expected


def _copied(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        if {list, tuple, dict}.isdisjoint(map(type, value)):
            return list(value)
        return [_copied(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _copied(entry) for key, entry in value.items()}
    return value
