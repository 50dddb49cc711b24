"""The state of unrolling: the lines so far, and the branches that are open.

`branch` runs two sides from the same state. Where one side leaves (by return, break or continue), the rest is written
into the other side, up to the place where it went; `arrive` is called there.
"""

from __future__ import annotations

from scalarnn.unrolled.heap import MISSING, Book
from scalarnn.unrolled.lines import Lines, key_of
from scalarnn.unrolled.refusal import UnrollError
from scalarnn.unrolled.values import Block, Branch, Raise, Spread, Value, is_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = ["Adjoints", "Exit", "Raised", "Run"]


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


class Adjoints(dict):  # type: ignore[type-arg]
    """Value → ∂L/∂value; what one side of a branch does not reach is 0 there."""

    def copy(self) -> Adjoints:
        """Of the same class."""
        return Adjoints(self)


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


class Run(Lines):
    """Lines, with the branches that they stand in."""

    def __init__(self, kind: str, keep: frozenset[str]) -> None:
        super().__init__(kind, keep)
        self.open: list[_Open] = []
        self.leaving: dict[int, tuple[Any, Any, str]] = {}

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
            where = self._close_early()
            if where not in reopened:
                reopened.append(where)
        changed = self.heap.close()
        return left, changed

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
            if self.open[-1].exit.where is where:
                if ended is not None and ended.how != "raise":
                    raise UnrollError("leaves a loop in more ways than can be unrolled")
                value = self._close(value, ended is not None)
                ended = None
            else:
                place = self._close_early()
                if place not in reopened:
                    reopened.append(place)
        if reopened and self._reopen(reopened) is not None:
            raise UnrollError("leaves a loop in more ways than can be unrolled")
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

    def _close_early(self) -> Any:
        """Close the innermost open branch before its time; the state notes that one side of it has left."""
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
        return where

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
                return gone
            self.branch(left, lambda gone=gone: gone, lambda: None)  # type: ignore[misc]
        return None

    def _flags(self, where: Any, how: str) -> Any:
        key = id(where)
        if key not in self.leaving:
            flags: dict[str, Any] = {}
            self.heap.made[id(flags)] = (flags, 0)
            self.leaving[key] = (flags, where, how)
        return self.leaving[key][0]

    # ---- merging -----------------------------------------------------------------------------------------------------

    def _merge(self, branch: Branch, first: Any, second: Any) -> None:
        noted = {id(flags) for flags, _, _ in self.leaving.values()}

        def bound(owner: Any, name: str, side: Any) -> Any:
            after = side.get(id(owner.book))
            line = None if after is None else after[2].get(name)
            return None if line is None else owner.origin(line)

        def cell(container: Any, key: Any, a: Any, b: Any) -> Any:
            if isinstance(container, Book):
                return b if a is MISSING else a
            if isinstance(container, Adjoints):
                a, b = (0 if a is MISSING else a), (0 if b is MISSING else b)
            elif a is MISSING or b is MISSING:
                if key == "left" and id(container) in noted:
                    a, b = (False if a is MISSING else a), (False if b is MISSING else b)
                elif key == "value" and id(container) in noted:
                    a, b = (_filler(b) if a is MISSING else a), (_filler(a) if b is MISSING else b)
                else:
                    return MISSING
            merged = self.one_of(branch, a, b, str(key))
            if isinstance(merged, Value) and merged.op == "phi" and isinstance(key, str):
                owner = self.owners.get(id(container))
                if owner is not None:
                    owner.bind(key, merged)
                    merged.sides = bound(owner, key, first), bound(owner, key, second)
            return merged

        self.heap.merge(first, second, cell)

    def one_of(self, branch: Branch, a: Any, b: Any, what: str) -> Any:
        """What is a after the first side and b after the second."""
        if a is b or (type(a) is type(b) and not isinstance(a, (Value, list, tuple, dict)) and _same(a, b)):
            return a
        if isinstance(a, (list, tuple)) and type(a) is type(b):
            if len(a) != len(b):
                raise UnrollError(f"{what or 'a list'} has {len(a)} entries on one side and {len(b)} on the other")
            cells = [self.one_of(branch, a[i], b[i], what) for i in range(len(a))]
            return self.heap.new(cells) if isinstance(a, list) else tuple(cells)
        if isinstance(a, dict) and isinstance(b, dict) and a.keys() == b.keys():
            return self.heap.new({key: self.one_of(branch, a[key], b[key], what) for key in a})
        if isinstance(a, Spread) and isinstance(b, Spread) and a.value is b.value:
            return a
        if not _is_scalar(a) or not _is_scalar(b):
            return MISSING
        if a is True and b is False:
            return branch.condition
        if a is False and b is True:
            return self.emit("not", branch.condition)
        for phi in branch.phis:
            if key_of(phi.args[0]) == key_of(a) and key_of(phi.args[1]) == key_of(b):
                return phi
        phi = Value("phi", (a, b), self._kind("phi", (a, b)), self.block, branch.origin)
        branch.phis.append(phi)
        return phi

    def fail(self, kind: type, message: tuple[Any, ...]) -> Exit:
        """Write a raise."""
        self.n_raises += 1
        self.add(Raise(kind, message, self.origin()))
        return Exit("raise", None)


def _filler(thing: Any) -> Any:
    """Something of the same shape, for a side on which nobody will look at it."""
    if isinstance(thing, (list, tuple)):
        return type(thing)(_filler(entry) for entry in thing)
    return (0.0 if thing.kind == "float" else 0) if isinstance(thing, Value) else thing


def _is_scalar(thing: Any) -> bool:
    return isinstance(thing, (Value, bool)) or is_number(thing)


def _same(a: Any, b: Any) -> bool:
    if type(a) is float:
        return bool(a == b and str(a) == str(b)) or (a != a and b != b)
    try:
        return bool(a == b)
    except Exception:  # noqa: BLE001  an object with a comparison of its own
        return False
