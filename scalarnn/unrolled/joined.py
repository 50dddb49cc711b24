"""What is one thing after one side of a branch and another after the other: joined, cell by cell, to what fits both."""

from __future__ import annotations

from scalarnn.unrolled.heap import MISSING, Book
from scalarnn.unrolled.lines import Lines, key_of
from scalarnn.unrolled.refusal import UnrollError
from scalarnn.unrolled.values import Branch, Spread, Value, is_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["Adjoints", "Joined"]


class Adjoints(dict):  # type: ignore[type-arg]
    """Value → ∂L/∂value; what one side of a branch does not reach is 0 there."""

    def copy(self) -> Adjoints:
        """Of the same class."""
        return Adjoints(self)


class Joined(Lines):
    """Lines, and how the two sides of a branch are joined."""

    def __init__(self, kind: str, keep: frozenset[str]) -> None:
        super().__init__(kind, keep)
        self.leaving: dict[int, tuple[Any, Any, str]] = {}  # what is noted of those who have left, by where to
        self.pairs: dict[Any, Any] = {}  # lists that are one of two, by branch and by those two
        self.later: list[Any] = []  # those whose entries are to be filled in
        self.is_merging = False

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
                    a, b = (self._filler(b) if a is MISSING else a), (self._filler(a) if b is MISSING else b)
                else:
                    return MISSING
            merged = self.one_of(branch, a, b, str(key))
            if isinstance(merged, Value) and merged.op == "phi" and isinstance(key, str):
                owner = self.owners.get(id(container))
                if owner is not None:
                    owner.bind(key, merged)
                    merged.sides = bound(owner, key, first), bound(owner, key, second)
            return merged

        self.is_merging = True
        self.heap.merge(first, second, cell)
        self.is_merging = False
        self._fill()

    def one_of(self, branch: Branch, a: Any, b: Any, what: str) -> Any:
        """What is a after the first side and b after the second."""
        if a is b or (type(a) is type(b) and not isinstance(a, (Value, list, tuple, dict)) and _same(a, b)):
            return a
        if isinstance(a, tuple) and isinstance(b, tuple) and len(a) == len(b):
            return tuple(self.one_of(branch, a[i], b[i], what) for i in range(len(a)))
        if (isinstance(a, list) and isinstance(b, list)) or (isinstance(a, dict) and isinstance(b, dict)):
            return self._one_container_of(branch, a, b, what)
        if isinstance(a, Spread) and isinstance(b, Spread) and a.value is b.value:
            return a
        if not _is_scalar(a) or not _is_scalar(b):
            return MISSING
        a = a.args[0] if a in branch.phis else a  # what is joined already, as it is on this side
        b = b.args[1] if b in branch.phis else b
        if a is b:
            return a
        if a is True and b is False:
            return branch.condition
        if a is False and b is True:
            return self._not(branch.condition)
        for phi in branch.phis:
            if key_of(phi.args[0]) == key_of(a) and key_of(phi.args[1]) == key_of(b):
                return phi
        phi = Value("phi", (a, b), self._kind("phi", (a, b)), self.block, branch.origin)
        branch.phis.append(phi)
        return phi

    def _one_container_of(self, branch: Branch, a: Any, b: Any, what: str) -> Any:
        """A list or dict that is one of two; its entries are looked at when both are as the branch leaves them."""
        key = branch, id(a), id(b)
        if key not in self.pairs:
            made: Any = self.heap.new([] if isinstance(a, list) else {})
            self.pairs[key] = made
            self.later.append((made, branch, a, b, what))
            if not self.is_merging:
                self._fill()
        return self.pairs[key]

    def _fill(self) -> None:
        while self.later:
            made, branch, a, b, what = self.later.pop(0)
            if isinstance(a, dict):
                if a.keys() != b.keys():
                    raise UnrollError(f"{what or 'a dict'} has other keys on one side than on the other")
                for key in a:
                    made[key] = self.one_of(branch, a[key], b[key], what)
                self.heap.frozen.add(id(made))
                continue
            if len(a) != len(b):
                raise UnrollError(f"{what or 'a list'} has {len(a)} entries on one side and {len(b)} on the other")
            made[:] = [self.one_of(branch, a[i], b[i], what) for i in range(len(a))]
            self.heap.view(made, [a, b], [branch.condition, self._not(branch.condition)])

    def _filler(self, thing: Any) -> Any:
        """Something of the same shape, for a side on which nobody will look at it."""
        if isinstance(thing, tuple):
            return tuple(self._filler(entry) for entry in thing)
        if isinstance(thing, list):
            return self.heap.new([self._filler(entry) for entry in thing])
        return (0.0 if thing.kind == "float" else 0) if isinstance(thing, Value) else thing

    def _not(self, condition: Value) -> Value:
        """The opposite; only where it is used, a line comes of it."""
        return self.emit("not", condition)


def _is_scalar(thing: Any) -> bool:
    return isinstance(thing, (Value, bool)) or is_number(thing)


def _same(a: Any, b: Any) -> bool:
    if type(a) is float:
        return bool(a == b and str(a) == str(b)) or (a != a and b != b)
    try:
        return bool(a == b)
    except Exception:  # noqa: BLE001  an object with a comparison of its own
        return False
