"""A method of objects as a function of straight lines: it reads attributes, computes, stores what the method stores.

The method itself is unrolled, on objects that stand for those of a run: their attributes hold the values of a program.
What the method has set afterwards is what the function stores, in one line, so that a call that is interrupted has
stored all or nothing. The function looks at what it is given before it computes, and at what came out before it stores;
where anything is not as it was unrolled for, it returns None and has changed nothing.
"""

from __future__ import annotations

import linecache
from itertools import chain

from scalarnn.unrolled.calls import inline
from scalarnn.unrolled.following import follow
from scalarnn.unrolled.layout import unpacked
from scalarnn.unrolled.made import collector_off
from scalarnn.unrolled.names import Names
from scalarnn.unrolled.parts import leaves
from scalarnn.unrolled.python_text import Python, body_of, nested
from scalarnn.unrolled.unroll import Inputs, bare, begun
from scalarnn.unrolled.values import Spread, Value, grows
from scalarnn.unrolled.writer import Writer
from scalarnn.unrolled.zeros import drop_zeros

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

__all__ = ["Straightened"]

MOST_TERMS = 200  # in one sum: Python reads one in another, and not too deep


class Straightened:
    """A function of straight lines in the making.

    Args:
        parameters: the names of its parameters.
        keep: names of loop counters whose loops stay loops.

    Attributes:
        opening: the first lines, such as those that take layers apart.
        asked: conditions that have to hold then.
        room: its global names.
        run: the lines so far.
    """

    def __init__(self, parameters: Iterable[str], keep: Iterable[str] = ()) -> None:
        self.parameters = list(parameters)
        self.run = begun("float", frozenset(keep))
        self.opening: list[str] = []
        self.asked: list[str] = []
        self.room: dict[str, Any] = {"chain": chain}
        self.inputs = Inputs(self.run, set())
        self.given: list[_Given] = []
        self.standing: list[tuple[str, Any, dict[str, Any]]] = []  # objects: name, what stands for them, how it began
        self.texts: dict[int, str] = {}  # what a list or object is called, by its id

    # ---- what is given -----------------------------------------------------------------------------------------------

    def takes(self, name: str, template: Any, looks: str = "", read: str = "") -> Any:
        """A number or list that is given, or read from an attribute, with values in place of its numbers.

        Args:
            name: what the function calls it.
            template: of its shape; 0.0 for a float, 0 for an int.
            looks: what the function makes sure of: that it is a "list", and its "rows" are, that its numbers are
                "floats", "finite", "squares" (from 0 up), "shares" (from 0 to 1); "loop" of what a kept loop reads row
                by row: as many rows as there happen to be.
            read: the expression that it is; the parameter of its name if not given.
        """
        thing = self.inputs.made(name, template)
        self.given.append(_Given(name, thing, looks.split(), read))
        self.texts[id(thing)] = name
        return thing

    def object(self, name: str, kind: type, **attributes: Any) -> Any:
        """An object that stands for one of a run; what is not named here, the method cannot read."""
        thing: Any = object.__new__(kind)
        vars(thing).update(attributes)
        self.run.heap.new(vars(thing))
        self.standing.append((name, thing, dict(vars(thing))))
        self.texts[id(thing)] = name
        return thing

    # ---- what it does ------------------------------------------------------------------------------------------------

    def inline(self, method: Any, *arguments: Any) -> Any:
        """Write a call out; what it returns."""
        with collector_off():
            return inline(self.run, bare(method), list(arguments), {})

    def changes(self) -> list[tuple[str, Any]]:
        """What has been set: "l0.z", and what it is now."""
        found = []
        for name, thing, before in self.standing:
            for attribute, value in vars(thing).items():
                if attribute not in before or before[attribute] is not value:
                    found.append((f"{name}.{attribute}", value))
        return found

    def function(self, stores: list[tuple[str, Any]], result: Any, finite: Iterable[Any] = ()) -> Any:
        """The function, compiled.

        Args:
            stores: what it stores: an attribute and a thing; or, for what is made of things, a function that writes it.
            result: what it returns, likewise; None for a function that returns True.
            finite: lists and numbers that have to be finite.
        """
        with collector_off():
            text = self._text(stores, result, list(finite))
        file = f"<straight lines {len(linecache.cache)}: {', '.join(self.parameters)}>"
        exec(compile(text, file, "exec"), self.room)
        linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
        return follow(self.room["straight"])

    def _text(self, stores: list[tuple[str, Any]], result: Any, finite: list[Any]) -> str:
        wanted = [self._computed(thing) for thing in [*(thing for _, thing in stores), result, *finite]]
        drop_zeros(self.run.block, wanted)
        names = Names([*self.parameters, *self.texts.values(), *self.room])
        for one in self.given:
            one.name_entries(names)
        language = Python("float")
        writer = Writer(self.run.block, wanted, names, language, fused=True)
        shown = _Shown(self.texts, language, writer)
        lines = body_of(writer)
        kept = [f"{at} = {shown.stored(at, thing)}" for at, thing in stores]
        returned = "True" if result is None else shown(result)
        sums = " + ".join(shown.sum_of(thing) for thing in finite)
        before = [*self.opening, *_unless(self.asked), *_taken_apart(self.given, writer, shown.handed_on)]
        after = [*shown.lines, *_unless([f"0.0 * ({sums}) == 0.0"] if finite else [])]
        head = [f"from {module} import {one}" for module, one in sorted(language.used)]
        inside = "\n  ".join([*before, *lines, *after])
        return (
            "\n".join([*head, f"def straight({', '.join(self.parameters)}):", " try:\n  "])
            + f"{inside}\n except Exception: return None\n {'; '.join(kept)}\n return {returned}\n"
        )

    def _computed(self, thing: Any) -> Any:
        """What has to be computed of a thing: a list that is handed on as it is needs nothing."""
        if id(thing) in self.texts:
            return None
        if isinstance(thing, (list, tuple)):
            return [self._computed(entry) for entry in thing]
        if isinstance(thing, dict):
            return [self._computed(entry) for entry in thing.values()]
        return thing if type(thing) in (Value, Spread) else None


class _Given:
    """A number or list that a function takes."""

    def __init__(self, name: str, thing: Any, looks: list[str], read: str) -> None:
        self.name = name
        self.thing = thing
        self.looks = looks
        self.read = read
        self.entries = list(leaves(thing))
        self.rows: list[str] = []

    def name_entries(self, names: Names) -> None:
        """A name for each number, and for each row of a matrix."""
        if type(self.thing) is Value:
            self.thing.name = self.name
            return
        for value in self.entries:
            value.name = names.new(value.proposals[0][1])
        if isinstance(self.thing[0], list):
            self.rows = [names.new(f"{self.name}_row{j}") for j in range(len(self.thing))]

    def lines(self, live: set[Value], handed_on: set[int]) -> list[str]:
        """The lines that read it and take it apart, if it is needed for more than to be handed on."""
        is_taken = type(self.thing) is not Value and not live.isdisjoint(self.entries)
        has_name = not self.read or not is_taken or "list" in self.looks or id(self.thing) in handed_on
        lines = [f"{self.name} = {self.read}"] if self.read and has_name else []
        source = self.name if has_name else self.read
        if is_taken and self.rows and "rows" in self.looks:
            lines.append(f"{', '.join(self.rows)}, = {source}")
            rows = zip(self.rows, self.thing, strict=True)
            lines += [f"{unpacked(row, _name_of)} = {of}" for of, row in rows]
        elif is_taken:
            lines.append(f"{unpacked(self.thing, _name_of)} = {source}")
        return lines

    def conditions_of_rows(self) -> list[str]:
        """Rows of one length whose numbers are floats, or whole numbers: as many as there happen to be."""
        name, row = self.name, self.thing[0]
        entries, conditions = name, [f"type({name}) is list"]
        if isinstance(row, list):
            entries = f"chain.from_iterable({name})"
            conditions += [f"{{list}}.issuperset(map(type, {name}))", f"{{{len(row)}}}.issuperset(map(len, {name}))"]
        kind = "int" if self.entries[0].args[1] else "float"
        conditions.append(f"{{{kind}}}.issuperset(map(type, {entries}))")
        if "shares" in self.looks:
            conditions.append(f"0.0 <= min({entries}) and max({entries}) <= 1.0")
        return conditions


def _name_of(value: Value) -> str:
    return value.name


def _taken_apart(given: list[_Given], writer: Writer, handed_on: set[int]) -> list[str]:
    """The lines that read and take apart what is given, and make sure that it is what it should be."""
    lines: list[str] = []
    lists: list[str] = []
    floats: list[str] = []
    wholes: list[str] = []
    finite: list[str] = []
    squares: list[str] = []
    shares: list[str] = []
    for one in given:
        lines += one.lines(writer.parts.live, handed_on)
        if "loop" in one.looks:
            lines += _unless(one.conditions_of_rows())
            continue
        names = [value.name for value in one.entries]
        if "list" in one.looks:
            lists.append(one.name)
        if type(one.thing) is Value or not writer.parts.live.isdisjoint(one.entries):
            lists += one.rows if "rows" in one.looks else []
            if "floats" in one.looks:
                (wholes if one.entries[0].args[1] else floats).extend(names)
            finite += names if "finite" in one.looks else []
            squares += names if "squares" in one.looks else []
            shares += names if "shares" in one.looks else []
    for names, kind in ((lists, "list"), (floats, "float"), (wholes, "int")):
        lines += _unless([f"{' is '.join(f'type({name})' for name in names)} is {kind}"] if names else [])
    for first in range(0, len(finite), MOST_TERMS):
        lines += _unless([f"0.0 * ({' + '.join(finite[first : first + MOST_TERMS])}) == 0.0"])
    lines += _unless([f"0.0 <= min({', '.join(squares)}, 0.0)"] if squares else [])
    lines += _unless(
        [f"0.0 <= min({', '.join(shares)}, 0.0) and max({', '.join(shares)}, 1.0) <= 1.0"] if shares else []
    )
    return lines


def _unless(conditions: list[str]) -> list[str]:
    return [f"if not ({' and '.join(conditions)}): return None"] if conditions else []


class _Shown:
    """Things as text: what is given by its name, a list by its entries, what is stored by a name of its own."""

    def __init__(self, texts: dict[int, str], language: Python, writer: Writer) -> None:
        self.texts = dict(texts)
        self.handed_on: set[int] = set()
        self.language = language
        self.writer = writer
        self.lines: list[str] = []

    def stored(self, attribute: str, thing: Any) -> str:
        """The text of what is stored. A new list is made before: the line that stores has no call that could be cut."""
        is_new = callable(thing) or (isinstance(thing, list) and id(thing) not in self.texts and not grows(thing))
        if not is_new:
            return self(thing)
        name = self.writer.names.new(attribute.replace(".", "_"))
        self.lines.append(f"{name} = {self(thing)}")
        self.texts[id(thing)] = name
        return name

    def sum_of(self, thing: Any) -> str:
        """The text of the sum of a list, or of a list of lists that grows."""
        if not isinstance(thing, list):
            return self(thing)
        if grows(thing):
            return f"sum(map(sum, {self(thing)}))"
        entries = [self(entry) for entry in thing]
        return " + ".join(entries) if all(map(str.isidentifier, entries)) else f"sum({self(thing)})"

    def __call__(self, thing: Any) -> str:
        """The text of a thing."""
        if callable(thing):
            return str(thing(self))
        if id(thing) in self.texts:
            self.handed_on.add(id(thing))
            return self.texts[id(thing)]
        if isinstance(thing, tuple):
            return ", ".join(self(entry) for entry in thing)
        if isinstance(thing, list) and not grows(thing):
            return f"[{', '.join(self(entry) for entry in thing)}]"
        if isinstance(thing, dict):
            return f"{{{', '.join(f'{key!r}: {self(entry)}' for key, entry in thing.items())}}}"
        return nested(self.language, thing)
