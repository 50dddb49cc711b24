"""The state of unrolling: the lines so far, and the branches that are open.

`branch` runs two sides from the same state. Where one side leaves (by return, break or continue), the rest is written
into the other side, up to the place where it went; `arrive` is called there.
"""

from __future__ import annotations

from scalarnn.unrolled.joined import Joined
from scalarnn.unrolled.refusal import UnrollError
from scalarnn.unrolled.values import Block, Branch, Raise, Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = ["Exit", "Raised", "Run"]


class Exit:
    """How a block ended before its end: by return (with a value), break, continue, or raise."""

    __slots__ = ("how", "value", "where")

    def __init__(self, how: str, where: Any, value: Any = None) -> None:
        self.how = how
        self.where = where  # the frame, loop or round that it leads out of
        self.value = value


class Raised(Exception):  # noqa: N818
    """A call ended in a raise that is written into the program: so does the statement that made it."""

    def __init__(self, ended: Exit) -> None:
        super().__init__("raised")
        self.ended = ended


class _Open:
    """A branch one side of which has left; the rest, up to where it went, is written into the other side."""

    __slots__ = ("branch", "changed", "exit", "facts", "outside", "swapped")

    def __init__(self, branch: Branch, outside: Block, changed: Any, left: Exit, swapped: bool, facts: Any) -> None:
        self.branch = branch
        self.outside = outside
        self.changed = changed
        self.exit = left
        self.swapped = swapped  # it was the second side that left
        self.facts = facts


class Run(Joined):
    """Lines, with the branches that they stand in."""

    def __init__(self, kind: str, keep: frozenset[str]) -> None:
        super().__init__(kind, keep)
        self.open: list[_Open] = []

    # ---- branches ----------------------------------------------------------------------------------------------------

    def branch(
        self, condition: Value, first: Callable[[], Exit | None], second: Callable[[], Exit | None]
    ) -> Exit | None:
        """Run two sides from the same state; what follows sees both, or goes into the side that has not left."""
        outside, facts, depth = self.block, self.facts, len(self.open)
        branch = Branch(condition, outside, self.origin())
        reopened: list[Any] = []

        left_a, changed_a = self._side(branch.then, condition, True, first, depth, reopened)
        if left_a is not None and left_a.how == "raise" and not reopened:
            self.block, self.facts = outside, {**facts, condition: False}
            self.add(branch)  # what follows needs no indentation
            return second()
        self.facts = facts
        left_b, changed_b = self._side(branch.other, condition, False, second, depth, reopened)
        self.block, self.facts = outside, facts
        self.add(branch)

        result: Exit | None = None
        if left_b is not None and left_b.how == "raise":
            if left_a is None or left_a.how != "raise":
                self.heap.again(changed_a)
                self._go_on_in(branch.then, outside, branch)
            result = left_a
        elif left_a is not None and left_a.how == "raise":
            self.heap.again(changed_b)
            self._go_on_in(branch.other, outside, branch)
            result = left_b
        elif left_a is None and left_b is None:
            self._merge(branch, changed_a, changed_b)
        elif left_a is not None and left_b is not None and left_a.where is left_b.where:
            self._merge(branch, changed_a, changed_b)
            value = self.one_of(branch, left_a.value, left_b.value, "")
            result = Exit(left_a.how, left_a.where, value)
        elif left_a is not None:
            self._stay(_Open(branch, outside, changed_a, left_a, False, facts), changed_b)
            result = left_b
        elif left_b is not None:
            self._stay(_Open(branch, outside, changed_b, left_b, True, facts), changed_a)
        return self._reopen(reopened) or result if reopened else result

    def _side(
        self,
        block: Block,
        condition: Value,
        truth: bool,
        side: Callable[[], Exit | None],
        depth: int,
        reopened: list[Any],
    ) -> tuple[Exit | None, Any]:
        self.block = block
        self.facts = {**self.facts, condition: truth}
        self.heap.open()
        frame = self.frame
        left: Exit | None
        try:
            left = side()
        except Raised as raised:
            left = raised.ended
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            if isinstance(error, UnrollError):
                raise
            left = self.fail(type(error), (str(error),))
        self.frame = frame
        while len(self.open) > depth:
            left = self._close_at_end(left, reopened)
        changed = self.heap.close()
        return left, changed

    def _close_at_end(self, left: Exit | None, reopened: list[Any]) -> Exit | None:
        """The innermost open branch ends with the side that it stands in; who goes to the same place, goes together."""
        gone = self.open[-1].exit
        if left is not None and left.how == "raise":
            self._close(None, raised=True)
            return gone
        if left is not None and left.where is gone.where:
            return Exit(left.how, left.where, self._close(left.value, raised=False))
        if left is not None:
            self._note(left, reopened)
        where, _ = self._close_early(None)
        if where not in reopened:
            reopened.append(where)
        return None

    def _go_on_in(self, block: Block, outside: Block, branch: Branch) -> None:
        """A side that alone goes on: its lines follow the branch, which keeps the error only."""
        outside.items.extend(block.items)
        outside.table.update(block.table)
        for item in block.items:
            if isinstance(item, Value):
                item.block = outside
            elif isinstance(item, Branch):
                item.then.parent = item.other.parent = outside
        block.items = []
        self.block = outside
        truth = block is branch.then
        self.facts = {**self.facts, branch.condition: truth}

    def _stay(self, one: _Open, staying: Any) -> None:
        """One side has left: go on in the other until the place is reached where it went."""
        self.open.append(one)
        self.heap.open()
        self.heap.again(staying)
        self.block = one.branch.then if one.swapped else one.branch.other
        self.facts = {**one.facts, one.branch.condition: one.swapped}

    def arrive(self, where: Any, ended: Exit | None) -> tuple[Any, Exit | None]:
        """The end of a function, loop or round: whoever left for it comes back; the value, and how it goes on."""
        value = ended.value if ended is not None and ended.where is where else None
        if ended is not None and ended.where is where:
            ended = None
        reopened: list[Any] = []
        while any(one.exit.where is where for one in self.open):
            if ended is not None and ended.how != "raise":
                self._note(ended, reopened)
                ended = None
            if self.open[-1].exit.where is where:
                value = self._close(value, ended is not None)
                ended = None
            elif ended is not None:
                gone = self.open[-1].exit
                self._close(None, raised=True)
                ended = gone
            else:
                place, value = self._close_early(value)
                if place not in reopened:
                    reopened.append(place)
        if reopened:
            ended = self._reopen(reopened) or ended
        return value, ended

    def _close(self, value: Any, raised: bool) -> Any:
        one = self.open.pop()
        staying = self.heap.close()
        self.block, self.facts = one.outside, one.facts
        if raised:
            self.heap.again(one.changed)
            return one.exit.value
        first, second = (staying, one.changed) if one.swapped else (one.changed, staying)
        self._merge(one.branch, first, second)
        a, b = (value, one.exit.value) if one.swapped else (one.exit.value, value)
        return self.one_of(one.branch, a, b, "")

    # ---- leaving two loops at once -----------------------------------------------------------------------------------

    def _close_early(self, value: Any) -> tuple[Any, Any]:
        """Close the innermost open branch before its time; the state notes that one side of it has left.

        The value is that of the other side; on the one that has left, something of its shape takes its place.
        """
        one = self.open[-1]
        where = one.exit.where
        flags = self._flags(where, one.exit.how)
        key = id(flags)
        if key in one.changed:
            before, after = one.changed[key][1:]
        else:
            before = after = self.heap.levels[-1].before.get(key, (flags, flags.copy()))[1]
        one.changed[key] = (flags, before, {**after, "left": True, "value": one.exit.value})
        self._close(None, raised=False)
        a, b = (value, self._filler(value)) if one.swapped else (self._filler(value), value)
        return where, self.one_of(one.branch, a, b, "")

    def _reopen(self, places: list[Any]) -> Exit | None:
        for where in places:
            flags = self._flags(where, "")
            left, how = flags.get("left", False), self.leaving[id(where)][2]
            self.heap.change(flags, "it")
            flags["left"], value = False, flags.pop("value", None)
            if left is False:
                continue
            gone = Exit(how, where, value)
            if left is True:
                for other in places:
                    self._forget(other)
                return gone
            self.branch(left, lambda gone=gone: gone, lambda: None)  # type: ignore[misc]
        return None

    def _note(self, left: Exit, reopened: list[Any]) -> None:
        """Note in the state that this side has left, so that it may end as if it had not."""
        flags = self._flags(left.where, left.how)
        self.heap.change(flags, "it")
        flags["left"], flags["value"] = True, left.value
        if left.where not in reopened:
            reopened.append(left.where)

    def _forget(self, where: Any) -> None:
        flags = self._flags(where, "")
        self.heap.change(flags, "it")
        flags["left"] = False
        flags.pop("value", None)

    def _flags(self, where: Any, how: str) -> Any:
        key = id(where)
        if key not in self.leaving:
            flags: dict[str, Any] = {}
            self.heap.made[id(flags)] = (flags, 0)
            self.leaving[key] = (flags, where, how)
        return self.leaving[key][0]

    def fail(self, kind: type, message: tuple[Any, ...]) -> Exit:
        """Write a raise."""
        self.n_raises += 1
        self.add(Raise(kind, message, self.origin()))
        return Exit("raise", None)
