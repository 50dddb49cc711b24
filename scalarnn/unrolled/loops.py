"""Loops that stay loops: what a round changes is carried to the next one, under one name.

A round is gone through on trial until it is known what it changes; then once more with a value of its own for every
number that a round takes over from the one before. A list that only grows is appended to, in the program as well.
"""

from __future__ import annotations

import ast

from scalarnn.unrolled.frame import name_entries
from scalarnn.unrolled.heap import MISSING, put
from scalarnn.unrolled.lines import kind_of
from scalarnn.unrolled.refusal import UnrollError
from scalarnn.unrolled.values import Append, Block, Loop, Spread, Value, is_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.unrolled.frame import Frame
    from scalarnn.unrolled.run import Run

__all__ = ["append_at_run", "kept_loop"]

MOST_TRIALS = 12


def kept_loop(run: Run, frame: Frame, node: Any) -> None:
    """Write a loop into the program as one.

    Raises:
        UnrollError: it does not count through a range, is left before its end, or changes a shape from round to round.
    """
    bounds = _bounds(run, frame, node)
    loop = Loop(bounds, run.block, run.origin())
    loop.index.proposals.append((frame.depth, node.target.id.lstrip("_") or "n"))
    carried = _Carried(run, loop)
    for _ in range(MOST_TRIALS):
        changed = _round(run, frame, node, loop, carried)
        if not carried.learn(changed):
            break
    else:
        raise UnrollError("what a round of the kept loop changes does not settle")
    carried.finish(changed)
    run.add(loop)
    carried.after()


def _bounds(run: Run, frame: Frame, node: Any) -> tuple[Any, Any, Any]:
    is_range = isinstance(node.iter, ast.Call) and isinstance(node.iter.func, ast.Name)
    if not is_range or run.evaluate(run, frame, node.iter.func) is not range or node.orelse:
        raise UnrollError(f"for {ast.unparse(node.target)} is kept: expected for … in range(…), without else")
    ends = [run.evaluate(run, frame, one) for one in node.iter.args]
    for end in ends:
        if type(end) is Value and end.kind == "float":
            raise UnrollError("a loop whose length is a float")
    start, stop, step = {1: [0, *ends, 1], 2: [*ends, 1]}.get(len(ends), ends)
    return start, stop, step


def _round(run: Run, frame: Frame, node: Any, loop: Loop, carried: _Carried) -> Any:
    """One round on trial: what it changes; afterwards everything is as before."""
    outside, facts, depth, n_lines = run.block, run.facts, len(run.open), run.n_lines
    loop.body = run.block = Block(outside)
    loop.index.block = loop.body
    run.n_lines = n_lines
    run.heap.open()
    carried.begin()
    frame.names[node.target.id] = loop.index
    this = object()
    frame.loops.append((object(), this))
    frame.rounds.append((frozenset(frame.names), 0))
    ended = run.execute(run, frame, node.body)
    frame.rounds.pop()
    frame.loops.pop()
    _, ended = run.arrive(this, ended)
    if ended is not None or len(run.open) > depth:
        raise UnrollError("a loop that is kept is left by break, return or raise")
    frame.name_lists(frozenset())
    run.block, run.facts = outside, facts
    return run.heap.close()


class _Carried:
    """What rounds hand on: for each changed container and key, what stands there as a round begins."""

    def __init__(self, run: Run, loop: Loop) -> None:
        self.run = run
        self.loop = loop
        self.cells: dict[tuple[int, Any], Any] = {}  # → a structure of Values, or MISSING where nothing is read
        self.containers: dict[int, Any] = {}
        self.growing: dict[int, Value] = {}
        self.first: dict[Value, Any] = {}  # carried value → what it is before the loop
        self.next: dict[Value, Any] = {}
        self.kinds: dict[tuple[Any, ...], str] = {}

    def begin(self) -> None:
        """Put the structures of values in place."""
        self.loop.lists = list(self.growing.values())
        for structure in self.cells.values():
            self._freeze(structure)
        for key, container in self.containers.items():
            self.run.heap.change(container, "it")
            if key in self.growing:
                put(container, [Spread(self.growing[key])])
                continue
            for (of, cell), structure in self.cells.items():
                if of == key:
                    container[cell] = structure

    def _freeze(self, structure: Any) -> None:
        """A list that is handed on may be the one from before the loop: changed in place, that would change too."""
        if isinstance(structure, list):
            self.run.heap.frozen.add(id(structure))
        if isinstance(structure, (list, tuple)):
            for entry in structure:
                self._freeze(entry)

    def learn(self, changed: Any) -> bool:
        """Whether a round changes more than was known; if so, note it."""
        more = False
        for key, (container, before, after) in changed.items():
            if key in self.growing:
                continue
            if isinstance(container, list) and len(before) != len(after):
                self._grows(key, container, before, after)
                more = True
                continue
            for cell in after:
                if isinstance(container, list):
                    break
                more = self._learn_cell(key, container, cell, before.get(cell, MISSING), after[cell]) or more
            if isinstance(container, list):
                for i in range(len(after)):
                    more = self._learn_cell(key, container, i, before[i], after[i]) or more
        return more

    def _grows(self, key: int, container: Any, before: Any, after: Any) -> None:
        if len(after) < len(before) or any(after[i] is not before[i] for i in range(len(before))):
            raise UnrollError("a list is changed and grows in a kept loop: expected it to be appended to only")
        value = Value("list", tuple(before), "list", self.run.block, self.run.origin())
        owner = self.run.frame.names if self.run.frame is not None else {}
        for name, thing in owner.items():
            if thing is container:
                value.proposals.append((self.run.frame.depth, name))
        self.containers[key] = container
        self.growing[key] = value

    def _learn_cell(self, key: int, container: Any, cell: Any, before: Any, after: Any) -> bool:
        place = (key, cell)
        known = self.cells.get(place)
        if known is None:
            if before is after or _same_number(before, after):
                return False
            self.containers[key] = container
            if before is MISSING or not _alike(before, after):
                self.cells[place] = MISSING
                return True
            self.cells[place] = self._structure(place, before, after, ())
            self._name(container, cell)
            return True
        if known is MISSING:
            return False
        if not _alike(known, after):
            raise UnrollError(f"{cell} changes its shape from round to round of a kept loop")
        return self._wider(place, known, after)

    def _structure(self, place: Any, before: Any, after: Any, at: tuple[int, ...]) -> Any:
        if isinstance(before, (list, tuple)):
            entries = [self._structure(place, before[i], after[i], (*at, i)) for i in range(len(before))]
            return self.run.heap.new(entries) if isinstance(before, list) else tuple(entries)
        kind = self.kinds.get((place, at)) or _wider_kind(kind_of(before), kind_of(after))
        self.kinds[place, at] = kind
        value = Value("carried", (), kind, self.loop.body, self.run.origin())
        self.first[value] = before
        return value

    def _wider(self, place: Any, known: Any, after: Any) -> bool:
        """Whether a value that is carried turns out to be of more kinds than was thought."""
        if isinstance(known, (list, tuple)):
            return self._any_wider(place, known, after)
        kind = _wider_kind(known.kind, kind_of(after))
        is_wider: bool = kind != known.kind
        known.kind = kind
        return is_wider

    def _any_wider(self, place: Any, known: Any, after: Any) -> bool:
        wider = False
        for i in range(len(known)):
            wider = self._wider(place, known[i], after[i]) or wider
        return wider

    def _name(self, container: Any, cell: Any) -> None:
        owner = self.run.owners.get(id(container))
        structure = self.cells[id(container), cell]
        if isinstance(cell, str):
            depth = 50 if owner is None else owner.depth  # an attribute, or a local name
            if isinstance(structure, (list, tuple)):
                name_entries(cell, structure, depth)
            else:
                structure.proposals.append((depth, cell))

    def finish(self, changed: Any) -> None:
        """Join the end of a round with the beginning of the next; make values for what is only looked at afterwards."""
        for (key, cell), structure in list(self.cells.items()):
            if key not in changed:
                continue
            after = changed[key][2][cell]
            if structure is MISSING:
                if not _is_numbers(after):
                    continue
                structure = self._structure((key, cell), _filler(after), after, ())
                self.cells[key, cell] = structure
                self._name(self.containers[key], cell)
            self._join(structure, after)
        self.loop.carried = list(self.next)
        for value in self.loop.carried:
            value.block = self.loop.body
            value.args = (self.first[value], self.next[value])

    def _join(self, structure: Any, after: Any) -> None:
        if isinstance(structure, (list, tuple)):
            for i in range(len(structure)):
                self._join(structure[i], after[i])
        else:
            self.next[structure] = after

    def after(self) -> None:
        """What the loop leaves."""
        self.begin()


def append_at_run(run: Run, owner: Any, entry: Any) -> None:
    """An entry more in a list that grows in a kept loop."""
    run.add(Append(owner[-1].value, entry, run.origin()))


def _alike(a: Any, b: Any) -> bool:
    if isinstance(a, (list, tuple)):
        same = type(a) is type(b) and len(a) == len(b)
        return same and all(_alike(a[i], b[i]) for i in range(len(a)))
    return _is_scalar(a) and _is_scalar(b)


def _is_scalar(thing: Any) -> bool:
    return isinstance(thing, (Value, bool)) or is_number(thing)


def _is_numbers(thing: Any) -> bool:
    if isinstance(thing, (list, tuple)):
        return all(_is_numbers(entry) for entry in thing)
    return _is_scalar(thing)


def _filler(thing: Any) -> Any:
    if isinstance(thing, (list, tuple)):
        return type(thing)(_filler(entry) for entry in thing)
    return 0.0 if kind_of(thing) == "float" else 0


def _same_number(a: Any, b: Any) -> bool:
    return type(a) is type(b) and is_number(a) and repr(a) == repr(b)


def _wider_kind(a: str, b: str) -> str:
    if a == b:
        return a
    return "any" if "any" in (a, b) else "number"
