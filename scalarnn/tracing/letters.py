"""Which letter a value goes by: by the name that it has furthest out.

A number computed inside a call as z_j, appended there to a list z, returned, and bound by the caller as z_new is called
z_new₁. The names are kept with the value (`Name`), and the choice is made when the whole run has been read.
"""

from __future__ import annotations

import re
from functools import cache

from scalarnn.tracing.symbols import Symbol, symbol_of, symbols_of
from scalarnn.tracing.values import Cells, Node, is_array, is_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from scalarnn.tracing.source import FunctionSource
    from scalarnn.tracing.values import Name, Value

__all__ = [
    "NOWHERE",
    "Letters",
    "Objects",
    "depth_of",
    "entries_of",
    "entry_symbol",
    "other_symbols",
    "renewed",
    "symbol_for",
    "symbols_in",
    "where",
]

NOWHERE = 1_000_000  # deeper than every call
MOST_ENTRIES = 1000  # of an array, that have letters


def _best(value: Node | Cells) -> tuple[int, Name | None, tuple[Cells, Any] | None]:
    """The name to go by: its depth, and the name itself or the list and the place in it."""
    if isinstance(value, Cells) and value.copied_from is not None:
        original = _best(value.copied_from)
        if original[0] < NOWHERE and not any(one.is_variable and one.depth <= original[0] for one in value.names):
            return original
    direct = min(value.names, key=lambda name: (name.depth, not name.is_variable), default=None)
    depth = direct.depth if direct is not None else NOWHERE
    for home in value.homes:
        cells, _ = home
        if isinstance(cells.parts, dict) and depth < NOWHERE:
            continue  # an entry of a dict has that name only if it has no other
        outside = depth_of(cells)
        if outside < depth or (outside == depth < NOWHERE and direct is not None and _belongs(direct, cells)):
            return outside, None, home
    return depth, direct, None


def _belongs(direct: Name, cells: Cells) -> bool:
    """Whether an entry goes by its list rather than by its own name: z_j by z, whatever j is."""
    lists = _best(cells)[1]
    if lists is None:
        return False
    alike = direct.own.bare() == lists.own.bare()
    return alike or not (direct.own.indices or lists.own.is_word or lists.own.over is not None)


def depth_of(value: Value) -> int:
    """The depth of the call in which a value has its name; NOWHERE without a name."""
    return _best(value)[0] if isinstance(value, (Node, Cells)) else NOWHERE


def where(value: Node | Cells) -> str:
    """The function in which a value has its name."""
    _, direct, home = _best(value)
    if home is not None:
        return where(home[0])
    return direct.where if direct is not None else ""


def symbol_for(value: Value) -> Symbol | None:
    """What a value is called; None without a name."""
    if not isinstance(value, (Node, Cells)):
        return None
    if isinstance(value, Node) and value.cached is not None:
        return value.cached  # type: ignore[no-any-return]
    _, direct, home = _best(value)
    symbol: Symbol | None = None
    if home is not None:
        cells, place = home
        outer = symbol_for(cells)
        symbol = None if outer is None else entry_symbol(outer, cells.fields[place] if cells.fields else place)
    elif direct is not None:
        symbol = direct.symbol()
    if isinstance(value, Node) and symbol is not None:
        if value.mark:
            symbol = symbol.at()
            symbol.mark = f"{symbol.mark},{value.mark}" if symbol.mark else value.mark
        value.cached = symbol
    return symbol


def other_symbols(node: Node) -> Iterator[Symbol]:
    """What else a number is called in the work that was asked for: out[0] for a z that was appended there."""
    for name in node.names:
        if name.depth == 0:
            yield name.symbol()
    for cells, place in node.homes:
        symbol = symbol_for(cells) if depth_of(cells) == 0 else None
        if symbol is not None:
            yield entry_symbol(symbol, place)


def entry_symbol(symbol: Symbol, place: Any) -> Symbol:
    """x₁ for x[1]; W_f for W["f"]."""
    if isinstance(place, int):
        return symbol.at(place)
    if symbol.is_plain and not symbol.indices and re.fullmatch(r"\w+", str(place)):
        copy = symbol.at()
        copy.mark = f"{symbol.mark},{place}" if symbol.mark else str(place)
        return copy
    if symbol.is_word:
        return symbol.at(str(place))
    return Symbol(f"{symbol.unicode()}[{place}]", is_word=True)


def entries_of(symbol: Symbol, value: Any) -> Iterator[tuple[str, Any]]:
    """Each symbol of a value and its number: x₀, x₁ … for a list x."""
    if is_array(value):
        value = value.tolist() if value.size <= MOST_ENTRIES else []
    if hasattr(value, "_fields"):
        value = dict(zip(value._fields, value, strict=True))
    if isinstance(value, (list, tuple)):
        for i, entry in enumerate(value):
            yield from entries_of(symbol.at(i), entry)
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from entries_of(entry_symbol(symbol, key), entry)
    elif is_number(value):
        yield symbol.unicode(), value


def renewed(symbol: Symbol) -> Symbol:
    """W_out,new for W_out."""
    new = symbol.at()
    if not new.mark.endswith("new"):
        new.mark = f"{new.mark},new" if new.mark else "new"
    return new


@cache
def symbols_in(function: FunctionSource) -> dict[str, Symbol]:
    """The symbols of the names of a function."""
    return symbols_of(function.names)


class Letters:
    """What the letters of a derivative mean: ∂a/∂z in a function that was given z for a and u for z is ∂z₀/∂u₀.

    Args:
        depth: of the call whose names they are.
        bound: what each letter was bound to there.
        partials: for the letters of its derivatives: the name of the derivative, and its value.
    """

    def __init__(self, depth: int, bound: dict[str, Value], partials: dict[str, tuple[Symbol, Value]]) -> None:
        self.depth = depth
        self.bound = bound
        self.partials = partials

    def outside(self, symbol: Symbol, round_: int | str | None) -> Symbol:
        """A letter as it is called outside; round_ is where the innermost loop stands."""
        text = symbol.bare().unicode()
        found = self._from_partials(text, symbol, round_)
        if found is not None:
            return found
        value = self.bound.get(text)
        if value is None or depth_of(value) >= self.depth:
            return symbol
        outer = symbol_for(value)
        if outer is None or outer.over is not None:
            return symbol
        return self._at(outer, symbol, round_, isinstance(value, Cells))

    def _from_partials(self, text: str, symbol: Symbol, round_: int | str | None) -> Symbol | None:
        """From ∂L/∂a here and ∂L/∂z outside: a is z."""
        if text not in self.partials:
            return None
        inside, value = self.partials[text]
        while isinstance(value, Cells) and len(value) == 1 and not value.names and isinstance(value.at(0), Node):
            value = value.at(0)  # type: ignore[assignment]
        if depth_of(value) >= self.depth:
            return None
        outer = symbol_for(value)
        if outer is None or outer.over is None or outer.under is None:
            return None
        if inside.over is not None and inside.over.bare().unicode() == text:
            return outer.over.bare()
        return self._at(outer.under, symbol, round_, isinstance(value, Cells))

    def _at(self, outer: Symbol, symbol: Symbol, round_: int | str | None, is_list: bool) -> Symbol:
        if not is_list:
            return outer
        if symbol.indices:
            return outer.at(*symbol.indices)
        return outer.at(round_) if round_ is not None else outer


class Objects:
    """The objects of a run: what each is called, and what its attributes are.

    Attributes:
        known: for the identity of an object: the object (so that it stays), its name, its attributes.
    """

    def __init__(self) -> None:
        self.known: dict[int, tuple[Any, str, dict[str, Value]]] = {}

    def meet(self, value: Any, name: str) -> None:
        """An object goes by the name that it has outside; the first one stays."""
        own, known, attributes = self.known.get(id(value), (value, "", {}))
        self.known[id(value)] = (own, known or self._free(value, name), attributes)

    def _free(self, value: Any, name: str) -> str:
        """A name that no other object of its kind has: the third neuron of a network is 3, wherever it stands."""
        taken = {known for own, known, _ in self.known.values() if type(own) is type(value) and own is not value}
        if name not in taken or not name:
            return name
        count = 2
        while (str(count) if name.isdigit() else f"{name}{count}") in taken:
            count += 1
        return str(count) if name.isdigit() else f"{name}{count}"

    def attributes(self, value: Any) -> dict[str, Value]:
        """The attributes that are known."""
        return self.known.setdefault(id(value), (value, "", {}))[2]

    def name_of(self, value: Any) -> str:
        """Its name; empty where it has none."""
        return self.known[id(value)][1] if id(value) in self.known else ""

    def symbol(self, own: Any, attribute: str, below: Value | None = None) -> Symbol:
        """An attribute by the name of its object, where there are others like it: z_hidden.

        ∂L/∂W goes by what W, below, is called.
        """
        name = self.name_of(own)
        symbol = symbol_of(attribute)
        if symbol.over is not None and symbol.under is not None:
            found = symbol_for(below) if below is not None else None
            return symbol.over.over_(found if found is not None else self._marked(symbol.under, own, name))
        if symbol.is_word and name:
            return Symbol(f"{name}.{attribute}", is_word=True)
        return self._marked(symbol, own, name)

    def _marked(self, symbol: Symbol, own: Any, name: str) -> Symbol:
        alike = sum(1 for other, known, _ in self.known.values() if type(other) is type(own) and known)
        if symbol.is_plain and name and alike > 1:
            symbol = symbol.at()
            if name.isdigit():
                symbol.number = name
            else:
                symbol.mark = f"{symbol.mark},{name}" if symbol.mark else name
        return symbol
