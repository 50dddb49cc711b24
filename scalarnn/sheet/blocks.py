"""What stands on a sheet: a block for each name, and before it the steps between that its formulas need.

A value has one cell. It stands in the first block that shows it, and every later formula refers to that cell; an
earlier one writes it out. So every formula refers to what stands above it or to its left, as one reads.
"""

from __future__ import annotations

import re

from scalarnn.sheet.formulas import COMPARISONS, SheetError, operation
from scalarnn.tracing.symbols import symbol_of
from scalarnn.unrolled.parts import Parts, leaves
from scalarnn.unrolled.values import Value, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from scalarnn.unrolled import Program

__all__ = ["DERIVATIVE", "Block", "Blocks"]

DERIVATIVE = re.compile(r"d[A-Za-z]\w*_d[A-Za-z]\w*")
SLOPE = re.compile(r"d[a-z]\w*_d[a-z]\w*")  # da_dz: a cell of its own, wherever it stands
HEAVY = frozenset(["bell_area", "exp", "log", "log1p", "sqrt", "tanh", "if", "max"])
INSIDE = frozenset(["same", "max", "if"])  # where a choice is written inside another formula
LARGEST = 3  # operations that are written out twice rather than kept
STATE = re.compile(r"[a-z]_\w+_new")  # what an optimizer keeps, which its update needs: m_W_new
MOST_CELLS = 20_000
MOST_BETWEEN = 30  # operations for each number shown; more are a run of many steps


class Block:
    """A rectangle of cells: a number, a column, or a matrix.

    Attributes:
        name: as in the code.
        rows: the entries, each a Value or a known number.
        is_given: its numbers are typed, the others are formulas.
        of: of a step between the name of the block that needs it, otherwise empty.
        depth: 0 for a number, 1 for a list, 2 for a list of rows.
        top, left: the cell of its first entry, from 0; set when the sheet is laid out.
    """

    def __init__(self, name: str, thing: Any, *, is_given: bool = False, of: str = "") -> None:
        self.name = name
        self.depth = _depth(thing)
        self.rows: list[list[Any]] = thing if self.depth == 2 else [[one] for one in (thing if self.depth else [thing])]
        self.is_given = is_given
        self.of = of
        self.top = self.left = 0

    @property
    def symbol(self) -> str:
        """Its name as a symbol."""
        return symbol_of(self.name).unicode()

    @property
    def width(self) -> int:
        """How many columns it takes."""
        return max(len(row) for row in self.rows)

    def entries(self) -> Iterator[tuple[int, int, Any]]:
        """Row, column and entry, from 0."""
        for j, row in enumerate(self.rows):
            for i, entry in enumerate(row):
                yield j, i, plain(entry) if type(entry) is Value else entry

    def __repr__(self) -> str:
        return f"<{self.name}>"


class Blocks:
    """The blocks of a program, in the order of the work; what is given stands before the first block that needs it.

    Args:
        program: of kind float; its local names are what is shown.

    Attributes:
        blocks: all of them.
        order_of: of each block its place.
        owner_of: of each value that has a cell, its block and where in it.

    Raises:
        SheetError: there is nothing to show, or too much.
    """

    def __init__(self, program: Program) -> None:
        program.count()  # which writes 0 + x as x
        self.parts = Parts(program.block, program.local_names)
        self.top = program.block
        self.blocks: list[Block] = []
        self.owner_of: dict[Value, tuple[Block, int, int]] = {}
        self.order_of: dict[Block, int] = {}
        self._given: dict[str, Any] = {}
        for name, template in zip(program.parameters, program.templates, strict=True):
            self._given |= dict(_shown(name, template))
        self._sizes: dict[Value, int] = {}
        self._waiting: dict[str, Block] = {}
        for name, thing in program.local_names.items():
            for one, entries in _shown(name, thing):
                if one not in self._given or _differs(entries, self._given[one]):
                    self._waiting[one] = Block(one, entries)
        self._check_size()
        kept = [block for name, block in self._waiting.items() if STATE.fullmatch(name)]
        self._states = {entry: block.name for block in kept for _, _, entry in block.entries()}
        while self._waiting:
            self._work(self._waiting.pop(next(iter(self._waiting))))
        if not self.blocks:
            raise SheetError("there is nothing to compute in it: expected a function of numbers and lists of numbers")

    @property
    def branch_of(self) -> Any:
        """Of a value that two sides bind, the branch."""
        return self.parts.branch_of

    def _check_size(self) -> None:
        shown = sum(1 for thing in self._given.values() for _ in leaves(thing))
        shown += sum(1 for block in self._waiting.values() for _ in block.entries())
        if shown > MOST_CELLS or len(self.parts.live) > MOST_BETWEEN * (shown + 10):
            raise SheetError(
                f"{len(self.parts.live)} operations for {shown} numbers to be shown: expected one step of a network "
                "that people can read"
            )

    def _work(self, block: Block) -> None:
        """A block, after what it needs; one of known numbers alone, such as zeros to begin with, is in the formulas."""
        entries = [entry for _, _, entry in block.entries()]
        if not any(type(entry) is Value for entry in entries):
            return
        between, needed = self._needs(entries)
        for name, values in between.items():  # what is shown later, but needed now
            if name in self._waiting and not {*leaves(self._waiting[name].rows)}.isdisjoint(values):
                self._work(self._waiting.pop(name))
                between, needed = self._needs(entries)
        self._place_given(needed)
        for name, values in between.items():
            self._place(Block(name, _like(block, values), of=block.name))
        self._place(block)

    def _needs(self, entries: list[Any]) -> tuple[dict[str, list[Value]], set[Value]]:
        """Steps between, by their names, and inputs, that the formulas of some entries refer to."""
        between: dict[str, list[Value]] = {}
        needed: set[Value] = set()
        seen: set[Value] = set()
        for entry in entries:
            if type(entry) is Value and not self._has_cell(entry):
                self._visit(entry, between, needed, seen)
        return between, needed

    def _has_cell(self, value: Value) -> bool:
        return value in self.owner_of and value.op != "input"

    def _visit(self, value: Value, between: dict[str, list[Value]], needed: set[Value], seen: set[Value]) -> None:
        """Everything that the definition of a value refers to: inputs, and steps between, those it needs first."""
        if value.op == "input":
            needed.add(value)
            return
        op, args = operation(value, self.branch_of)
        for one in args:
            if type(one) is not Value or one in seen or self._has_cell(one):
                continue
            seen.add(one)
            kept = self._is_kept(one, op)
            self._visit(one, between, needed, seen)
            if kept and not any(one in values for values in between.values()):
                between.setdefault(self._states.get(one) or _name_of(one) or "part", []).append(one)

    def _is_kept(self, value: Value, parent: str) -> bool:
        """Whether a value has a cell of its own, so that formulas stay short enough to be read."""
        if value.op in COMPARISONS or value.op == "input" or self.parts.block_of.get(value) is not self.top:
            return False
        op, _ = operation(value, self.branch_of)
        if op == "same" and value not in self._states:
            return False
        name = _name_of(value)
        if name and (SLOPE.fullmatch(name) or (op in ("if", "max") and parent not in INSIDE)):
            return True
        if value in self._states:
            return True
        size = self._size(value)
        is_long = size > LARGEST or (size > 1 and size * self.parts.uses[value] > LARGEST + 1)
        return (self.parts.uses[value] > 1 and is_long) or (parent == "log1p" and op not in ("neg", "same"))

    def _size(self, value: Value) -> int:
        """How many operations are written for a value; a function counts as too many."""
        if value not in self._sizes:
            self._sizes[value] = 0 if value.op == "input" else self._counted(value)
        return self._sizes[value]

    def _counted(self, value: Value) -> int:
        op, args = operation(value, self.branch_of)
        if op in HEAVY:
            return LARGEST + 1
        size = int(op != "same")
        for one in args:
            if size <= LARGEST and type(one) is Value and not self._has_cell(one) and not self._is_kept(one, op):
                size += self._size(one)
        return size

    # ---- one after the other -----------------------------------------------------------------------------------------

    def _place(self, block: Block) -> None:
        self.order_of[block] = len(self.blocks)
        self.blocks.append(block)
        for j, i, entry in block.entries():
            if type(entry) is Value:
                self.owner_of.setdefault(entry, (block, j, i))
        self._sizes.clear()

    def _place_given(self, needed: set[Value]) -> None:
        placed = {block.name for block in self.blocks if block.is_given}
        for name, thing in self._given.items():
            if name not in placed and not needed.isdisjoint(leaves(thing)):
                self._place(Block(name, thing, is_given=True))


def _shown(name: str, thing: Any) -> Iterator[tuple[str, Any]]:
    """A thing as blocks: numbers, lists and lists of rows; a deeper list is one block after the other."""
    if _depth(thing) in (0, 1, 2):
        yield name, thing
    elif isinstance(thing, (list, tuple)):
        for place, entry in enumerate(thing):
            yield from _shown(f"{name}{place}", entry)


def _depth(thing: Any) -> int:
    """0 for a number, 1 for a list, 2 for a list of rows; more for everything else."""
    if type(thing) is Value or type(thing) in (int, float):
        return 0
    if not isinstance(thing, (list, tuple)) or not thing:
        return 9
    depths = {_depth(entry) for entry in thing}
    return depths.pop() + 1 if len(depths) == 1 else 9


def _differs(one: Any, other: Any) -> bool:
    return [plain(value) for value in leaves(one)] != [plain(value) for value in leaves(other)]


def _name_of(value: Value) -> str:
    """What the source calls a value: the line that computes it, or the outermost call that names it; or nothing."""
    if value.op != "phi" and value.origin is not None and value.origin.variable:
        return value.origin.variable
    depth = min((depth for depth, _ in value.proposals), default=0)
    names = [re.sub(r"_\d+$", "", name) for at, name in value.proposals if at == depth]
    names += [side.variable for side in value.sides if side is not None and side.variable]
    return names[0] if names else ""


def _like(block: Block, values: list[Value]) -> Any:
    """Steps between, with as many rows as the block that needs them where that comes out even; else a column."""
    wide = len(values) // len(block.rows)
    if block.depth and wide > 1 and len(values) == wide * len(block.rows):
        return [values[at : at + wide] for at in range(0, len(values), wide)]
    return values if block.depth or len(values) > 1 else values[0]
