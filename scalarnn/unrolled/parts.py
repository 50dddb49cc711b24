"""What of a program is needed for its result, how often each value is used, and in which block it stands."""

from __future__ import annotations

from scalarnn.unrolled.values import Append, Branch, Loop, Raise, Row, Spread, Value, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from scalarnn.unrolled.values import Block

__all__ = ["Parts", "leaves", "operands"]


def leaves(thing: Any) -> Iterator[Value]:
    """Every value in a nested list."""
    if type(thing) is Value:
        yield thing
    elif type(thing) is Spread:
        yield thing.value
    elif isinstance(thing, (list, tuple)):
        for entry in thing:
            yield from leaves(entry)
    elif isinstance(thing, dict):
        for entry in thing.values():
            yield from leaves(entry)


def operands(value: Value) -> Iterator[Value]:
    """The values that an operation works on."""
    if value.op in ("input", "item"):
        return
    for argument in value.args:
        if type(argument) is Value:
            yield argument
        elif isinstance(argument, (list, tuple)):
            yield from leaves(argument)


class Parts:
    """What is needed of a block for a result.

    Attributes:
        live: every value that is needed.
        uses: value → how often it is used by what is needed.
        block_of: value → the block that it stands in.
        owner_of: block → the Branch or Loop that it is part of; None for the outermost.
        branch_of: phi → its Branch.
        user_block: value → the block of its last use; None where that is more than one.
    """

    def __init__(self, block: Block, results: Any) -> None:
        self.live: set[Value] = set()
        self.uses: dict[Value, int] = {}
        self.block_of: dict[Value, Block] = {}
        self.owner_of: dict[Any, Any] = {block: None}
        self.outside_of: dict[Any, Block] = {}
        self.branch_of: dict[Value, Branch] = {}
        self.loop_of: dict[Value, Loop] = {}
        self.row_of: dict[Value, Row] = {}
        self.live_items: set[Any] = set()
        self.appends: dict[Value, list[tuple[Append, Block]]] = {}
        self.used_in: dict[Value, set[Any]] = {}
        self.top = block
        self._place(block)
        self._mark(list(leaves(results)), block)

    # ---- where everything stands -------------------------------------------------------------------------------------

    def _place(self, block: Block) -> None:
        for item in block.items:
            if type(item) is Value:
                self.block_of[item] = block
            elif type(item) is Branch:
                for phi in item.phis:
                    self.block_of[phi] = block
                    self.branch_of[phi] = item
                for side in (item.then, item.other):
                    self.owner_of[side] = item
                    self.outside_of[side] = block
                    self._place(side)
            elif type(item) is Loop:
                self.owner_of[item.body] = item
                self.outside_of[item.body] = block
                for one in [item.index, *item.carried]:
                    self.block_of[one] = item.body
                    self.loop_of[one] = item
                for one in item.lists:
                    self.block_of[one] = block
                    self.loop_of[one] = item
                self._place(item.body)
            elif type(item) is Append:
                self.appends.setdefault(item.target, []).append((item, block))
            elif type(item) is Row:
                for one in leaves(item.targets):
                    self.block_of[one] = block
                    self.row_of[one] = item

    # ---- what is needed ----------------------------------------------------------------------------------------------

    def _mark(self, results: list[Value], top: Block) -> None:
        self.waiting: list[Value] = []
        for value in results:
            self._use(value, top)
        self._raises(top)
        while self.waiting:
            value = self.waiting.pop()
            block = self.block_of.get(value)
            if block is None:
                continue  # an input
            self._needs(value, block)
            self._enclosing(block)

    def _needs(self, value: Value, block: Block) -> None:
        branch = self.branch_of.get(value)
        if branch is not None:
            self._item(branch, block)
            for argument, side in zip(value.args, (branch.then, branch.other), strict=True):
                if type(argument) is Value:
                    self._use(argument, side)
            return
        loop = self.loop_of.get(value)
        if loop is not None:
            self._item(loop, self.outside_of[loop.body])
            if value.op == "carried":
                for argument, where in zip(value.args, (self.outside_of[loop.body], loop.body), strict=True):
                    if type(argument) is Value:
                        self._use(argument, where)
            elif value.op == "list":
                for one in leaves(value.args):
                    self._use(one, self.outside_of[loop.body])
                for item, where in self.appends.get(value, ()):
                    self.live_items.add(item)
                    for one in leaves(item.entry):
                        self._use(one, where)
                    self._enclosing(where)
            return
        row = self.row_of.get(value)
        if row is not None:
            if row not in self.live_items:
                self.live_items.add(row)
                for at in row.at:
                    if type(at) is Value:
                        self._use(at, block)
            return
        for argument in operands(value):
            self._use(argument, block)

    def _use(self, value: Value, block: Block) -> None:
        value = plain(value)
        self.uses[value] = self.uses.get(value, 0) + 1
        self.used_in.setdefault(value, set()).add(block)
        if value not in self.live:
            self.live.add(value)
            self.waiting.append(value)

    def _item(self, item: Any, block: Block) -> None:
        """A branch or loop that is needed: so is what it decides by."""
        if item in self.live_items:
            return
        self.live_items.add(item)
        if type(item) is Branch:
            self._use(item.condition, block)
        elif type(item) is Loop:
            for bound in item.bounds:
                if type(bound) is Value:
                    self._use(bound, block)
        self._enclosing(block)

    def _enclosing(self, block: Block) -> None:
        owner = self.owner_of.get(block)
        if owner is not None:
            self._item(owner, self.outside_of[block])

    def _raises(self, block: Block) -> None:
        for item in block.items:
            if type(item) is Raise:
                self.live_items.add(item)
                for part in item.message:
                    if type(part) is Value:
                        self._use(part, block)
                self._enclosing(block)
            elif type(item) is Branch:
                self._raises(item.then)
                self._raises(item.other)
            elif type(item) is Loop:
                self._raises(item.body)

    def is_needed(self, item: Any) -> bool:
        """Whether a statement is part of the program."""
        return item in (self.live if type(item) is Value else self.live_items)
